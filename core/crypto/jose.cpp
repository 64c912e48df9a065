#include <crypto/jose.h>
#include <crypto/joseKey.h>
#include <crypto/secretString.h>

namespace gatehouse::crypto {

namespace {

constexpr Message notSigned{"jws-not-signed",
                            GH_TEXT("core", "The token is not signed: its algorithm is \"none\""),
                            GH_TEXT("core", "Set a signature algorithm at the provider's client")};
constexpr Message unknownAlgorithm{
    "jws-algorithm", GH_TEXT("core", "The token is signed with \"{algorithm}\", which is not known"),
    GH_TEXT("core", "Known are RS, PS, ES and HS with 256, 384 or 512, and EdDSA")};
constexpr Message otherKey{
    "jws-other-key", GH_TEXT("core", "The token is signed with {algorithm}, which does not go with this key"),
    ""};
constexpr Message wrongSignature{"jws-signature",
                                 GH_TEXT("core", "The token's signature does not fit the key"), ""};

Result<const JwsAlgorithm*> known(const Jws& jws) {
    if (jws.algorithm == "none")
        return fail(notSigned);
    const JwsAlgorithm* const algorithm = jwsAlgorithm(jws.algorithm);
    if (algorithm == nullptr)
        return fail(unknownAlgorithm, {{"algorithm", jws.algorithm}});
    return algorithm;
}

} // namespace

Result<void> verify(const Jws& jws, const PublicKey& key) {
    require(key.impl != nullptr, "the choice of a key that was read");
    const auto algorithm = known(jws);
    if (!algorithm)
        return std::unexpected(algorithm.error());
    // The key decides what may verify with it, not the token: an RSA key is never an HMAC secret.
    if ((!key.algorithm().empty() && key.algorithm() != jws.algorithm) ||
        !fits(key.impl->key.get(), **algorithm))
        return fail(otherKey, {{"algorithm", jws.algorithm}});
    if (!verifyRaw(key.impl->key.get(), **algorithm, jws.signedPart, jws.signature))
        return fail(wrongSignature);
    return {};
}

Result<void> verifyHmac(const Jws& jws, std::string_view secret) {
    const auto algorithm = known(jws);
    if (!algorithm)
        return std::unexpected(algorithm.error());
    if ((*algorithm)->scheme != JwsAlgorithm::Scheme::Hmac)
        return fail(otherKey, {{"algorithm", jws.algorithm}});
    // An empty secret is nobody's: anyone could sign with it.
    if (secret.empty() ||
        !equalsConstantTime(hmac((*algorithm)->hash, secret, jws.signedPart), jws.signature))
        return fail(wrongSignature);
    return {};
}

} // namespace gatehouse::crypto
