#include <base/encoding.h>
#include <crypto/authority.h>
#include <crypto/certificateName.h>
#include <crypto/digestAlgorithm.h>
#include <crypto/opensslHandle.h>

#include <algorithm>
#include <ctime>
#include <openssl/pem.h>
#include <utility>

namespace gatehouse::crypto {

namespace {

constexpr Message noCertificate{
    "authority-certificate", GH_TEXT("core", "The authority's certificate cannot be read"),
    GH_TEXT("core", "Remove it with `gatehouse ca remove`; the next start makes a new one")};
constexpr Message noKey{
    "authority-key", GH_TEXT("core", "The authority's key cannot be read"),
    GH_TEXT("core", "Remove it with `gatehouse ca remove`; the next start makes a new one")};
constexpr Message otherKey{
    "authority-other-key", GH_TEXT("core", "The authority's key does not belong to its certificate"),
    GH_TEXT("core", "Remove both with `gatehouse ca remove`; the next start makes new ones")};
constexpr Message noAuthority{"authority-none", GH_TEXT("core", "This certificate may not sign others"), ""};
constexpr Message expired{
    "authority-expired", GH_TEXT("core", "The authority's certificate has expired"),
    GH_TEXT("core", "Remove it with `gatehouse ca remove`; the next start makes a new one")};

constexpr Message unreadable{"certificate-unreadable", GH_TEXT("core", "This is no certificate in PEM form"),
                             GH_TEXT("core", "It starts with -----BEGIN CERTIFICATE-----")};

constexpr long version3 = 2;
constexpr std::size_t longestCommonName = 64; // ub-common-name, RFC 5280 appendix A
constexpr auto leafLife = std::chrono::days(90);
constexpr auto authorityLife = std::chrono::days(3652); // ten years
// For a peer whose clock is a little behind ours (a virtual machine just resumed).
constexpr auto backdated = std::chrono::minutes(5);

struct Validity {
    WallTime from;
    WallTime until;
};

std::time_t seconds(WallTime time) {
    return static_cast<std::time_t>(
        std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count());
}

WallTime wallTime(const ASN1_TIME* time) {
    std::tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1)
        return {};
    const std::chrono::sys_days day{std::chrono::year(parts.tm_year + 1900) /
                                    std::chrono::month(static_cast<unsigned>(parts.tm_mon + 1)) /
                                    std::chrono::day(static_cast<unsigned>(parts.tm_mday))};
    return day + std::chrono::hours(parts.tm_hour) + std::chrono::minutes(parts.tm_min) +
           std::chrono::seconds(parts.tm_sec);
}

KeyHandle newKey() {
    return KeyHandle(required(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"), "EVP_PKEY_Q_keygen"));
}

// 128 random bits: serials need no book that two running programs would have to share.
void setSerial(X509* certificate, Entropy& entropy) {
    const std::string bytes = entropy.bytes(16);
    const BigNumber serial(
        required(BN_bin2bn(bytesOf(bytes), static_cast<int>(bytes.size()), nullptr), "BN_bin2bn"));
    require(BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(certificate)) != nullptr,
            "BN_to_ASN1_INTEGER");
}

void setCommonName(X509_NAME* name, std::string_view text) {
    require(X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8, bytesOf(text),
                                       static_cast<int>(text.size()), -1, 0) == 1,
            "X509_NAME_add_entry_by_NID");
}

// `value` is a constant of ours in OpenSSL's notation; names of users never pass here.
void addExtension(X509* certificate, X509* issuer, int id, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const Handle<X509_EXTENSION, X509_EXTENSION_free> extension(
        required(X509V3_EXT_conf_nid(nullptr, &context, id, value), "X509V3_EXT_conf_nid"));
    require(X509_add_ext(certificate, extension.get(), -1) == 1, "X509_add_ext");
}

Certificate unsignedCertificate(EVP_PKEY* key, const Validity& validity, Entropy& entropy) {
    Certificate certificate(required(X509_new(), "X509_new"));
    X509* const raw = certificate.get();
    require(X509_set_version(raw, version3) == 1, "X509_set_version");
    setSerial(raw, entropy);
    require(ASN1_TIME_set(X509_getm_notBefore(raw), seconds(validity.from)) != nullptr &&
                ASN1_TIME_set(X509_getm_notAfter(raw), seconds(validity.until)) != nullptr,
            "ASN1_TIME_set");
    require(X509_set_pubkey(raw, key) == 1, "X509_set_pubkey");
    return certificate;
}

std::string signedPem(X509* certificate, EVP_PKEY* key) {
    require(X509_sign(certificate, key, algorithm(Hash::Sha256)) > 0, "X509_sign");
    const MemoryBio bio(required(BIO_new(BIO_s_mem()), "BIO_new"));
    require(PEM_write_bio_X509(bio.get(), certificate) == 1, "PEM_write_bio_X509");
    return contentOf(bio.get());
}

std::string fingerprintOf(const X509* certificate) {
    unsigned char sum[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    require(X509_digest(certificate, algorithm(Hash::Sha256), sum, &size) == 1, "X509_digest");
    return hex({reinterpret_cast<const char*>(sum), size});
}

std::string nameText(const X509_NAME* name) {
    const MemoryBio bio(required(BIO_new(BIO_s_mem()), "BIO_new"));
    // RFC 2253 order and quoting, but UTF-8 as it is; control characters stay escaped.
    constexpr unsigned long flags = XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
    require(X509_NAME_print_ex(bio.get(), name, 0, flags) >= 0, "X509_NAME_print_ex");
    return contentOf(bio.get());
}

} // namespace

Authority Authority::create(const Now& now, Entropy& entropy) {
    const KeyHandle key = newKey();
    const Certificate certificate =
        unsignedCertificate(key.get(), {now.wall - backdated, now.wall + authorityLife}, entropy);
    X509* const raw = certificate.get();
    setCommonName(X509_get_subject_name(raw), "Gatehouse local CA");
    require(X509_set_issuer_name(raw, X509_get_subject_name(raw)) == 1, "X509_set_issuer_name");
    addExtension(raw, raw, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
    addExtension(raw, raw, NID_key_usage, "critical,keyCertSign");
    addExtension(raw, raw, NID_subject_key_identifier, "hash");

    Authority authority;
    authority.certificatePem_ = signedPem(raw, key.get());
    authority.keyPem_ = privateKeyPem(key.get());
    return authority;
}

Result<Authority> Authority::fromPem(std::string_view certificatePem, std::string_view keyPem) {
    const Certificate certificate = readCertificate(certificatePem);
    if (!certificate)
        return fail(noCertificate, {}, {}, takeReason());
    const KeyHandle key = readPrivateKey(keyPem);
    if (!key)
        return fail(noKey, {}, {}, takeReason());
    if (X509_check_private_key(certificate.get(), key.get()) != 1)
        return fail(otherKey, {}, {}, takeReason());
    if (X509_check_ca(certificate.get()) == 0)
        return fail(noAuthority);
    Authority authority;
    authority.certificatePem_ = certificatePem;
    authority.keyPem_ = keyPem;
    return authority;
}

std::string Authority::fingerprint() const {
    const Certificate certificate = readCertificate(certificatePem_);
    require(certificate != nullptr, "reading the authority again");
    return fingerprintOf(certificate.get());
}

Result<CertificateAndKey> Authority::issue(const std::vector<std::string>& names, const Now& now,
                                           Entropy& entropy) const {
    const auto alternatives = alternativeNames(names);
    if (!alternatives)
        return std::unexpected(alternatives.error());
    const Certificate issuer = readCertificate(certificatePem_);
    const KeyHandle issuerKey = readPrivateKey(keyPem_);
    require(issuer && issuerKey, "reading the authority again");
    const WallTime last = wallTime(X509_get0_notAfter(issuer.get()));
    if (last <= now.wall)
        return fail(expired);

    const KeyHandle key = newKey();
    const Certificate certificate = unsignedCertificate(
        key.get(), {now.wall - backdated, std::min<WallTime>(now.wall + leafLife, last)}, entropy);
    X509* const raw = certificate.get();
    // Only for the eyes of a person; browsers read the alternative names. Without a subject these are
    // critical (RFC 5280 section 4.2.1.6).
    const bool named = names.front().size() <= longestCommonName;
    if (named)
        setCommonName(X509_get_subject_name(raw), names.front());
    require(X509_set_issuer_name(raw, X509_get_subject_name(issuer.get())) == 1, "X509_set_issuer_name");
    addExtension(raw, issuer.get(), NID_basic_constraints, "critical,CA:FALSE");
    addExtension(raw, issuer.get(), NID_key_usage, "critical,digitalSignature");
    addExtension(raw, issuer.get(), NID_ext_key_usage, "serverAuth");
    addExtension(raw, issuer.get(), NID_subject_key_identifier, "hash");
    addExtension(raw, issuer.get(), NID_authority_key_identifier, "keyid:always");
    require(X509_add1_ext_i2d(raw, NID_subject_alt_name, alternatives->get(), named ? 0 : 1,
                              X509V3_ADD_DEFAULT) == 1,
            "X509_add1_ext_i2d");
    return CertificateAndKey{signedPem(raw, issuerKey.get()), privateKeyPem(key.get())};
}

Result<CertificateFacts> certificateFacts(std::string_view pem) {
    const Certificate certificate = readCertificate(pem);
    if (!certificate)
        return fail(unreadable, {}, {}, takeReason());
    const X509* const raw = certificate.get();
    CertificateFacts facts;
    facts.subject = nameText(X509_get_subject_name(raw));
    facts.issuer = nameText(X509_get_issuer_name(raw));
    facts.notBefore = wallTime(X509_get0_notBefore(raw));
    facts.notAfter = wallTime(X509_get0_notAfter(raw));
    facts.fingerprint = fingerprintOf(raw);
    const GeneralNames names(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(raw, NID_subject_alt_name, nullptr, nullptr)));
    takeReason();
    if (names)
        facts.names = textOf(names.get());
    return facts;
}

} // namespace gatehouse::crypto
