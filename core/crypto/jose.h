// JWS (RFC 7515), JWK (RFC 7517) and JWT claims (RFC 7519) on OpenSSL's EVP.
//
// Algorithms: RS256/384/512, PS256/384/512, ES256/384/512, EdDSA (Ed25519), HS256/384/512. "none" never
// verifies.
#pragma once

#include <base/error.h>

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::crypto {

class PublicKey {
public:
    static Result<PublicKey> fromJwk(const nlohmann::json& jwk);
    static Result<PublicKey> fromPem(std::string_view pem);
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
    std::string keyId;
};
Result<Jws> parseJws(std::string_view token);

Result<void> verify(const Jws& jws, const PublicKey& key); // the key's alg, when named, must be the token's
Result<void> verifyHmac(const Jws& jws, std::string_view secret); // HS*

// `header` and `payload` are JSON; alg and kid are set here, first.
std::string sign(const PrivateKey& key, std::string_view algorithm, const nlohmann::ordered_json& header,
                 const nlohmann::ordered_json& payload);
std::string signHmac(std::string_view secret, std::string_view algorithm,
                     const nlohmann::ordered_json& header, const nlohmann::ordered_json& payload);

} // namespace gatehouse::crypto
