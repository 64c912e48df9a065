// LoginAttempt: what /start keeps in the CSRF cookie for /callback (oauth2-proxy.md 4.8, 4.9).
#pragma once

#include <gate/turn.h>

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace gatehouse::gate {

struct LoginAttempt {
    std::string state;    // 32 random bytes; the state parameter carries their hash
    std::string nonce;    // 32 random bytes; the nonce parameter carries their hash
    std::string verifier; // PKCE; "" without

    std::int64_t signedAt = 0; // of a cookie that was read

    friend bool operator==(const LoginAttempt&, const LoginAttempt&) = default;
};

std::string pack(const LoginAttempt& attempt);
std::optional<LoginAttempt> unpackLoginAttempt(std::string_view bytes);

// The name that a callback with this hash of the state looks for.
std::string attemptCookieName(const CookiePlan& cookies, std::string_view stateHash);

void saveAttempt(Turn& turn, const LoginAttempt& attempt);
void clearAttempt(Turn& turn, const LoginAttempt& attempt);
void clearOldAttempts(Turn& turn); // cookie-csrf-per-request-limit
// The first cookie of that name that can be opened; else what was found instead, for a person.
std::variant<LoginAttempt, std::string> loadAttempt(Turn& turn, std::string_view stateHash);

// hash:target, or its base64url.
std::string stateParameter(std::string_view stateHash, std::string_view target, bool encode);
struct State {
    std::string hash;
    std::string target;
};
std::optional<State> readState(std::string_view parameter, bool encoded);

} // namespace gatehouse::gate
