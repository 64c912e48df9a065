// Private to this room: OpenSSL's objects behind the names of Hash, looked up once.
#pragma once

#include <crypto/digest.h>

#include <openssl/evp.h>

namespace gatehouse::crypto {

const char* opensslName(Hash hash); // "SHA2-256"
std::size_t sizeOf(Hash hash);      // bytes

// Fetched at the first use and kept until the process ends: a fetch walks the providers under a lock and
// costs more than the digest of a cookie. Immutable, so any thread may use it.
const EVP_MD* algorithm(Hash hash);

} // namespace gatehouse::crypto
