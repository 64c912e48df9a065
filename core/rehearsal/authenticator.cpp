#include <base/encoding.h>
#include <crypto/digest.h>
#include <rehearsal/authenticator.h>

namespace gatehouse::rehearsal {

Authenticator::Authenticator(crypto::SecretString key, crypto::OtpPolicy policy, int lookAheadWindow,
                             std::int64_t clockOffset, UsedCodes& used)
    : key_(std::move(key)), policy_(policy), window_(lookAheadWindow), offset_(clockOffset), used_(used) {
    fingerprint_ = key_.reveal([](std::string_view bytes) {
        return hex(crypto::hmac(crypto::Hash::Sha256, bytes, "gatehouse used code")).substr(0, 32);
    });
}

std::optional<std::int64_t> Authenticator::unusedStep(std::int64_t step) const {
    for (const std::int64_t candidate : {step, step - 1, step + 1})
        if (candidate >= step - window_ && candidate <= step + window_ &&
            !used_.contains(fingerprint_, candidate))
            return candidate;
    return std::nullopt;
}

Authenticator::Offer Authenticator::offer(const Now& now) {
    const std::int64_t seconds = now.unixSeconds() + offset_;
    const auto unused = unusedStep(crypto::totpStep(seconds, policy_));
    if (!unused)
        return {{}, std::chrono::seconds(policy_.period - seconds % policy_.period)};
    used_.add(fingerprint_, *unused);
    return {key_.reveal([&](std::string_view key) {
                return crypto::hotp(key, static_cast<std::uint64_t>(*unused), policy_);
            }),
            {}};
}

std::string Authenticator::next(Clock& clock) {
    for (;;) {
        Offer offered = offer(clock.now());
        if (offered.code)
            return std::move(*offered.code);
        clock.wait(offered.wait, whyWait);
    }
}

std::optional<std::int64_t> Authenticator::stepsOff(std::string_view code, const Now& now) const {
    const std::int64_t step = crypto::totpStep(now.unixSeconds(), policy_);
    const std::int64_t hour = 3600 / policy_.period;
    return key_.reveal([&](std::string_view key) -> std::optional<std::int64_t> {
        for (std::int64_t distance = 0; distance <= hour; ++distance)
            for (const std::int64_t off : {distance, -distance})
                if (crypto::hotp(key, static_cast<std::uint64_t>(step + off), policy_) == code)
                    return off > window_ || off < -window_ ? off : 0;
        return std::nullopt;
    });
}

} // namespace gatehouse::rehearsal
