// Findings: what a reader of field tables has to say about a text, gathered to the end instead of stopping at
// the first. Every message names the field, what was found, what was expected and what to do.
#pragma once

#include <base/error.h>
#include <base/node.h>

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::realm {

inline constexpr Message unknownField{"unknown-field", GH_TEXT("core", "\"{field}\" is no field of {holder}"),
                                      "{suggestion}"};
inline constexpr Message unknownKey{"unknown-key", GH_TEXT("core", "nobody reads \"{field}\" in {holder}"),
                                    "{suggestion}"};
inline constexpr Message missingField{"missing-field", GH_TEXT("core", "{holder} has no \"{field}\""),
                                      GH_TEXT("core", "add \"{field}\" here; expected is {expected}")};
inline constexpr Message wrongType{"wrong-type",
                                   GH_TEXT("core", "\"{field}\" is {found}, and {expected} is expected"),
                                   GH_TEXT("core", "write it like this: {example}")};
inline constexpr Message notAChoice{"not-a-choice", GH_TEXT("core", "\"{field}\" cannot be \"{value}\""),
                                    GH_TEXT("core", "choose one of {expected}{suggestion}")};
inline constexpr Message outOfRange{"out-of-range",
                                    GH_TEXT("core", "\"{field}\" is {value}, and {expected} is expected"),
                                    GH_TEXT("core", "write a number in that range")};
inline constexpr Message plainSecret{
    "plain-secret", GH_TEXT("core", "\"{field}\" is written in plain; a lab holds only names of secrets"),
    GH_TEXT("core",
            "write {example} here; its value comes from {variable}, the secret store, or is made up")};
inline constexpr Message fieldNotYet{
    "field-not-yet", GH_TEXT("core", "\"{name}\" of {holder} is not done yet: {note}"),
    GH_TEXT("core", "leave it out, or go on without it by --tolerate {name}")};

// "text", "a list", "nothing", …: what a person wrote, in words.
std::string_view found(const Node& node);

// `did you mean "redirectUris"?`, or the known names when none is near; at most twenty of them.
std::string suggestion(std::string_view word, std::span<const std::string_view> known);
// The nearest known name within a typing slip or two; empty when none is.
std::string_view closest(std::string_view word, std::span<const std::string_view> known);

class Findings {
public:
    Findings(std::function<Place(FieldId)> place, std::vector<Problem>& problems)
        : place_(std::move(place)), problems_(&problems) {}

    using Args = std::map<std::string, std::string>;
    void refuse(const Message& what, const Node& at, Args args, std::string technical = {});
    void warn(const Message& what, const Node& at, Args args);

    // A text that is wrong throughout says no more after this many: reading stays quick, whatever it is fed.
    static constexpr std::size_t limit = 500;
    bool full() const { return problems_->size() >= limit; }

private:
    void add(Problem::Kind kind, const Message& what, const Node& at, Args args, std::string technical);

    std::function<Place(FieldId)> place_;
    std::vector<Problem>* problems_;
};

} // namespace gatehouse::realm
