// Every name that a user may meet, in one shape: options, annotations, keys, fields, rules, differences,
// verdicts and the doors by which secrets leave. A projection of the rooms' own tables, for `gatehouse
// explain`.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::app {

enum class Kind : std::uint8_t {
    Option,
    Annotation,
    ConfigMapKey,
    RealmField,
    LabField,
    Rule,
    Difference,
    Verdict,
    Exit
};
inline constexpr std::size_t kinds = 9;

struct KindName {
    Kind kind;
    std::string_view name;  // as --list takes it
    std::string_view words; // as a person says it
};
std::span<const KindName> kindNames();
std::string_view words(Kind kind);

struct Entry {
    Kind kind = Kind::Option;
    std::string_view name;
    std::vector<std::string> alsoAs; // other spellings: TOML key, environment, with its prefix
    std::string_view text;           // what it is, in a sentence
    // What is known of it, in the order in which it is told: "support", "type", "default", "unit", …
    std::vector<std::pair<std::string_view, std::string>> facts;

    std::string_view fact(std::string_view name) const; // "" when there is none
};

const std::vector<Entry>& vocabulary();

// Entries of that name, or of that other spelling; letter case does not matter.
std::vector<const Entry*> entriesNamed(std::string_view name);
// The names that are nearest to it, best first; at most three, and none that is far off.
std::vector<std::string_view> nearestNames(std::string_view name);

} // namespace gatehouse::app
