// Scenario: who goes where, with what, and what has to come of it.
#pragma once

#include <arrangement/arrangement.h>
#include <base/error.h>
#include <lab/lab.h>

#include <optional>
#include <string>
#include <vector>

namespace gatehouse::rehearsal {

struct Scenario {
    std::string as; // empty: nobody logs in
    http::Url url;
    std::string expect; // outcome or verdict code
    lab::With with;
};

struct Wish { // the command line's options
    std::optional<std::string> as;
    std::optional<std::string> url;
    std::optional<std::string> expect;
};

// The lab's rehearsals, or the one that was wished for: `as` alone expects allowed at the lab's first
// address.
Result<std::vector<Scenario>> scenarios(const arrangement::Arrangement& arrangement, const Wish& wish);

} // namespace gatehouse::rehearsal
