// What the product says to a person, apart from where it is said.
//
// A Message is one constexpr row beside the code that needs it. Texts name their arguments in braces
// ("no service {service} in namespace {namespace}"); the values travel in Error::args. GH_TEXT marks a text
// for lupdate; the command line prints it as it is.
#pragma once

#include <string_view>

#define GH_TEXT(context, text) text

namespace gatehouse {

struct Message {
    std::string_view code; // stable, kebab-case, unique in the product: "unknown-option"
    std::string_view text; // what is wrong, one sentence
    std::string_view hint; // what to do about it; may be empty
};

} // namespace gatehouse
