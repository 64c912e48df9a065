// A realm's representation as a lab has it: secrets by name only, and without what holds anyway (exports list
// every field).

#include <base/ascii.h>
#include <kubernetes/messages.h>
#include <kubernetes/reading.h>
#include <realm/builtIns.h>
#include <realm/fields.h>
#include <realm/json.h>

#include <algorithm>

namespace gatehouse::kubernetes {

namespace {

using realm::Holder;

constexpr Message realmField{
    "realm-field-unknown",
    GH_TEXT("core", "\"{field}\" is no field of {holder} in Keycloak 26 and is left out"), ""};
constexpr Message realmSecret{
    "realm-secret-left-out",
    GH_TEXT("core", "\"{field}\" holds a secret in plain, for which a lab has no name: it is left out"),
    GH_TEXT("core", "give it to the real Keycloak by another way")};
constexpr Message masked{"realm-secret-masked",
                         GH_TEXT("core", "\"{field}\" is masked in the export; the lab names it {name}"),
                         GH_TEXT("core", "give its value by {variable}")};

struct Inside {
    Holder holder;
    std::string_view field;
    Holder of;
};
constexpr Inside insides[] = {
    {Holder::Realm, "clients", Holder::Client},
    {Holder::Realm, "clientScopes", Holder::ClientScope},
    {Holder::Realm, "groups", Holder::Group},
    {Holder::Realm, "users", Holder::User},
    {Holder::Client, "protocolMappers", Holder::ProtocolMapper},
    {Holder::ClientScope, "protocolMappers", Holder::ProtocolMapper},
    {Holder::Group, "subGroups", Holder::Group},
    {Holder::User, "credentials", Holder::Credential},
};

// What a representation says when nobody says anything: the realm of an empty lab, written out.
const Node& defaults(Holder holder) {
    static const std::map<Holder, Node> all = [] {
        realm::Realm one;
        realm::Client client;
        client.protocolMappers.emplace_back();
        one.clients.push_back(client);
        one.groups.emplace_back();
        realm::User user;
        user.credentials.emplace_back();
        one.users.push_back(user);
        realm::ClientScope scope;
        scope.name = "one's own";
        one.clientScopes.push_back(scope);
        std::map<Holder, Node> out;
        const auto node = realm::nodeFromJson(realm::toJson(one, nullptr), "defaults");
        if (!node)
            return out;
        const auto first = [](const Node& list) { return list.size() > 0 ? list.items().front() : Node(); };
        const Node ofClient = first((*node)["clients"]);
        const Node ofUser = first((*node)["users"]);
        out[Holder::Realm] = with(*node, "clients", Node());
        out[Holder::Client] = with(ofClient, "protocolMappers", Node());
        out[Holder::ProtocolMapper] = first(ofClient["protocolMappers"]);
        out[Holder::Group] = first((*node)["groups"]);
        out[Holder::User] = with(ofUser, "credentials", Node());
        out[Holder::Credential] = first(ofUser["credentials"]);
        out[Holder::ClientScope] = with((*node)["clientScopes"].items().back(), "name", Node());
        return out;
    }();
    static const Node none;
    const auto found = all.find(holder);
    return found == all.end() ? none : found->second;
}

// Exports list what is empty, too; where that is not what holds without it, it is kept.
bool saysNothing(const realm::FieldRow& row, const Node& value) {
    const bool empty = (value.isList() || value.isMap()) && value.size() == 0;
    return empty && (row.byDefault.empty() || row.byDefault == "[]" || row.byDefault == "{}") &&
           row.name != "defaultClientScopes" && row.name != "optionalClientScopes";
}

bool holdsAnyway(const realm::FieldRow& row, const Node& value) {
    const bool names = row.name == "type" || row.name == "realm" || row.name == "name";
    return !names && (value == defaults(row.holder)[row.name] || saysNothing(row, value));
}

class RealmReader {
public:
    RealmReader(Reading& reading, SecretNames& names, const std::map<std::string, std::string>& placeholders,
                const Node& root)
        : reading_(reading), names_(names), placeholders_(placeholders), root_(root) {}

