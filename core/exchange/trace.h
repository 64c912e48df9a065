// The decision trace: which rule said what about this request, in order.
#pragma once

#include <base/arena.h>
#include <base/place.h>
#include <exchange/rule.h>

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace gatehouse::exchange {

enum class Outcome : std::uint8_t {
    Matched,  // the rule applied and the request went on
    Answered, // the rule made the answer
    Denied,   // the rule refused the request
    Failed,   // something that had to work did not
    Note      // worth knowing, decided nothing
};

struct TraceStep {
    Rule rule = nullptr;
    Outcome outcome = Outcome::Matched;
    FieldId from;
    std::string_view detail; // never a secret
};

class Trace {
public:
    explicit Trace(Arena& arena) : arena_(&arena) {}
    void add(Rule rule, Outcome outcome, std::string_view detail = {}, FieldId from = {});
    std::span<const TraceStep> steps() const { return steps_; }

private:
    Arena* arena_;
    std::vector<TraceStep> steps_;
};

// The step that made the answer: the last that answered, denied or failed. Null when no rule decided
// anything.
const TraceStep* decidingStep(std::span<const TraceStep> trace);

} // namespace gatehouse::exchange
