#include <base/ascii.h>
#include <realm/bindings.h>
#include <realm/builtIns.h>
#include <realm/check.h>
#include <realm/json.h>
#include <realm/secretField.h>

namespace gatehouse::realm {

namespace {

constexpr Message builtInScopes{
    "built-in-scopes", GH_TEXT("core", "{names}: the embedded provider has its own scopes of these names"),
    GH_TEXT("core", "give a scope that differs a name of its own")};

using Texts = std::vector<std::string>;

void put(const Node& node, std::string& out) {
    if (node.isScalar())
        out = node.text();
}
void put(const Node& node, bool& out) {
    out = asBool(node).value_or(out);
}
void put(const Node& node, int& out) {
    out = static_cast<int>(asInteger(node).value_or(out));
}
void put(const Node& node, std::int64_t& out) {
    out = asInteger(node).value_or(out);
}
void put(const Node& node, Texts& out) {
    if (node.isScalar())
        out = {node.text()};
    if (!node.isList())
        return;
    out.clear();
    for (const Node& item : node.items())
        if (item.isScalar())
            out.push_back(item.text());
}
void put(const Node& node, std::optional<Texts>& out) {
    if (node.isList())
        put(node, out.emplace());
}
void put(const Node& node, std::map<std::string, std::string>& out) {
    for (const auto& [key, value] : node.entries())
        if (value->isScalar())
            out[std::string(key)] = value->text();
}
void put(const Node& node, std::map<std::string, Texts>& out) {
    for (const auto& [key, value] : node.entries())
        put(*value, out[std::string(key)]);
}

std::string textOf(const Node& node, std::string_view key) {
    std::string out;
    put(node[key], out);
    return out;
}

class Reader {
public:
    explicit Reader(Findings& findings) : findings_(findings) {}

    Realm realm(const Node& node) {
        Realm out;
        if (!fields(node, Holder::Realm, out))
            return out;
        need(node, "realm", Holder::Realm);
        if (const auto url = out.attributes.find("frontendUrl"); url != out.attributes.end())
            out.frontendUrl = url->second;
        out.clients = list<Client>(node["clients"], &Reader::client);
        out.clientScopes = scopes(node["clientScopes"]);
        out.groups = list<Group>(node["groups"], &Reader::group);
        out.users = list<User>(node["users"], &Reader::user);
        const Node& roles = node["roles"];
        onlyRealmAndClient(roles, "roles");
        out.roles = list<Role>(roles["realm"], &Reader::role);
        for (const auto& [clientId, ofClient] : roles["client"].entries())
            clientRoles(clientId, *ofClient, out);
        out.representation = node;
        return out;
    }

private:
    template <class T>
    bool fields(const Node& node, Holder holder, T& out) {
        out.from = node.id();
        if (!check(node, holder, findings_))
            return false;
        for (const Binding<T>& binding : bindings<T>())
            std::visit([&](auto member) { value(node, binding.name, out.*member); }, binding.member);
        return true;
    }

    template <class V>
    void value(const Node& node, std::string_view name, V& out) {
        const Node& given = node[name];
        if constexpr (std::is_same_v<V, SecretRef>)
            out = readSecret(bareSecret(given), name, wantedSecret(node, name), findings_);
        else if (!given.isAbsent())
            put(given, out);
    }

    // Keycloak wraps an authenticator's key once more: "{\"value\":\"…\"}".
    static Node bareSecret(const Node& node) {
        if (node.isScalar() && node.text().starts_with('{'))
            if (auto inner = nodeFromJsonAt(node.text(), node.id()); inner && inner->isMap())
                return (*inner)["value"];
        return node;
    }

    // The name to propose for a secret that stands there in plain.
    std::string wantedSecret(const Node& node, std::string_view name) const {
        if (name == "secret")
            return (textOf(node, "clientId").empty() ? "client" : textOf(node, "clientId")) + "-secret";
        return (user_.empty() ? "user" : user_) + (name == "value" ? "-password" : "-totp");
    }

    template <class T>
    std::vector<T> list(const Node& node, T (Reader::*read)(const Node&)) {
        std::vector<T> out;
        if (node.isList())
            for (const Node& item : node.items())
                out.push_back((this->*read)(item));
        return out;
    }

    void need(const Node& node, std::string_view field, Holder holder) {
        if (textOf(node, field).empty())
            findings_.refuse(
                missingField, node,
                {{"field", std::string(field)}, {"holder", std::string(name(holder))}, {"expected", "text"}});
    }

