// JSON Web Keys (RFC 7517, RFC 7518 section 6, RFC 8037 section 2).
#include <base/encoding.h>
#include <crypto/joseKey.h>

#include <nlohmann/json.hpp>
#include <openssl/core_names.h>
#include <utility>

namespace gatehouse::crypto {

namespace {

constexpr Message wrongMember{
    "jwk-member", GH_TEXT("core", "The key's member \"{member}\" is missing or not what a JWK has there"),
    ""};
constexpr Message unknownKind{
    "jwk-kind", GH_TEXT("core", "Keys of the kind {kind} cannot verify tokens"),
    GH_TEXT("core", "Known are RSA, EC with P-256, P-384 or P-521, and OKP with Ed25519")};
constexpr Message noKey{"jwk-value", GH_TEXT("core", "The values of this {kind} key make no key"),
                        GH_TEXT("core", "RSA needs at least 1024 bits; a point must lie on its curve")};

// "" when it is not there or no string.
std::string textOf(const nlohmann::json& jwk, const char* member) {
    const auto found = jwk.find(member);
    return found != jwk.end() && found->is_string() ? found->get<std::string>() : std::string();
}

Result<std::string> bytesOfMember(const nlohmann::json& jwk, const char* member) {
    auto bytes = fromBase64Url(textOf(jwk, member));
    if (!bytes || bytes->empty())
        return fail(wrongMember, {{"member", member}});
    return std::move(*bytes);
}

struct Made {
    KeyHandle key;
    KeyKind kind;
};

Result<Made> makeRsa(const nlohmann::json& jwk) {
    const auto n = bytesOfMember(jwk, "n");
    if (!n)
        return std::unexpected(n.error());
    const auto e = bytesOfMember(jwk, "e");
    if (!e)
        return std::unexpected(e.error());
    return Made{rsaPublicKey(*n, *e), KeyKind::Rsa};
}

Result<Made> makeEc(const nlohmann::json& jwk) {
    const std::string name = textOf(jwk, "crv");
    const Curve* const curve = curveNamed(name);
    if (curve == nullptr)
        return fail(unknownKind, {{"kind", "EC " + name}});
    const auto x = bytesOfMember(jwk, "x");
    if (!x)
        return std::unexpected(x.error());
    const auto y = bytesOfMember(jwk, "y");
    if (!y)
        return std::unexpected(y.error());
    return Made{ecPublicKey(*curve, *x, *y), curve->kind};
}

Result<Made> makeOkp(const nlohmann::json& jwk) {
    const std::string name = textOf(jwk, "crv");
    if (name != "Ed25519")
        return fail(unknownKind, {{"kind", "OKP " + name}});
    const auto x = bytesOfMember(jwk, "x");
    if (!x)
        return std::unexpected(x.error());
    return Made{ed25519PublicKey(*x), KeyKind::Ed25519};
}

Result<Made> make(const nlohmann::json& jwk, const std::string& type) {
    if (type == "RSA")
        return makeRsa(jwk);
    if (type == "EC")
        return makeEc(jwk);
    if (type == "OKP")
        return makeOkp(jwk);
    // "oct" among them: a shared secret in a published key set is nobody's public key.
    return fail(unknownKind, {{"kind", type}});
}

} // namespace

Result<PublicKey> PublicKey::fromJwk(const nlohmann::json& jwk) {
    if (!jwk.is_object())
        return fail(wrongMember, {{"member", "kty"}});
    const std::string type = textOf(jwk, "kty");
    if (type.empty())
        return fail(wrongMember, {{"member", "kty"}});
    auto made = make(jwk, type);
    if (!made)
        return std::unexpected(made.error());
    if (!made->key)
        return fail(noKey, {{"kind", type}});
    PublicKey key;
    key.id_ = textOf(jwk, "kid");
    key.algorithm_ = textOf(jwk, "alg");
    key.impl = std::make_shared<Impl>(Impl{std::move(made->key), made->kind});
    return key;
}

nlohmann::json PublicKey::jwk(std::string_view algorithm, std::string_view use) const {
    nlohmann::json out = {{"alg", algorithm}, {"use", use}, {"kid", id_}};
    EVP_PKEY* const key = impl->key.get();
    if (const Curve* const curve = curveOf(impl->kind)) {
        out["kty"] = "EC";
        out["crv"] = curve->name;
        out["x"] = base64Url(numberOf(key, OSSL_PKEY_PARAM_EC_PUB_X, curve->coordinate));
        out["y"] = base64Url(numberOf(key, OSSL_PKEY_PARAM_EC_PUB_Y, curve->coordinate));
    } else if (impl->kind == KeyKind::Ed25519) {
        std::string x(32, '\0');
        std::size_t size = x.size();
        require(EVP_PKEY_get_raw_public_key(key, bytesOf(x), &size) == 1, "EVP_PKEY_get_raw_public_key");
        out["kty"] = "OKP";
        out["crv"] = "Ed25519";
        out["x"] = base64Url(x);
    } else {
        out["kty"] = "RSA";
        out["n"] = base64Url(numberOf(key, OSSL_PKEY_PARAM_RSA_N));
        out["e"] = base64Url(numberOf(key, OSSL_PKEY_PARAM_RSA_E));
    }
    return out;
}

} // namespace gatehouse::crypto
