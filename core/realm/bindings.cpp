#include <realm/bindings.h>

namespace gatehouse::realm {

template <>
std::span<const Binding<Realm>> bindings<Realm>() {
    static constexpr Binding<Realm> list[] = {
        {"realm", &Realm::realm},
        {"enabled", &Realm::enabled},
        {"displayName", &Realm::displayName},
        {"displayNameHtml", &Realm::displayNameHtml},
        {"sslRequired", &Realm::sslRequired},
        {"loginTheme", &Realm::loginTheme},
        {"accessTokenLifespan", &Realm::accessTokenLifespan},
        {"accessTokenLifespanForImplicitFlow", &Realm::accessTokenLifespanForImplicitFlow},
        {"ssoSessionIdleTimeout", &Realm::ssoSessionIdleTimeout},
        {"ssoSessionMaxLifespan", &Realm::ssoSessionMaxLifespan},
        {"ssoSessionIdleTimeoutRememberMe", &Realm::ssoSessionIdleTimeoutRememberMe},
        {"ssoSessionMaxLifespanRememberMe", &Realm::ssoSessionMaxLifespanRememberMe},
        {"offlineSessionIdleTimeout", &Realm::offlineSessionIdleTimeout},
        {"accessCodeLifespan", &Realm::accessCodeLifespan},
        {"accessCodeLifespanUserAction", &Realm::accessCodeLifespanUserAction},
        {"accessCodeLifespanLogin", &Realm::accessCodeLifespanLogin},
        {"revokeRefreshToken", &Realm::revokeRefreshToken},
        {"refreshTokenMaxReuse", &Realm::refreshTokenMaxReuse},
        {"defaultSignatureAlgorithm", &Realm::defaultSignatureAlgorithm},
        {"registrationAllowed", &Realm::registrationAllowed},
        {"loginWithEmailAllowed", &Realm::loginWithEmailAllowed},
        {"duplicateEmailsAllowed", &Realm::duplicateEmailsAllowed},
        {"rememberMe", &Realm::rememberMe},
        {"resetPasswordAllowed", &Realm::resetPasswordAllowed},
        {"verifyEmail", &Realm::verifyEmail},
        {"editUsernameAllowed", &Realm::editUsernameAllowed},
        {"internationalizationEnabled", &Realm::internationalizationEnabled},
        {"bruteForceProtected", &Realm::bruteForceProtected},
        {"permanentLockout", &Realm::permanentLockout},
        {"failureFactor", &Realm::failureFactor},
        {"waitIncrementSeconds", &Realm::waitIncrementSeconds},
        {"maxFailureWaitSeconds", &Realm::maxFailureWaitSeconds},
        {"minimumQuickLoginWaitSeconds", &Realm::minimumQuickLoginWaitSeconds},
        {"quickLoginCheckMilliSeconds", &Realm::quickLoginCheckMilliSeconds},
        {"maxDeltaTimeSeconds", &Realm::maxDeltaTimeSeconds},
        {"passwordPolicy", &Realm::passwordPolicy},
        {"otpPolicyType", &Realm::otpPolicyType},
        {"otpPolicyAlgorithm", &Realm::otpPolicyAlgorithm},
        {"otpPolicyDigits", &Realm::otpPolicyDigits},
        {"otpPolicyPeriod", &Realm::otpPolicyPeriod},
        {"otpPolicyLookAheadWindow", &Realm::otpPolicyLookAheadWindow},
        {"otpPolicyInitialCounter", &Realm::otpPolicyInitialCounter},
        {"otpPolicyCodeReusable", &Realm::otpPolicyCodeReusable},
        {"defaultDefaultClientScopes", &Realm::defaultDefaultClientScopes},
        {"defaultOptionalClientScopes", &Realm::defaultOptionalClientScopes},
        {"attributes", &Realm::attributes},
        {"browserSecurityHeaders", &Realm::browserSecurityHeaders},
        {"eventsEnabled", &Realm::eventsEnabled},
    };
    return list;
}

template <>
std::span<const Binding<Client>> bindings<Client>() {
    static constexpr Binding<Client> list[] = {
        {"clientId", &Client::clientId},
        {"id", &Client::id},
        {"name", &Client::name},
        {"enabled", &Client::enabled},
        {"protocol", &Client::protocol},
        {"publicClient", &Client::publicClient},
        {"bearerOnly", &Client::bearerOnly},
        {"clientAuthenticatorType", &Client::clientAuthenticatorType},
        {"secret", &Client::secret},
        {"redirectUris", &Client::redirectUris},
        {"webOrigins", &Client::webOrigins},
        {"rootUrl", &Client::rootUrl},
        {"baseUrl", &Client::baseUrl},
        {"adminUrl", &Client::adminUrl},
        {"standardFlowEnabled", &Client::standardFlowEnabled},
        {"implicitFlowEnabled", &Client::implicitFlowEnabled},
        {"directAccessGrantsEnabled", &Client::directAccessGrantsEnabled},
        {"serviceAccountsEnabled", &Client::serviceAccountsEnabled},
        {"consentRequired", &Client::consentRequired},
        {"fullScopeAllowed", &Client::fullScopeAllowed},
        {"frontchannelLogout", &Client::frontchannelLogout},
        {"alwaysDisplayInConsole", &Client::alwaysDisplayInConsole},
        {"attributes", &Client::attributes},
        {"defaultClientScopes", &Client::defaultClientScopes},
        {"optionalClientScopes", &Client::optionalClientScopes},
    };
    return list;
}

template <>
std::span<const Binding<ProtocolMapper>> bindings<ProtocolMapper>() {
    static constexpr Binding<ProtocolMapper> list[] = {
        {"name", &ProtocolMapper::name},
        {"protocol", &ProtocolMapper::protocol},
        {"protocolMapper", &ProtocolMapper::protocolMapper},
        {"config", &ProtocolMapper::config},
    };
    return list;
}

template <>
std::span<const Binding<ClientScope>> bindings<ClientScope>() {
    static constexpr Binding<ClientScope> list[] = {
        {"name", &ClientScope::name},
        {"description", &ClientScope::description},
        {"protocol", &ClientScope::protocol},
        {"attributes", &ClientScope::attributes},
    };
    return list;
}

template <>
std::span<const Binding<Group>> bindings<Group>() {
    static constexpr Binding<Group> list[] = {
        {"name", &Group::name},
        {"attributes", &Group::attributes},
        {"realmRoles", &Group::realmRoles},
        {"clientRoles", &Group::clientRoles},
    };
    return list;
}

template <>
std::span<const Binding<User>> bindings<User>() {
    static constexpr Binding<User> list[] = {
        {"username", &User::username},
        {"id", &User::id},
        {"enabled", &User::enabled},
        {"email", &User::email},
        {"emailVerified", &User::emailVerified},
        {"firstName", &User::firstName},
        {"lastName", &User::lastName},
        {"attributes", &User::attributes},
        {"groups", &User::groups},
        {"realmRoles", &User::realmRoles},
        {"clientRoles", &User::clientRoles},
        {"requiredActions", &User::requiredActions},
    };
    return list;
}

template <>
std::span<const Binding<Credential>> bindings<Credential>() {
    static constexpr Binding<Credential> list[] = {
        {"type", &Credential::type},           {"value", &Credential::value},
        {"temporary", &Credential::temporary}, {"secretData", &Credential::secretData},
        {"userLabel", &Credential::userLabel}, {"subType", &Credential::subType},
        {"algorithm", &Credential::algorithm}, {"digits", &Credential::digits},
        {"period", &Credential::period},
    };
    return list;
}

template <>
std::span<const Binding<Role>> bindings<Role>() {
    static constexpr Binding<Role> list[] = {
        {"name", &Role::name},
        {"description", &Role::description},
    };
    return list;
}

} // namespace gatehouse::realm
