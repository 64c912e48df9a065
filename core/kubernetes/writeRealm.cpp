// Realms for a real Keycloak: the operator's KeycloakRealmImport and the plain representation. Secrets are
// ${PLACEHOLDERS} that Keycloak fills in from its environment; the operator takes them from a Secret.

#include <base/ascii.h>
#include <kubernetes/objectSet.h>
#include <realm/fields.h>

#include <algorithm>
#include <set>

namespace gatehouse::kubernetes {

namespace {

// A realm's name as a name of an object: "Demo realm" → "demo-realm".
std::string objectName(std::string_view name) {
    std::string out;
    for (const char c : lower(name))
        out += asciiAlpha(c) || asciiDigit(c) ? c : '-';
    out = out.substr(0, 60);
    const auto first = out.find_first_not_of('-');
    const auto last = out.find_last_not_of('-');
    return first == std::string::npos ? "realm" : out.substr(first, last - first + 1);
}

// The secrets of a realm in the order in which they stand.
std::vector<std::string> secretsOf(const realm::Realm& realm) {
    std::vector<std::string> out;
    const auto add = [&out](const crypto::SecretRef& ref) {
        if (ref && std::ranges::find(out, ref.name) == out.end())
            out.push_back(ref.name);
    };
    for (const realm::Client& client : realm.clients)
        if (!client.publicClient)
            add(client.secret);
    for (const realm::User& user : realm.users)
        for (const realm::Credential& each : user.credentials)
            add(each.type == "otp" ? each.secretData : each.value);
    return out;
}

// Names that a shell can set: "alice-password" → ALICE_PASSWORD.
std::vector<std::string> placeholdersOf(const std::vector<std::string>& secrets) {
    std::vector<std::string> out;
    std::set<std::string> taken;
    for (const std::string& secret : secrets) {
        std::string name = asciiDigit(secret.front()) ? "S_" : "";
        for (const char c : secret)
            name += asciiAlpha(c) || asciiDigit(c) ? asciiUpper(c) : '_';
        const std::string base = name;
        for (int n = 2; !taken.insert(name).second; ++n)
            name = base + "_" + std::to_string(n);
        out.push_back(name);
    }
    return out;
}

class RealmWriter {
public:
    explicit RealmWriter(Job& job) : job_(job) {}

    RealmObjects all() {
        for (const lab::Provider& provider : job_.lab.providers)
            for (const realm::Realm& each : provider.realms)
                add(provider, each);
        return std::move(out_);
    }

private:
    void add(const lab::Provider& provider, const realm::Realm& realm) {
        const std::string name = freeName(objectName(realm.realm));
        const auto secrets = secretsOf(realm);
        const auto placeholders = placeholdersOf(secrets);
        crypto::SecretMap named;
        for (std::size_t i = 0; i < secrets.size(); ++i)
            named.values.emplace(secrets[i], crypto::SecretString("${" + placeholders[i] + "}"));
        const std::string json = realm::toJson(realm, &named);
        const auto representation = realm::nodeFromJson(json, name + ".json");
        if (!representation) { // toJson writes JSON; a reader that takes none of it is a fault of ours
            job_.problems.push_back({Problem::Kind::Refused, representation.error()});
            return;
        }
        const std::string secretName = name + "-realm";
        out_.imports.push_back(
            MapOf()
                .put("apiVersion", "k8s.keycloak.org/v2alpha1")
                .put("kind", "KeycloakRealmImport")
                .put("metadata",
                     metadata(job_.options.keycloakNamespace, name, withManagedBy(MapOf().node())))
                .put("spec", MapOf()
                                 .put("keycloakCRName", provider.name)
                                 .put("realm", *representation)
                                 .add("placeholders", placeholderMap(secrets, placeholders, secretName))
                                 .node())
                .node());
        if (!secrets.empty())
            out_.secrets.push_back(secretObject(job_, job_.options.keycloakNamespace, secretName, secrets));
        const bool values = job_.options.secretValues && !secrets.empty();
        out_.representations.push_back(
            {"realm-" + name + ".json", (values ? realm::toJson(realm, job_.secrets) : json) + "\n", values});
    }

    static Node placeholderMap(const std::vector<std::string>& secrets,
                               const std::vector<std::string>& placeholders, const std::string& secretName) {
        MapOf out;
        for (std::size_t i = 0; i < secrets.size(); ++i) {
            const Node key = MapOf().put("name", secretName).put("key", secrets[i]).node();
            out.put(placeholders[i], MapOf().put("secret", key).node());
        }
        return out.node();
    }

    std::string freeName(const std::string& wanted) {
        std::string name = wanted;
        for (int n = 2; !taken_.insert(name).second; ++n)
            name = wanted + "-" + std::to_string(n);
        return name;
    }

    Job& job_;
    RealmObjects out_;
    std::set<std::string> taken_;
};

} // namespace

RealmObjects realmObjects(Job& job) {
    return RealmWriter(job).all();
}

} // namespace gatehouse::kubernetes
