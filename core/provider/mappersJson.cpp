#include <base/ascii.h>
#include <provider/credentials.h>
#include <provider/loginFlow.h>
#include <provider/makersJson.h>
#include <provider/mappersJson.h>

#include <algorithm>
#include <array>

namespace gatehouse::provider {
namespace {

using Json = nlohmann::ordered_json;
using realm::ProtocolMapper;

struct Source {
    Visit& visit;
    const TokenRequest& request;
    const UserModel& user;
    TokenPart part;
    Claims& claims;
};

std::string config(const ProtocolMapper& mapper, const char* name) {
    const auto at = mapper.config.find(name);
    return at == mapper.config.end() ? std::string{} : at->second;
}

bool included(const ProtocolMapper& mapper, TokenPart part) {
    const auto flag = [&mapper](const char* name) { return config(mapper, name) == "true"; };
    switch (part) {
    case TokenPart::Access:
        return flag("access.token.claim");
    case TokenPart::LightweightAccess:
        return flag("lightweight.claim");
    case TokenPart::Id:
        return flag("id.token.claim");
    case TokenPart::Userinfo:
        break;
    }
    // Older mappers have no userinfo field: then the ID token's decides (OIDCAttributeMapperHelper).
    return mapper.config.contains("userinfo.token.claim") ? flag("userinfo.token.claim")
                                                          : flag("id.token.claim");
}

// "a.b" nests; "a\.b" is one name.
std::vector<std::string> claimPath(std::string_view name) {
    std::vector<std::string> out(1);
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (name[i] == '\\' && i + 1 < name.size() && name[i + 1] == '.') {
            out.back() += '.';
            ++i;
        } else if (name[i] == '.') {
            out.emplace_back();
        } else {
            out.back() += name[i];
        }
    }
    return out;
}

Json& topLevel(Claims& claims, const std::string& name) {
    if (isFixedClaim(name))
        return claims.fixed[name];
    for (auto& [known, value] : claims.others)
        if (known == name)
            return value;
    return claims.others.emplace_back(name, Json()).second;
}

void put(Claims& claims, const std::vector<std::string>& path, Json value) {
    Json* at = &topLevel(claims, path.front());
    for (std::size_t i = 1; i < path.size(); ++i) {
        if (!at->is_object())
            *at = Json::object();
        at = &(*at)[path[i]];
    }
    // A list meets a list: both stay, each member once (several role mappers on one claim).
    if (at->is_array() && value.is_array()) {
        for (auto& item : value)
            if (std::ranges::find(*at, item) == at->end())
                at->push_back(item);
        return;
    }
    *at = std::move(value);
}

Json typed(const std::string& text, std::string_view type) {
    if (type == "boolean")
        return text == "true";
    if (type == "int" || type == "long") {
        const auto number = Json::parse(text, nullptr, false);
        return number.is_number_integer() ? number : Json();
    }
    if (type == "JSON") {
        auto json = Json::parse(text, nullptr, false);
        return json.is_discarded() ? Json() : json;
    }
    return text;
}

void putTexts(Source& at, const ProtocolMapper& mapper, const std::vector<std::string>& values) {
    const std::string claim = config(mapper, "claim.name"), type = config(mapper, "jsonType.label");
    if (claim.empty() || values.empty())
        return;
    if (config(mapper, "multivalued") != "true") {
        if (auto value = typed(values.front(), type); !value.is_null())
            put(at.claims, claimPath(claim), std::move(value));
        return;
    }
    Json list = Json::array();
    for (const auto& value : values)
        list.push_back(typed(value, type));
    put(at.claims, claimPath(claim), std::move(list));
}

std::vector<std::string> userValues(const Source& at, const std::string& name) {
    const auto one = [](std::string value) {
        return value.empty() ? std::vector<std::string>{} : std::vector{std::move(value)};
    };
    if (name == "username")
        return {at.user.data.username};
    if (name == "email" || name == "firstName" || name == "lastName")
        return one(profileValue(at.visit, at.user, name));
    if (name == "emailVerified")
        return {at.user.data.emailVerified ? "true" : "false"};
    if (name == "id")
        return {at.user.id};
    if (const auto own = at.user.data.attributes.find(name); own != at.user.data.attributes.end())
        return own->second;
    if (const auto inherited = at.user.inheritedAttributes.find(name);
        inherited != at.user.inheritedAttributes.end())
        return inherited->second;
    return {};
}

void attributeMapper(Source& at, const ProtocolMapper& mapper) {
    putTexts(at, mapper, userValues(at, config(mapper, "user.attribute")));
}

void fullNameMapper(Source& at, const ProtocolMapper&) {
    const std::string first = profileValue(at.visit, at.user, "firstName"),
                      last = profileValue(at.visit, at.user, "lastName");
    const std::string name = first.empty() || last.empty() ? first + last : first + " " + last;
    if (!name.empty())
        put(at.claims, {"name"}, name);
}

void groupMapper(Source& at, const ProtocolMapper& mapper) {
    // Without the field the names are short (corrections 5).
    const bool full = config(mapper, "full.path") == "true";
    Json list = Json::array();
    for (const auto& path : at.user.groupPaths)
        list.push_back(full ? path : path.substr(path.rfind('/') + 1));
    const std::string claim = config(mapper, "claim.name");
    if (!claim.empty())
        put(at.claims, claimPath(claim), std::move(list));
}

void audienceMapper(Source& at, const ProtocolMapper& mapper) {
    std::string audience = config(mapper, "included.client.audience");
    if (audience.empty())
        audience = config(mapper, "included.custom.audience");
    if (!audience.empty() && std::ranges::find(at.claims.audience, audience) == at.claims.audience.end())
        at.claims.audience.push_back(audience);
}

void audienceResolveMapper(Source& at, const ProtocolMapper&) {
    for (const auto& [holder, names] : visibleRoles(at.visit, at.user))
        if (!holder.empty() && holder != at.visit.client->data.clientId && !names.empty() &&
            std::ranges::find(at.claims.audience, holder) == at.claims.audience.end())
            at.claims.audience.push_back(holder);
}

Json roleList(const std::set<std::string>& names, const std::string& prefix) {
    Json list = Json::array();
    for (const auto& name : names)
        list.push_back(prefix + name);
    return list;
}

void realmRoleMapper(Source& at, const ProtocolMapper& mapper) {
    const auto roles = visibleRoles(at.visit, at.user);
    const auto own = roles.find("");
    const std::string claim = config(mapper, "claim.name");
    if (own != roles.end() && !own->second.empty() && !claim.empty())
        put(at.claims, claimPath(claim),
            roleList(own->second, config(mapper, "usermodel.realmRoleMapping.rolePrefix")));
}

void clientRoleMapper(Source& at, const ProtocolMapper& mapper) {
    const std::string only = config(mapper, "usermodel.clientRoleMapping.clientId"),
                      prefix = config(mapper, "usermodel.clientRoleMapping.rolePrefix");
    for (const auto& [holder, names] : visibleRoles(at.visit, at.user)) {
        if (holder.empty() || names.empty() || (!only.empty() && holder != only))
            continue;
        auto path = claimPath(config(mapper, "claim.name"));
        for (auto& part : path)
            if (part == "${client_id}")
                part = holder;
        if (!path.front().empty())
            put(at.claims, path, roleList(names, prefix));
    }
}

void hardcodedClaimMapper(Source& at, const ProtocolMapper& mapper) {
    const std::string claim = config(mapper, "claim.name");
    if (auto value = typed(config(mapper, "claim.value"), config(mapper, "jsonType.label"));
        !claim.empty() && !value.is_null())
        put(at.claims, claimPath(claim), std::move(value));
}

void hardcodedRoleMapper(Source& at, const ProtocolMapper& mapper) {
    const std::string role = config(mapper, "role");
    const auto dot = role.find('.');
    const bool ofClient = dot != std::string::npos && at.visit.realm.client(role.substr(0, dot)) != nullptr;
    const std::vector<std::string> path =
        ofClient ? std::vector<std::string>{"resource_access", role.substr(0, dot), "roles"}
                 : std::vector<std::string>{"realm_access", "roles"};
    put(at.claims, path, Json::array({ofClient ? role.substr(dot + 1) : role}));
}

void originsMapper(Source& at, const ProtocolMapper&) {
    const auto origins = webOrigins(*at.visit.client);
    if (!origins.empty())
        at.claims.fixed["allowed-origins"] = origins;
}

void acrMapper(Source& at, const ProtocolMapper&) {
    at.claims.fixed["acr"] = at.request.freshLogin ? "1" : "0";
}

void subMapper(Source& at, const ProtocolMapper&) {
    at.claims.fixed["sub"] = at.user.id;
}

void noteMapper(Source& at, const ProtocolMapper& mapper) {
    const std::string note = config(mapper, "user.session.note"), claim = config(mapper, "claim.name");
    if (note == "AUTH_TIME") {
        if (at.request.session != nullptr && at.request.loginTimeKnown)
            put(at.claims, claimPath(claim), at.request.session->authTime);
    } else if (at.user.serviceAccountOf.empty()) {
        return; // the notes below belong to service accounts' sessions
    } else if (note == "clientHost" || note == "clientAddress") {
        put(at.claims, claimPath(claim), std::string(at.visit.env.peerAddress));
    } else if (note == "client_id") {
        put(at.claims, claimPath(claim), at.user.serviceAccountOf);
    }
}

void addressMapper(Source& at, const ProtocolMapper& mapper) {
    Json address = Json::object();
    for (const auto& [part, byDefault] :
         {std::pair("formatted", "formatted"), std::pair("street", "street_address"),
          std::pair("locality", "locality"), std::pair("region", "region"),
          std::pair("postal_code", "postal_code"), std::pair("country", "country")}) {
        std::string name = config(mapper, (std::string("user.attribute.") + part).c_str());
        if (name.empty())
            name = part;
        if (const auto values = userValues(at, name); !values.empty())
            address[byDefault] = values.front();
    }
    put(at.claims, {"address"}, std::move(address));
}

void amrMapper(Source& at, const ProtocolMapper&) {
    put(at.claims, {"amr"}, Json::array());
}

void nonceMapper(Source& at, const ProtocolMapper&) {
    if (!at.request.nonce.empty())
        at.claims.fixed["nonce"] = at.request.nonce;
}

void sessionStateMapper(Source& at, const ProtocolMapper&) {
    if (at.request.session != nullptr)
        put(at.claims, {"session_state"}, at.request.session->id);
}

struct MapperRow {
    std::string_view kind;
    void (*apply)(Source&, const ProtocolMapper&);
    enum class Parts : std::uint8_t { AsConfigured, AccessOnly, NotUserinfo } parts = Parts::AsConfigured;
};
using Parts = MapperRow::Parts;
constexpr std::array mapperRows{
    MapperRow{"oidc-usermodel-attribute-mapper", attributeMapper},
    MapperRow{"oidc-usermodel-property-mapper", attributeMapper},
    MapperRow{"oidc-full-name-mapper", fullNameMapper},
    MapperRow{"oidc-group-membership-mapper", groupMapper},
    MapperRow{"oidc-audience-mapper", audienceMapper, Parts::NotUserinfo},
    MapperRow{"oidc-audience-resolve-mapper", audienceResolveMapper, Parts::AccessOnly},
    MapperRow{"oidc-usermodel-realm-role-mapper", realmRoleMapper},
    MapperRow{"oidc-usermodel-client-role-mapper", clientRoleMapper},
    MapperRow{"oidc-hardcoded-claim-mapper", hardcodedClaimMapper},
    MapperRow{"oidc-hardcoded-role-mapper", hardcodedRoleMapper, Parts::AccessOnly},
    MapperRow{"oidc-allowed-origins-mapper", originsMapper, Parts::AccessOnly},
    MapperRow{"oidc-acr-mapper", acrMapper, Parts::NotUserinfo},
    MapperRow{"oidc-sub-mapper", subMapper, Parts::AccessOnly},
    MapperRow{"oidc-usersessionmodel-note-mapper", noteMapper},
    MapperRow{"oidc-address-mapper", addressMapper},
    MapperRow{"oidc-amr-mapper", amrMapper, Parts::NotUserinfo},
    MapperRow{"oidc-nonce-backwards-compatible-mapper", nonceMapper, Parts::AccessOnly},
    MapperRow{"oidc-session-state-mapper", sessionStateMapper}};

// These have no switch for the access token: where they stand, they work.
bool alwaysOn(std::string_view kind) {
    return kind == "oidc-hardcoded-role-mapper" || kind == "oidc-nonce-backwards-compatible-mapper";
}

void apply(Source& at, const ProtocolMapper& mapper) {
    const auto row = std::ranges::find(mapperRows, std::string_view(mapper.protocolMapper), &MapperRow::kind);
    if (row == mapperRows.end() || mapper.protocol != "openid-connect")
        return; // make() has warned of it
    const bool access = at.part == TokenPart::Access || at.part == TokenPart::LightweightAccess;
    if ((row->parts == Parts::AccessOnly && !access) ||
        (row->parts == Parts::NotUserinfo && at.part == TokenPart::Userinfo))
        return;
    if (included(mapper, at.part) || (alwaysOn(row->kind) && at.part == TokenPart::Access))
        row->apply(at, mapper);
}

} // namespace

