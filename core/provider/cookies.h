// Keycloak's cookies: names, attributes, and when they are Secure (keycloak.md 2.6, corrections 43-46).
#pragma once

#include <http/head.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::provider {

// What the browser is told with every cookie of one answer.
struct CookieContext {
    std::string path;   // "/realms/demo/"
    bool secure = true; // otherwise no Secure, and SameSite=None becomes Lax
};

// https, or a host that browsers trust without it; Safari does not (secure context, measured).
bool isSecureContext(std::string_view scheme, std::string_view host, std::string_view userAgent);

enum class CookieKind : std::uint8_t {
    AuthSession,     // AUTH_SESSION_ID
    AuthSessionHash, // KC_AUTH_SESSION_HASH, read by scripts, 60 s
    Restart,         // KC_RESTART
    StateChecker,    // KC_STATE_CHECKER, 300 s
    Identity,        // KEYCLOAK_IDENTITY
    Session,         // KEYCLOAK_SESSION, read by scripts
    RememberMe       // KEYCLOAK_REMEMBER_ME, a year
};
std::string_view name(CookieKind kind);

std::string setCookie(CookieKind kind, std::string_view value, const CookieContext& context,
                      std::optional<std::int64_t> maxAge = {});
std::string deleteCookie(CookieKind kind, const CookieContext& context);

} // namespace gatehouse::provider
