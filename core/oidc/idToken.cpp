#include <oidc/idToken.h>

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace gatehouse::oidc {

namespace {

constexpr std::chrono::minutes notBeforeLeeway{5};

std::optional<WallTime> timeOf(const Claims& claims, std::string_view claim) {
    const auto seconds = claims.number(claim);
    if (!seconds || !std::isfinite(*seconds) || std::abs(*seconds) > 9e9)
        return std::nullopt;
    return WallTime(std::chrono::seconds(static_cast<std::int64_t>(*seconds)));
}

std::string joined(const std::vector<std::string>& list, std::string_view separator) {
    return fmt::format("{}", fmt::join(list, separator));
}

IdTokenRefusal refusal(IdTokenRefusal::Why why, std::string text, std::string detail = {}) {
    return {why, std::move(text), std::move(detail)};
}

std::optional<IdTokenRefusal> checkClaims(const Claims& claims, const IdTokenPolicy& policy, const Now& now) {
    using Why = IdTokenRefusal::Why;
    const std::string issuer = claims.text("iss").value_or(std::string());
    if (!policy.skipIssuer && issuer != policy.issuer)
        return refusal(
            Why::Issuer,
            fmt::format("oidc: id token issued by a different provider, expected \"{}\" got \"{}\"",
                        policy.issuer, issuer),
            fmt::format("expected {}, the token says {}", policy.issuer, issuer));
    const auto expiry = timeOf(claims, "exp");
    if (!expiry || *expiry < now.wall)
        return refusal(Why::Expired, "oidc: token is expired",
                       expiry
                           ? fmt::format("expired {} s ago", (now.wall - *expiry) / std::chrono::seconds(1))
                           : std::string("the token has no exp"));
    const auto notBefore = timeOf(claims, "nbf");
    if (notBefore && now.wall + notBeforeLeeway < *notBefore)
        return refusal(Why::NotYetValid, "oidc: current time before the nbf (not before) time",
                       fmt::format("valid in {} s", (*notBefore - now.wall) / std::chrono::seconds(1)));
    return std::nullopt;
}

} // namespace

std::variant<IdToken, IdTokenRefusal> readIdToken(std::string_view token, const IdTokenPolicy& policy,
                                                  const Now& now) {
    using Why = IdTokenRefusal::Why;
    auto claims = Claims::fromToken(token);
    if (!claims)
        return refusal(Why::Malformed, "oidc: malformed jwt: " + claims.error().technical,
                       claims.error().technical);
    if (auto refused = checkClaims(*claims, policy, now))
        return std::move(*refused);
    auto jws = crypto::parseJws(token);
    if (!jws)
        return refusal(Why::Malformed, "oidc: malformed jwt: " + jws.error().technical, text(jws.error()));
    if (std::ranges::find(policy.algorithms, jws->algorithm) == policy.algorithms.end())
        return refusal(
            Why::Algorithm,
            fmt::format("oidc: malformed jwt: unexpected signature algorithm \"{}\"; expected [\"{}\"]",
                        jws->algorithm, joined(policy.algorithms, "\" \"")),
            fmt::format("the token is signed by {}, accepted: {}", jws->algorithm,
                        joined(policy.algorithms, ", ")));
    const WallTime expiry = timeOf(*claims, "exp").value_or(WallTime{});
    return IdToken{std::move(*claims), std::move(*jws), expiry};
}

bool verifiedBy(const IdToken& token, const KeySet& keys) {
    return std::ranges::any_of(keys.keys, [&token](const crypto::PublicKey& key) {
        return (token.jws.keyId.empty() || token.jws.keyId == key.id()) &&
               crypto::verify(token.jws, key).has_value();
    });
}

std::optional<IdTokenRefusal> checkAudience(const Claims& claims, const IdTokenPolicy& policy) {
    using Why = IdTokenRefusal::Why;
    for (const std::string& claim : policy.audienceClaims) {
        const std::string type = claims.type(claim);
        if (type.empty())
            continue;
        if (type == "<nil>")
            return refusal(Why::Audience,
                           fmt::format("audience claim {} holds unsupported type <nil>", claim));
        const auto audience = type == "string"
                                  ? std::optional(std::vector{claims.text(claim).value_or(std::string())})
                                  : claims.texts(claim);
        if (!audience) // the original panics
            return refusal(Why::Audience,
                           fmt::format("audience claim {} holds unsupported type {}", claim, type));
        for (const std::string& name : *audience)
            if (std::ranges::find(policy.audiences, name) != policy.audiences.end())
                return std::nullopt;
        return refusal(
            Why::Audience,
            fmt::format("audience from claim {} with value [{}] does not match with any of allowed "
                        "audiences map[{}:{{}}]",
                        claim, joined(*audience, " "), joined(policy.audiences, ":{} ")),
            fmt::format("the token's {} is {}, accepted: {}", claim, joined(*audience, ", "),
                        joined(policy.audiences, ", ")));
    }
    return refusal(Why::Audience, fmt::format("audience claims [{}] do not exist in claims",
                                              joined(policy.audienceClaims, " ")));
}

} // namespace gatehouse::oidc
