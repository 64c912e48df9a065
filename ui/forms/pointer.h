// Paths of fields (JSON pointers) in a document's Nodes.
#pragma once

#include <base/node.h>

#include <string>
#include <string_view>

namespace gatehouse::forms {

// What stands at the path; Absent when nothing does. "" is the node itself.
const Node& nodeAt(const Node& node, std::string_view path);

std::string parentPath(std::string_view path); // "/gates/0" → "/gates"
std::string lastStep(std::string_view path);   // unescaped
std::string child(std::string_view path, std::string_view step);
std::string child(std::string_view path, std::size_t index);
// It is that path, or lies below it.
bool isWithin(std::string_view path, std::string_view holder);

} // namespace gatehouse::forms
