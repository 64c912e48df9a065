#include <base/encoding.h>
#include <gate/providerFlows.h>

namespace gatehouse::gate {

namespace {

Gate::Admission refused(Gate::Admission out, const Failure& failure) {
    out.rule = failure.rule;
    out.detail = failure.detail;
    out.from = failure.from;
    return out;
}

void tell(const Session& session, Gate::Admission& out) {
    out.user = session.user;
    out.email = session.email;
    out.preferredUsername = session.preferredUsername;
    out.groups = session.groups;
}

} // namespace

Result<Gate::Admission> Gate::admission(std::string_view idToken, std::string_view accessToken,
                                        std::string_view userinfo) const {
    const Plan& plan = impl_->plan;
    auto token = oidc::Claims::fromJson(idToken);
    if (!token)
        return std::unexpected(token.error());
    Admission out;
    out.usesUserinfo = !plan.provider.skipProfile && needsProfile(plan.provider, *token);
    auto profile = oidc::Claims::fromJson(out.usesUserinfo ? userinfo : std::string_view("{}"));
    if (!profile)
        return std::unexpected(profile.error());
    SessionResult made = sessionOfClaims(plan.provider, *token, *profile);
    if (const auto* failure = std::get_if<Failure>(&made))
        return refused(std::move(out), *failure);
    Session session = std::get<Session>(std::move(made));
    session.accessToken = "e30." + base64Url(accessToken) + "."; // as a compact JWS: only its payload is read
    const auto unfit = enrichSession(plan, session);
    tell(session, out);
    if (unfit)
        return refused(std::move(out), *unfit);
    if (const auto denied = loginDenied(plan, session))
        return refused(std::move(out), *denied);
    out.admitted = true;
    return out;
}

} // namespace gatehouse::gate
