#include <crypto/joseKey.h>
#include <crypto/keyCertificate.h>
#include <crypto/opensslHandle.h>

#include <chrono>
#include <ctime>

namespace gatehouse::crypto {
namespace {

constexpr auto life = std::chrono::days(3652);

std::time_t seconds(WallTime time) {
    return static_cast<std::time_t>(
        std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count());
}

template <class T>
std::string derOf(const T* object, int (*encode)(const T*, unsigned char**)) {
    const int size = encode(object, nullptr);
    require(size > 0, "i2d");
    std::string out(static_cast<std::size_t>(size), '\0');
    auto* to = bytesOf(out);
    require(encode(object, &to) == size, "i2d");
    return out;
}

void setSerial(X509* certificate, Entropy& entropy) {
    const std::string bytes = entropy.bytes(8);
    const BigNumber serial(
        required(BN_bin2bn(bytesOf(bytes), static_cast<int>(bytes.size()), nullptr), "BN_bin2bn"));
    require(BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(certificate)) != nullptr,
            "BN_to_ASN1_INTEGER");
}

} // namespace

std::string keyCertificate(const PrivateKey& key, std::string_view commonName, const Now& now,
                           Entropy& entropy) {
    const Certificate certificate(required(X509_new(), "X509_new"));
    setSerial(certificate.get(), entropy);
    require(ASN1_TIME_set(X509_getm_notBefore(certificate.get()), seconds(now.wall)) != nullptr,
            "ASN1_TIME_set");
    require(ASN1_TIME_set(X509_getm_notAfter(certificate.get()), seconds(now.wall + life)) != nullptr,
            "ASN1_TIME_set");
    // ub-common-name (RFC 5280 appendix A) is 64 characters; a realm's name may be longer.
    const auto shortName = commonName.substr(0, 64);
    auto* name = X509_get_subject_name(certificate.get());
    if (X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8, bytesOf(shortName),
                                   static_cast<int>(shortName.size()), -1, 0) != 1)
        takeReason(); // cut inside a character, or no UTF-8: the certificate goes without a name
    require(X509_set_issuer_name(certificate.get(), name) == 1, "X509_set_issuer_name");
    require(X509_set_pubkey(certificate.get(), key.impl->key.get()) == 1, "X509_set_pubkey");
    const auto kind = kindOf(key.impl->key.get());
    const EVP_MD* digest = kind == KeyKind::Ed25519 ? nullptr : EVP_sha256();
    require(X509_sign(certificate.get(), key.impl->key.get(), digest) > 0, "X509_sign");
    return derOf<X509>(certificate.get(), i2d_X509);
}

std::string subjectPublicKeyInfo(const PrivateKey& key) {
    return derOf<EVP_PKEY>(key.impl->key.get(), i2d_PUBKEY);
}

} // namespace gatehouse::crypto
