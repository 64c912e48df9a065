// The certificate that a key set publishes beside a key (RFC 7517 section 4.7): self-signed, a carrier of the
// key and nothing more; nobody trusts it. Keycloak's generated keys come with one.
#pragma once

#include <base/now.h>
#include <crypto/entropy.h>
#include <crypto/jose.h>

#include <string>
#include <string_view>

namespace gatehouse::crypto {

// DER, CN of that name, ten years from `now`.
std::string keyCertificate(const PrivateKey& key, std::string_view commonName, const Now& now,
                           Entropy& entropy);

std::string subjectPublicKeyInfo(const PrivateKey& key); // DER (RFC 5280 section 4.1.2.7)

} // namespace gatehouse::crypto
