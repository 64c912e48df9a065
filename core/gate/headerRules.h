// Which headers the gate makes of a session, for the upstream and on its own answers (oauth2-proxy.md 5).
#pragma once

#include <crypto/secretString.h>
#include <exchange/rule.h>
#include <gate/options.h>
#include <gate/session.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::gate {

enum class Claim : std::uint8_t { User, Email, Groups, PreferredUsername, AccessToken, IdToken };

struct HeaderRule {
    std::string name; // in canonical form: "X-Forwarded-User"
    Claim claim = Claim::User;
    std::string prefix;                 // "Bearer ", "Basic "
    bool basic = false;                 // base64(claim:password)
    crypto::SecretString basicPassword; // of `basic`
    bool secret = false;                // redacted at every exit
    exchange::Rule rule = nullptr;
    FieldId from;
};

struct HeaderRules {
    std::vector<HeaderRule> request;
    std::vector<HeaderRule> response;
    bool strip = true; // a client's own copies of `request`'s names
};

HeaderRules headerRules(const Options& options, const crypto::SecretString* basicPassword);

// The value that the rule adds, groups joined by commas; "" adds nothing.
std::string headerValue(const HeaderRule& rule, const Session& session);

// X_Forwarded-User and x-forwarded-user are one name to whoever strips.
bool sameNormalized(std::string_view a, std::string_view b);

} // namespace gatehouse::gate
