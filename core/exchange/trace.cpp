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
    steps_.push_back({rule, outcome, from, arena_->keep(detail)});
}

} // namespace gatehouse::exchange