    Node realm() {
        Node out = object(root_, Holder::Realm);
        out = scopes(out);
        if (out["roles"].isMap())
            out = with(out, "roles", roles(out["roles"]));
        return out;
    }

private:
    Node object(const Node& node, Holder holder) {
        Entries out;
        for (auto& [key, value] : entriesOf(node)) {
            if (value.kind() == Node::Kind::Null)
                continue;
            const realm::FieldRow* row = realm::field(holder, key);
            if (row == nullptr) {
                reading_.atKey(Problem::Kind::Warning, realmField,
                               {{"field", key}, {"holder", std::string(name(holder))}}, value.id());
                continue;
            }
            if (holder == Holder::Client && key == "secret" && value.isScalar())
                out.emplace_back(key, secret(value, key, textAt(node, "clientId") + "-secret"));
            else if (const auto inside = insideOf(holder, key); inside && value.isList())
                add(key, list(value, *inside, node), out, value.id());
            else if (!holdsAnyway(*row, value))
                out.emplace_back(key, row->type == realm::FieldType::Secret ? value : free(value, key));
        }
        return Node::map(std::move(out), node.id());
    }

    static void add(const std::string& key, std::vector<Node> items, Entries& out, FieldId id) {
        if (!items.empty())
            out.emplace_back(key, Node::list(std::move(items), id));
    }

    static std::optional<Holder> insideOf(Holder holder, std::string_view key) {
        for (const Inside& each : insides)
            if (each.holder == holder && each.field == key)
                return each.of;
        return std::nullopt;
    }

    std::vector<Node> list(const Node& node, Holder holder, const Node& owner) {
        std::vector<Node> out;
        for (const Node& item : node.items())
            out.push_back(!item.isMap()                  ? item
                          : holder == Holder::Credential ? credential(item, textAt(owner, "username"))
                                                         : object(item, holder));
        return out;
    }

    // A placeholder, a mask, or plain text: a name in each case.
    Node secret(const Node& value, std::string_view field, std::string wanted) {
        const std::string& given = value.text();
        std::string labName = sanitised(wanted);
        if (given.starts_with("${") && given.ends_with('}')) {
            const std::string name = given.substr(2, given.size() - 3);
            const auto known = placeholders_.find(name);
            labName = known == placeholders_.end() ? sanitised(name) : known->second;
        } else if (given.find_first_not_of('*') == std::string::npos) {
            reading_.differ(
                masked,
                {{"field", std::string(field)}, {"name", labName}, {"variable", secretVariable(labName)}},
                value.id());
        } else {
            reading_.warn(
                secretInPlain,
                {{"field", std::string(field)}, {"name", labName}, {"variable", secretVariable(labName)}},
                value.id());
            names_.keep(labName, given);
        }
        return MapOf().put("secret", text(labName, value.id())).node(value.id());
    }

    static std::string sanitised(std::string_view name) {
        std::string out;
        for (const char c : name)
            out += asciiAlpha(c) || asciiDigit(c) || c == '-' || c == '_' || c == '.' ? c : '-';
        return out.empty() ? "secret" : out;
    }

    Node credential(const Node& node, const std::string& user) {
        const bool otp = textAt(node, "type") == "otp" || textAt(node, "type") == "totp";
        Entries out;
        bool value = false;
        for (auto& [key, each] : entriesOf(object(node, Holder::Credential))) {
            if (key == "value" && each.isScalar()) {
                out.emplace_back(key, secret(each, key, user + "-password"));
                value = true;
            } else if (key == "secretData" && each.isScalar()) {
                if (otp)
                    out.emplace_back(key, otpKey(each, user));
            } else if (key == "credentialData" && each.isScalar()) {
                if (otp)
                    otpSettings(each, out);
            } else {
                out.emplace_back(key, std::move(each));
            }
        }
        if (!otp && !value && !node["secretData"].isAbsent())
            out.emplace_back("value", hashed(node["secretData"], user));
        return Node::map(std::move(out), node.id());
    }

    // Keycloak wraps an authenticator's key: "{\"value\":\"…\"}".
    Node otpKey(const Node& value, const std::string& user) {
        const auto inner = realm::nodeFromJsonAt(value.text(), value.id());
        const bool wrapped = inner && inner->isMap() && (*inner)["value"].isScalar();
        return secret(wrapped ? (*inner)["value"] : value, "secretData", user + "-totp");
    }

    // Of a device's settings only those that differ from the realm's.
    void otpSettings(const Node& value, Entries& out) {
        struct Row {
            std::string_view key;
            std::string_view policy;
            std::string_view fallback;
        };
        static constexpr Row rows[] = {{"subType", "", "totp"},
                                       {"digits", "otpPolicyDigits", "6"},
                                       {"period", "otpPolicyPeriod", "30"},
                                       {"algorithm", "otpPolicyAlgorithm", "HmacSHA1"}};
        const auto inner = realm::nodeFromJsonAt(value.text(), value.id());
        if (!inner || !inner->isMap()) {
            out.emplace_back("credentialData", value); // its reader says what is wrong with it
            return;
        }
        for (const Row& row : rows) {
            const Node& given = (*inner)[row.key];
            const std::string policy = row.policy.empty() ? std::string() : textAt(root_, row.policy);
            if (given.isScalar() && given.text() != (policy.empty() ? row.fallback : policy))
                out.emplace_back(row.key, given);
        }
        if (const Node& counter = (*inner)["counter"]; counter.isScalar() && counter.text() != "0")
            out.emplace_back("counter", counter);
    }

