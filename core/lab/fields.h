// The vocabulary of lab files outside realms, gates' options and annotations: one row a field, for reading,
// JSON Schema, forms, `explain`, and for the promise import(export(lab)) == lab in every field marked
// cluster.
#pragma once

#include <base/support.h>

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace gatehouse::lab {

enum class Where : std::uint8_t { Cluster, Desk };

struct LabFieldRow {
    std::string_view path; // "/listeners/*/bind"; * is a number in a list, or any name in a map
    // "text", "integer", "boolean", "list", "map", "url", "secret", "choice", "name" (of a Kubernetes
    // object), "host", "port", "bind" (host:port), "time" (RFC 3339), "realm" (rows of realm::fields);
    // several are joined by | ("choice|map").
    std::string_view type;
    Where where;
    Support support;
    std::string_view help;
    std::string_view byDefault;
    std::string_view whenEmpty;
    std::string_view choices;
    bool required = false;
    std::string_view note = {}; // for Partly and NotYet: what is missing
};
std::span<const LabFieldRow> fields();

// The row of a pattern ("/listeners/*/bind") and the rows one step below it; null and none when there are
// none.
const LabFieldRow* row(std::string_view pattern);
std::vector<const LabFieldRow*> below(std::string_view pattern);

} // namespace gatehouse::lab
