#include <realm/fields.h>

#include <algorithm>
#include <iterator>

namespace gatehouse::realm {

namespace {

using enum Support;

// The providers of OpenID Connect mappers of Keycloak 26.7 with the console's names, most used first
// (keycloak.md 1.7).
constexpr MapperKind kinds[] = {
    {"oidc-group-membership-mapper", "Group Membership", Does},
    {"oidc-audience-mapper", "Audience", Does},
    {"oidc-usermodel-attribute-mapper", "User Attribute", Does},
    {"oidc-usermodel-property-mapper", "User Property", Does},
    {"oidc-usermodel-realm-role-mapper", "User Realm Role", Does},
    {"oidc-usermodel-client-role-mapper", "User Client Role", Does},
    {"oidc-hardcoded-claim-mapper", "Hardcoded claim", Does},
    {"oidc-hardcoded-role-mapper", "Hardcoded Role", Does},
    {"oidc-full-name-mapper", "User's full name", Does},
    {"oidc-audience-resolve-mapper", "Audience Resolve", Does},
    {"oidc-usersessionmodel-note-mapper", "User Session Note", Does},
    {"oidc-address-mapper", "User Address", Does},
    {"oidc-sub-mapper", "Subject (sub)", Does},
    {"oidc-acr-mapper", "Authentication Context Class Reference (ACR)", Does},
    {"oidc-amr-mapper", "Authentication Method Reference (AMR)", Does},
    {"oidc-allowed-origins-mapper", "Allowed Web Origins", Does},
    {"oidc-session-state-mapper", "Session State (session_state)", Does},
    {"oidc-nonce-backwards-compatible-mapper", "Nonce backwards compatible", Does},
    {"oidc-role-name-mapper", "Role Name Mapper", NotYet},
    {"oidc-sha256-pairwise-sub-mapper", "Pairwise subject identifier", NotYet},
    {"oidc-claims-param-token-mapper", "Claims parameter Token", NotYet},
    {"oidc-organization-membership-mapper", "Organization Membership", NotYet},
};

} // namespace

std::span<const MapperKind> mapperKinds() {
    return kinds;
}

const MapperKind* mapperKind(std::string_view id) {
    const auto found = std::find_if(std::begin(kinds), std::end(kinds),
                                    [&](const MapperKind& kind) { return kind.id == id; });
    return found == std::end(kinds) ? nullptr : found;
}

} // namespace gatehouse::realm
