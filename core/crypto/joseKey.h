// Private to this room: what stands behind PublicKey and PrivateKey, and which algorithm wants which key.
#pragma once

#include <crypto/digest.h>
#include <crypto/jose.h>
#include <crypto/opensslHandle.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::crypto {

enum class KeyKind : std::uint8_t { Rsa, EcP256, EcP384, EcP521, Ed25519 };

// RFC 7518 section 6.2.1.1: the names of the curves, and the size of one coordinate in bytes.
struct Curve {
    KeyKind kind;
    std::string_view name; // of the JWK; OpenSSL knows it, too
    std::size_t coordinate;
};
const Curve* curveOf(KeyKind kind); // null for RSA and Ed25519
const Curve* curveNamed(std::string_view name);

// RFC 7518 section 3.1 and RFC 8037.
struct JwsAlgorithm {
    enum class Scheme : std::uint8_t { Hmac, Pkcs1, Pss, Ecdsa, EdDsa };
    std::string_view name;
    Scheme scheme;
    Hash hash;
    KeyKind kind; // without meaning for Hmac
};
const JwsAlgorithm* jwsAlgorithm(std::string_view name); // null: not known, "none" among them

std::optional<KeyKind> kindOf(EVP_PKEY* key); // nullopt: a kind that JOSE does not use
bool fits(EVP_PKEY* key, const JwsAlgorithm& algorithm);

std::string keyId(EVP_PKEY* key); // base64url(SHA-256(SubjectPublicKeyInfo)), as Keycloak's Java does

// From the raw values of a JWK; null when they make no key (a point beside its curve, an even exponent).
KeyHandle rsaPublicKey(std::string_view modulus, std::string_view exponent);
KeyHandle ecPublicKey(const Curve& curve, std::string_view x, std::string_view y);
KeyHandle ed25519PublicKey(std::string_view x);

// Raw signatures as JWS carries them. `fits` must hold.
std::string signRaw(EVP_PKEY* key, const JwsAlgorithm& algorithm, std::string_view bytes);
bool verifyRaw(EVP_PKEY* key, const JwsAlgorithm& algorithm, std::string_view bytes,
               std::string_view signature);

struct PublicKey::Impl {
    KeyHandle key;
    KeyKind kind = KeyKind::Rsa;
};

struct PrivateKey::Impl {
    KeyHandle key;
    KeyKind kind = KeyKind::Rsa;
};

// The big number of that name (OSSL_PKEY_PARAM_…), at least `size` bytes wide.
std::string numberOf(EVP_PKEY* key, const char* name, std::size_t size = 0);

} // namespace gatehouse::crypto
