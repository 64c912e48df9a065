#include <realm/rows.h>

namespace gatehouse::realm {

namespace {

// ClientRepresentation without its attributes.
constexpr FieldRow rows[] = {
    {Holder::Client, "id", FieldType::Text, Support::Does, "ID", "General settings", "the client's UUID", "",
     "", "made from the name, the same at each start"},
    FieldRow{Holder::Client, "clientId", FieldType::Text, Support::Does, "Client ID", "General settings",
             "the name that the application gives at login"}
        .starting("client"),
    {Holder::Client, "name", FieldType::Text, Support::Does, "Name", "General settings",
     "the name that people see", "", "", "the client ID is shown"},
    {Holder::Client, "description", FieldType::Text, Support::Partly, "Description", "General settings",
     "a note for administrators", "", "", "no note", "", "shown nowhere on the desk"},
    {Holder::Client, "type", FieldType::Text, Support::Partly, "Client type", "General settings",
     "a preset of Keycloak's (experimental)", "", "", "no preset", "",
     "the embedded provider has no presets"},
    {Holder::Client, "enabled", FieldType::Boolean, Support::Does, "Enabled", "General settings",
     "whether anybody can log in to this client", "", "true"},
    {Holder::Client, "alwaysDisplayInConsole", FieldType::Boolean, Support::Partly, "Always display in UI",
     "General settings", "list it in the account console without a session", "", "false", "", "",
     "the embedded provider has no account console"},
    FieldRow{Holder::Client, "protocol", FieldType::Choice, Support::Partly, "Client type",
             "General settings", "how it talks to Keycloak", "", "openid-connect", "", "openid-connect|saml",
             "openid-connect only"}
        .starting("openid-connect"),
    {Holder::Client, "rootUrl", FieldType::Text, Support::Does, "Root URL", "Access settings",
     "put before relative URLs below", "", "", "URLs below must be complete"},
    {Holder::Client, "baseUrl", FieldType::Text, Support::Does, "Home URL", "Access settings",
     "where links back to the application lead", "", "", "no link back"},
    {Holder::Client, "redirectUris", FieldType::TextList, Support::Does, "Valid redirect URIs",
     "Access settings", "where the browser may be sent after login; a * at the end is a wildcard", "", "",
     "nobody can log in by the browser"},
    {Holder::Client, "webOrigins", FieldType::TextList, Support::Does, "Web origins", "Access settings",
     "origins whose scripts may call the provider; + is those of the redirect URIs", "", "",
     "the origins of the redirect URIs"},
    {Holder::Client, "adminUrl", FieldType::Text, Support::Partly, "Admin URL", "Access settings",
     "where Keycloak's adapters are reached", "", "", "nothing is called", "",
     "old back-channel calls of adapters are not sent"},
    FieldRow{Holder::Client, "publicClient", FieldType::Boolean, Support::Does, "Client authentication (off)",
             "Capability config", "a client without a secret", "", "false"}
        .starting("false"),
    {Holder::Client, "bearerOnly", FieldType::Boolean, Support::Does, "Bearer only", "Capability config",
     "a client that only checks tokens", "", "false"},
    {Holder::Client, "authorizationServicesEnabled", FieldType::Boolean, Support::NotYet, "Authorization",
     "Capability config", "rules about who may do what with a resource", "", "false", "", "",
     "authorization services"},
    {Holder::Client, "authorizationSettings", FieldType::Objects, Support::NotYet, "Authorization settings",
     "Authorization", "those rules", "", "", "no rules", "", "authorization services"},
    {Holder::Client, "standardFlowEnabled", FieldType::Boolean, Support::Does, "Standard flow",
     "Capability config", "login by the browser with a code", "", "true"},
    {Holder::Client, "implicitFlowEnabled", FieldType::Boolean, Support::Does, "Implicit flow",
     "Capability config", "tokens in the redirect; better not", "", "false"},
    {Holder::Client, "directAccessGrantsEnabled", FieldType::Boolean, Support::Does, "Direct access grants",
     "Capability config", "the password grant", "", "false"},
    {Holder::Client, "serviceAccountsEnabled", FieldType::Boolean, Support::Does, "Service account roles",
     "Capability config", "the client may log in as itself", "", "false"},
    {Holder::Client, "consentRequired", FieldType::Boolean, Support::Does, "Consent required",
     "Login settings", "people are asked before data are given", "", "false"},
    {Holder::Client, "clientAuthenticatorType", FieldType::Choice, Support::Partly, "Client Authenticator",
     "Credentials", "how the client proves itself", "", "client-secret", "",
     "client-secret|client-jwt|client-secret-jwt|client-x509", "client-secret only"},
    FieldRow{Holder::Client, "secret", FieldType::Secret, Support::Does, "Client Secret", "Credentials",
             "the client's password", "", "", "the server makes one"}
        .starting("*-client"),
    {Holder::Client, "registrationAccessToken", FieldType::Secret, Support::NotYet,
     "Registration access token", "Credentials", "for clients that change themselves", "", "",
     "the client cannot change itself", "", "client registration"},
    {Holder::Client, "notBefore", FieldType::Integer, Support::NotYet, "Not before", "Advanced",
     "tokens issued before this time (seconds since 1970) are refused", "", "0", "", "",
     "revocation of all tokens of a client"},
    {Holder::Client, "fullScopeAllowed", FieldType::Boolean, Support::Does, "Full scope allowed",
     "Client scopes", "all of the user's roles may get into the token", "", "true"},
    {Holder::Client, "frontchannelLogout", FieldType::Boolean, Support::Partly, "Front channel logout",
     "Logout settings", "logout by the browser", "", "false", "", "", "no frames are loaded at logout"},
    {Holder::Client, "surrogateAuthRequired", FieldType::Boolean, Support::Partly, "Surrogate auth required",
     "Advanced", "of old adapters", "", "false", "", "", "no effect, as in Keycloak"},
    {Holder::Client, "nodeReRegistrationTimeout", FieldType::Integer, Support::Partly,
     "Node re-registration timeout", "Advanced", "of old adapters", "", "-1", "", "",
     "adapters' clusters are not called"},
    {Holder::Client, "registeredNodes", FieldType::Objects, Support::Partly, "Registered nodes", "Advanced",
     "of old adapters", "", "{}", "", "", "adapters' clusters are not called"},
    {Holder::Client, "authenticationFlowBindingOverrides", FieldType::TextMap, Support::NotYet,
     "Authentication flow overrides", "Advanced", "another flow for this client", "", "{}", "", "",
     "flows of one's own"},
    {Holder::Client, "protocolMappers", FieldType::Objects, Support::Does, "Mappers", "Client scopes",
     "what gets into the tokens of this client", "", "", "those of its scopes only"},
    FieldRow{Holder::Client, "defaultClientScopes", FieldType::TextList, Support::Does,
             "Default client scopes", "Client scopes",
             "scopes that are always there; a list here replaces the realm's", "", "", "the realm's defaults"}
        .offering("scopes"),
    FieldRow{Holder::Client, "optionalClientScopes", FieldType::TextList, Support::Does,
             "Optional client scopes", "Client scopes", "scopes to ask for; a list here replaces the realm's",
             "", "", "the realm's defaults"}
        .offering("scopes"),
    {Holder::Client, "defaultRoles", FieldType::TextList, Support::NotYet, "Default roles", "Roles",
     "Keycloak's old way to give roles to new users", "", "", "none", "", "default roles"},
    {Holder::Client, "directGrantsOnly", FieldType::Boolean, Support::Partly, "Direct grants only",
     "Capability config", "of old versions", "", "false", "", "", "no effect, as in Keycloak"},
    {Holder::Client, "access", FieldType::Objects, Support::Partly, "Access", "General settings",
     "what the asking administrator may do", "", "", "the server fills it in", "", "read-only"},
    {Holder::Client, "origin", FieldType::Text, Support::Partly, "Origin", "General settings",
     "where the client came from", "", "", "the server fills it in", "", "read-only"},
    {Holder::Client, "attributes", FieldType::TextMap, Support::Does, "Attributes", "Advanced",
     "further settings by name", "", "", "no further settings"},
};

} // namespace

std::span<const FieldRow> clientRows() {
    return rows;
}

} // namespace gatehouse::realm
