// Keycloak's representations as values: the lab's realm is one, the embedded provider runs it, the Admin REST
// client reads and writes it. Names are Keycloak 26.7's own (reference keycloak.md section 1, corrections
// A1-A7); members that are absent in the text have the value a realm made by Admin REST would have.
#pragma once

#include <base/node.h>
#include <crypto/secretSource.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse::realm {

using crypto::SecretRef;

struct ProtocolMapper {
    std::string name;
    std::string protocol = "openid-connect";
    std::string protocolMapper;                // "oidc-group-membership-mapper"
    std::map<std::string, std::string> config; // "claim.name", "full.path", …
    FieldId from;
};

struct Client {
    std::string clientId;
    std::string id; // UUID; empty = made from the name, the same at each start
    std::string name;
    bool enabled = true;
    std::string protocol = "openid-connect";
    bool publicClient = false;
    bool bearerOnly = false;
    std::string clientAuthenticatorType = "client-secret";
    SecretRef secret;
    std::vector<std::string> redirectUris;
    std::vector<std::string> webOrigins;
    std::string rootUrl;
    std::string baseUrl;
    std::string adminUrl;
    bool standardFlowEnabled = true;
    bool implicitFlowEnabled = false;
    bool directAccessGrantsEnabled = false;
    bool serviceAccountsEnabled = false;
    bool consentRequired = false;
    bool fullScopeAllowed = true;
    bool frontchannelLogout = false;
    bool alwaysDisplayInConsole = false;
    std::map<std::string, std::string>
        attributes; // "pkce.code.challenge.method", "backchannel.logout.url", …
    std::vector<ProtocolMapper> protocolMappers;
    // nullopt: the realm's defaults
    std::optional<std::vector<std::string>> defaultClientScopes;
    std::optional<std::vector<std::string>> optionalClientScopes;
    std::map<std::string, std::vector<std::string>> roles; // client roles by name → composites (empty here)
    FieldId from;
};

struct ClientScope {
    std::string name;
    std::string description;
    std::string protocol = "openid-connect";
    std::map<std::string, std::string> attributes; // "include.in.token.scope"
    std::vector<ProtocolMapper> protocolMappers;
    FieldId from;
};

struct Group {
    std::string name;
    std::vector<Group> subGroups;
    std::map<std::string, std::vector<std::string>> attributes;
    std::vector<std::string> realmRoles;
    std::map<std::string, std::vector<std::string>> clientRoles;
    FieldId from;
};

struct Credential {
    std::string type = "password"; // "password", "otp"
    SecretRef value;               // password
    bool temporary = false;        // password: UPDATE_PASSWORD at the next login
    SecretRef secretData;          // otp: the key as Keycloak keeps it (its text's bytes are the HMAC key)
    std::string userLabel;
    std::string subType = "totp"; // otp: totp, hotp
    std::string algorithm;        // otp: "HmacSHA1"; empty = the realm's
    int digits = 0;               // otp: 0 = the realm's
    int period = 0;               // otp, seconds: 0 = the realm's
    FieldId from;
};

struct User {
    std::string username; // lower case, as Keycloak stores it
    std::string id;       // UUID; empty = made from the name
    bool enabled = true;
    std::string email;
    bool emailVerified = false;
    std::string firstName;
    std::string lastName;
    std::map<std::string, std::vector<std::string>> attributes;
    std::vector<std::string> groups; // paths: "/oauth2-proxy"
    std::vector<std::string> realmRoles;
    std::map<std::string, std::vector<std::string>> clientRoles;
    std::vector<std::string> requiredActions; // "CONFIGURE_TOTP"
    std::vector<Credential> credentials;
    FieldId from;
};

struct Role {
    std::string name;
    std::string description;
    std::vector<std::string> composites;                              // roles of the realm
    std::map<std::string, std::vector<std::string>> clientComposites; // of clients, by clientId
    FieldId from;
};

struct Realm {
    std::string realm;
    bool enabled = true;
    std::string displayName;
    std::string displayNameHtml;
    std::string sslRequired = "external"; // all, external, none
    std::string frontendUrl;              // attributes.frontendUrl
    std::string loginTheme;               // "", "keycloak", "keycloak.v2"

    // Lifespans in seconds.
    int accessTokenLifespan = 300;
    int accessTokenLifespanForImplicitFlow = 900;
    int ssoSessionIdleTimeout = 1800;
    int ssoSessionMaxLifespan = 36000;
    int ssoSessionIdleTimeoutRememberMe = 0;
    int ssoSessionMaxLifespanRememberMe = 0;
    int offlineSessionIdleTimeout = 2592000;
    int accessCodeLifespan = 60;
    int accessCodeLifespanUserAction = 300;
    int accessCodeLifespanLogin = 1800;

    bool revokeRefreshToken = false;
    int refreshTokenMaxReuse = 0;
    std::string defaultSignatureAlgorithm = "RS256";

    bool registrationAllowed = false;
    bool loginWithEmailAllowed = true;
    bool duplicateEmailsAllowed = false;
    bool rememberMe = false;
    bool resetPasswordAllowed = false;
    bool verifyEmail = false;
    bool editUsernameAllowed = false;
    bool internationalizationEnabled = false;

    bool bruteForceProtected = false;
    bool permanentLockout = false;
    int failureFactor = 30;
    int waitIncrementSeconds = 60;
    int maxFailureWaitSeconds = 900;
    int minimumQuickLoginWaitSeconds = 60;
    std::int64_t quickLoginCheckMilliSeconds = 1000;
    int maxDeltaTimeSeconds = 43200;

    std::string passwordPolicy;
    std::string otpPolicyType = "totp";
    std::string otpPolicyAlgorithm = "HmacSHA1";
    int otpPolicyDigits = 6;
    int otpPolicyPeriod = 30;
    int otpPolicyLookAheadWindow = 1;
    int otpPolicyInitialCounter = 0;
    bool otpPolicyCodeReusable = false;

    std::vector<Role> roles;
    std::vector<Client> clients;
    std::vector<ClientScope> clientScopes;               // beside the built-in ones
    std::vector<std::string> defaultDefaultClientScopes; // beside the built-in ones
    std::vector<std::string> defaultOptionalClientScopes;
    std::vector<Group> groups;
    std::vector<User> users;
    std::map<std::string, std::string> attributes;
    std::map<std::string, std::string> browserSecurityHeaders;
    bool eventsEnabled = false;

    Node representation; // everything as written, fields without a member above included
    FieldId from;
};

} // namespace gatehouse::realm
