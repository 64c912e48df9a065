// Tokens in an exchange: where a JWT stands, what it says, and whether one of the provider's keys signed it.
#pragma once

#include <base/error.h>
#include <base/now.h>
#include <exchange/exchange.h>
#include <gate/session.h>
#include <oidc/discovery.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::capture {

struct FoundToken {
    std::string where;   // "Authorization", "access_token", "id_token of the session": names, not sentences
    bool request = true; // in a request; otherwise in an answer
    std::string token;   // a secret
};
// Everything of the form header.payload.signature in the heads and bodies, each token once. Cookies aside.
std::vector<FoundToken> findTokens(const exchange::Exchange& exchange);
std::vector<FoundToken> tokensOf(const gate::Session& session);

struct TokenClaim {
    std::string name;
    std::string value;            // one line of JSON
    std::optional<WallTime> time; // of claims that are one (RFC 7519 section 2, NumericDate)
    std::string_view help;        // GH_TEXT; empty: not registered
};
struct TokenView {
    std::string algorithm;
    std::string keyId;
    std::string type; // "typ" of the payload ("Bearer", "ID", "Refresh"), as Keycloak says it
    std::string issuer;
    std::string header; // indented JSON
    std::string payload;
    std::vector<TokenClaim> claims; // in their order
    std::optional<WallTime> expires;
};
Result<TokenView> decodeToken(std::string_view token);

enum class Signature : std::uint8_t {
    Verified,  // `key` signed it
    Forged,    // the key that it names did not sign it
    NoSuchKey, // the provider publishes no key of that id
    Private    // signed with a secret that nobody publishes (HS256 and the like)
};
struct SignatureVerdict {
    Signature signature = Signature::NoSuchKey;
    std::string key;       // id
    std::string technical; // why not
};
SignatureVerdict verifyToken(std::string_view token, const oidc::KeySet& keys);

} // namespace gatehouse::capture
