#include <base/ascii.h>
#include <gate/redirect.h>
#include <gate/rules.h>
#include <gate/turn.h>

#include <algorithm>
#include <fmt/format.h>
#include <re2/re2.h>

namespace gatehouse::gate {

using exchange::Outcome;

namespace {

bool onSkipRoute(const Turn& turn) {
    if (turn.plan.access.skipRoutes.empty())
        return false;
    const std::string path = decodedPath(turn);
    for (const SkipRoute& route : turn.plan.access.skipRoutes) {
        if (!route.method.empty() && route.method != turn.request.method)
            continue;
        if (re2::RE2::PartialMatch(path, *route.path) == route.negate)
            continue;
        turn.note(rule("gate.skip-auth-route"), Outcome::Matched, path + " matches " + route.written,
                  route.from);
        return true;
    }
    return false;
}

bool fromTrustedIp(const Turn& turn) {
    if (turn.plan.access.trustedIps.empty())
        return false;
    const auto address = clientAddress(turn);
    if (!address || !turn.plan.access.trustedIps.contains(*address))
        return false;
    turn.note(rule("gate.trusted-ip"), Outcome::Matched, addressText(*address),
              turn.plan.options.from("trusted-ip"));
    return true;
}

bool domainMatches(std::string_view email, std::string_view domain) {
    const std::string_view host = email.substr(email.find('@') + 1);
    if (host == domain)
        return true;
    // Subdomains only, not the apex: unlike whitelist-domain.
    return (domain.starts_with('.') && host.ends_with(domain)) ||
           (domain.starts_with("*.") && host.ends_with(domain.substr(1)));
}

std::string listed(const std::set<std::string, std::less<>>& names) {
    return fmt::format("{}", fmt::join(names, ", "));
}

} // namespace

bool allowedWithoutLogin(const Turn& turn) {
    if (turn.plan.access.skipPreflight && turn.request.method == "OPTIONS") {
        turn.note(rule("gate.skip-auth-preflight"), Outcome::Matched, {},
                  turn.plan.options.from("skip-auth-preflight"));
        return true;
    }
    return onSkipRoute(turn) || fromTrustedIp(turn);
}

bool emailAllowed(const Plan& plan, std::string_view written) {
    if (written.empty())
        return false;
    if (plan.access.anyEmail)
        return true;
    const std::string email = lower(written);
    if (plan.access.emails.contains(email))
        return true;
    if (std::ranges::count(email, '@') != 1)
        return false;
    return std::ranges::any_of(plan.access.emailDomains,
                               [&email](const std::string& domain) { return domainMatches(email, domain); });
}

bool groupsAllowed(const Plan& plan, const Session& session) {
    if (plan.provider.allowedGroups.empty())
        return true;
    return std::ranges::any_of(session.groups, [&plan](const std::string& group) {
        return plan.provider.allowedGroups.contains(group);
    });
}

std::string groupDetail(const Plan& plan, const Session& session) {
    std::string has = fmt::format("{}", fmt::join(session.groups, ", "));
    return fmt::format("{} is in none of the allowed groups: {} (has: {})", displayName(session),
                       listed(plan.provider.allowedGroups), has.empty() ? "none" : has);
}

std::optional<Failure> loginDenied(const Plan& plan, const Session& session) {
    const Options& options = plan.options;
    if (!emailAllowed(plan, session.email))
        return Failure{rule("gate.email-not-allowed"), "Invalid session: unauthorized",
                       fmt::format("{} is in none of the allowed domains: {}",
                                   session.email.empty() ? "no address" : session.email,
                                   fmt::join(plan.access.emailDomains, ", ")),
                       options.from("email-domain")};
    if (!groupsAllowed(plan, session))
        return Failure{rule("gate.group"), "Invalid session: unauthorized", groupDetail(plan, session),
                       options.from(options.given("allowed-group") ? "allowed-group" : "allowed-role")};
    return std::nullopt;
}

Authorized authorize(Turn& turn) {
    if (allowedWithoutLogin(turn))
        return Authorized::Yes;
    if (!turn.session)
        return Authorized::NeedsLogin;
    const Session& session = *turn.session;
    const bool badEmail = !session.email.empty() && !emailAllowed(turn.plan, session.email);
    if (!badEmail && groupsAllowed(turn.plan, session))
        return Authorized::Yes;
    if (badEmail)
        turn.note(rule("gate.email-not-allowed"), Outcome::Denied,
                  fmt::format("{} is in none of the allowed domains: {}", session.email,
                              fmt::join(turn.plan.access.emailDomains, ", ")),
                  turn.plan.options.from("email-domain"));
    else
        turn.note(rule("gate.group"), Outcome::Denied, groupDetail(turn.plan, session),
                  turn.plan.options.from("allowed-group"));
    clearSession(turn);
    return Authorized::Denied;
}

namespace {

// Values of a repeatable, comma-separated parameter; empty pieces do not count.
std::vector<std::string> entities(const http::Form& query, std::string_view name) {
    std::vector<std::string> out;
    for (const auto& [key, value] : query)
        if (key == name)
            for (const std::string_view piece : split(value, ','))
                if (!piece.empty())
                    out.emplace_back(piece);
    return out;
}

bool domainsHold(const std::vector<std::string>& domains, std::string_view email) {
    if (domains.empty())
        return true;
    const auto parts = split(email, '@');
    if (parts.size() != 2)
        return false;
    GoUrl endpoint;
    endpoint.host = parts[1];
    return endpointAllowed(endpoint.hostname(), endpoint.port(), domains);
}

} // namespace

bool constraintsHold(const Turn& turn) {
    if (!turn.session || turn.request.query().empty())
        return true;
    const Session& session = *turn.session;
    const http::Form query = queryForm(turn);
    const auto groups = entities(query, "allowed_groups");
    const auto emails = entities(query, "allowed_emails");
    std::string violated;
    if (!groups.empty() && std::ranges::find_first_of(session.groups, groups) == session.groups.end())
        violated = "allowed_groups=" + fmt::format("{}", fmt::join(groups, ","));
    else if (!domainsHold(entities(query, "allowed_email_domains"), session.email))
        violated = "allowed_email_domains";
    else if (!emails.empty() && std::ranges::find(emails, session.email) == emails.end())
        violated = "allowed_emails";
    if (violated.empty())
        return true;
    turn.note(rule("gate.constraint"), Outcome::Denied,
              fmt::format("{} does not meet {}", displayName(session), violated));
    return false;
}

} // namespace gatehouse::gate
