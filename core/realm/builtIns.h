// What every realm has from the start, by name.
#pragma once

#include <string_view>

namespace gatehouse::realm {

bool isBuiltInScope(std::string_view name);
bool isBuiltInClient(std::string_view clientId);

} // namespace gatehouse::realm
