// The vocabulary of lab files outside realms, gates' options and annotations: one row a field, for reading,
// JSON Schema, forms, `explain`, and for the promise import(export(lab)) == lab in every field marked
// cluster.
#pragma once

#include <base/support.h>

#include <cstdint>
#include <span>
#include <string_view>

namespace gatehouse::lab {

enum class Where : std::uint8_t { Cluster, Desk };

struct LabFieldRow {
    std::string_view path; // "/listeners/*/bind"
    std::string_view type; // "text", "integer", "boolean", "list", "map", "url", "secret", "choice"
    Where where;
    Support support;
    std::string_view help;
    std::string_view byDefault;
    std::string_view whenEmpty;
    std::string_view choices;
};
std::span<const LabFieldRow> fields();

} // namespace gatehouse::lab
