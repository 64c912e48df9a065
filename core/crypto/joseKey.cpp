#include <base/encoding.h>
#include <crypto/digestAlgorithm.h>
#include <crypto/joseKey.h>

#include <algorithm>
#include <array>
#include <openssl/core_names.h>
#include <openssl/rsa.h>
#include <utility>

namespace gatehouse::crypto {

namespace {

constexpr Message noPublicKey{
    "pem-no-public-key", GH_TEXT("core", "This is no public key in PEM form"),
    GH_TEXT("core", "It starts with -----BEGIN PUBLIC KEY----- or is a certificate")};
constexpr Message noPrivateKey{
    "pem-no-private-key",
    GH_TEXT("core", "This is no private key in PEM form, or it is locked by a pass-phrase"),
    GH_TEXT("core", "It starts with -----BEGIN PRIVATE KEY-----; `openssl pkcs8 -topk8 -nocrypt` makes one")};
constexpr Message unusableKey{
    "key-kind", GH_TEXT("core", "Keys of this kind cannot sign tokens"),
    GH_TEXT("core", "Use RSA (at least 1024 bits), P-256, P-384, P-521 or Ed25519")};

constexpr std::array<Curve, 3> curves{
    {{KeyKind::EcP256, "P-256", 32}, {KeyKind::EcP384, "P-384", 48}, {KeyKind::EcP521, "P-521", 66}}};

using Scheme = JwsAlgorithm::Scheme;
constexpr std::array<JwsAlgorithm, 13> algorithms{{
    {"RS256", Scheme::Pkcs1, Hash::Sha256, KeyKind::Rsa},
    {"RS384", Scheme::Pkcs1, Hash::Sha384, KeyKind::Rsa},
    {"RS512", Scheme::Pkcs1, Hash::Sha512, KeyKind::Rsa},
    {"PS256", Scheme::Pss, Hash::Sha256, KeyKind::Rsa},
    {"PS384", Scheme::Pss, Hash::Sha384, KeyKind::Rsa},
    {"PS512", Scheme::Pss, Hash::Sha512, KeyKind::Rsa},
    {"ES256", Scheme::Ecdsa, Hash::Sha256, KeyKind::EcP256},
    {"ES384", Scheme::Ecdsa, Hash::Sha384, KeyKind::EcP384},
    {"ES512", Scheme::Ecdsa, Hash::Sha512, KeyKind::EcP521},
    {"EdDSA", Scheme::EdDsa, Hash::Sha512, KeyKind::Ed25519},
    {"HS256", Scheme::Hmac, Hash::Sha256, KeyKind::Rsa},
    {"HS384", Scheme::Hmac, Hash::Sha384, KeyKind::Rsa},
    {"HS512", Scheme::Hmac, Hash::Sha512, KeyKind::Rsa},
}};

// Go's crypto/rsa refuses less since 1.24, and with it oauth2-proxy. (RFC 7518 section 3.3 asks for 2048.)
constexpr int fewestRsaBits = 1024;

KeyHandle fromParams(const char* type, OSSL_PARAM_BLD* builder) {
    const Params params(required(OSSL_PARAM_BLD_to_param(builder), "OSSL_PARAM_BLD_to_param"));
    const KeyContext context(
        required(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr), "EVP_PKEY_CTX_new"));
    require(EVP_PKEY_fromdata_init(context.get()) == 1, "EVP_PKEY_fromdata_init");
    EVP_PKEY* key = nullptr;
    EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get());
    takeReason();
    return KeyHandle(key);
}

// Refuses a point that does not lie on its curve.
KeyHandle checked(KeyHandle key) {
    if (!key)
        return nullptr;
    const KeyContext context(
        required(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr), "EVP_PKEY_CTX_new"));
    const bool sound = EVP_PKEY_public_check(context.get()) == 1;
    takeReason();
    return sound ? std::move(key) : nullptr;
}

BigNumber number(std::string_view bytes) {
    return BigNumber(
        required(BN_bin2bn(bytesOf(bytes), static_cast<int>(bytes.size()), nullptr), "BN_bin2bn"));
}

