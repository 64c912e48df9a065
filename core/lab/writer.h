// YAML text of Nodes, such that every reader of YAML takes the same values from it (see scalars.h).
#pragma once

#include <base/node.h>

#include <string>
#include <string_view>

namespace gatehouse::lab {

// `quotes`: '"' or '\'' to keep the quotes that stood there, '\0' to take what is needed.
std::string scalarText(const Node& scalar, bool flow, char quotes = '\0');
std::string keyText(std::string_view key, bool flow);
std::string flowText(const Node& node); // on one line: {a: [b, c]}

// Small enough to be read at a glance: written on one line where nothing says otherwise.
bool fitsOneLine(const Node& node, std::size_t width = 64);

bool holdsObjects(const Node& node); // a list of maps, here or inside

// What stands behind `key:` or `-`: " text", " {a: b}" or lines of their own, which begin with a line end.
// `indent` is the column of what is inside. No line end behind it. `compact` puts small collections on one
// line.
std::string valueText(const Node& node, std::size_t indent, bool compact);
// "key: value" at this column; later lines are indented, the first is not.
std::string entryText(std::string_view key, const Node& node, std::size_t indent, bool compact);
// "- value" likewise.
std::string itemText(const Node& node, std::size_t indent, bool compact);

} // namespace gatehouse::lab
