// What is known about one visit: the steps a client took, what it saw, and what the engine recorded of each.
#pragma once

#include <arrangement/arrangement.h>
#include <exchange/exchange.h>
#include <http/url.h>
#include <provider/provider.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse::diagnosis {

// What a person would read on a page.
struct PageFacts {
    std::string title;
    std::string heading;
    std::string pageId;                // Keycloak's data-page-id: "login-login", "login-error"
    std::vector<std::string> formIds;  // "kc-form-login"
    std::vector<std::string> messages; // error and alert texts, in page order
    std::string text;                  // all of it, white space folded
};

struct Step {
    std::string method;
    http::Url url;
    int status = 0;       // 0: no answer came
    std::string failure;  // why none came
    std::string location; // of a redirect
    PageFacts page;
    exchange::ExchangePtr exchange;              // null: the engine did not see it (a server outside the lab)
    std::vector<exchange::ExchangePtr> children; // sub-requests and back-channel calls, in order
};

struct Evidence {
    const arrangement::Arrangement& arrangement;
    std::string user; // who tried to log in; empty: nobody
    http::Url wanted;
    std::vector<Step> steps;
    std::vector<provider::Event> events;
    // How many steps the last refused one-time code was away from the clock, when it was a code of this user
    // at all.
    std::optional<std::int64_t> otpStepsOff;
    bool otpRefused = false;
    std::string stoppedBecause; // the driver's own reason to give up; empty if the journey ended by itself
};

} // namespace gatehouse::diagnosis
