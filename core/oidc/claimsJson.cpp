#include <base/ascii.h>
#include <base/encoding.h>
#include <base/message.h>
#include <oidc/claims.h>

#include <nlohmann/json.hpp>

namespace gatehouse::oidc {

namespace {

constexpr Message notClaims{"claims-unreadable", GH_TEXT("core", "The claims are no JSON object"),
                            GH_TEXT("core", "Look at the token or the userinfo answer in the inspector.")};
constexpr Message malformedToken{
    "token-malformed", GH_TEXT("core", "This is no JSON Web Token"),
    GH_TEXT("core", "An opaque access token has no claims that a gate could read.")};
constexpr Message rolesUnreadable{"roles-unreadable",
                                  GH_TEXT("core", "The roles in the access token have an unexpected shape"),
                                  GH_TEXT("core", "realm_access.roles must be a list of texts.")};

constexpr std::size_t mostBytes = 1U << 20U; // a token that large is none

// Go's json.Marshal keeps <, > and & out of its text.
std::string goJson(const nlohmann::json& value) {
    std::string out;
    for (const char c : value.dump()) {
        if (c == '<')
            out += "\\u003c";
        else if (c == '>')
            out += "\\u003e";
        else if (c == '&')
            out += "\\u0026";
        else
            out.push_back(c);
    }
    return out;
}

std::string asText(const nlohmann::json& value) {
    if (value.is_string())
        return value.get<std::string>();
    if (value.is_null())
        return {};
    return goJson(value);
}

const nlohmann::json* child(const nlohmann::json& value, std::string_view name) {
    if (!value.is_object())
        return nullptr;
    const auto found = value.find(name);
    return found == value.end() ? nullptr : &*found;
}

const nlohmann::json* find(const nlohmann::json& claims, std::string_view claim) {
    if (const nlohmann::json* literal = child(claims, claim))
        return literal->is_null() ? nullptr : literal;
    const nlohmann::json* at = &claims;
    for (const std::string_view part : split(claim, '.')) {
        at = child(*at, part);
        if (at == nullptr)
            return nullptr;
    }
    return at->is_null() ? nullptr : at;
}

std::string payloadOf(std::string_view token) {
    const auto parts = split(token, '.');
    if (parts.size() < 2)
        return {};
    return fromBase64Url(parts[1]).value_or(std::string());
}

} // namespace

Claims::Claims() : json_(std::make_shared<const nlohmann::json>(nlohmann::json::object())) {}

Result<Claims> Claims::fromJson(std::string_view text) {
    if (text.size() > mostBytes)
        return fail(notClaims, {}, {}, "longer than 1 MiB");
    auto parsed = nlohmann::json::parse(text, nullptr, false);
    if (!parsed.is_object())
        return fail(notClaims, {}, {}, parsed.is_discarded() ? "no JSON" : parsed.type_name());
    Claims claims;
    claims.json_ = std::make_shared<const nlohmann::json>(std::move(parsed));
    return claims;
}

Result<Claims> Claims::fromToken(std::string_view token) {
    const std::string payload = payloadOf(token);
    if (payload.empty())
        return fail(malformedToken, {}, {},
                    "oidc: malformed jwt, expected 3 parts got " + std::to_string(split(token, '.').size()));
    return fromJson(payload);
}

bool Claims::has(std::string_view claim) const {
    return !claim.empty() && find(*json_, claim) != nullptr;
}

std::optional<std::string> Claims::text(std::string_view claim) const {
    const nlohmann::json* value = claim.empty() ? nullptr : find(*json_, claim);
    return value == nullptr ? std::nullopt : std::optional(asText(*value));
}

std::optional<std::vector<std::string>> Claims::list(std::string_view claim) const {
    const nlohmann::json* value = claim.empty() ? nullptr : find(*json_, claim);
    if (value == nullptr)
        return std::nullopt;
    std::vector<std::string> out;
    if (!value->is_array())
        out.push_back(asText(*value));
    else
        for (const nlohmann::json& item : *value)
            out.push_back(asText(item));
    return out;
}

std::optional<bool> Claims::flag(std::string_view claim) const {
    const nlohmann::json* value = claim.empty() ? nullptr : find(*json_, claim);
    if (value == nullptr)
        return std::nullopt;
    if (value->is_boolean())
        return value->get<bool>();
    if (value->is_number())
        return value->get<double>() != 0.0;
    if (!value->is_string())
        return false;
    const auto& text = value->get_ref<const std::string&>();
    return text == "1" || text == "t" || text == "T" || text == "true" || text == "TRUE" || text == "True";
}

std::optional<double> Claims::number(std::string_view claim) const {
    const nlohmann::json* value = child(*json_, claim);
    return value == nullptr || !value->is_number() ? std::nullopt : std::optional(value->get<double>());
}

std::string Claims::type(std::string_view claim) const {
    const nlohmann::json* value = child(*json_, claim);
    if (value == nullptr)
        return {};
    if (value->is_string())
        return "string";
    if (value->is_array())
        return "[]interface {}";
    if (value->is_object())
        return "map[string]interface {}";
    if (value->is_boolean())
        return "bool";
    return value->is_null() ? "<nil>" : "float64";
}

std::optional<std::vector<std::string>> Claims::texts(std::string_view claim) const {
    const nlohmann::json* value = child(*json_, claim);
    if (value == nullptr || !value->is_array())
        return std::nullopt;
    std::vector<std::string> out;
    for (const nlohmann::json& item : *value) {
        if (!item.is_string())
            return std::nullopt;
        out.push_back(item.get<std::string>());
    }
    return out;
}

namespace {

// Go's fmt %s of a value that is no string: "%!s(float64=1)".
std::string asGoText(const nlohmann::json& value) {
    if (value.is_string())
        return value.get<std::string>();
    if (value.is_null())
        return "%!s(<nil>)";
    if (value.is_boolean())
        return std::string("%!s(bool=") + (value.get<bool>() ? "true" : "false") + ")";
    if (value.is_number())
        return "%!s(float64=" + value.dump() + ")";
    return value.dump();
}

Result<void> addRealmRoles(const nlohmann::json& claims, std::vector<std::string>& roles) {
    const nlohmann::json* access = child(claims, "realm_access");
    const nlohmann::json* list = access == nullptr ? nullptr : child(*access, "roles");
    if (access != nullptr && !access->is_object() && !access->is_null())
        return fail(rolesUnreadable, {}, {},
                    "json: cannot unmarshal into Go struct field accessClaims.realm_access");
    if (list == nullptr || list->is_null())
        return {};
    if (!list->is_array())
        return fail(
            rolesUnreadable, {}, {},
            "json: cannot unmarshal into Go struct field realmAccess.realm_access.roles of type []string");
    for (const nlohmann::json& role : *list) {
        if (!role.is_string() && !role.is_null())
            return fail(
                rolesUnreadable, {}, {},
                "json: cannot unmarshal into Go struct field realmAccess.realm_access.roles of type string");
        roles.push_back("role:" + asText(role));
    }
    return {};
}

Result<void> addClientRoles(const nlohmann::json& claims, std::vector<std::string>& roles) {
    const nlohmann::json* clients = child(claims, "resource_access");
    if (clients == nullptr || clients->is_null())
        return {};
    if (!clients->is_object())
        return fail(rolesUnreadable, {}, {},
                    "json: cannot unmarshal into Go struct field accessClaims.resource_access");
    for (const auto& [client, access] : clients->items()) {
        const nlohmann::json* list = child(access, "roles");
        if (list == nullptr)
            continue;
        if (!list->is_array()) // the original panics here
            return fail(rolesUnreadable, {}, {}, "resource_access." + client + ".roles is no list");
        for (const nlohmann::json& role : *list)
            roles.push_back("role:" + client + ":" + asGoText(role));
    }
    return {};
}

} // namespace

Result<std::vector<std::string>> keycloakRoles(std::string_view accessToken) {
    const auto parts = split(accessToken, '.');
    if (parts.size() < 2)
        return fail(malformedToken, {}, {},
                    "malformed access token, expected 3 parts got " + std::to_string(parts.size()));
    const auto payload = fromBase64Url(parts[1]);
    if (!payload)
        return fail(malformedToken, {}, {}, "malformed access token, couldn't extract jwt payload");
    auto claims = Claims::fromJson(*payload);
    if (!claims)
        return std::unexpected(claims.error());
    std::vector<std::string> roles;
    if (auto realm = addRealmRoles(claims->json(), roles); !realm)
        return std::unexpected(realm.error());
    if (auto client = addClientRoles(claims->json(), roles); !client)
        return std::unexpected(client.error());
    return roles;
}

} // namespace gatehouse::oidc