KeyHandle readPublicKeyOrCertificate(std::string_view pem) {
    KeyHandle key = readPublicKey(pem);
    if (!key)
        if (const Certificate certificate = readCertificate(pem))
            key.reset(X509_get_pubkey(certificate.get()));
    return key;
}

} // namespace

const Curve* curveOf(KeyKind kind) {
    for (const Curve& curve : curves)
        if (curve.kind == kind)
            return &curve;
    return nullptr;
}

const Curve* curveNamed(std::string_view name) {
    for (const Curve& curve : curves)
        if (curve.name == name)
            return &curve;
    return nullptr;
}

const JwsAlgorithm* jwsAlgorithm(std::string_view name) {
    for (const JwsAlgorithm& algorithm : algorithms)
        if (algorithm.name == name)
            return &algorithm;
    return nullptr;
}

std::optional<Hash> algorithmHash(std::string_view algorithm) {
    const JwsAlgorithm* const known = jwsAlgorithm(algorithm);
    return known == nullptr ? std::nullopt : std::optional(known->hash);
}

std::optional<KeyKind> kindOf(EVP_PKEY* key) {
    if (EVP_PKEY_is_a(key, "RSA") == 1 && EVP_PKEY_get_bits(key) >= fewestRsaBits)
        return KeyKind::Rsa;
    if (EVP_PKEY_is_a(key, "ED25519") == 1)
        return KeyKind::Ed25519;
    if (EVP_PKEY_is_a(key, "EC") != 1)
        return std::nullopt;
    char group[80] = {};
    if (EVP_PKEY_get_group_name(key, group, sizeof group, nullptr) != 1)
        return std::nullopt;
    // OpenSSL's names of the same curves.
    constexpr std::array<std::pair<std::string_view, KeyKind>, 3> names{
        {{"prime256v1", KeyKind::EcP256}, {"secp384r1", KeyKind::EcP384}, {"secp521r1", KeyKind::EcP521}}};
    for (const auto& [name, kind] : names)
        if (name == group)
            return kind;
    const Curve* const curve = curveNamed(group);
    return curve == nullptr ? std::nullopt : std::optional(curve->kind);
}

bool fits(EVP_PKEY* key, const JwsAlgorithm& algorithm) {
    if (algorithm.scheme == Scheme::Hmac || kindOf(key) != algorithm.kind)
        return false;
    // RFC 8017 section 9.1.1: digest, a salt as long, and two bytes must find room.
    return algorithm.scheme != Scheme::Pss ||
           static_cast<std::size_t>(EVP_PKEY_get_bits(key) - 1) >= 8 * (2 * sizeOf(algorithm.hash) + 2);
}

std::string keyId(EVP_PKEY* key) {
    unsigned char* der = nullptr;
    const int size = i2d_PUBKEY(key, &der);
    require(size > 0, "i2d_PUBKEY");
    std::string id =
        base64Url(digest(Hash::Sha256, {reinterpret_cast<const char*>(der), static_cast<std::size_t>(size)}));
    OPENSSL_free(der);
    return id;
}

KeyHandle rsaPublicKey(std::string_view modulus, std::string_view exponent) {
    constexpr std::size_t mostBytes = OPENSSL_RSA_MAX_MODULUS_BITS / 8;
    while (modulus.starts_with('\0'))
        modulus.remove_prefix(1);
    if (modulus.size() > mostBytes || exponent.size() > mostBytes)
        return nullptr;
    const BigNumber n = number(modulus);
    const BigNumber e = number(exponent);
    if (BN_num_bits(n.get()) < fewestRsaBits || BN_is_odd(n.get()) == 0 || BN_is_odd(e.get()) == 0 ||
        BN_is_one(e.get()) == 1)
        return nullptr;
    const ParamBuilder builder(required(OSSL_PARAM_BLD_new(), "OSSL_PARAM_BLD_new"));
    require(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) == 1 &&
                OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) == 1,
            "OSSL_PARAM_BLD_push_BN");
    return fromParams("RSA", builder.get());
}

