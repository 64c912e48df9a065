// Protocol mappers: what each puts into a token (keycloak.md 1.7, 3.3).
#pragma once

#include <provider/tokens.h>

#include <nlohmann/json.hpp>

namespace gatehouse::provider {

enum class TokenPart : std::uint8_t { Access, Id, Userinfo, LightweightAccess };

// Claims as they come together. `fixed` holds those that stand at a fixed place, `others` keeps the order of
// arrival (which Java's hash map then forgets).
struct Claims {
    nlohmann::ordered_json fixed = nlohmann::ordered_json::object();
    std::vector<std::pair<std::string, nlohmann::ordered_json>> others;
    std::vector<std::string> audience;
};

void applyMappers(Visit& visit, const TokenRequest& request, TokenPart part, Claims& claims);

// The user's roles that this client may see: all with full scope, else those of the client itself.
RoleSet visibleRoles(const Visit& visit, const UserModel& user);

bool isFixedClaim(std::string_view name);

} // namespace gatehouse::provider