bool isFixedClaim(std::string_view name) {
    for (const auto* fixed :
         {"exp", "iat", "auth_time", "jti", "iss", "aud", "sub", "typ", "azp", "nonce", "sid", "at_hash",
          "c_hash", "acr", "allowed-origins", "realm_access", "resource_access", "scope"})
        if (name == fixed)
            return true;
    return false;
}

bool isKnownMapper(std::string_view protocolMapper) {
    return std::ranges::find(mapperRows, protocolMapper, &MapperRow::kind) != mapperRows.end();
}

RoleSet visibleRoles(const Visit& visit, const UserModel& user) {
    const auto& client = *visit.client;
    if (!client.data.fullScopeAllowed) {
        const auto own = user.roles.find(client.data.clientId);
        return own == user.roles.end() ? RoleSet{} : RoleSet{{own->first, own->second}};
    }
    return user.roles;
}

void applyMappers(Visit& visit, const TokenRequest& request, TokenPart part, Claims& claims) {
    Source at{visit, request, *request.user, part, claims};
    Makers makers(request, part, claims);
    for (const auto* scope : grantedScopes(*visit.client, request.scope))
        for (const auto& mapper : scope->mappers) {
            apply(at, mapper);
            makers.ran(mapper, scope->name);
        }
    for (const auto& mapper : visit.client->data.protocolMappers) {
        apply(at, mapper);
        makers.ran(mapper, {});
    }
}

} // namespace gatehouse::provider
