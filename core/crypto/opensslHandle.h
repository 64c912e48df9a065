// Private to this room: ownership of OpenSSL's objects, and what to do when it refuses.
//
// Two kinds of failure are kept apart. What depends on bytes from outside (a key, a token, a certificate) is
// an answer of the function. What can only fail by a mistake of ours or for want of memory ends the process,
// in a release too: carrying on without the cipher that was asked for is worse than stopping.
#pragma once

#include <memory>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/decoder.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/param_build.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <string>
#include <string_view>

namespace gatehouse::crypto {

template <auto Free>
struct FreeWith {
    template <class T>
    void operator()(T* object) const {
        Free(object);
    }
};
template <class T, auto Free>
using Handle = std::unique_ptr<T, FreeWith<Free>>;

using KeyHandle = Handle<EVP_PKEY, EVP_PKEY_free>;
using KeyContext = Handle<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using DigestContext = Handle<EVP_MD_CTX, EVP_MD_CTX_free>;
using CipherContext = Handle<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;
using KdfContext = Handle<EVP_KDF_CTX, EVP_KDF_CTX_free>;
using BigNumber = Handle<BIGNUM, BN_clear_free>;
using MemoryBio = Handle<BIO, BIO_free_all>;
using ParamBuilder = Handle<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;
using Params = Handle<OSSL_PARAM, OSSL_PARAM_free>;
using Certificate = Handle<X509, X509_free>;

// Ends the process with `what` and OpenSSL's reason unless the condition holds.
void require(bool condition, const char* what);

template <class T>
T* required(T* object, const char* what) {
    require(object != nullptr, what);
    return object;
}

// The oldest reason in this thread's error queue, which is emptied: a reason left lying there would be taken
// for a failure of the next TLS read. "" when there is none.
std::string takeReason();

inline const unsigned char* bytesOf(std::string_view text) {
    // OpenSSL takes a null pointer for "not given", which an empty text is not.
    return reinterpret_cast<const unsigned char*>(text.data() != nullptr ? text.data() : "");
}
inline unsigned char* bytesOf(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

MemoryBio readerOf(std::string_view bytes);
std::string contentOf(BIO* bio);

// Null when it is none, or a locked one: never a question for a pass-phrase on the terminal.
KeyHandle readPrivateKey(std::string_view pem);
KeyHandle readPublicKey(std::string_view pem);
std::string privateKeyPem(EVP_PKEY* key); // PKCS#8, not encrypted
Certificate readCertificate(std::string_view pem);

} // namespace gatehouse::crypto
