// What a provider says of itself (OpenID Connect Discovery 1.0 section 3) and its keys (RFC 7517), as far as
// a relying party uses them.
#pragma once

#include <base/error.h>
#include <crypto/jose.h>

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::oidc {

struct Discovery {
    std::string issuer;
    std::string authorizationEndpoint;
    std::string tokenEndpoint;
    std::string userinfoEndpoint;
    std::string jwksUri;
    std::string endSessionEndpoint;
    std::vector<std::string> signingAlgorithms; // id_token_signing_alg_values_supported
    std::vector<std::string> codeChallengeMethods;
};

// {issuer without its last slash}/.well-known/openid-configuration
std::string discoveryUrl(std::string_view issuer);
Result<Discovery> parseDiscovery(std::string_view json); // the issuer is compared by whoever asked

struct KeySet {
    std::vector<crypto::PublicKey> keys; // those that can be read; others are left out, as go-jose does
};
Result<KeySet> parseKeySet(std::string_view json);

} // namespace gatehouse::oidc
