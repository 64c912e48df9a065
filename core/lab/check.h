// Holds a lab's Nodes against the rows of fields(): unknown names, wrong types, missing fields, text in a
// wrong form.
#pragma once

#include <lab/fields.h>
#include <realm/findings.h>

namespace gatehouse::lab {

inline constexpr Message wrongForm{"wrong-form",
                                   GH_TEXT("core", "\"{field}\" is \"{value}\", and {expected} is expected"),
                                   GH_TEXT("core", "write it like this: {example}")};
inline constexpr Message unquotedText{
    "unquoted-text",
    GH_TEXT("core", "\"{field}\" is {found} without quotes; Kubernetes takes only text here"),
    GH_TEXT("core", "put it in quotes: \"{value}\"")};

// The whole document.
void check(const Node& root, realm::Findings& findings);

} // namespace gatehouse::lab
