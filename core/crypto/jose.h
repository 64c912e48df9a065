// JWS (RFC 7515), JWK (RFC 7517) and JWT claims (RFC 7519) on OpenSSL's EVP.
//
// Algorithms: RS256/384/512, PS256/384/512, ES256/384/512, EdDSA (Ed25519), HS256/384/512. "none" never
// verifies.
#pragma once

#include <base/error.h>
#include <crypto/digest.h>

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::crypto {

class PublicKey {
public:
    // RSA, EC (P-256, P-384, P-521), OKP (Ed25519). A private key's JWK gives its public half.
    static Result<PublicKey> fromJwk(const nlohmann::json& jwk);
    static Result<PublicKey> fromPem(std::string_view pem); // a public key, or the one of a certificate
    nlohmann::json jwk(std::string_view algorithm,
                       std::string_view use = "sig") const;     // kty, n/e or crv/x/y, kid, alg, use
    const std::string& id() const { return id_; }               // kid
    const std::string& algorithm() const { return algorithm_; } // "" when the JWK names none
    struct Impl;
    std::shared_ptr<const Impl> impl;

private:
    friend class PrivateKey;
    std::string id_;
    std::string algorithm_;
};

class PrivateKey {
public:
    enum class Kind : std::uint8_t { Rsa2048, EcP256, Ed25519 };
    static PrivateKey generate(Kind kind);
    static Result<PrivateKey> fromPem(std::string_view pem);
    std::string pem() const; // PKCS#8; an exit: files 0600 only
    PublicKey publicKey() const;
    const std::string& id() const { return id_; } // kid: base64url(SHA-256(SubjectPublicKeyInfo))
    bool supports(std::string_view algorithm) const;
    struct Impl;
    std::shared_ptr<const Impl> impl;

private:
    std::string id_;
};

// A compact JWS taken apart; nothing is verified yet.
struct Jws {
    std::string header;  // JSON text
    std::string payload; // bytes
    std::string signature;
    std::string_view signedPart; // points into the token given to parseJws
    std::string algorithm;
    std::string keyId; // "" when the header names none
};
// Strict: three parts of base64url in their only spelling, no header member twice, no "crit".
Result<Jws> parseJws(std::string_view token);

Result<void> verify(const Jws& jws, const PublicKey& key); // the key's alg, when named, must be the token's
Result<void> verifyHmac(const Jws& jws, std::string_view secret); // HS*

// The hash inside an algorithm, which at_hash and c_hash are made with (OpenID Connect Core section 3.1.3.6);
// EdDSA: SHA-512. nullopt: the algorithm is not known.
std::optional<Hash> algorithmHash(std::string_view algorithm);

// `header` and `payload` are JSON objects; alg and the key's kid are set here, first (an HMAC secret has no
// kid of its own: the header may bring one). A key that does not support the algorithm is a programming error
// and ends the process.
std::string sign(const PrivateKey& key, std::string_view algorithm, const nlohmann::ordered_json& header,
                 const nlohmann::ordered_json& payload);
std::string signHmac(std::string_view secret, std::string_view algorithm,
                     const nlohmann::ordered_json& header, const nlohmann::ordered_json& payload);

} // namespace gatehouse::crypto
