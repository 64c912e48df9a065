// Which redirect URIs a client may use (org.keycloak.protocol.oidc.utils.RedirectUtils; corrections 22-28).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::provider {

struct RedirectContext {
    std::string_view serverOrigin; // scheme://authority
    std::string_view realmUrl;     // issuer: where urn:ietf:wg:oauth:2.0:oob leads
    std::string_view rootUrl;      // of the client, may be empty
};

// The address that the browser is sent to, or nullopt when none of the patterns fits. The comparison is on
// the literal text.
std::optional<std::string> acceptedRedirectUri(std::string_view candidate,
                                               const std::vector<std::string>& patterns,
                                               const RedirectContext& context);
// Without a redirect_uri parameter: the only one that is registered.
std::optional<std::string> singleRedirectUri(const std::vector<std::string>& patterns);

} // namespace gatehouse::provider
