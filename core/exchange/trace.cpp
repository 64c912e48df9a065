#include <exchange/trace.h>

namespace gatehouse::exchange {

void Trace::add(Rule rule, Outcome outcome, std::string_view detail, FieldId from) {
    steps_.push_back({rule, outcome, from, arena_->keep(detail)});
}

} // namespace gatehouse::exchange
