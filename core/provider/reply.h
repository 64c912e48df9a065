// One answer being written: status, headers in Keycloak's order, cookies, body.
#pragma once

#include <http/head.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::provider {

struct Reply {
    enum class Caching : std::uint8_t { Unset, NoCache, NoStore, Login, Metadata };

    int status = 200;
    Caching caching = Caching::Unset;
    bool tokenEndpoint = false; // Cache-Control: no-store and Pragma come first, then CORS
    std::vector<std::pair<std::string, std::string>> cors;
    std::vector<std::string> cookies; // complete Set-Cookie values
    std::string contentLanguage;
    std::string contentType; // empty: no body
    std::string location;
    std::string wwwAuthenticate;
    std::string body;
    std::string frameSources;    // added to the policy's frame-src (front-channel logout)
    bool framable = false;       // a page made for frames: no frame-ancestors, no X-Frame-Options
    bool securityHeaders = true; // what answers before a realm is known has none
};

// Which of the security headers go out depends on the types of answer and request
// (DefaultSecurityHeadersProvider: JSON, HTML or form, anything else).
http::Response finish(const Reply& reply, const http::RequestView& request);

void setJson(Reply& reply, int status, std::string body);
void setRedirect(Reply& reply, std::string location);

// What a Location may hold: everything else percent-encoded; the default port goes (corrections 22).
std::string locationText(std::string_view uri);

} // namespace gatehouse::provider
