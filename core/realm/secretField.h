// A field that holds a secret holds its name: {secret: alice-password}.
#pragma once

#include <crypto/secretSource.h>
#include <realm/findings.h>

namespace gatehouse::realm {

inline constexpr Message badSecretName{"bad-secret-name",
                                       GH_TEXT("core", "\"{value}\" is no name of a secret"),
                                       GH_TEXT("core", "use letters, digits, - . and _, as in {example}")};
inline constexpr Message maskedSecret{
    "masked-secret", GH_TEXT("core", "\"{field}\" is masked: the export does not hold it"),
    GH_TEXT("core", "write {example} here and give the real value, or leave the field out")};

// Also taken: "${name}", as Keycloak's start-up import has it. Anything else in plain is refused; `wanted` is
// the name to propose then ("alice-password").
crypto::SecretRef readSecret(const Node& node, std::string_view field, std::string_view wanted,
                             Findings& findings);

} // namespace gatehouse::realm
