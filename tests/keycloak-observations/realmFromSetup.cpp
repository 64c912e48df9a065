#include "realmFromSetup.h"

#include <base/ascii.h>
#include <base/encoding.h>
#include <realm/fields.h>

#include <map>

namespace gatehouse::observations {
namespace {

using Json = nlohmann::ordered_json;

class Secrets final : public crypto::SecretSource {
public:
    const crypto::SecretString* find(std::string_view name) const override {
        const auto at = values_.find(name);
        return at == values_.end() ? nullptr : &at->second;
    }
    // The reference that stands in the document instead of the value.
    Json keep(const std::string& value) {
        const std::string name = "secret-" + std::to_string(values_.size());
        values_.emplace(name, crypto::SecretString(value));
        return {{"secret", name}};
    }

private:
    std::map<std::string, crypto::SecretString, std::less<>> values_;
};

void hideOtp(Json& credential, Secrets& secrets) {
    const auto data = Json::parse(credential.value("credentialData", "{}"), nullptr, false);
    const auto secret = Json::parse(credential.value("secretData", "{}"), nullptr, false);
    std::string key = secret.value("value", "");
    if (data.value("secretEncoding", "") == "BASE32")
        key = fromBase32(key).value_or(key);
    credential["secretData"] = secrets.keep(key);
    credential.erase("credentialData");
    for (const auto* name : {"subType", "digits", "period", "algorithm"})
        if (data.contains(name))
            credential[name] = data[name];
}

void hideSecrets(Json& realm, Secrets& secrets) {
    for (auto& client : realm["clients"])
        if (client.contains("secret"))
            client["secret"] = secrets.keep(client["secret"].get<std::string>());
    for (auto& user : realm["users"]) {
        if (!user.contains("credentials"))
            continue;
        for (auto& credential : user["credentials"]) {
            if (credential.value("type", "") == "otp")
                hideOtp(credential, secrets);
            else if (credential.contains("value"))
                credential["value"] = secrets.keep(credential["value"].get<std::string>());
        }
    }
}

// "/admin/realms/r/clients" → "clients"
std::string below(const std::string& path, const std::string& realm) {
    const std::string prefix = "/admin/realms/" + realm + "/";
    return path.starts_with(prefix) ? path.substr(prefix.size()) : "";
}

void apply(const Json& call, Json& realm, std::vector<std::string>& notApplied) {
    const auto method = call[0].get<std::string>(), path = call[1].get<std::string>();
    const auto& body = call[2];
    const std::string name = realm.value("realm", "");
    if (method == "POST" && path == "/admin/realms") {
        realm.update(body);
    } else if (method == "PUT" && path == "/admin/realms/" + name) {
        realm.update(body);
    } else if (method == "POST" && (below(path, name) == "clients" || below(path, name) == "users" ||
                                    below(path, name) == "groups")) {
        realm[below(path, name)].push_back(body);
    } else if (method == "POST" && below(path, name) == "client-scopes") {
        realm["clientScopes"].push_back(body);
    } else {
        notApplied.push_back(method + " " + path);
    }
}

} // namespace

World worldFromSetup(const Json& calls) {
    World out;
    out.realm = {{"clients", Json::array()}, {"users", Json::array()}, {"groups", Json::array()}};
    for (const auto& call : calls)
        apply(call, out.realm, out.notApplied);
    // The OTP policy is taken only as a whole (corrections 4).
    if (!out.realm.contains("otpPolicyType"))
        for (const auto* name : {"otpPolicyAlgorithm", "otpPolicyDigits", "otpPolicyPeriod",
                                 "otpPolicyLookAheadWindow", "otpPolicyInitialCounter"})
            out.realm.erase(name);
    auto secrets = std::make_shared<Secrets>();
    Json document = out.realm;
    hideSecrets(document, *secrets);
    const auto node = realm::nodeFromJson(document.dump(), "setup");
    std::vector<Problem> problems;
    const auto nowhere = [](FieldId) { return Place{}; };
    if (!node) {
        out.problems.push_back(describe(node.error()));
        return out;
    }
    provider::Provider::Input input{
        .name = "keycloak", .url = *http::parseUrl("http://localhost:18080"), .issuerFollowsHost = true};
    input.realms.push_back(realm::read(*node, nowhere, problems));
    for (auto& user : input.realms.back().users) // the recorded users were made by Admin REST, one by one
        user.realmRoles.push_back("default-roles-" + input.realms.back().realm);
    auto made = provider::Provider::make(std::move(input), *secrets, nowhere);
    problems.insert(problems.end(), made.problems.begin(), made.problems.end());
    for (const auto& problem : problems)
        out.problems.push_back(describe(problem.error));
    if (made.value)
        out.provider = *made.value;
    out.secrets = secrets;
    return out;
}

} // namespace gatehouse::observations
