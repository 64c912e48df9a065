#include <arrangement/secrets.h>
#include <base/encoding.h>
#include <kubernetes/messages.h>
#include <kubernetes/reading.h>

namespace gatehouse::kubernetes {

namespace {

std::string joined(const std::string& secret, const std::string& key) {
    return key.starts_with(secret) ? key : secret + "-" + key;
}

} // namespace

std::optional<std::string> secretBytes(std::string_view encoded) {
    std::string bare; // Go's decoder skips line ends
    for (const char c : encoded)
        if (c != '\n' && c != '\r')
            bare += c;
    return fromBase64(bare);
}

std::string secretVariable(std::string_view name) {
    return arrangement::environmentName(name);
}

std::string SecretNames::name(const std::string& namespaceName, const std::string& secret,
                              const std::string& key, bool ours) {
    if (ours)
        return key;
    const std::string owner = namespaceName + "/" + secret + "/" + key;
    std::string name = joined(secret, key);
    if (owners_.emplace(name, owner).first->second != owner) {
        name += "-" + namespaceName;
        owners_.emplace(name, owner);
    }
    return name;
}

std::optional<std::string> SecretNames::value(const std::string& namespaceName, const std::string& secret,
                                              const std::string& key) {
    const Object* object = objectNamed(reading_.objects.secrets, namespaceName, secret);
    if (object == nullptr)
        return std::nullopt;
    if (const Node& plain = object->node["stringData"][key]; plain.isScalar()) // it wins over data
        return plain.text();
    const Node& encoded = object->node["data"][key];
    if (!encoded.isScalar())
        return std::nullopt;
    return secretBytes(encoded.text());
}

bool SecretNames::take(const std::string& labName, const std::string& namespaceName,
                       const std::string& secret, const std::string& key) {
    auto found = value(namespaceName, secret, key);
    if (!found)
        return false;
    if (!found->empty()) // an export without values has empty ones
        keep(labName, std::move(*found));
    return true;
}

void SecretNames::keep(const std::string& labName, std::string value) {
    reading_.secrets.values.insert_or_assign(labName, crypto::SecretString::take(std::move(value)));
}

} // namespace gatehouse::kubernetes
