#include <crypto/digestAlgorithm.h>
#include <crypto/joseKey.h>

#include <openssl/rsa.h>

namespace gatehouse::crypto {

namespace {

using Scheme = JwsAlgorithm::Scheme;
using EcdsaSignature = Handle<ECDSA_SIG, ECDSA_SIG_free>;

// OpenSSL speaks DER; JWS carries r and s side by side, each as wide as the curve (RFC 7518 section 3.4).
std::string rawOfDer(std::string_view der, std::size_t coordinate) {
    const unsigned char* next = bytesOf(der);
    const EcdsaSignature parsed(
        required(d2i_ECDSA_SIG(nullptr, &next, static_cast<long>(der.size())), "d2i_ECDSA_SIG"));
    std::string raw(2 * coordinate, '\0');
    const int width = static_cast<int>(coordinate);
    require(BN_bn2binpad(ECDSA_SIG_get0_r(parsed.get()), bytesOf(raw), width) == width &&
                BN_bn2binpad(ECDSA_SIG_get0_s(parsed.get()), bytesOf(raw) + coordinate, width) == width,
            "BN_bn2binpad");
    return raw;
}

std::string derOfRaw(std::string_view raw) {
    const int width = static_cast<int>(raw.size() / 2);
    const EcdsaSignature signature(required(ECDSA_SIG_new(), "ECDSA_SIG_new"));
    BigNumber r(required(BN_bin2bn(bytesOf(raw), width, nullptr), "BN_bin2bn"));
    BigNumber s(required(BN_bin2bn(bytesOf(raw) + width, width, nullptr), "BN_bin2bn"));
    require(ECDSA_SIG_set0(signature.get(), r.release(), s.release()) == 1, "ECDSA_SIG_set0");
    unsigned char* der = nullptr;
    const int size = i2d_ECDSA_SIG(signature.get(), &der);
    require(size > 0, "i2d_ECDSA_SIG");
    std::string out(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
    OPENSSL_free(der);
    return out;
}

const EVP_MD* digestOf(const JwsAlgorithm& scheme) {
    return scheme.scheme == Scheme::EdDsa ? nullptr : algorithm(scheme.hash); // Ed25519 brings its own
}

void usePss(EVP_PKEY_CTX* context, int saltSize) {
    require(EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 &&
                EVP_PKEY_CTX_set_rsa_pss_saltlen(context, saltSize) == 1,
            "the padding of PSS");
}

} // namespace

std::string signRaw(EVP_PKEY* key, const JwsAlgorithm& scheme, std::string_view bytes) {
    const DigestContext context(required(EVP_MD_CTX_new(), "EVP_MD_CTX_new"));
    EVP_PKEY_CTX* keyContext = nullptr; // owned by context
    require(EVP_DigestSignInit(context.get(), &keyContext, digestOf(scheme), nullptr, key) == 1,
            "EVP_DigestSignInit");
    if (scheme.scheme == Scheme::Pss)
        usePss(keyContext, RSA_PSS_SALTLEN_DIGEST);
    std::size_t size = 0;
    require(EVP_DigestSign(context.get(), nullptr, &size, bytesOf(bytes), bytes.size()) == 1,
            "EVP_DigestSign");
    std::string signature(size, '\0');
    require(EVP_DigestSign(context.get(), bytesOf(signature), &size, bytesOf(bytes), bytes.size()) == 1,
            "EVP_DigestSign");
    signature.resize(size);
    const Curve* const curve = curveOf(scheme.kind);
    return curve == nullptr ? signature : rawOfDer(signature, curve->coordinate);
}

bool verifyRaw(EVP_PKEY* key, const JwsAlgorithm& scheme, std::string_view bytes,
               std::string_view signature) {
    std::string der;
    if (const Curve* const curve = curveOf(scheme.kind)) {
        if (signature.size() != 2 * curve->coordinate)
            return false;
        der = derOfRaw(signature);
        signature = der;
    }
    const DigestContext context(required(EVP_MD_CTX_new(), "EVP_MD_CTX_new"));
    EVP_PKEY_CTX* keyContext = nullptr; // owned by context
    require(EVP_DigestVerifyInit(context.get(), &keyContext, digestOf(scheme), nullptr, key) == 1,
            "EVP_DigestVerifyInit");
    if (scheme.scheme == Scheme::Pss)
        usePss(keyContext, RSA_PSS_SALTLEN_AUTO); // RFC 7518 says the digest's; go-jose takes any, so we do
    const bool verified = EVP_DigestVerify(context.get(), bytesOf(signature), signature.size(),
                                           bytesOf(bytes), bytes.size()) == 1;
    takeReason();
    return verified;
}

} // namespace gatehouse::crypto
