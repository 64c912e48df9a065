// Which secrets a lab needs, and where their values come from: GATEHOUSE_SECRET_<NAME> → store → generated.
//
// Generated is only what the lab's own parts need; the value is HKDF-SHA256 of this user's seed with lab name
// and secret name, in the shape its field asks for, so it is the same at the next start. What a foreign
// server must know is never generated: then its absence is a problem.
#pragma once

#include <base/error.h>
#include <crypto/secretSource.h>
#include <lab/document.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse::arrangement {

enum class SecretShape : std::uint8_t { Password, ClientSecret, CookieSecret, TotpKey, Opaque };
enum class SecretOrigin : std::uint8_t { Environment, Store, Generated };

struct SecretNeed {
    std::string name;
    SecretShape shape = SecretShape::Opaque;
    bool generatable = false;
    std::vector<FieldId> usedBy;
};
std::vector<SecretNeed> secretNeeds(const lab::Document& document);

// GATEHOUSE_SECRET_ + upper case, '-' → '_'.
std::string environmentName(std::string_view secret);

struct SecretInput {
    std::function<std::optional<std::string>(std::string_view environmentName)> environment;
    std::function<std::optional<crypto::SecretString>(std::string_view lab, std::string_view name)>
        store;                                  // may be empty
    const crypto::SecretString* seed = nullptr; // null: nothing is generated
};
struct ResolvedSecret {
    std::string name;
    SecretOrigin origin;
};
struct ResolvedSecrets {
    std::shared_ptr<const crypto::SecretSource> source;
    std::vector<ResolvedSecret> origins;
};
// Problems: missing values, names that collide in the environment, values of the wrong shape.
Checked<ResolvedSecrets> resolveSecrets(const lab::Document& document, const SecretInput& input);

} // namespace gatehouse::arrangement
