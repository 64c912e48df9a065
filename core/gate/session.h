// Session: what a login left behind, and its exact bytes in oauth2-proxy's MessagePack (oauth2-proxy.md 4.3).
#pragma once

#include <base/error.h>
#include <base/now.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::gate {

// Tokens are secrets: no session is ever printed whole; describe() is what logs and traces may show.
struct Session {
    std::optional<WallTime> createdAt;
    std::optional<WallTime> expiresOn; // of the tokens; none = they say nothing
    std::string accessToken;
    std::string idToken;
    std::string refreshToken;
    std::string nonce; // raw bytes; the ID token carries its hash
    std::string email;
    std::string user; // the provider's sub
    std::vector<std::string> groups;
    std::string preferredUsername;
    std::string additionalClaims; // a MessagePack map as it came, or empty; kept byte for byte

    friend bool operator==(const Session&, const Session&) = default;
};

std::string pack(const Session& session);
// Bytes after the map are accepted, unknown keys skipped, nil is "not there", text and bytes are one; a wrong
// type or a truncated map is refused (corrections 9).
Result<Session> unpackSession(std::string_view bytes);

// JSON object of the additional claims, keys in order; "" when there are none or they cannot be shown.
std::string additionalClaimsJson(const Session& session);

// What {prefix}/userinfo answers, line end included.
std::string userinfoJson(const Session& session);

// now, cut to whole seconds, minus createdAt; 0 without it.
std::chrono::nanoseconds age(const Session& session, const Now& now);
bool expired(const Session& session, const Now& now);

// Whom a person would call it: preferred user name, email or user.
std::string_view displayName(const Session& session);

} // namespace gatehouse::gate
