#include <exchange/coverage.h>
#include <exchange/trace.h>

namespace gatehouse::exchange {

namespace {

std::string_view name(Outcome outcome) {
    switch (outcome) {
    case Outcome::Matched:
        return "matched";
    case Outcome::Answered:
        return "answered";
    case Outcome::Denied:
        return "denied";
    case Outcome::Failed:
        return "failed";
    case Outcome::Note:
        return "note";
    }
    return "?";
}

} // namespace

void Trace::add(Rule rule, Outcome outcome, std::string_view detail, FieldId from) {
    recordHit(rule, name(outcome));
    if (steps_.capacity() == 0)
        steps_.reserve(16); // what a request through ingress and gate collects
    steps_.push_back({rule, outcome, from, arena_->keep(detail)});
}

const TraceStep* decidingStep(std::span<const TraceStep> trace) {
    for (auto step = trace.rbegin(); step != trace.rend(); ++step)
        if (step->outcome != Outcome::Matched && step->outcome != Outcome::Note)
            return &*step;
    return nullptr;
}

} // namespace gatehouse::exchange
