// Realms under their providers: gatehouse.yaml names these, else the operator's objects and the gates'
// issuers do.

#include <base/ascii.h>
#include <kubernetes/messages.h>
#include <kubernetes/reading.h>

#include <algorithm>

namespace gatehouse::kubernetes {

namespace {

constexpr Message realmTwice{"realm-twice",
                             GH_TEXT("core", "the realm {realm} stands in {first} too; this one is left out"),
                             GH_TEXT("core", "leave one of them")};

struct ProviderParts {
    std::string name;
    Node url;
    Node runs;
    std::vector<Node> realms;
    FieldId from;
};

// "https://keycloak/realms/demo" → the part before /realms/, when it is the issuer of that realm.
std::optional<std::string> baseOf(const std::string& issuer, const std::string& realm) {
    const std::string ending = "/realms/" + realm;
    std::string_view url = issuer;
    if (url.ends_with('/'))
        url.remove_suffix(1);
    if (realm.empty() || !url.ends_with(ending))
        return std::nullopt;
    return std::string(url.substr(0, url.size() - ending.size()));
}

std::string realmOf(const std::string& issuer) {
    const auto at = issuer.find("/realms/");
    if (at == std::string::npos)
        return {};
    const std::string rest = issuer.substr(at + 8);
    return rest.substr(0, rest.find('/'));
}

class ProviderReader {
public:
    ProviderReader(Reading& reading, SecretNames& names, const Workloads& workloads,
                   const std::vector<std::string>& hosts)
        : reading_(reading), names_(names), workloads_(workloads), hosts_(hosts) {}

    std::vector<Node> all() {
        fromDesk();
        for (const Object& object : reading_.objects.realmImports)
            imported(object);
        for (const Node& realm : reading_.objects.realms)
            plain(realm);
        outside();
        std::vector<Node> out;
        for (ProviderParts& each : parts_)
            out.push_back(MapOf()
                              .put("name", text(each.name, each.from))
                              .put("url", each.url)
                              .add("runs", each.runs)
                              .add("realms", Node::list(std::move(each.realms)))
                              .node(each.from));
        return out;
    }

private:
    void fromDesk() {
        for (const Node& each : reading_.objects.desk["providers"].items()) {
            ProviderParts part{textAt(each, "name"), each["url"], each["runs"], {}, each.id()};
            for (const Node& realm : each["realms"].items()) // a whole lab stands there
                part.realms.push_back(realm);
            parts_.push_back(std::move(part));
        }
    }

    ProviderParts& named(const std::string& name, const Node& realm, FieldId from) {
        const auto found = std::ranges::find(parts_, name, &ProviderParts::name);
        if (found != parts_.end())
            return *found;
        return parts_.emplace_back(ProviderParts{name, text(urlFor(name, realm, from), from), {}, {}, from});
    }

    std::string urlFor(const std::string& name, const Node& realm, FieldId from) {
        for (const GateReading& gate : workloads_.gates)
            if (const auto base = baseOf(gate.issuer, textAt(realm, "realm")))
                return *base;
        if (const std::string url = textAt(realm["attributes"], "frontendUrl"); !url.empty())
            return url;
        std::string domain = "example.test";
        if (!hosts_.empty()) {
            domain = hosts_.front();
            domain.erase(0, domain.find('.') + 1);
        }
        const std::string guess = "https://keycloak." + domain;
        reading_.warn(providerGuessed, {{"name", name}, {"url", guess}}, from);
        return guess;
    }

    void imported(const Object& object) {
        const Node& spec = object.node["spec"];
        const bool ours = isOursByLabel(object.node);
        std::map<std::string, std::string> placeholders;
        for (const auto& [key, value] : spec["placeholders"].entries()) {
            const Node& secret = (*value)["secret"];
            const std::string of = textAt(secret, "name"), which = textAt(secret, "key");
            const std::string labName = names_.name(object.namespaceName, of, which, ours);
            placeholders.emplace(key, labName);
            if (!names_.take(labName, object.namespaceName, of, which))
                reading_.differ(secretNoValue,
                                {{"field", std::string(key)},
                                 {"secret", of},
                                 {"key", which},
                                 {"variable", secretVariable(labName)}},
                                value->id());
        }
        const Node& realm = spec["realm"];
        if (!realm["realm"].isScalar())
            return reading_.refuse(fieldMissing, {{"field", "realm"}, {"holder", "the realm"}}, realm.id());
        if (isTwin(realm))
            return;
        seen_.push_back({textAt(realm, "realm"), &realm});
        named(textAt(spec, "keycloakCRName"), realm, object.node.id())
            .realms.push_back(realmForLab(reading_, names_, realm, placeholders));
    }

    // The same realm by its object and as plain JSON is one; what differs is said.
    bool isTwin(const Node& realm) {
        const auto found = std::ranges::find(seen_, textAt(realm, "realm"), &Seen::name);
        if (found == seen_.end())
            return false;
        if (!(*found->node == realm)) {
            const Place first = reading_.sources.place(found->node->id());
            reading_.differ(
                realmTwice,
                {{"realm", found->name}, {"first", first.file + ":" + std::to_string(first.line)}},
                realm.id());
        }
        return true;
    }

    void plain(const Node& realm) {
        if (isTwin(realm))
            return;
        seen_.push_back({textAt(realm, "realm"), &realm});
        const std::string name = parts_.size() == 1 ? parts_.front().name : byIssuer(realm);
        named(name, realm, realm.id()).realms.push_back(realmForLab(reading_, names_, realm, {}));
    }

    std::string byIssuer(const Node& realm) const {
        for (const GateReading& gate : workloads_.gates)
            if (const auto base = baseOf(gate.issuer, textAt(realm, "realm")))
                for (const ProviderParts& each : parts_)
                    if (each.url.text() == *base)
                        return each.name;
        return "keycloak";
    }

    // A gate whose realm is not in these files is sent to the real provider.
    void outside() {
        for (const GateReading& gate : workloads_.gates) {
            const std::string realm = realmOf(gate.issuer);
            const auto base = baseOf(gate.issuer, realm);
            if (!base || std::ranges::any_of(parts_, [&](const ProviderParts& each) {
                    return each.url.text() == *base || each.url.text() == *base + "/";
                }))
                continue;
            const FieldId from = gate.node["options"]["oidc-issuer-url"].id();
            std::string name = "keycloak";
            for (int n = 2; std::ranges::find(parts_, name, &ProviderParts::name) != parts_.end(); ++n)
                name = "keycloak-" + std::to_string(n);
            const Node runs = Node::map({{"external", Node::map({})}});
            parts_.push_back({name, text(*base, from), runs, {}, from});
            reading_.warn(providerOutside, {{"realm", realm}, {"url", *base}}, from);
        }
    }

    struct Seen {
        std::string name;
        const Node* node;
    };

    Reading& reading_;
    SecretNames& names_;
    const Workloads& workloads_;
    const std::vector<std::string>& hosts_;
    std::vector<ProviderParts> parts_;
    std::vector<Seen> seen_;
};

} // namespace

std::vector<Node> readProviders(Reading& reading, SecretNames& names, const Workloads& workloads,
                                const std::vector<std::string>& hosts) {
    return ProviderReader(reading, names, workloads, hosts).all();
}

} // namespace gatehouse::kubernetes
