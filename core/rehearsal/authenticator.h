// Authenticator: the one-time codes of one user, as their phone would show them. A code is never sent twice,
// also not by the next run (UsedCodes), because Keycloak accepts each once and counts repeats as attacks.
#pragma once

#include <crypto/secretString.h>
#include <crypto/totp.h>
#include <rehearsal/clock.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::rehearsal {

// Remembers steps by a fingerprint of the key, never the key or the code.
class UsedCodes {
public:
    virtual ~UsedCodes() = default;
    virtual bool contains(std::string_view keyFingerprint, std::int64_t step) const = 0;
    virtual void add(std::string_view keyFingerprint, std::int64_t step) = 0;
};

class Authenticator {
public:
    Authenticator(crypto::SecretString key, crypto::OtpPolicy policy, int lookAheadWindow,
                  std::int64_t clockOffset, UsedCodes& used);

    // The next code worth sending now: this step's, then its neighbours' within the window; marks it as used.
    // None: all of them are, and the next step begins after `wait`.
    struct Offer {
        std::optional<std::string> code;
        std::chrono::seconds wait{0};
    };
    Offer offer(const Now& now);
    static constexpr std::string_view whyWait =
        "every code of this moment has been used; waiting for the next one";
    // The same for callers who can wait where they stand.
    std::string next(Clock& clock);

    // How many steps a code is away from the clock without offset, when it is one of this key's within an
    // hour.
    std::optional<std::int64_t> stepsOff(std::string_view code, const Now& now) const;

private:
    std::optional<std::int64_t> unusedStep(std::int64_t step) const;

    crypto::SecretString key_;
    crypto::OtpPolicy policy_;
    int window_;
    std::int64_t offset_; // seconds the phone's clock is ahead
    std::string fingerprint_;
    UsedCodes& used_;
};

} // namespace gatehouse::rehearsal
