// Where a login may lead back to (oauth2-proxy.md 6): the validator and the order of sources.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::gate {

bool validRedirect(std::string_view target, const std::vector<std::string>& whitelist);

// Whitelist entries, also for allowed_email_domains: exact, ".d" and "*.d" with the apex, ports exact or "*".
bool endpointAllowed(std::string_view hostname, std::string_view port,
                     const std::vector<std::string>& whitelist);

struct RedirectSources {
    std::string_view rd;             // form or query, decoded
    std::string_view authRequest;    // X-Auth-Request-Redirect
    bool forwarded = false;          // trusted, and the forwarded host is not the Host
    std::string_view forwardedProto; // what GetRequestProto and GetRequestHost give
    std::string_view forwardedHost;
    std::string_view uri;        // X-Forwarded-Uri when trusted, else the request's own
    std::string_view requestUri; // the request's own
};
// The first valid one; "/" when none is. `rejected` names invalid ones, with where they came from.
std::string appRedirect(const RedirectSources& from, std::string_view prefix,
                        const std::vector<std::string>& whitelist, std::vector<std::string>& rejected);

} // namespace gatehouse::gate
