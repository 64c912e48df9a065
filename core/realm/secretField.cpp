#include <base/ascii.h>
#include <realm/secretField.h>

#include <algorithm>

namespace gatehouse::realm {

namespace {

bool isSecretName(std::string_view name) {
    return !name.empty() && name.size() <= 200 && std::all_of(name.begin(), name.end(), [](char c) {
        return asciiAlpha(c) || asciiDigit(c) || c == '-' || c == '_' || c == '.';
    });
}

std::string shown(std::string_view name) {
    return "{secret: " + std::string(name) + "}";
}

// The environment's spelling: GATEHOUSE_SECRET_ALICE_PASSWORD.
std::string variable(std::string_view name) {
    std::string out = "GATEHOUSE_SECRET_";
    for (const char c : name)
        out.push_back(asciiAlpha(c) || asciiDigit(c) ? asciiUpper(c) : '_');
    return out;
}

crypto::SecretRef named(const Node& name, std::string_view wanted, Findings& findings) {
    if (name.isScalar() && isSecretName(name.text()))
        return {name.text()};
    findings.refuse(
        badSecretName, name,
        {{"value", name.isScalar() ? name.text() : std::string(found(name))}, {"example", shown(wanted)}});
    return {};
}

} // namespace

crypto::SecretRef readSecret(const Node& node, std::string_view field, std::string_view wanted,
                             Findings& findings) {
    if (node.isAbsent() || node.kind() == Node::Kind::Null || (node.isScalar() && node.text().empty()))
        return {};
    const std::string example = shown(wanted);
    if (node.isMap() && node.size() == 1 && !node["secret"].isAbsent())
        return named(node["secret"], wanted, findings);
    if (!node.isScalar()) {
        findings.refuse(wrongType, node,
                        {{"field", std::string(field)},
                         {"found", std::string(found(node))},
                         {"expected", "the name of a secret"},
                         {"example", std::string(field) + ": " + example}});
        return {};
    }
    const std::string_view text = node.text();
    if (text.starts_with("${") && text.ends_with('}'))
        return named(Node::scalar(std::string(text.substr(2, text.size() - 3)), true, node.id()), wanted,
                     findings);
    if (text.find_first_not_of('*') == std::string_view::npos)
        findings.warn(maskedSecret, node, {{"field", std::string(field)}, {"example", example}});
    else
        findings.refuse(
            plainSecret, node,
            {{"field", std::string(field)}, {"example", example}, {"variable", variable(wanted)}});
    return {};
}

} // namespace gatehouse::realm
