#include <http/parse.h>
#include <rehearsal/report.h>

#include <algorithm>
#include <fmt/format.h>

namespace gatehouse::rehearsal {

namespace {

using exchange::Party;

std::string_view partyName(Party party) {
    switch (party) {
    case Party::Client:
        return "client";
    case Party::Ingress:
        return "ingress";
    case Party::Gate:
        return "gate";
    case Party::Provider:
        return "provider";
    case Party::Service:
        return "service";
    case Party::Engine:
        return "engine";
    }
    return "";
}

// The step that says most: the last one that decided something.
std::string why(const exchange::Exchange& exchange) {
    const exchange::TraceStep* decided = exchange::decidingStep(exchange.trace);
    if (decided == nullptr && !exchange.trace.empty())
        decided = &exchange.trace.back();
    std::string out;
    if (decided != nullptr) {
        out = decided->rule->text;
        if (out.ends_with('.'))
            out.pop_back(); // a detail or a reason may follow
        if (!decided->detail.empty())
            out += ": " + std::string(decided->detail);
    }
    if (!exchange.attempts.empty() && !exchange.attempts.back().error.empty())
        out += (out.empty() ? "" : "; ") + exchange.attempts.back().error;
    return out;
}

std::string destination(const exchange::Exchange& exchange) {
    if (exchange.attempts.empty()) // answered by whoever took the request: the ingress, a gate, a provider
        return std::string(partyName(exchange.client.to.party));
    const exchange::Destination& to = exchange.attempts.back().to;
    return to.name.empty() ? std::string(partyName(to.party))
                           : fmt::format("{} {}", partyName(to.party), to.name);
}

Hop hopOf(const diagnosis::Step& step) {
    Hop hop{0, "client", step.url.authority(), step.method, step.url.text(), step.status, step.failure};
    if (step.exchange) {
        hop.whom = destination(*step.exchange);
        if (hop.why.empty())
            hop.why = why(*step.exchange);
    }
    return hop;
}

Hop hopOf(const exchange::Exchange& child, int depth) {
    const bool check = child.kind == exchange::Exchange::Kind::AuthSubrequest;
    return {depth,
            check ? "ingress" : "gate",
            destination(child),
            child.method,
            child.scheme + "://" + child.authority + child.target,
            child.client.status,
            why(child)};
}

void readUpstreamRequest(const diagnosis::Step& step, RehearsalResult& out, const Redact& redact) {
    if (!step.exchange)
        return;
    const auto& attempts = step.exchange->attempts;
    const auto leg = std::find_if(attempts.rbegin(), attempts.rend(), [](const exchange::Leg& attempt) {
        return attempt.to.party == Party::Service;
    });
    if (leg == attempts.rend())
        return;
    std::string_view head = leg->request.head;
    const auto nextLine = [&head] {
        const auto end = head.find("\r\n");
        const std::string_view line = head.substr(0, end);
        head.remove_prefix(end == std::string_view::npos ? head.size() : end + 2);
        return line;
    };
    out.upstreamLine = redact(nextLine());
    while (!head.empty()) {
        const std::string redacted = redact(nextLine());
        const auto colon = redacted.find(": ");
        if (colon != std::string::npos)
            out.upstreamHeaders.emplace_back(redacted.substr(0, colon), redacted.substr(colon + 2));
    }
}

} // namespace

namespace {

// A person reads where a request goes, not each parameter; the JSON report has all of it.
std::string shortened(const std::string& url) {
    constexpr std::size_t enough = 90;
    const auto query = url.find('?');
    return url.size() <= enough || query == std::string::npos ? url : url.substr(0, query) + "?…";
}

} // namespace

bool Report::asExpected() const {
    return std::all_of(results.begin(), results.end(),
                       [](const RehearsalResult& result) { return result.ok; });
}

RehearsalResult makeResult(const Scenario& scenario, const Journey& journey, double seconds,
                           const Redact& redact) {
    const diagnosis::Verdict verdict = diagnosis::judge(journey.evidence);
    RehearsalResult out;
    out.as = scenario.as;
    out.url = scenario.url.text();
    out.expect = scenario.expect;
    out.ok = diagnosis::matches(verdict, scenario.expect);
    out.outcome = diagnosis::name(verdict.row->outcome);
    out.code = verdict.code();
    out.text = redact(verdict.text());
    out.hint = verdict.hint();
    out.seconds = seconds;
    for (const diagnosis::Step& step : journey.evidence.steps) {
        out.hops.push_back(hopOf(step));
        for (const auto& child : step.children)
            out.hops.push_back(hopOf(*child, 1));
    }
    for (Hop& hop : out.hops) {
        hop.url = redact(hop.url);
        hop.why = redact(hop.why);
    }
    out.page = redact(journey.page);
    if (!journey.evidence.steps.empty())
        readUpstreamRequest(journey.evidence.steps.back(), out, redact);
    return out;
}

std::string reportText(const Report& report) {
    std::string out;
    for (const RehearsalResult& result : report.results) {
        out += fmt::format("{} → {}\n", result.as.empty() ? "nobody" : result.as, result.url);
        for (const Hop& hop : result.hops) {
            out +=
                fmt::format("{:{}}{} → {}: {} {}  {}\n", "", 2 + 4 * hop.depth, hop.who, hop.whom, hop.method,
                            shortened(hop.url), hop.status == 0 ? "no answer" : std::to_string(hop.status));
            if (!hop.why.empty())
                out += fmt::format("{:{}}{}\n", "", 6 + 4 * hop.depth, hop.why);
        }
        out +=
            fmt::format("{} {} ({}): {}\n", result.ok ? "as expected:" : "NOT AS EXPECTED:", result.outcome,
                        result.code, result.text);
        if (!result.ok)
            out += fmt::format("  expected: {}\n", result.expect);
        if (!result.hint.empty())
            out += fmt::format("  {}\n", result.hint);
        if (result.code == "allowed")
            out += fmt::format("the page:\n{}{}", result.page, result.page.ends_with('\n') ? "" : "\n");
        out += fmt::format("{:.2f} s\n\n", result.seconds);
    }
    if (!report.notRehearsed.empty()) {
        out += "not rehearsed:\n";
        for (const std::string& limit : report.notRehearsed)
            out += fmt::format("  - {}\n", limit);
    }
    return out;
}

} // namespace gatehouse::rehearsal
