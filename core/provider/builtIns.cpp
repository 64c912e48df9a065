// The client scopes and clients that every new realm has (keycloak.md 3.3; Admin REST of an empty realm).
#include <provider/realmModel.h>

namespace gatehouse::provider {
namespace {

using realm::ClientScope;
using realm::ProtocolMapper;
using Config = std::map<std::string, std::string>;

ProtocolMapper mapper(std::string name, std::string kind, Config config) {
    return {std::move(name), "openid-connect", std::move(kind), std::move(config), {}};
}

Config everywhere(Config config) {
    config.emplace("id.token.claim", "true");
    config.emplace("access.token.claim", "true");
    config.emplace("userinfo.token.claim", "true");
    config.emplace("introspection.token.claim", "true");
    return config;
}

ProtocolMapper attribute(const std::string& name, const std::string& attributeName, const std::string& claim,
                         const std::string& type = "String") {
    return mapper(
        name, "oidc-usermodel-attribute-mapper",
        everywhere({{"user.attribute", attributeName}, {"claim.name", claim}, {"jsonType.label", type}}));
}

ProtocolMapper note(const std::string& name, const std::string& sessionNote, const std::string& claim,
                    const std::string& type) {
    return mapper(name, "oidc-usersessionmodel-note-mapper",
                  {{"user.session.note", sessionNote},
                   {"claim.name", claim},
                   {"jsonType.label", type},
                   {"id.token.claim", "true"},
                   {"access.token.claim", "true"},
                   {"userinfo.token.claim", "false"},
                   {"introspection.token.claim", "true"}});
}

ClientScope scope(std::string name, bool inTokenScope, std::vector<ProtocolMapper> mappers) {
    ClientScope out;
    out.name = std::move(name);
    out.attributes["include.in.token.scope"] = inTokenScope ? "true" : "false";
    out.protocolMappers = std::move(mappers);
    return out;
}

std::vector<ProtocolMapper> profileMappers() {
    std::vector<ProtocolMapper> out{mapper("full name", "oidc-full-name-mapper", everywhere({}))};
    for (const auto& [name, attributeName, claim] :
         {std::tuple("family name", "lastName", "family_name"),
          std::tuple("given name", "firstName", "given_name"),
          std::tuple("middle name", "middleName", "middle_name"),
          std::tuple("nickname", "nickname", "nickname"),
          std::tuple("username", "username", "preferred_username"),
          std::tuple("profile", "profile", "profile"), std::tuple("picture", "picture", "picture"),
          std::tuple("website", "website", "website"), std::tuple("gender", "gender", "gender"),
          std::tuple("birthdate", "birthdate", "birthdate"), std::tuple("zoneinfo", "zoneinfo", "zoneinfo"),
          std::tuple("locale", "locale", "locale")})
        out.push_back(attribute(name, attributeName, claim));
    out.push_back(attribute("updated at", "updatedAt", "updated_at", "long"));
    return out;
}

std::vector<ProtocolMapper> rolesMappers() {
    const Config inAccess{{"access.token.claim", "true"},
                          {"introspection.token.claim", "true"},
                          {"multivalued", "true"},
                          {"jsonType.label", "String"}};
    Config ofRealm = inAccess, ofClient = inAccess;
    ofRealm["claim.name"] = "realm_access.roles";
    ofClient["claim.name"] = "resource_access.${client_id}.roles";
    return {mapper("realm roles", "oidc-usermodel-realm-role-mapper", ofRealm),
            mapper("client roles", "oidc-usermodel-client-role-mapper", ofClient),
            mapper("audience resolve", "oidc-audience-resolve-mapper",
                   {{"access.token.claim", "true"}, {"introspection.token.claim", "true"}})};
}

} // namespace

std::vector<BuiltInScope> builtInScopes() {
    std::vector<BuiltInScope> out;
    const auto add = [&out](ClientScope what, bool byDefault, bool optional) {
        out.push_back({std::move(what), byDefault, optional, true});
    };
    add(scope(
            "web-origins", false,
            {mapper("allowed web origins", "oidc-allowed-origins-mapper", {{"access.token.claim", "true"}})}),
        true, false);
    add(scope("acr", false,
              {mapper("acr loa level", "oidc-acr-mapper",
                      {{"id.token.claim", "true"}, {"access.token.claim", "true"}})}),
        true, false);
    add(scope("profile", true, profileMappers()), true, false);
    add(scope("roles", false, rolesMappers()), true, false);
    add(scope("basic", false,
              {mapper("sub", "oidc-sub-mapper",
                      {{"access.token.claim", "true"}, {"introspection.token.claim", "true"}}),
               note("auth_time", "AUTH_TIME", "auth_time", "long")}),
        true, false);
    add(scope(
            "email", true,
            {attribute("email", "email", "email"), mapper("email verified", "oidc-usermodel-property-mapper",
                                                          everywhere({{"user.attribute", "emailVerified"},
                                                                      {"claim.name", "email_verified"},
                                                                      {"jsonType.label", "boolean"}}))}),
        true, false);
    add(scope("service_account", false,
              {note("Client ID", "client_id", "client_id", "String"),
               note("Client Host", "clientHost", "clientHost", "String"),
               note("Client IP Address", "clientAddress", "clientAddress", "String")}),
        false, false);
    add(scope("address", true, {mapper("address", "oidc-address-mapper", everywhere({}))}), false, true);
    add(scope(
            "phone", true,
            {attribute("phone number", "phoneNumber", "phone_number"),
             attribute("phone number verified", "phoneNumberVerified", "phone_number_verified", "boolean")}),
        false, true);
    add(scope("offline_access", true, {}), false, true);
    add(scope("organization", true, {}), false, true);
    Config groups =
        everywhere({{"claim.name", "groups"}, {"multivalued", "true"}, {"jsonType.label", "String"}});
    add(scope("microprofile-jwt", true,
              {attribute("upn", "username", "upn"),
               mapper("groups", "oidc-usermodel-realm-role-mapper", groups)}),
        false, true);
    return out;
}

std::vector<realm::Client> builtInClients(const std::string& realmName) {
    const auto client = [](std::string id, bool isPublic) {
        realm::Client out;
        out.clientId = std::move(id);
        out.publicClient = isPublic;
        return out;
    };
    auto account = client("account", true);
    account.rootUrl = "${authBaseUrl}";
    account.baseUrl = "/realms/" + realmName + "/account/";
    account.redirectUris = {"/realms/" + realmName + "/account/*"};
    account.fullScopeAllowed = false;
    account.roles = {
        {"view-profile", {}}, {"manage-account", {"manage-account-links"}}, {"manage-account-links", {}}};
    auto accountConsole = account;
    accountConsole.clientId = "account-console";
    accountConsole.roles.clear();
    accountConsole.attributes["pkce.code.challenge.method"] = "S256";
    auto adminCli = client("admin-cli", true);
    adminCli.standardFlowEnabled = false;
    adminCli.directAccessGrantsEnabled = true;
    auto broker = client("broker", false);
    broker.bearerOnly = true;
    auto realmManagement = client("realm-management", false);
    realmManagement.bearerOnly = true;
    return {account, accountConsole, adminCli, broker, realmManagement};
}

} // namespace gatehouse::provider
