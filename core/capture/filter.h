// Filter: which exchanges a person wants to see, as one line of text.
//
//   status:4xx host:whoami method:POST user:alice decision:denied -path:/static duration>200ms
//   (decision:denied or decision:failed) and not kind:auth
//   header:x-forwarded-user=alice body:"access denied" "any text"
//
// `field:value` is "has" for texts and "is" for everything else; = and != compare the whole, < <= > >=
// numbers. A word without a field looks everywhere: address, user, heads and bodies. Upper and lower case are
// the same. `and` may be left out and binds tighter than `or`; `not` and `-` turn one condition round.
#pragma once

#include <base/error.h>
#include <capture/row.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::capture {

enum class FilterField : std::uint8_t {
    Anywhere,
    Host,
    Path,
    Url,
    Method,
    User,
    Status,
    Duration,
    Size,
    Decision,
    Outcome,
    Party,
    Kind,
    Rule,
    Header,
    Body
};

struct FilterFieldRow {
    FilterField field;
    std::string_view name;
    std::string_view help;    // GH_TEXT
    std::string_view example; // a condition with it
    bool ordered;             // < and > make sense
};
std::span<const FilterFieldRow> filterFields(); // without Anywhere

class Filter {
public:
    Filter() = default; // shows everything

    // The error's place has the column (from 1, in bytes) of what is wrong; args["length"] is how many bytes
    // of it; its hint says what was expected.
    static Result<Filter> parse(std::string_view text);

    bool isEmpty() const { return nodes_.empty(); }
    // Rows alone decide: fit for looking through all of them within a frame. Otherwise heads or bodies are
    // read.
    bool needsOnlyRows() const { return onlyRows_; }

    // `exchange` is the row's.
    bool matches(const Row& row, const exchange::Exchange& exchange) const {
        return nodes_.empty() || matchesAt(root_, row, &exchange);
    }
    // Only where needsOnlyRows().
    bool matches(const Row& row) const { return nodes_.empty() || matchesAt(root_, row, nullptr); }

    enum class Compare : std::uint8_t { Has, Is, IsNot, Less, LessOrIs, Greater, GreaterOrIs };
    struct Node {
        enum class Kind : std::uint8_t { And, Or, Not, Term } kind = Kind::Term;
        std::size_t left = 0;
        std::size_t right = 0;
        FilterField field = FilterField::Anywhere;
        Compare compare = Compare::Has;
        std::string text;      // lower case
        std::string name;      // lower case: of a header
        std::int64_t low = 0;  // numbers and enumerations: the value; a class of status is a range
        std::int64_t high = 0; // inclusive
    };

private:
    friend class FilterParser;
    bool matchesAt(std::size_t at, const Row& row, const exchange::Exchange* exchange) const;

    std::vector<Node> nodes_;
    std::size_t root_ = 0;
    bool onlyRows_ = true;
};

// What could stand at a column, for a list below the line.
struct FilterCandidate {
    std::string text;
    std::string_view help; // GH_TEXT; may be empty
};
struct FilterCompletion {
    std::size_t begin = 0; // bytes: what a candidate replaces
    std::size_t end = 0;
    std::vector<FilterCandidate> candidates;
};
// Values seen so far, for fields whose values are not fixed.
struct FilterVocabulary {
    std::vector<std::string> hosts, users, headers;
};
FilterCompletion complete(std::string_view text, std::size_t cursor, const FilterVocabulary& vocabulary);

// A condition as text, quoted where its value needs it: for "only this host" and the like.
std::string filterTerm(FilterField field, std::string_view value);

// Whether `text` has `lowerNeedle`, whatever the case of `text`.
bool hasIgnoringCase(std::string_view text, std::string_view lowerNeedle);

} // namespace gatehouse::capture
