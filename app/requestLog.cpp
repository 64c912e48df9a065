#include <app/requestLog.h>
#include <fmt/chrono.h>
#include <fmt/format.h>

namespace gatehouse::app {

namespace {

std::string decisions(const exchange::Exchange& exchange) {
    std::string out;
    for (const exchange::TraceStep& step : exchange.trace)
        out += fmt::format("      {}{}{}\n", step.rule->id, step.detail.empty() ? "" : ": ", step.detail);
    return out;
}

} // namespace

bool isLogged(const exchange::Exchange& exchange, Detail detail) {
    return detail != Detail::Quiet && !exchange.live && (detail == Detail::All || exchange.parent == 0);
}

std::string_view answeredBy(const exchange::Exchange& exchange) {
    return exchange.attempts.empty() ? std::string_view("here")
                                     : std::string_view(exchange.attempts.back().to.name);
}

std::string_view decidingRule(const exchange::Exchange& exchange) {
    const exchange::TraceStep* step = exchange::decidingStep(exchange.trace);
    return step == nullptr ? std::string_view{} : step->rule->id;
}

std::string logLines(const exchange::Exchange& exchange, Detail detail, const capture::Redactor& redact) {
    if (!isLogged(exchange, detail))
        return {};
    const auto seconds = std::chrono::floor<std::chrono::seconds>(exchange.client.when.started.wall);
    const double milliseconds = std::chrono::duration<double, std::milli>(exchange.client.when.done).count();
    const std::string_view why = decidingRule(exchange);
    std::string out = fmt::format(
        "{:%H:%M:%S} {}{} {} {}://{}{} {} {:.1f} ms {}{}{}\n", seconds, exchange.parent == 0 ? "" : "  └ ",
        exchange.peer, exchange.method, exchange.scheme, exchange.authority, exchange.target,
        exchange.client.status, milliseconds, answeredBy(exchange), why.empty() ? "" : ": ", why);
    if (detail == Detail::All)
        out += decisions(exchange);
    return redact(out);
}

} // namespace gatehouse::app