    Client client(const Node& node) {
        Client out;
        if (!fields(node, Holder::Client, out))
            return out;
        need(node, "clientId", Holder::Client);
        out.protocolMappers = list<ProtocolMapper>(node["protocolMappers"], &Reader::mapper);
        return out;
    }

    ProtocolMapper mapper(const Node& node) {
        ProtocolMapper out;
        if (!fields(node, Holder::ProtocolMapper, out))
            return out;
        need(node, "name", Holder::ProtocolMapper);
        need(node, "protocolMapper", Holder::ProtocolMapper);
        return out;
    }

    // The built-in ones are the embedded provider's own; `representation` keeps what is written about them.
    std::vector<ClientScope> scopes(const Node& node) {
        std::vector<ClientScope> out;
        std::string builtIn;
        if (!node.isList())
            return out;
        for (const Node& item : node.items())
            if (const std::string name = textOf(item, "name"); isBuiltInScope(name))
                builtIn.append(builtIn.empty() ? "" : ", ").append(name);
            else
                out.push_back(scope(item));
        if (!builtIn.empty())
            findings_.warn(builtInScopes, node, {{"names", builtIn}});
        return out;
    }

    ClientScope scope(const Node& node) {
        ClientScope out;
        if (!fields(node, Holder::ClientScope, out))
            return out;
        need(node, "name", Holder::ClientScope);
        out.protocolMappers = list<ProtocolMapper>(node["protocolMappers"], &Reader::mapper);
        return out;
    }

    Group group(const Node& node) {
        Group out;
        if (!fields(node, Holder::Group, out))
            return out;
        need(node, "name", Holder::Group);
        out.subGroups = list<Group>(node["subGroups"], &Reader::group);
        return out;
    }

    User user(const Node& node) {
        User out;
        user_ = textOf(node, "username");
        if (fields(node, Holder::User, out)) {
            need(node, "username", Holder::User);
            out.username = lower(out.username); // as Keycloak stores both
            out.email = lower(out.email);
            out.credentials = list<Credential>(node["credentials"], &Reader::credential);
        }
        user_.clear();
        return out;
    }

    Credential credential(const Node& node) {
        Credential out;
        otpData(node, out);
        fields(node, Holder::Credential, out);
        return out;
    }

    // JSON in a string, as exports have it. What stands beside it by its own name wins.
    void otpData(const Node& node, Credential& out) {
        const Node& data = node["credentialData"];
        if (!data.isScalar() || textOf(node, "type") != "otp")
            return;
        const auto inner = nodeFromJsonAt(data.text(), data.id());
        if (inner && inner->isMap())
            fields(*inner, Holder::Credential, out);
        else
            findings_.refuse(wrongType, data,
                             {{"field", "credentialData"},
                              {"found", "text"},
                              {"expected", "a JSON object in a string"},
                              {"example", R"(credentialData: '{"subType":"totp","digits":6}')"}},
                             inner ? std::string{} : inner.error().technical);
    }

    Role role(const Node& node) {
        Role out;
        if (!fields(node, Holder::Role, out))
            return out;
        need(node, "name", Holder::Role);
        onlyRealmAndClient(node["composites"], "composites");
        put(node["composites"]["realm"], out.composites);
        put(node["composites"]["client"], out.clientComposites);
        return out;
    }

    void onlyRealmAndClient(const Node& node, std::string_view of) {
        static constexpr std::string_view known[] = {"realm", "client"};
        for (const auto& [key, value] : node.entries())
            if (key != known[0] && key != known[1])
                findings_.refuse(unknownField, *value,
                                 {{"field", std::string(key)},
                                  {"holder", std::string(of)},
                                  {"suggestion", suggestion(key, known)}});
    }

    void clientRoles(std::string_view clientId, const Node& node, Realm& out) {
        Client* owner = nullptr;
        std::vector<std::string_view> known;
        for (Client& client : out.clients) {
            known.push_back(client.clientId);
            if (client.clientId == clientId)
                owner = &client;
        }
        if (owner == nullptr)
            return findings_.refuse(unknownField, node,
                                    {{"field", std::string(clientId)},
                                     {"holder", "the realm's clients, though it has roles"},
                                     {"suggestion", suggestion(clientId, known)}});
        for (const Role& each : list<Role>(node, &Reader::role))
            owner->roles[each.name] = each.composites;
    }

    Findings& findings_;
    std::string user_; // whose credentials are being read
};

} // namespace

Realm read(const Node& node, const std::function<Place(FieldId)>& place, std::vector<Problem>& problems) {
    Findings findings(place, problems);
    return Reader(findings).realm(node);
}

} // namespace gatehouse::realm
