#include <crypto/digest.h>
#include <crypto/digestAlgorithm.h>
#include <crypto/opensslHandle.h>

#include <array>
#include <openssl/core_names.h>
#include <openssl/kdf.h>
#include <utility>

namespace gatehouse::crypto {

namespace {

struct Row {
    const char* name;
    std::size_t size;
};
constexpr std::array<Row, 4> rows{{{"SHA1", 20}, {"SHA2-256", 32}, {"SHA2-384", 48}, {"SHA2-512", 64}}};

const Row& row(Hash hash) {
    return rows[static_cast<std::size_t>(hash)];
}

EVP_MAC* hmacAlgorithm() {
    static EVP_MAC* const fetched = required(EVP_MAC_fetch(nullptr, "HMAC", nullptr), "EVP_MAC_fetch");
    return fetched;
}

EVP_KDF* hkdfAlgorithm() {
    static EVP_KDF* const fetched = required(EVP_KDF_fetch(nullptr, "HKDF", nullptr), "EVP_KDF_fetch");
    return fetched;
}

// OSSL_PARAM takes what it only reads through pointers to non-const.
char* textParameter(const char* text) {
    return const_cast<char*>(text);
}
void* bytesParameter(std::string_view bytes) {
    return const_cast<unsigned char*>(bytesOf(bytes));
}

} // namespace

const char* opensslName(Hash hash) {
    return row(hash).name;
}

std::size_t sizeOf(Hash hash) {
    return row(hash).size;
}

const EVP_MD* algorithm(Hash hash) {
    static const std::array<EVP_MD*, rows.size()> fetched = [] {
        std::array<EVP_MD*, rows.size()> all{};
        for (std::size_t i = 0; i < rows.size(); ++i)
            all[i] = required(EVP_MD_fetch(nullptr, rows[i].name, nullptr), "EVP_MD_fetch");
        return all;
    }();
    return fetched[static_cast<std::size_t>(hash)];
}

std::string digest(Hash hash, std::string_view bytes) {
    std::string out(sizeOf(hash), '\0');
    require(EVP_Digest(bytesOf(bytes), bytes.size(), bytesOf(out), nullptr, algorithm(hash), nullptr) == 1,
            "EVP_Digest");
    return out;
}

std::string hmac(Hash hash, std::string_view key, std::string_view bytes) {
    return HmacKey(hash, key).mac(bytes);
}

std::string hkdf(std::string_view key, std::string_view salt, std::string_view info, std::size_t size) {
    const KdfContext context(required(EVP_KDF_CTX_new(hkdfAlgorithm()), "EVP_KDF_CTX_new"));
    OSSL_PARAM params[5];
    OSSL_PARAM* next = params;
    *next++ =
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, textParameter(opensslName(Hash::Sha256)), 0);
    *next++ = OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, bytesParameter(key), key.size());
    if (!salt.empty()) // without one RFC 5869 section 2.2 takes zeros, and so does OpenSSL
        *next++ = OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, bytesParameter(salt), salt.size());
    if (!info.empty())
        *next++ = OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, bytesParameter(info), info.size());
    *next = OSSL_PARAM_construct_end();
    std::string out(size, '\0');
    require(EVP_KDF_derive(context.get(), bytesOf(out), out.size(), params) == 1, "EVP_KDF_derive");
    return out;
}

HmacKey::HmacKey(Hash hash, std::string_view key)
    : context_(required(EVP_MAC_CTX_new(hmacAlgorithm()), "EVP_MAC_CTX_new")) {
    const OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, textParameter(opensslName(hash)), 0),
        OSSL_PARAM_construct_end()};
    require(EVP_MAC_init(context_, bytesOf(key), key.size(), params) == 1, "EVP_MAC_init");
}

HmacKey::~HmacKey() {
    EVP_MAC_CTX_free(context_);
}

HmacKey::HmacKey(HmacKey&& other) noexcept : context_(std::exchange(other.context_, nullptr)) {}

HmacKey& HmacKey::operator=(HmacKey&& other) noexcept {
    std::swap(context_, other.context_);
    return *this;
}

std::string HmacKey::mac(std::string_view bytes) const {
    std::string out(EVP_MAC_CTX_get_mac_size(context_), '\0');
    std::size_t size = 0;
    require(EVP_MAC_init(context_, nullptr, 0, nullptr) == 1,
            "EVP_MAC_init"); // starts again with the same key
    require(EVP_MAC_update(context_, bytesOf(bytes), bytes.size()) == 1, "EVP_MAC_update");
    require(EVP_MAC_final(context_, bytesOf(out), &size, out.size()) == 1 && size == out.size(),
            "EVP_MAC_final");
    return out;
}

} // namespace gatehouse::crypto
