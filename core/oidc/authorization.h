// The URL that starts a login: an authorization request by redirect (RFC 6749 section 4.1.1), and PKCE (RFC
// 7636).
#pragma once

#include <http/url.h>

#include <string>
#include <string_view>

namespace gatehouse::oidc {

struct AuthorizationRequest {
    std::string endpoint; // may carry a query of its own, which is kept
    std::string clientId;
    std::string redirectUri;
    std::string scope;
    std::string state;
    http::Form extra; // nonce, prompt, code_challenge …

    // Parameters in alphabetical order, as Go's url.Values writes them.
    std::string url() const;
};

// base64url(SHA-256(text)) without padding: PKCE's S256, and oauth2-proxy's hash of state and nonce.
std::string sha256Url(std::string_view text);

} // namespace gatehouse::oidc
