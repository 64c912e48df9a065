#include <base/encoding.h>
#include <crypto/digest.h>
#include <crypto/keyCertificate.h>
#include <provider/signingKeysJson.h>

#include <nlohmann/json.hpp>

namespace gatehouse::provider {
namespace {

using Json = nlohmann::ordered_json;

crypto::PrivateKey loadedOrNew(Visit& visit, std::string_view use) {
    auto* store = visit.env.state.keys.get();
    if (store != nullptr)
        if (const std::string pem = store->load(visit.realm.name(), use); !pem.empty())
            if (auto key = crypto::PrivateKey::fromPem(pem))
                return std::move(*key);
    auto key = crypto::PrivateKey::generate(crypto::PrivateKey::Kind::Rsa2048);
    if (store != nullptr)
        store->save(visit.realm.name(), use, key.pem());
    return key;
}

Json keyJson(const crypto::PrivateKey& key, const std::string& certificate, const char* algorithm,
             const char* use) {
    const auto jwk = key.publicKey().jwk(algorithm, use);
    Json out; // Keycloak's order
    out["kid"] = key.id();
    out["kty"] = "RSA";
    out["alg"] = algorithm;
    out["use"] = use;
    out["x5c"] = Json::array({base64(certificate)});
    out["x5t"] = base64Url(crypto::digest(crypto::Hash::Sha1, certificate));
    out["x5t#S256"] = base64Url(crypto::digest(crypto::Hash::Sha256, certificate));
    out["n"] = jwk.at("n");
    out["e"] = jwk.at("e");
    return out;
}

std::string textMember(const nlohmann::json& json, const char* name) {
    const auto at = json.find(name);
    return at != json.end() && at->is_string() ? at->get<std::string>() : std::string{};
}

Seconds numberMember(const nlohmann::json& json, const char* name) {
    const auto at = json.find(name);
    return at != json.end() && at->is_number_integer() ? at->get<Seconds>() : 0;
}

} // namespace

const RealmKeys& realmKeys(Visit& visit) {
    auto& keys = visit.state.keys;
    if (!keys) {
        auto signing = loadedOrNew(visit, "sig");
        auto encryption = loadedOrNew(visit, "enc");
        auto signingCertificate =
            crypto::keyCertificate(signing, visit.realm.name(), visit.env.now, visit.env.entropy);
        auto encryptionCertificate =
            crypto::keyCertificate(encryption, visit.realm.name(), visit.env.now, visit.env.entropy);
        keys.emplace(RealmKeys{std::move(signing), std::move(signingCertificate), std::move(encryption),
                               std::move(encryptionCertificate)});
    }
    return *keys;
}

std::string keySetJson(Visit& visit) {
    const auto& keys = realmKeys(visit);
    Json out;
    out["keys"] = Json::array({keyJson(keys.signing, keys.signingCertificate, "RS256", "sig"),
                               keyJson(keys.encryption, keys.encryptionCertificate, "RSA-OAEP", "enc")});
    return out.dump();
}

std::string publicKeyText(Visit& visit) {
    return base64(crypto::subjectPublicKeyInfo(realmKeys(visit).signing));
}

std::string signToken(Visit& visit, const Json& claims, std::string_view type) {
    Json header;
    header["typ"] = std::string(type);
    return crypto::sign(realmKeys(visit).signing, "RS256", header, claims);
}

std::optional<OwnToken> readOwnToken(Visit& visit, std::string_view token, bool expiredToo) {
    const auto jws = crypto::parseJws(token);
    if (!jws || !crypto::verify(*jws, realmKeys(visit).signing.publicKey()))
        return std::nullopt;
    const auto json = nlohmann::json::parse(jws->payload, nullptr, false);
    if (!json.is_object() || textMember(json, "iss") != visit.issuer())
        return std::nullopt;
    OwnToken out{jws->payload,
                 textMember(json, "jti"),
                 textMember(json, "typ"),
                 textMember(json, "azp"),
                 textMember(json, "sub"),
                 textMember(json, "sid"),
                 textMember(json, "scope"),
                 numberMember(json, "iat"),
                 numberMember(json, "exp")};
    if (!expiredToo && (visit.now > out.expiresAt || visit.state.revoked.contains(out.id)))
        return std::nullopt;
    return out;
}

} // namespace gatehouse::provider
