// Tokens that only the provider itself reads: cookies and refresh tokens, with the realm's HMAC and AES keys
// and in Keycloak's shapes and sizes (corrections B "Cookie values").
#pragma once

#include <provider/visit.h>

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::provider {

// AUTH_SESSION_ID: base64url of "{id}.{HMAC-SHA512 of the id}".
std::string signedSessionId(const RealmState& state, std::string_view id);
std::optional<std::string> readSessionId(const RealmState& state, std::string_view value);

// KEYCLOAK_IDENTITY: a JWS with HS512.
std::string identityToken(const Visit& visit, const UserSession& session);
struct Identity {
    std::string sessionId;
    std::string userId;
    std::string stateChecker;
};
std::optional<Identity> readIdentity(const Visit& visit, std::string_view token);

// KC_RESTART: a JWE (dir, A256GCM) around such a JWS; the request can be rebuilt from it.
std::string restartToken(const Visit& visit, const AuthRequest& request);
std::optional<AuthRequest> readRestart(const Visit& visit, std::string_view token);

// KC_STATE_CHECKER of an error page.
std::string detachedStateToken(const Visit& visit, std::string_view messageKey, int status);

struct RefreshClaims {
    std::string id; // jti
    std::string clientId;
    std::string userId;
    std::string subject; // sub of the access token; empty without the basic scope
    std::string sessionId;
    std::string scope;    // names of every granted scope
    std::string audience; // of the access token as JSON; empty = none
    std::string nonce;    // only by the backwards-compatible mapper
    Seconds issuedAt = 0;
    std::optional<Seconds> expiresAt; // none: offline
    bool offline = false;
};
std::string refreshToken(const Visit& visit, const RefreshClaims& claims);
std::optional<RefreshClaims> readRefreshToken(const Visit& visit, std::string_view token);

} // namespace gatehouse::provider
