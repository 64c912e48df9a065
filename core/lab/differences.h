// What differs between two labs, field by field: what a person reviews before it is applied.
#pragma once

#include <base/node.h>

#include <optional>
#include <string>
#include <vector>

namespace gatehouse::lab {

// A field that is in one lab only has no text on the other side. Secrets are names in a lab, so no value of
// one can stand here.
struct FieldDifference {
    std::string path; // of the second lab; of the first one for what was taken away
    std::optional<std::string> before, after;

    friend bool operator==(const FieldDifference&, const FieldDifference&) = default;
};

// In the second lab's order, what was taken away behind what it stood in. Objects of a list are known by
// their names (name, realm, clientId, username, type), so one that moved or came first is no change of all
// that follow; entries of other lists by their values.
std::vector<FieldDifference> differences(const Node& before, const Node& after);

} // namespace gatehouse::lab
