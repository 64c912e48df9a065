#include <realm/fields.h>

#include <algorithm>
#include <iterator>

namespace gatehouse::realm {

namespace {

using enum Support;

// The switches that most mappers have.
#define TOKENS                                                                                               \
    "id.token.claim|access.token.claim|lightweight.claim|userinfo.token.claim|introspection.token.claim"

// The providers of OpenID Connect mappers of Keycloak 26.7 with the console's names, most used first
// (keycloak.md 1.7).
constexpr MapperKind kinds[] = {
    {"oidc-group-membership-mapper", "Group Membership", Does, "claim.name|full.path|" TOKENS},
    {"oidc-audience-mapper", "Audience", Does,
     "included.client.audience|included.custom.audience|id.token.claim|access.token.claim|lightweight.claim|"
     "introspection.token.claim"},
    {"oidc-usermodel-attribute-mapper", "User Attribute", Does,
     "user.attribute|claim.name|jsonType.label|" TOKENS "|multivalued|aggregate.attrs"},
    {"oidc-usermodel-property-mapper", "User Property", Does,
     "user.attribute|claim.name|jsonType.label|" TOKENS},
    {"oidc-usermodel-realm-role-mapper", "User Realm Role", Does,
     "usermodel.realmRoleMapping.rolePrefix|multivalued|claim.name|jsonType.label|" TOKENS},
    {"oidc-usermodel-client-role-mapper", "User Client Role", Does,
     "usermodel.clientRoleMapping.clientId|usermodel.clientRoleMapping.rolePrefix|multivalued|claim.name|"
     "jsonType.label|" TOKENS},
    {"oidc-hardcoded-claim-mapper", "Hardcoded claim", Does,
     "claim.name|claim.value|jsonType.label|" TOKENS "|access.tokenResponse.claim"},
    {"oidc-hardcoded-role-mapper", "Hardcoded Role", Does, "role"},
    {"oidc-full-name-mapper", "User's full name", Does, TOKENS},
    {"oidc-audience-resolve-mapper", "Audience Resolve", Does,
     "access.token.claim|introspection.token.claim"},
    {"oidc-usersessionmodel-note-mapper", "User Session Note", Does,
     "user.session.note|claim.name|jsonType.label|" TOKENS "|access.tokenResponse.claim"},
    {"oidc-address-mapper", "User Address", Does,
     "user.attribute.street|user.attribute.locality|user.attribute.region|user.attribute.postal_code|user."
     "attribute.country|user.attribute.formatted|" TOKENS},
    {"oidc-sub-mapper", "Subject (sub)", Does, "access.token.claim|introspection.token.claim"},
    {"oidc-acr-mapper", "Authentication Context Class Reference (ACR)", Does,
     "id.token.claim|access.token.claim|introspection.token.claim"},
    {"oidc-amr-mapper", "Authentication Method Reference (AMR)", Does,
     "id.token.claim|access.token.claim|introspection.token.claim"},
    {"oidc-allowed-origins-mapper", "Allowed Web Origins", Does,
     "access.token.claim|introspection.token.claim"},
    {"oidc-session-state-mapper", "Session State (session_state)", Does, TOKENS},
    {"oidc-nonce-backwards-compatible-mapper", "Nonce backwards compatible", Does, ""},
    {"oidc-role-name-mapper", "Role Name Mapper", NotYet, "role|new.role.name"},
    {"oidc-sha256-pairwise-sub-mapper", "Pairwise subject identifier", NotYet,
     "sectorIdentifierUri|pairwiseSubAlgorithmSalt"},
    {"oidc-claims-param-token-mapper", "Claims parameter Token", NotYet,
     "id.token.claim|access.token.claim|userinfo.token.claim"},
    {"oidc-organization-membership-mapper", "Organization Membership", NotYet,
     "claim.name|jsonType.label|multivalued|addOrganizationAttributes|addOrganizationDomain|"
     "addGroupRoleMappings|addOrganizationId|" TOKENS},
};

#undef TOKENS

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
