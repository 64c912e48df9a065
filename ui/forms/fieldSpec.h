// FieldSpec: one row of a room's table, as a form draws it. Labels, help, units, defaults and what empty
// means are the row's own words.
#pragma once

#include <base/node.h>
#include <base/support.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::forms {

enum class Kind : std::uint8_t {
    Text,
    Code, // several lines
    Boolean,
    Integer,
    Choice,
    TextList,
    TextMap,
    TextListMap,
    Secret,
    Alternatives, // a word, or a map with one of several keys
    Objects,      // has a place of its own in the tree
    Source        // without a form: only its text
};

struct Choice {
    std::string value;
    std::string label; // empty: the value
};

struct FieldSpec {
    std::string row;  // of which table's row: "lab/listeners/*/bind", "gate/cookie-secret"; unique in a form
    std::string path; // below the object, a JSON pointer: "/attributes/pkce.code.challenge.method"
    std::string name; // as it is written: "cookie-secret"
    Kind kind = Kind::Text;
    std::string_view form; // of its text: "port", "bind", "url", "duration" …; checked while typing
    std::string_view label, section, help, unit, byDefault, whenEmpty, note;
    std::string_view offers, starts;
    std::vector<Choice> choices;
    bool otherChoices = false; // more values than the listed ones are taken
    Support support = Support::Does;
    bool required = false;
    bool asText = false;     // true and 5 are written in quotes: the map holds only text
    bool shorthand = false;  // may stand in place of the map around it: runs: http://…
    bool vocabulary = false; // one of many by name; what is set comes first
    bool repeated = false;   // another field of the form has the same label
    // It means something only where that field of the object has one of these values.
    std::string whenPath;
    std::vector<std::string_view> whenValues;
};

// The value as the form shows it: absent, or what is there. Shorthands are read as what they stand for.
const Node& valueOf(const Node& object, const FieldSpec& spec);
bool applies(const Node& object, const FieldSpec& spec, std::string_view defaultOfWhen);

// What is wrong with a text of this form, in words; empty: nothing. Checked before anything is changed.
struct FormFault {
    std::string_view expected; // "a port from 1 to 65535"; empty: it fits
    std::string_view example;
};
FormFault faultOf(const FieldSpec& spec, std::string_view text);

// A scalar as this field wants it: quotes where a reader would take the text for something else.
Node scalarFor(const FieldSpec& spec, std::string text);

} // namespace gatehouse::forms
