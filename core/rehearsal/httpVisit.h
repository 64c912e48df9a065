// One visit of the HTTP driver: its jar, its place, and what it does next. Private to this room.
#pragma once

#include <http/cookie.h>
#include <rehearsal/actor.h>
#include <rehearsal/httpDriver.h>
#include <rehearsal/page.h>

#include <optional>

namespace gatehouse::rehearsal {

class HttpVisit {
public:
    HttpVisit(const HttpDriver::Tools& tools, const Scenario& scenario, const Person& person);
    Journey run();

private:
    struct Next { // what the client would do now; nothing: the visit has ended
        std::string method;
        http::Url url;
        std::string body;
    };
    using Maybe = std::optional<Next>;

    bool send(const Next& request); // false: no answer
    Maybe follow(const http::Response& answer);
    Maybe submit(const http::Response& answer);
    Maybe stop(std::string why);

    Maybe signIn(const Form& form); // oauth2-proxy's own page: its form is a GET
    Maybe post(const Form& form, const Act& act);
    void waitBeforeCallback(const http::Url& next);

    const HttpDriver::Tools& tools_;
    const Scenario& scenario_;
    http::CookieJar jar_;
    Journey journey_;
    http::Url at_;
    http::Response answer_;
    Page page_;
    Actor actor_;
};

} // namespace gatehouse::rehearsal
