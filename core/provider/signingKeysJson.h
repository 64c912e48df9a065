// A realm's RSA keys: made or loaded once, published as a key set, used for access and ID tokens.
#pragma once

#include <provider/visit.h>

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::provider {

const RealmKeys& realmKeys(Visit& visit);

std::string keySetJson(Visit& visit);    // GET certs
std::string publicKeyText(Visit& visit); // base64 of the signing key's SubjectPublicKeyInfo
std::string signToken(Visit& visit, const nlohmann::ordered_json& claims, std::string_view type = "JWT");

// The payload of a token that this realm signed and that is neither expired nor revoked; `expiredToo`: the
// expiry does not matter (id_token_hint).
struct OwnToken {
    std::string payload; // JSON text
    std::string id;      // jti
    std::string type;    // typ
    std::string clientId;
    std::string subject;
    std::string sessionId;
    std::string scope;
    Seconds issuedAt = 0;
    Seconds expiresAt = 0;
};
std::optional<OwnToken> readOwnToken(Visit& visit, std::string_view token, bool expiredToo = false);

} // namespace gatehouse::provider
