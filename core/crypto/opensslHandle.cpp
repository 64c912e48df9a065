#include <crypto/opensslHandle.h>

#include <cstdio>
#include <cstdlib>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>

namespace gatehouse::crypto {

namespace {

// Without a callback OpenSSL asks on the terminal; an encrypted key is simply not one that we can read.
int noPassphrase(char*, int, int, void*) {
    return -1;
}

} // namespace

void require(bool condition, const char* what) {
    if (condition)
        return;
    std::fprintf(stderr, "gatehouse: %s failed: %s\n", what, takeReason().c_str());
    std::abort();
}

std::string takeReason() {
    const unsigned long code = ERR_get_error();
    ERR_clear_error();
    if (code == 0)
        return {};
    const char* const reason = ERR_reason_error_string(code);
    if (reason != nullptr)
        return reason;
    char text[128] = {};
    ERR_error_string_n(code, text, sizeof text);
    return text;
}

MemoryBio readerOf(std::string_view bytes) {
    require(bytes.size() < 1u << 30, "the size of a text for OpenSSL");
    return MemoryBio(
        required(BIO_new_mem_buf(bytesOf(bytes), static_cast<int>(bytes.size())), "BIO_new_mem_buf"));
}

std::string contentOf(BIO* bio) {
    char* start = nullptr;
    const long size = BIO_get_mem_data(bio, &start);
    return {start, static_cast<std::size_t>(size)};
}

KeyHandle readPrivateKey(std::string_view pem) {
    const MemoryBio bio = readerOf(pem);
    return KeyHandle(PEM_read_bio_PrivateKey(bio.get(), nullptr, noPassphrase, nullptr));
}

KeyHandle readPublicKey(std::string_view pem) {
    const MemoryBio bio = readerOf(pem);
    return KeyHandle(PEM_read_bio_PUBKEY(bio.get(), nullptr, noPassphrase, nullptr));
}

std::string privateKeyPem(EVP_PKEY* key) {
    const MemoryBio bio(required(BIO_new(BIO_s_secmem()), "BIO_new")); // wiped when freed
    require(PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1,
            "PEM_write_bio_PKCS8PrivateKey");
    return contentOf(bio.get());
}

Certificate readCertificate(std::string_view pem) {
    const MemoryBio bio = readerOf(pem);
    return Certificate(PEM_read_bio_X509(bio.get(), nullptr, noPassphrase, nullptr));
}

} // namespace gatehouse::crypto
