// Holds a text against the rows of fields(): unknown names, wrong types, values that are no choice, and
// NotYet fields that say something else than what holds without them.
#pragma once

#include <realm/fields.h>
#include <realm/findings.h>

namespace gatehouse::realm {

// Every entry of one representation, its attributes and config included; representations inside it are not
// entered. False: it is no map, and nothing more can be read from it.
bool check(const Node& node, Holder holder, Findings& findings);

// What a real Keycloak has from the start is no wish of the writer, though exports list it.
// `owner` is the name of the realm, or the clientId.
bool isBuiltIn(const FieldRow& row, const Node& value, std::string_view owner);

} // namespace gatehouse::realm
