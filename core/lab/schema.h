// JSON Schema (2020-12) of labs, for editors: a projection of fields() here and in realm. What lives on
// higher floors, gates' options, annotations and ConfigMap keys, is handed in.
#pragma once

#include <base/support.h>

#include <span>
#include <string>
#include <string_view>

namespace gatehouse::lab {

struct SchemaEntry {
    std::string_view name; // "cookie-secret", "nginx.ingress.kubernetes.io/auth-url", "proxy-body-size"
    std::string_view help;
    std::string_view byDefault;
    std::string_view choices; // "a|b"
    Support support = Support::Does;
    bool list = false;   // may stand several times
    bool secret = false; // by name only
};

struct SchemaParts {
    std::span<const SchemaEntry> gateOptions;
    std::span<const SchemaEntry> annotations;
    std::span<const SchemaEntry> controllerKeys;
};

std::string jsonSchema(const SchemaParts& parts);

} // namespace gatehouse::lab