KeyHandle ecPublicKey(const Curve& curve, std::string_view x, std::string_view y) {
    if (x.size() != curve.coordinate || y.size() != curve.coordinate)
        return nullptr;         // RFC 7518 section 6.2.1.2: the full size of a coordinate
    std::string point = "\x04"; // uncompressed
    point.append(x).append(y);
    const ParamBuilder builder(required(OSSL_PARAM_BLD_new(), "OSSL_PARAM_BLD_new"));
    require(OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, curve.name.data(),
                                            curve.name.size()) == 1 &&
                OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                                 point.size()) == 1,
            "OSSL_PARAM_BLD_push");
    return checked(fromParams("EC", builder.get()));
}

KeyHandle ed25519PublicKey(std::string_view x) {
    KeyHandle key(EVP_PKEY_new_raw_public_key_ex(nullptr, "ED25519", nullptr, bytesOf(x), x.size()));
    takeReason();
    return key;
}

std::string numberOf(EVP_PKEY* key, const char* name, std::size_t size) {
    BIGNUM* raw = nullptr;
    require(EVP_PKEY_get_bn_param(key, name, &raw) == 1, "EVP_PKEY_get_bn_param");
    const BigNumber value(raw);
    std::string bytes(std::max(size, static_cast<std::size_t>(BN_num_bytes(raw))), '\0');
    require(BN_bn2binpad(raw, bytesOf(bytes), static_cast<int>(bytes.size())) >= 0, "BN_bn2binpad");
    return bytes;
}

Result<PublicKey> PublicKey::fromPem(std::string_view pem) {
    KeyHandle read = readPublicKeyOrCertificate(pem);
    std::string reason = takeReason();
    if (!read)
        return fail(noPublicKey, {}, {}, std::move(reason));
    const auto kind = kindOf(read.get());
    if (!kind)
        return fail(unusableKey);
    PublicKey key;
    key.id_ = keyId(read.get());
    key.impl = std::make_shared<Impl>(Impl{std::move(read), *kind});
    return key;
}

PrivateKey PrivateKey::generate(Kind kind) {
    EVP_PKEY* made = nullptr;
    KeyKind as = KeyKind::Rsa;
    switch (kind) {
    case Kind::Rsa2048:
        made = EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{2048});
        break;
    case Kind::EcP256:
        made = EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256");
        as = KeyKind::EcP256;
        break;
    case Kind::Ed25519:
        made = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
        as = KeyKind::Ed25519;
        break;
    }
    PrivateKey key;
    key.impl = std::make_shared<Impl>(Impl{KeyHandle(required(made, "EVP_PKEY_Q_keygen")), as});
    key.id_ = keyId(made);
    return key;
}

Result<PrivateKey> PrivateKey::fromPem(std::string_view pem) {
    KeyHandle read = readPrivateKey(pem);
    std::string reason = takeReason();
    if (!read)
        return fail(noPrivateKey, {}, {}, std::move(reason));
    const auto kind = kindOf(read.get());
    if (!kind)
        return fail(unusableKey);
    PrivateKey key;
    key.id_ = keyId(read.get());
    key.impl = std::make_shared<Impl>(Impl{std::move(read), *kind});
    return key;
}

std::string PrivateKey::pem() const {
    return privateKeyPem(impl->key.get());
}

PublicKey PrivateKey::publicKey() const {
    unsigned char* der = nullptr;
    const int size = i2d_PUBKEY(impl->key.get(), &der);
    require(size > 0, "i2d_PUBKEY");
    const unsigned char* next = der;
    KeyHandle key(d2i_PUBKEY(nullptr, &next, size)); // the public half alone
    OPENSSL_free(der);
    PublicKey out;
    out.id_ = id_;
    out.impl = std::make_shared<PublicKey::Impl>(
        PublicKey::Impl{KeyHandle(required(key.release(), "d2i_PUBKEY")), impl->kind});
    return out;
}

bool PrivateKey::supports(std::string_view algorithm) const {
    const JwsAlgorithm* const known = jwsAlgorithm(algorithm);
    return known != nullptr && fits(impl->key.get(), *known);
}

} // namespace gatehouse::crypto
