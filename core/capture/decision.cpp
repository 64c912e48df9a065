#include <base/message.h>
#include <capture/decision.h>
#include <capture/headLines.h>

#include <algorithm>
#include <array>

namespace gatehouse::capture {

namespace {

using exchange::Exchange;
using exchange::Outcome;
using exchange::Party;
using exchange::TraceStep;

constexpr std::array decisionRows = std::to_array<DecisionRow>({
    {Decision::None, "none", GH_TEXT("core", "–"), GH_TEXT("core", "Nobody had to decide")},
    {Decision::Allowed, "allowed", GH_TEXT("core", "allowed"),
     GH_TEXT("core", "Who came was known and may pass")},
    {Decision::Open, "open", GH_TEXT("core", "no login needed"),
     GH_TEXT("core", "This address is left out of authentication")},
    {Decision::SignIn, "sign-in", GH_TEXT("core", "sign-in"), GH_TEXT("core", "Sent to the login")},
    {Decision::Unknown, "not-signed-in", GH_TEXT("core", "not signed in"),
     GH_TEXT("core", "The gate was asked and knows nobody yet")},
    {Decision::Login, "login", GH_TEXT("core", "login"), GH_TEXT("core", "A step of the login itself")},
    {Decision::Callback, "callback", GH_TEXT("core", "callback"),
     GH_TEXT("core", "Back from the provider, the login is complete")},
    {Decision::SignedOut, "signed-out", GH_TEXT("core", "signed out"), GH_TEXT("core", "A session ended")},
    {Decision::Denied, "denied", GH_TEXT("core", "denied"), GH_TEXT("core", "A rule refused the request")},
    {Decision::Redirect, "redirect", GH_TEXT("core", "redirect"),
     GH_TEXT("core", "Sent to another address, whoever asks")},
    {Decision::Failed, "failed", GH_TEXT("core", "failed"),
     GH_TEXT("core", "Something that had to work did not")},
});

// What the rule says about the request, where its outcome alone does not.
struct RuleDecision {
    std::string_view rule;
    Decision decision;
};
constexpr RuleDecision byRule[] = {
    {"ingress.auth-passed", Decision::Allowed},
    {"ingress.no-auth-location", Decision::Open},
    {"ingress.address-allowed", Decision::Open},
    {"ingress.cors-preflight", Decision::Open},
    {"ingress.auth-signin", Decision::SignIn},
    {"ingress.auth-unauthorized", Decision::Denied},
    {"ingress.auth-forbidden", Decision::Denied},
    {"ingress.address", Decision::Denied},
    {"ingress.blocked", Decision::Denied},
    {"ingress.auth-unexpected", Decision::Failed},
    {"ingress.auth-head-too-large", Decision::Failed},
    {"ingress.no-endpoints", Decision::Failed},
    {"ingress.denied", Decision::Failed},
    {"ingress.bad-target", Decision::Failed},
    {"ingress.bad-method", Decision::Failed},
    {"ingress.bad-host", Decision::Failed},
    {"ingress.head-too-large", Decision::Failed},
    {"ingress.body-too-large", Decision::Failed},
    {"ingress.client-certificate", Decision::Failed},
    {"ingress.to-https", Decision::Redirect},
    {"ingress.www", Decision::Redirect},
    {"ingress.app-root", Decision::Redirect},
    {"ingress.redirect", Decision::Redirect},
    {"ingress.add-slash", Decision::Redirect},
    {"ingress.rewrite-redirect", Decision::Redirect},
    {"gate.authenticated", Decision::Allowed},
    {"gate.unauthenticated", Decision::Unknown},
    {"gate.skip-auth-route", Decision::Open},
    {"gate.skip-auth-preflight", Decision::Open},
    {"gate.trusted-ip", Decision::Open},
    {"gate.start", Decision::SignIn},
    {"gate.sign-in-page", Decision::SignIn},
    {"gate.api-401", Decision::Denied},
    {"gate.password-session", Decision::Callback},
    {"gate.logged-in", Decision::Callback},
    {"gate.sign-out", Decision::SignedOut},
    {"gate.force-https", Decision::Redirect},
    {"gate.path-cleaned", Decision::Redirect},
    {"gate.upstream-slash", Decision::Redirect},
    {"provider.login-page", Decision::Login},
    {"provider.password-right", Decision::Login},
    {"provider.otp-page", Decision::Login},
    {"provider.otp-right", Decision::Login},
    {"provider.required-action", Decision::Login},
    {"provider.action-done", Decision::Login},
    {"provider.reauthentication", Decision::Login},
    {"provider.code-issued", Decision::Login},
    {"provider.single-sign-on", Decision::Login},
    {"provider.logout", Decision::SignedOut},
    {"provider.not-found", Decision::None}, // browsers ask for a favicon; nobody was refused
};

std::optional<Decision> decisionOf(exchange::Rule rule) {
    for (const RuleDecision& row : byRule)
        if (row.rule == rule->id)
            return row.decision;
    return std::nullopt;
}

bool isOpenOrAllowed(Decision decision) {
    return decision == Decision::Open || decision == Decision::Allowed;
}

void take(Judgement& out, const TraceStep& step) {
    out.rule = step.rule;
    out.outcome = step.outcome;
    out.detail = step.detail;
    out.from = step.from;
}

const Exchange* authRequest(const std::vector<exchange::ExchangePtr>& children) {
    for (const exchange::ExchangePtr& child : children)
        if (child->kind == Exchange::Kind::AuthSubrequest)
            return child.get();
    return nullptr;
}

Decision byOutcome(const TraceStep& step) {
    if (step.outcome == Outcome::Denied)
        return Decision::Denied;
    return step.outcome == Outcome::Failed ? Decision::Failed : Decision::None;
}

// The ingress's own page tells of something that went wrong before it, and that is what decided.
const TraceStep* decidingStep(const Exchange& exchange) {
    const TraceStep* const last = exchange::decidingStep(exchange.trace);
    if (last == nullptr || last->rule->id != "ingress.own-page")
        return last;
    const auto before =
        std::span(exchange.trace).first(static_cast<std::size_t>(last - exchange.trace.data()));
    const TraceStep* const cause = exchange::decidingStep(before);
    return cause == nullptr ? last : cause;
}

bool comesFromAuth(exchange::Rule rule) {
    return rule->id.starts_with("ingress.auth-");
}

// A gate in the middle of the way lets pass by handing on, after it opened a session.
void lookAtPassing(const Exchange& exchange, Judgement& out) {
    for (const TraceStep& step : exchange.trace) {
        const auto decision = decisionOf(step.rule);
        const bool session = step.rule->id == "gate.session" || step.rule->id == "gate.bearer";
        if (session && out.decision == Decision::None)
            out.decision = Decision::Allowed;
        else if (!decision || !isOpenOrAllowed(*decision))
            continue;
        else
            out.decision = *decision;
        take(out, step);
    }
}

constexpr std::string_view identityFields[] = {"X-Auth-Request-Preferred-Username",
                                               "X-Forwarded-Preferred-Username",
                                               "X-Auth-Request-Email",
                                               "X-Forwarded-Email",
                                               "X-Auth-Request-User",
                                               "X-Forwarded-User"};

std::string_view identityIn(std::string_view head) {
    const HeadLines lines = headLines(head);
    for (const std::string_view name : identityFields)
        if (const std::string_view value = lines.get(name); !value.empty())
            return value;
    return {};
}

// What the gate opened, or whom it just logged in.
std::string_view sessionUser(const Exchange& exchange) {
    for (const TraceStep& step : exchange.trace)
        if ((step.rule->id == "gate.session" || step.rule->id == "gate.logged-in") && !step.detail.empty())
            return step.detail;
    return {};
}

template <class T>
std::optional<T> named(std::string_view text, T last) {
    for (int value = 0; value <= static_cast<int>(last); ++value)
        if (name(static_cast<T>(value)) == text)
            return static_cast<T>(value);
    return std::nullopt;
}

} // namespace

std::span<const DecisionRow> decisions() {
    return decisionRows;
}

const DecisionRow& row(Decision decision) {
    return decisionRows[static_cast<std::size_t>(decision)];
}

Judgement judge(const Exchange& exchange, const std::vector<exchange::ExchangePtr>& children) {
    Judgement out;
    const TraceStep* const decided = decidingStep(exchange);
    if (decided) {
        take(out, *decided);
        out.decision = decisionOf(decided->rule).value_or(byOutcome(*decided));
    }
    if (!decided || out.decision == Decision::None)
        lookAtPassing(exchange, out);
    // The ingress only repeats what auth-url said; the reason is the gate's.
    const Exchange* const asked = authRequest(children);
    if (out.rule && asked && comesFromAuth(out.rule))
        if (const TraceStep* const gate = exchange::decidingStep(asked->trace))
            take(out, *gate);
    return out;
}

std::string userOf(const Exchange& exchange, const std::vector<exchange::ExchangePtr>& children) {
    if (const std::string_view user = sessionUser(exchange); !user.empty())
        return std::string(user);
    if (exchange.kind == Exchange::Kind::AuthSubrequest)
        return std::string(identityIn(exchange.client.response.head));
    if (const Exchange* const asked = authRequest(children)) {
        if (const std::string_view user = sessionUser(*asked); !user.empty())
            return std::string(user);
        return std::string(identityIn(asked->client.response.head));
    }
    return {};
}

std::string_view name(Party party) {
    constexpr std::string_view names[] = {"client", "ingress", "gate", "provider", "service", "engine"};
    return names[static_cast<std::size_t>(party)];
}

std::string_view name(Exchange::Kind kind) {
    constexpr std::string_view names[] = {"request", "auth", "back-channel", "tunnel", "connect", "refused"};
    return names[static_cast<std::size_t>(kind)];
}

std::string_view name(Outcome outcome) {
    constexpr std::string_view names[] = {"matched", "answered", "denied", "failed", "note"};
    return names[static_cast<std::size_t>(outcome)];
}

std::optional<Party> partyNamed(std::string_view text) {
    return named(text, Party::Engine);
}

std::optional<Exchange::Kind> kindNamed(std::string_view text) {
    return named(text, Exchange::Kind::Refused);
}

std::optional<Outcome> outcomeNamed(std::string_view text) {
    return named(text, Outcome::Note);
}

const exchange::Destination& reached(const Exchange& exchange) {
    return exchange.attempts.empty() ? exchange.client.to : exchange.attempts.back().to;
}

} // namespace gatehouse::capture
