#include <app/requestLog.h>
#include <fmt/chrono.h>
#include <fmt/format.h>

namespace gatehouse::app {

namespace {

std::string_view answeredBy(const exchange::Exchange& exchange) {
    if (exchange.attempts.empty())
        return "ingress";
    return exchange.attempts.back().to.name;
}

std::string decisions(const exchange::Exchange& exchange) {
    std::string out;
    for (const exchange::TraceStep& step : exchange.trace)
        out += fmt::format("      {}{}{}\n", step.rule->id, step.detail.empty() ? "" : ": ", step.detail);
    return out;
}

std::string why(const exchange::Exchange& exchange) {
    for (auto step = exchange.trace.rbegin(); step != exchange.trace.rend(); ++step)
        if (step->outcome == exchange::Outcome::Denied || step->outcome == exchange::Outcome::Failed ||
            step->outcome == exchange::Outcome::Answered)
            return fmt::format("  {}", step->rule->id);
    return {};
}

} // namespace

std::string logLines(const exchange::Exchange& exchange, Detail detail, const capture::Redactor& redact) {
    if (detail == Detail::Quiet || exchange.live || (detail == Detail::Requests && exchange.parent != 0))
        return {};
    const auto seconds = std::chrono::floor<std::chrono::seconds>(exchange.client.when.started.wall);
    const double milliseconds = std::chrono::duration<double, std::milli>(exchange.client.when.done).count();
    std::string out = fmt::format("{:%H:%M:%S} {}{} {} {}://{}{} {} {:.1f} ms {}{}\n", seconds,
                                  exchange.parent == 0 ? "" : "  └ ", exchange.peer, exchange.method,
                                  exchange.scheme, exchange.authority, exchange.target,
                                  exchange.client.status, milliseconds, answeredBy(exchange), why(exchange));
    if (detail == Detail::All)
        out += decisions(exchange);
    return redact(out);
}

} // namespace gatehouse::app
