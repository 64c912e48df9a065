#include <arrangement/secretShapes.h>
#include <arrangement/secrets.h>
#include <base/ascii.h>

#include <algorithm>
#include <map>

namespace gatehouse::arrangement {

namespace {

constexpr Message secretMissing{"secret-missing", GH_TEXT("core", "The secret {name} has no value."),
                                GH_TEXT("core", "Set the environment variable {variable}, or put it into the "
                                                "secret store. It is not generated, because "
                                                "a server outside this lab must know it.")};
constexpr Message secretEmpty{
    "secret-empty", GH_TEXT("core", "The environment variable {variable} of the secret {name} is empty."),
    GH_TEXT("core", "Give it a value, or unset it.")};
constexpr Message secretNamesCollide{
    "secret-names-collide",
    GH_TEXT("core", "The secrets {first} and {name} share the environment variable {variable}."),
    GH_TEXT("core", "Rename one of them.")};

// Who uses a secret decides whether it may be made here.
enum class Use : std::uint8_t {
    Own,     // a part that runs inside the lab
    Foreign, // a server outside must know the same value
    Shared   // goes wherever the others of that name go
};

class Collector {
public:
    void add(const crypto::SecretRef& ref, SecretShape shape, Use use, FieldId from) {
        if (!ref)
            return;
        auto [at, isNew] = byName_.try_emplace(ref.name, needs_.size());
        if (isNew)
            needs_.push_back({ref.name, shape, false, {}});
        Seen& seen = seen_[ref.name];
        seen.own |= use == Use::Own;
        seen.foreign |= use == Use::Foreign;
        SecretNeed& need = needs_[at->second];
        if (need.shape == SecretShape::Opaque)
            need.shape = shape;
        need.usedBy.push_back(from);
    }

    std::vector<SecretNeed> finish() {
        for (SecretNeed& need : needs_) {
            const Seen& seen = seen_[need.name];
            need.generatable = seen.own && !seen.foreign;
        }
        return std::move(needs_);
    }

private:
    struct Seen {
        bool own = false;
        bool foreign = false;
    };
    std::map<std::string, std::size_t> byName_;
    std::map<std::string, Seen> seen_;
    std::vector<SecretNeed> needs_;
};

void collectRealm(const realm::Realm& realm, Use use, Collector& out) {
    for (const realm::Client& client : realm.clients)
        out.add(client.secret, SecretShape::ClientSecret, use, client.from);
    for (const realm::User& user : realm.users)
        for (const realm::Credential& credential : user.credentials) {
            out.add(credential.value, SecretShape::Password, use, credential.from);
            out.add(credential.secretData, SecretShape::TotpKey, use, credential.from);
        }
}

void collectGate(const lab::GateSpec& gate, Collector& out) {
    for (const lab::Setting& setting : gate.options) {
        if (setting.name == "cookie-secret")
            out.add(setting.secret, SecretShape::CookieSecret, Use::Own, setting.from);
        else if (setting.name == "client-secret")
            out.add(setting.secret, SecretShape::ClientSecret, Use::Shared, setting.from);
        else
            out.add(setting.secret, SecretShape::Opaque, Use::Shared, setting.from);
    }
}

Place firstUse(const lab::Document& document, const SecretNeed& need) {
    return need.usedBy.empty() ? Place{document.file(), 0, 0, {}} : document.place(need.usedBy.front());
}

} // namespace

std::vector<SecretNeed> secretNeeds(const lab::Document& document) {
    Collector out;
    for (const lab::Provider& provider : document.lab().providers) {
        const Use use = provider.embedded ? Use::Own : Use::Foreign;
        if (provider.admin)
            out.add(provider.admin->password, SecretShape::Password, use, provider.from);
        for (const realm::Realm& realm : provider.realms)
            collectRealm(realm, use, out);
    }
    for (const lab::GateSpec& gate : document.lab().gates)
        collectGate(gate, out);
    return out.finish();
}

std::string environmentName(std::string_view secret) {
    std::string out = "GATEHOUSE_SECRET_";
    for (const char c : secret)
        out.push_back(asciiAlpha(c) || asciiDigit(c) ? asciiUpper(c) : '_');
    return out;
}

Checked<ResolvedSecrets> resolveSecrets(const lab::Document& document, const SecretInput& input) {
    Checked<ResolvedSecrets> out;
    auto source = std::make_shared<crypto::SecretMap>();
    ResolvedSecrets resolved;
    std::map<std::string, std::string> variables; // environment name → secret

    const auto refuse = [&](const Message& message, const SecretNeed& need,
                            std::map<std::string, std::string> args) {
        args["name"] = need.name;
        args["variable"] = environmentName(need.name);
        out.problems.push_back(
            {Problem::Kind::Refused, Error{&message, std::move(args), firstUse(document, need), {}}});
    };

    for (const SecretNeed& need : secretNeeds(document)) {
        const std::string variable = environmentName(need.name);
        const auto [other, isNew] = variables.try_emplace(variable, need.name);
        if (!isNew) {
            refuse(secretNamesCollide, need, {{"first", other->second}});
            continue;
        }
        if (input.environment) {
            if (auto value = input.environment(variable)) {
                if (value->empty())
                    refuse(secretEmpty, need, {});
                source->values.emplace(need.name, crypto::SecretString::take(std::move(*value)));
                resolved.origins.push_back({need.name, SecretOrigin::Environment});
                continue;
            }
        }
        if (input.store) {
            if (auto value = input.store(document.lab().name, need.name)) {
                source->values.emplace(need.name, std::move(*value));
                resolved.origins.push_back({need.name, SecretOrigin::Store});
                continue;
            }
        }
        if (need.generatable && input.seed != nullptr) {
            source->values.emplace(need.name,
                                   generateSecret(*input.seed, document.lab().name, need.name, need.shape));
            resolved.origins.push_back({need.name, SecretOrigin::Generated});
            continue;
        }
        refuse(secretMissing, need, {});
    }
    if (!anyRefused(out.problems)) {
        resolved.source = std::move(source);
        out.value = std::move(resolved);
    }
    return out;
}

} // namespace gatehouse::arrangement
