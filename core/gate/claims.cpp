#include <gate/providerFlows.h>
#include <gate/rules.h>

#include <fmt/format.h>

namespace gatehouse::gate {

namespace {

// The token's claim, else the profile's.
template <class Read>
auto either(const oidc::Claims& token, const oidc::Claims& profile, std::string_view claim, Read read) {
    auto value = (token.*read)(claim);
    return value ? value : (profile.*read)(claim);
}

bool checksVerified(const ProviderPlan& provider) {
    return provider.emailClaim == "email" && !provider.allowUnverifiedEmail;
}

} // namespace

bool needsProfile(const ProviderPlan& provider, const oidc::Claims& token) {
    const auto missing = [&token](std::string_view claim) { return !claim.empty() && !token.has(claim); };
    return missing("sub") || missing(provider.emailClaim) || missing(provider.groupsClaim) ||
           missing("preferred_username") || (checksVerified(provider) && missing("email_verified"));
}

SessionResult sessionOfClaims(const ProviderPlan& provider, const oidc::Claims& token,
                              const oidc::Claims& profile) {
    Session out;
    using oidc::Claims;
    out.user = either(token, profile, "sub", &Claims::text).value_or(std::string());
    out.email = either(token, profile, provider.emailClaim, &Claims::text).value_or(std::string());
    out.groups =
        either(token, profile, provider.groupsClaim, &Claims::list).value_or(std::vector<std::string>());
    out.preferredUsername =
        either(token, profile, "preferred_username", &Claims::text).value_or(std::string());
    const auto verified = either(token, profile, "email_verified", &Claims::flag);
    if (checksVerified(provider) && verified && !*verified)
        return Failure{rule("gate.email-not-verified"),
                       fmt::format("email in id_token ({}) isn't verified", out.email),
                       fmt::format("the provider says email_verified: false of {}", out.email),
                       {}};
    return out;
}

std::optional<Failure> addKeycloakRoles(const ProviderPlan& provider, Session& session) {
    if (!provider.keycloak)
        return std::nullopt;
    auto roles = oidc::keycloakRoles(session.accessToken);
    if (!roles)
        return Failure{rule("gate.roles-unreadable"), roles.error().technical, roles.error().technical, {}};
    session.groups.insert(session.groups.end(), roles->begin(), roles->end());
    return std::nullopt;
}

std::optional<Failure> enrichSession(const Plan& plan, Session& session) {
    const ProviderPlan& provider = plan.provider;
    if (session.email.empty())
        return Failure{rule("gate.email-missing"),
                       std::string(provider.keycloak ? "could not enrich oidc session: " : "") +
                           "neither the id_token nor the profileURL set an email",
                       "the claim " + provider.emailClaim + " is missing",
                       plan.options.from("oidc-email-claim")};
    return addKeycloakRoles(provider, session);
}

} // namespace gatehouse::gate
