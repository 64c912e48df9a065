// Which rules a run of the tests has hit: a rule that no test ever sees applied is a guess.
#pragma once

#include <exchange/rule.h>

#include <string_view>

namespace gatehouse::exchange {

#ifdef GATEHOUSE_RULE_COVERAGE
// Appends "id outcome" to the file that the environment's GATEHOUSE_RULES_HIT names, each pair once a
// process; without that variable nothing happens. Any thread. Compiled in by builds with tests only.
void recordHit(Rule rule, std::string_view outcome);
#else
inline void recordHit(Rule /*rule*/, std::string_view /*outcome*/) {}
#endif

} // namespace gatehouse::exchange
