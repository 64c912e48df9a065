// What every realm has from the start, by name.
#pragma once

#include <span>
#include <string_view>

namespace gatehouse::realm {

bool isBuiltInScope(std::string_view name);
bool isBuiltInClient(std::string_view clientId);

// The scopes with their mappers, as a new realm of Keycloak 26.7.3 has them; which of them every new client
// gets, and which it may ask for.
std::string_view builtInScopesJson();
std::span<const std::string_view> builtInDefaultScopes();
std::span<const std::string_view> builtInOptionalScopes();

} // namespace gatehouse::realm
