// Verification of ID tokens in the order and the words of github.com/coreos/go-oidc v3 and oauth2-proxy's
// pkg/providers/oidc/verifier.go: form, issuer, expiry, not-before, algorithm, signature, audience.
#pragma once

#include <base/now.h>
#include <oidc/claims.h>
#include <oidc/discovery.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace gatehouse::oidc {

struct IdTokenPolicy {
    std::string issuer;
    bool skipIssuer = false;
    std::vector<std::string> algorithms{"RS256"};
    std::vector<std::string> audienceClaims{"aud"}; // the first that exists decides
    std::vector<std::string> audiences;             // one of them must be in it
};

struct IdTokenRefusal {
    enum class Why : std::uint8_t { Malformed, Issuer, Expired, NotYetValid, Algorithm, Signature, Audience };
    Why why;
    std::string text;   // the original's words
    std::string detail; // for a person: what was expected and what came
};

// Everything but signature and audience; a Jws is still to be verified with keys.
struct IdToken {
    Claims claims;
    crypto::Jws jws; // points into the token given
    WallTime expiry{};
};
std::variant<IdToken, IdTokenRefusal> readIdToken(std::string_view token, const IdTokenPolicy& policy,
                                                  const Now& now);

// Whether one of the keys with the token's kid (all keys, when it names none) verifies it.
bool verifiedBy(const IdToken& token, const KeySet& keys);

std::optional<IdTokenRefusal> checkAudience(const Claims& claims, const IdTokenPolicy& policy);

} // namespace gatehouse::oidc
