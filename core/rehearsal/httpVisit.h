// One visit of the HTTP driver: its jar, its place, and what it does next. Private to this room.
#pragma once

#include <http/cookie.h>
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

    // One for each page that a login can show (keycloak.md 2.2).
    Maybe signInPage(const Form& form); // oauth2-proxy's own page with the provider's button
    Maybe passwordPage(const Form& form);
    Maybe otpPage(const Form& form);
    Maybe enrolmentPage(const Form& form);

    Maybe post(const Form& form, const http::Form& values);
    void waitBeforeCallback(const http::Url& next);
    Authenticator& authenticator();
    std::string code();

    const HttpDriver::Tools& tools_;
    const Scenario& scenario_;
    const Person& person_;
    http::CookieJar jar_;
    Journey journey_;
    http::Url at_;
    http::Response answer_;
    Page page_;
    std::optional<Authenticator> authenticator_;
    std::string lastCode_;
    int passwordsSent_ = 0;
    int codesSent_ = 0;
};

} // namespace gatehouse::rehearsal
