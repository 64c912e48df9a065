#include <realm/rows.h>

namespace gatehouse::realm {

namespace {

// Groups, users, credentials, roles.
constexpr FieldRow rows[] = {
    {Holder::Group, "id", FieldType::Text, Support::Partly, "ID", "Group", "the group's UUID", "", "",
     "the server makes one", "", "the embedded provider knows groups by path"},
    FieldRow{Holder::Group, "name", FieldType::Text, Support::Does, "Name", "Group",
             "the last part of the path; no slash"}
        .starting("group"),
    {Holder::Group, "description", FieldType::Text, Support::Partly, "Description", "Group",
     "a note for administrators", "", "", "no note", "", "shown nowhere on the desk"},
    {Holder::Group, "path", FieldType::Text, Support::Partly, "Path", "Group", "as the tree says", "", "",
     "made from the names", "", "read-only"},
    {Holder::Group, "parentId", FieldType::Text, Support::Partly, "Parent", "Group", "as the tree says", "",
     "", "a group at the top", "", "read-only"},
    {Holder::Group, "subGroupCount", FieldType::Integer, Support::Partly, "Child groups (number)", "Group",
     "as the tree says", "", "0", "", "", "read-only"},
    {Holder::Group, "subGroups", FieldType::Objects, Support::Does, "Child groups", "Child groups",
     "groups inside this group", "", "", "no groups inside"},
    {Holder::Group, "attributes", FieldType::TextListMap, Support::Does, "Attributes", "Attributes",
     "{name: [values]}", "", "", "none"},
    FieldRow{Holder::Group, "realmRoles", FieldType::TextList, Support::Does, "Realm roles", "Role mapping",
             "roles of every member", "", "", "no roles"}
        .offering("realm roles"),
    {Holder::Group, "clientRoles", FieldType::TextListMap, Support::Does, "Client roles", "Role mapping",
     "{clientId: [roles]} of every member", "", "", "none"},
    {Holder::Group, "access", FieldType::Objects, Support::Partly, "Access", "Group",
     "what the asking administrator may do", "", "", "none", "", "read-only"},
    {Holder::User, "id", FieldType::Text, Support::Does, "ID", "Details", "the user's UUID: the sub claim",
     "", "", "made from the name, the same at each start"},
    FieldRow{Holder::User, "username", FieldType::Text, Support::Does, "Username", "Details",
             "what people type; Keycloak keeps it in lower case"}
        .starting("user"),
    {Holder::User, "email", FieldType::Text, Support::Does, "Email", "Details",
     "without it, first and last name Keycloak stops the login at a profile page", "", "",
     "no address: gates that want one refuse the login"},
    FieldRow{Holder::User, "emailVerified", FieldType::Boolean, Support::Does, "Email verified", "Details",
             "gateways often demand it", "", "false"}
        .starting("true"),
    {Holder::User, "firstName", FieldType::Text, Support::Does, "First name", "Details",
     "without it Keycloak stops the login at a profile page", "", "", "Keycloak asks for it at login"},
    {Holder::User, "lastName", FieldType::Text, Support::Does, "Last name", "Details",
     "without it Keycloak stops the login at a profile page", "", "", "Keycloak asks for it at login"},
    FieldRow{Holder::User, "enabled", FieldType::Boolean, Support::Does, "Enabled", "Details",
             "whether the user can log in", "", "true"}
        .starting("true"),
    {Holder::User, "createdTimestamp", FieldType::Integer, Support::Partly, "Created at", "Details",
     "milliseconds since 1970", "", "", "when the server made it", "", "shown nowhere on the desk"},
    {Holder::User, "attributes", FieldType::TextListMap, Support::Does, "Attributes", "Attributes",
     "{name: [values]}", "", "", "none"},
    FieldRow{Holder::User, "groups", FieldType::TextList, Support::Does, "Groups", "Groups",
             "paths of groups: /parent/child", "", "", "in no group"}
        .offering("groups"),
    FieldRow{Holder::User, "realmRoles", FieldType::TextList, Support::Does, "Realm roles", "Role mapping",
             "roles of the realm", "", "", "the default roles only"}
        .offering("realm roles"),
    {Holder::User, "clientRoles", FieldType::TextListMap, Support::Does, "Client roles", "Role mapping",
     "{clientId: [roles]}", "", "", "none"},
    FieldRow{Holder::User, "requiredActions", FieldType::TextList, Support::Partly, "Required user actions",
             "Details", "what the user must do at the next login: CONFIGURE_TOTP, UPDATE_PASSWORD, …", "", "",
             "nothing has to be done", "",
             "CONFIGURE_TOTP, UPDATE_PASSWORD, UPDATE_PROFILE, VERIFY_PROFILE, TERMS_AND_CONDITIONS"}
        .offering("required actions"),
    {Holder::User, "credentials", FieldType::Objects, Support::Does, "Credentials", "Credentials",
     "passwords and authenticators", "", "", "the user cannot log in"},
    {Holder::User, "totp", FieldType::Boolean, Support::Partly, "Has an authenticator", "Credentials",
     "as the credentials say", "", "false", "", "", "read-only"},
    {Holder::User, "notBefore", FieldType::Integer, Support::NotYet, "Not before", "Sessions",
     "tokens issued before this time (seconds since 1970) are refused", "", "0", "", "",
     "revocation of all tokens of a user"},
    {Holder::User, "self", FieldType::Text, Support::Partly, "Self", "Details", "a link", "", "", "nothing",
     "", "read-only"},
    {Holder::User, "origin", FieldType::Text, Support::Partly, "Origin", "Details",
     "where the user came from", "", "", "nothing", "", "read-only"},
    {Holder::User, "disableableCredentialTypes", FieldType::TextList, Support::Partly,
     "Credential types that can be disabled", "Credentials", "always empty", "", "[]", "", "", "read-only"},
    {Holder::User, "access", FieldType::Objects, Support::Partly, "Access", "Details",
     "what the asking administrator may do", "", "", "none", "", "read-only"},
    {Holder::User, "federationLink", FieldType::Text, Support::NotYet, "Federation link", "Details",
     "the directory that the user comes from", "", "", "a user of this realm", "", "user federation"},
    {Holder::User, "federatedIdentities", FieldType::Objects, Support::NotYet, "Identity provider links",
     "Identity provider links", "accounts at other providers", "", "[]", "", "", "identity brokering"},
    {Holder::User, "socialLinks", FieldType::Objects, Support::NotYet, "Social links",
     "Identity provider links", "of old versions", "", "[]", "", "", "identity brokering"},
    {Holder::User, "clientConsents", FieldType::Objects, Support::NotYet, "Consents", "Consents",
     "what the user agreed to", "", "[]", "", "", "consent"},
    {Holder::User, "applicationRoles", FieldType::TextListMap, Support::NotYet, "Client roles",
     "Role mapping", "clientRoles of old versions", "", "{}", "", "", "old names"},
    {Holder::User, "serviceAccountClientId", FieldType::Text, Support::Partly, "Service account of",
     "Details", "the client whose account this is", "", "", "a person", "",
     "service accounts are the embedded provider's own"},
    {Holder::User, "verifiableCredentials", FieldType::Objects, Support::NotYet, "Verifiable credentials",
     "Credentials", "of OID4VC", "", "[]", "", "", "verifiable credentials"},
    {Holder::User, "issuedVerifiableCredentials", FieldType::Objects, Support::NotYet,
     "Issued verifiable credentials", "Credentials", "of OID4VC", "", "[]", "", "", "verifiable credentials"},
    {Holder::Credential, "id", FieldType::Text, Support::Partly, "ID", "Credentials",
     "a fixed id keeps a second import from adding the device again", "", "", "the server makes one", "",
     "the embedded provider needs none"},
    FieldRow{Holder::Credential, "type", FieldType::Choice, Support::Partly, "Type", "Credentials",
             "what it is", "", "password", "",
             "password|otp|webauthn|webauthn-passwordless|recovery-authn-codes", "password and otp"}
        .starting("password"),
    {Holder::Credential, "userLabel", FieldType::Text, Support::Does, "User label", "Credentials",
     "the device's name", "", "", "a device without a name"},
    FieldRow{Holder::Credential, "value", FieldType::Secret, Support::Does, "Password", "Credentials",
             "the password", "", "", "no password"}
        .starting("*-password")
        .onlyWhen("type", "password"),
    FieldRow{Holder::Credential, "temporary", FieldType::Boolean, Support::Does, "Temporary", "Credentials",
             "the user must choose another one at the next login", "", "false"}
        .onlyWhen("type", "password"),
    FieldRow{Holder::Credential, "secretData", FieldType::Secret, Support::Does, "Secret", "Credentials",
             "of an authenticator: the key as Keycloak keeps it; the app is given its Base32", "", "",
             "no authenticator"}
        .starting("*-totp")
        .onlyWhen("type", "otp"),
    FieldRow{Holder::Credential, "credentialData", FieldType::Text, Support::Partly, "Credential data",
             "Credentials",
             "JSON with subType, digits, period, algorithm; easier are the fields of these names below", "",
             "", "the realm's OTP policy", "", "for authenticators; a password's hash is not read"}
        .onlyWhen("type", "otp"),
    FieldRow{Holder::Credential, "subType", FieldType::Choice, Support::Does, "OTP type", "Credentials",
             "of an authenticator: codes by time or by counter", "", "totp", "", "totp|hotp"}
        .onlyWhen("type", "otp"),
    FieldRow{Holder::Credential, "algorithm", FieldType::Choice, Support::Does, "OTP hash algorithm",
             "Credentials", "of an authenticator", "", "", "the realm's", "HmacSHA1|HmacSHA256|HmacSHA512"}
        .onlyWhen("type", "otp"),
    FieldRow{Holder::Credential, "digits", FieldType::Integer, Support::Does, "Number of digits",
             "Credentials", "of an authenticator", "", "", "the realm's"}
        .onlyWhen("type", "otp"),
    FieldRow{Holder::Credential, "period", FieldType::Seconds, Support::Does, "OTP Token period",
             "Credentials", "of an authenticator", "seconds", "", "the realm's"}
        .onlyWhen("type", "otp"),
    FieldRow{Holder::Credential, "counter", FieldType::Integer, Support::NotYet, "Counter", "Credentials",
             "of an authenticator: where counter codes stand", "", "0", "", "",
             "codes by counter begin at the realm's initial counter"}
        .onlyWhen("type", "otp"),
    FieldRow{Holder::Credential, "secretEncoding", FieldType::Choice, Support::NotYet, "Secret encoding",
             "Credentials", "how the key is written", "", "", "its text's bytes are the key", "BASE32",
             "keys in Base32"}
        .onlyWhen("type", "otp"),
    {Holder::Credential, "priority", FieldType::Integer, Support::Partly, "Priority", "Credentials",
     "the order of devices", "", "", "as listed", "", "they come as they are listed"},
    {Holder::Credential, "createdDate", FieldType::Integer, Support::Partly, "Created at", "Credentials",
     "milliseconds since 1970", "", "", "when the server made it", "", "shown nowhere on the desk"},
    {Holder::Credential, "federationLink", FieldType::Text, Support::NotYet, "Federation link", "Credentials",
     "the directory it comes from", "", "", "of this realm", "", "user federation"},
    {Holder::Role, "id", FieldType::Text, Support::Partly, "ID", "Details", "the role's UUID", "", "",
     "the server makes one", "", "the embedded provider knows roles by name"},
    FieldRow{Holder::Role, "name", FieldType::Text, Support::Does, "Role name", "Details",
             "as it stands in tokens"}
        .starting("role"),
    {Holder::Role, "description", FieldType::Text, Support::Does, "Description", "Details",
     "a note for administrators", "", "", "no note"},
    {Holder::Role, "composite", FieldType::Boolean, Support::Partly, "Composite", "Details",
     "whether it holds other roles", "", "false", "", "", "as composites says"},
    {Holder::Role, "composites", FieldType::Objects, Support::Does, "Associated roles", "Associated roles",
     "{realm: [names], client: {clientId: [names]}}", "", "", "it holds no other roles"},
    {Holder::Role, "attributes", FieldType::TextListMap, Support::Partly, "Attributes", "Attributes",
     "{name: [values]}", "", "", "none", "", "no mapper reads them"},
    {Holder::Role, "clientRole", FieldType::Boolean, Support::Partly, "Client role", "Details",
     "whether it is a client's", "", "false", "", "", "read-only"},
    {Holder::Role, "containerId", FieldType::Text, Support::Partly, "Container", "Details",
     "the realm or client it belongs to", "", "", "the server fills it in", "", "read-only"},
    {Holder::Role, "scopeParamRequired", FieldType::Boolean, Support::Partly, "Scope param required",
     "Details", "of old versions", "", "false", "", "", "no effect, as in Keycloak"},
};

} // namespace

std::span<const FieldRow> userRows() {
    return rows;
}

} // namespace gatehouse::realm
