// The pages of oauth2-proxy: the same forms, fields, actions and words, in a markup of our own.
#pragma once

#include <string>
#include <string_view>

namespace gatehouse::gate {

struct PageSettings {
    std::string prefix;        // "/oauth2"
    std::string providerName;  // "Sign in with …"
    std::string signInMessage; // HTML of the operator; "" = none
    std::string footer;        // HTML of the operator; "" = the original's, "-" = none
    std::string logo;          // HTML; "" = none
    bool passwordForm = false;
    bool debug = false; // inner error texts instead of messages
};

struct ErrorPage {
    int status = 500;
    std::string redirect;  // "" = no buttons
    std::string requestId; // "" = not shown
    std::string appError;  // shown with `debug`
    std::string message;   // "" = the status's own
};

std::string signInPage(const PageSettings& settings, std::string_view redirect, int status);
std::string errorPage(const PageSettings& settings, const ErrorPage& page);
std::string_view builtInLogo();
inline constexpr std::string_view robotsText = "User-agent: *\nDisallow: /\n";

// A file under {prefix}/static/: "css/bulma.min.css"; "" when there is none.
std::string_view staticFile(std::string_view path);

// The version that pages and log lines name: the one whose behaviour this is.
inline constexpr std::string_view emulatedVersion = "v7.15.4";

} // namespace gatehouse::gate
