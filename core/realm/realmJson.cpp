// A realm as Keycloak's own JSON: what `--import-realm` and POST /admin/realms take
// (keycloak.md 1.3, 1.11, 1.18; keycloak-admin.md sections 1, 2 and 7 for what they do with it).

#include <base/ascii.h>
#include <realm/bindings.h>
#include <realm/builtIns.h>
#include <realm/fields.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace gatehouse::realm {

namespace {

using Json = nlohmann::ordered_json;
using Texts = std::vector<std::string>;

std::string dumped(const Json& json, int indent = -1) {
    return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

// Whatever stands there: unquoted truths and numbers are that, everything else is text.
Json free(const Node& node) {
    if (node.isList()) {
        Json out = Json::array();
        for (const Node& item : node.items())
            out.push_back(free(item));
        return out;
    }
    if (node.isMap()) {
        Json out = Json::object();
        for (const auto& [key, value] : node.entries())
            out[std::string(key)] = free(*value);
        return out;
    }
    if (!node.isScalar())
        return nullptr;
    if (!node.quoted())
        if (const auto truth = asBool(node))
            return *truth;
    if (!node.quoted())
        if (const auto number = asInteger(node))
            return *number;
    return node.text();
}

// As its row says: `displayName: 5` in YAML is still text.
Json typed(const FieldRow& row, const Node& node) {
    if (!node.isScalar() || row.type == FieldType::Objects)
        return free(node);
    if (row.type == FieldType::Boolean)
        if (const auto truth = asBool(node))
            return *truth;
    if (row.type == FieldType::Integer || row.type == FieldType::Seconds)
        if (const auto number = asInteger(node))
            return *number;
    return node.text();
}

class Writer {
public:
    explicit Writer(const crypto::SecretSource* secrets) : secrets_(secrets) {}

    Json realm(const Realm& realm) {
        realm_ = &realm;
        Json out = Json::object();
        members(realm, out);
        if (!realm.frontendUrl.empty())
            out["attributes"]["frontendUrl"] = realm.frontendUrl;
        roles(realm, out);
        list(realm.clients, "clients", "clientId", out);
        scopes(realm, out);
        list(realm.groups, "groups", "name", out);
        list(realm.users, "users", "username", out);
        written(realm.representation, Holder::Realm, out);
        return out;
    }

private:
    template <class T>
    void members(const T& value, Json& out) {
        for (const Binding<T>& binding : bindings<T>())
            std::visit([&](auto member) { put(binding.name, value.*member, out); }, binding.member);
    }

    void put(std::string_view name, const std::string& value, Json& out) {
        if (!value.empty())
            out[std::string(name)] = value;
    }
    void put(std::string_view name, bool value, Json& out) { out[std::string(name)] = value; }
    void put(std::string_view name, int value, Json& out) { out[std::string(name)] = value; }
    void put(std::string_view name, std::int64_t value, Json& out) { out[std::string(name)] = value; }
    void put(std::string_view name, const SecretRef& value, Json& out) {
        if (value)
            out[std::string(name)] = secret(value);
    }
    void put(std::string_view name, const std::optional<Texts>& value, Json& out) {
        if (value)
            out[std::string(name)] = *value;
    }
    template <class Container>
    void put(std::string_view name, const Container& value, Json& out) {
        if (!value.empty())
            out[std::string(name)] = value;
    }

    std::string secret(const SecretRef& ref) const {
        const crypto::SecretString* value = secrets_ == nullptr ? nullptr : secrets_->find(ref.name);
        if (value == nullptr)
            return "${" + ref.name + "}"; // start-up import fills it in from the environment
        return value->reveal([](std::string_view bytes) { return std::string(bytes); });
    }

    // What is written and has no member goes along as it is: a real Keycloak may know what the desk does not.
    static void written(const Node& node, Holder holder, Json& out) {
        for (const auto& [key, value] : node.entries()) {
            const FieldRow* row = field(holder, key);
            if (row != nullptr && !out.contains(std::string(key)) && value->kind() != Node::Kind::Null &&
                row->type != FieldType::Secret)
                out[std::string(key)] = typed(*row, *value);
        }
    }

    static const Node& named(const Node& list, std::string_view key, const std::string& name) {
        static const Node absent;
        if (list.isList())
            for (const Node& item : list.items())
                if (item[key].isScalar() && equalsIgnoreCase(item[key].text(), name))
                    return item;
        return absent;
    }

    template <class T>
    void list(const std::vector<T>& values, const char* name, std::string_view key, Json& out) {
        if (values.empty())
            return;
        Json& items = out[name] = Json::array();
        for (const T& value : values)
            items.push_back(object(value, named(realm_->representation[name], key, nameOf(value))));
    }

    static const std::string& nameOf(const Client& client) { return client.clientId; }
    static const std::string& nameOf(const Group& group) { return group.name; }
    static const std::string& nameOf(const User& user) { return user.username; }

    Json object(const Client& client, const Node& node) {
        Json out = Json::object();
        members(client, out);
        if (client.publicClient)
            out.erase("secret");
        mappers(client.protocolMappers, out);
        written(node, Holder::Client, out);
        return out;
    }

    void mappers(const std::vector<ProtocolMapper>& values, Json& out) {
        for (const ProtocolMapper& mapper : values) {
            Json json = Json::object();
            members(mapper, json);
            out["protocolMappers"].push_back(std::move(json));
        }
    }

    Json object(const Group& group, const Node& node) {
        Json out = Json::object();
        members(group, out);
        for (const Group& child : group.subGroups)
            out["subGroups"].push_back(object(child, named(node["subGroups"], "name", child.name)));
        written(node, Holder::Group, out);
        return out;
    }

    Json object(const User& user, const Node& node) {
        Json out = Json::object();
        members(user, out);
        for (const Credential& credential : user.credentials)
            out["credentials"].push_back(object(credential));
        written(node, Holder::User, out);
        return out;
    }

    // A value means "hash this"; an authenticator is two strings that hold JSON, with every setting written
    // out: what is missing makes each of that user's logins fail (keycloak.md 1.11, keycloak-admin.md section
    // 9).
    Json object(const Credential& credential) {
        Json out = {{"type", credential.type}};
        put("userLabel", credential.userLabel, out);
        if (credential.type != "otp") {
            put("value", credential.value, out);
            out["temporary"] = credential.temporary;
            return out;
        }
        const Realm& realm = *realm_;
        const Json data = {
            {"subType", credential.subType},
            {"digits", credential.digits != 0 ? credential.digits : realm.otpPolicyDigits},
            {"counter", 0},
            {"period", credential.period != 0 ? credential.period : realm.otpPolicyPeriod},
            {"algorithm", credential.algorithm.empty() ? realm.otpPolicyAlgorithm : credential.algorithm}};
        out["secretData"] = dumped({{"value", secret(credential.secretData)}});
        out["credentialData"] = dumped(data);
        return out;
    }

    static Json role(const std::string& name, const Texts& composites,
                     const std::map<std::string, Texts>& ofClients) {
        Json out = {{"name", name}};
        if (composites.empty() && ofClients.empty())
            return out;
        out["composite"] = true;
        if (!composites.empty())
            out["composites"]["realm"] = composites;
        if (!ofClients.empty())
            out["composites"]["client"] = ofClients;
        return out;
    }

    void roles(const Realm& realm, Json& out) {
        const Node& writtenRoles = realm.representation["roles"];
        for (const Role& each : realm.roles) {
            Json json = role(each.name, each.composites, each.clientComposites);
            put("description", each.description, json);
            written(named(writtenRoles["realm"], "name", each.name), Holder::Role, json);
            out["roles"]["realm"].push_back(std::move(json));
        }
        for (const Client& client : realm.clients)
            for (const auto& [name, composites] : client.roles) {
                Json json = role(name, composites, {});
                written(named(writtenRoles["client"][client.clientId], "name", name), Holder::Role, json);
                out["roles"]["client"][client.clientId].push_back(std::move(json));
            }
    }

    // A realm that names any scope gets only those: no profile, no e-mail, and none by default. So the
    // built-in ones stand beside one's own (keycloak-admin.md section 2).
    void scopes(const Realm& realm, Json& out) {
        const Node& list = realm.representation["clientScopes"];
        Json all = Json::array();
        if (list.isList())
            for (const Node& item : list.items())
                if (item["name"].isScalar() && isBuiltInScope(item["name"].text()))
                    all.push_back(free(item));
        if (all.empty() && realm.clientScopes.empty())
            return;
        if (all.empty()) {
            all = Json::parse(builtInScopesJson());
            out["defaultDefaultClientScopes"] =
                joined(builtInDefaultScopes(), realm.defaultDefaultClientScopes);
            out["defaultOptionalClientScopes"] =
                joined(builtInOptionalScopes(), realm.defaultOptionalClientScopes);
        }
        for (const ClientScope& scope : realm.clientScopes) {
            Json json = Json::object();
            members(scope, json);
            mappers(scope.protocolMappers, json);
            written(named(list, "name", scope.name), Holder::ClientScope, json);
            all.push_back(std::move(json));
        }
        out["clientScopes"] = std::move(all);
    }

    static Texts joined(std::span<const std::string_view> builtIn, const Texts& own) {
        Texts out(builtIn.begin(), builtIn.end());
        out.insert(out.end(), own.begin(), own.end());
        return out;
    }

    const crypto::SecretSource* secrets_;
    const Realm* realm_ = nullptr;
};

} // namespace

std::string toJson(const Realm& realm, const crypto::SecretSource* secrets) {
    return dumped(Writer(secrets).realm(realm), 2);
}

} // namespace gatehouse::realm
