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
    std::string_view label; // what a form calls it
    std::string_view help;
    std::string_view byDefault;
    std::string_view whenEmpty; // what leaving it out means; none only for required rows
    std::string_view choices;
    bool required = false;
    std::string_view note = {}; // for Partly and NotYet: what is missing
    std::string_view unit = {};
    // What of the lab may stand here: "gates", "services", "hosts", "users", "urls", "outcomes".
    std::string_view offers = {};
    std::string_view starts = {}; // what a new object begins with; "{}" for a map; empty: left out
    bool alternative = false;     // one of the ways to say what the map above it says: runs/gate, runs/url

    constexpr LabFieldRow in(std::string_view text) const {
        LabFieldRow row = *this;
        row.unit = text;
        return row;
    }
    constexpr LabFieldRow offering(std::string_view what) const {
        LabFieldRow row = *this;
        row.offers = what;
        return row;
    }
    constexpr LabFieldRow starting(std::string_view text) const {
        LabFieldRow row = *this;
        row.starts = text;
        return row;
    }
    constexpr LabFieldRow asAlternative() const {
        LabFieldRow row = *this;
        row.alternative = true;
        return row;
    }
};
std::span<const LabFieldRow> fields();

// The row of a pattern ("/listeners/*/bind") and the rows one step below it; null and none when there are
// none.
const LabFieldRow* row(std::string_view pattern);
std::vector<const LabFieldRow*> below(std::string_view pattern);

} // namespace gatehouse::lab
