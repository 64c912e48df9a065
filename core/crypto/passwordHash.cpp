#include <crypto/opensslHandle.h>
#include <crypto/passwordHash.h>

#include <openssl/core_names.h>
#include <openssl/kdf.h>

namespace gatehouse::crypto {

std::string scrypt(std::string_view passphrase, std::string_view salt, std::size_t size,
                   const ScryptCost& cost) {
    static EVP_KDF* const fetched = required(EVP_KDF_fetch(nullptr, "SCRYPT", nullptr), "EVP_KDF_fetch");
    const KdfContext context(required(EVP_KDF_CTX_new(fetched), "EVP_KDF_CTX_new"));
    ScryptCost wanted = cost;
    std::uint64_t mostMemory = std::uint64_t{1}
                               << 30; // OpenSSL's own limit is just below what the defaults take
    const auto given = [](std::string_view bytes) { return const_cast<unsigned char*>(bytesOf(bytes)); };
    const OSSL_PARAM params[] = {
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_PASSWORD, given(passphrase), passphrase.size()),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, given(salt), salt.size()),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_N, &wanted.n),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_R, &wanted.r),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_P, &wanted.p),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_MAXMEM, &mostMemory),
        OSSL_PARAM_construct_end()};
    std::string out(size, '\0');
    require(EVP_KDF_derive(context.get(), bytesOf(out), out.size(), params) == 1, "EVP_KDF_derive (scrypt)");
    return out;
}

} // namespace gatehouse::crypto