    Node hashed(const Node& value, const std::string& user) {
        const std::string labName = sanitised(user + "-password");
        reading_.differ(hashedPassword, {{"name", labName}, {"variable", secretVariable(labName)}},
                        value.id());
        return MapOf().put("secret", text(labName, value.id())).node(value.id());
    }

    // Parts that Keycloak keeps loosely: identity providers, components, mail. What looks like a secret there
    // stays outside.
    Node free(const Node& node, std::string_view key) {
        if (node.isScalar())
            return node;
        if (node.isList()) {
            std::vector<Node> items;
            for (const Node& item : node.items())
                items.push_back(free(item, key));
            return Node::list(std::move(items), node.id());
        }
        Entries out;
        for (auto& [name, value] : entriesOf(node))
            if (looksSecret(name) && saysSomething(value))
                reading_.atKey(Problem::Kind::Warning, realmSecret, {{"field", name}}, value.id());
            else if (value.kind() != Node::Kind::Null)
                out.emplace_back(name, free(value, name));
        return Node::map(std::move(out), node.id());
    }

    static bool looksSecret(std::string_view key) {
        const std::string name = lower(key);
        static constexpr std::string_view ends[] = {"secret",      "password",  "credential",    "privatekey",
                                                    "accesstoken", "secretkey", "secret.rotated"};
        return std::ranges::any_of(ends, [&](std::string_view each) { return name.ends_with(each); });
    }

    static bool saysSomething(const Node& value) {
        if (value.isList())
            return std::ranges::any_of(value.items(), saysSomething);
        return value.isScalar() && !value.text().empty() && !asBool(value) &&
               value.text().find_first_not_of('*') != std::string::npos && !value.text().starts_with("${");
    }

    Node roles(const Node& node) {
        Entries out;
        for (auto& [key, value] : entriesOf(node))
            if (key == "realm" && value.isList())
                add(key, list(value, Holder::Role, node), out, value.id());
            else if (key == "client" && value.isMap())
                clientRoles(value, out);
            else
                out.emplace_back(key, std::move(value));
        return Node::map(std::move(out), node.id());
    }

    void clientRoles(const Node& node, Entries& out) {
        Entries all;
        for (auto& [client, value] : entriesOf(node))
            if (value.isList() && value.size() > 0)
                all.emplace_back(client, Node::list(list(value, Holder::Role, node), value.id()));
        if (!all.empty())
            out.emplace_back("client", Node::map(std::move(all), node.id()));
    }

    // The scopes that every realm has are not the writer's wish (realm/builtIns.h).
    static Node scopes(const Node& realm) {
        static const auto builtIn = realm::nodeFromJson(realm::builtInScopesJson(), "built-in scopes");
        Node out = realm;
        std::vector<Node> own;
        bool removed = false;
        for (const Node& scope : realm["clientScopes"].items()) {
            const bool same = builtIn && std::ranges::any_of(builtIn->items(), [&](const Node& each) {
                                  return textAt(each, "name") == textAt(scope, "name");
                              });
            removed |= same;
            if (!same)
                own.push_back(scope);
        }
        if (!removed)
            return out;
        out = with(out, "clientScopes", own.empty() ? Node() : Node::list(own, realm["clientScopes"].id()));
        out = without(out, "defaultDefaultClientScopes", realm::builtInDefaultScopes());
        return without(out, "defaultOptionalClientScopes", realm::builtInOptionalScopes());
    }

    static Node without(const Node& realm, std::string_view key, std::span<const std::string_view> names) {
        std::vector<Node> kept;
        for (const Node& each : realm[key].items())
            if (std::ranges::find(names, each.text()) == names.end())
                kept.push_back(each);
        return with(realm, key, kept.empty() ? Node() : Node::list(kept, realm[key].id()));
    }

    Reading& reading_;
    SecretNames& names_;
    const std::map<std::string, std::string>& placeholders_;
    const Node& root_;
};

} // namespace

Node realmForLab(Reading& reading, SecretNames& names, const Node& representation,
                 const std::map<std::string, std::string>& placeholders) {
    return RealmReader(reading, names, placeholders, representation).realm();
}

} // namespace gatehouse::kubernetes
