// The order in which fields are written: that of the tables.
#pragma once

#include <base/node.h>

#include <span>
#include <string>
#include <string_view>

namespace gatehouse::lab {

// Where a new entry belongs in the map at this path: behind the last of those that the tables name before it;
// at the end when no table knows it.
std::size_t placeFor(std::span<const std::string> path, const Node& map, std::string_view key);

} // namespace gatehouse::lab
