// SecretFile: secrets in one file of this user (0600), sealed with a pass-phrase: scrypt (RFC 7914) makes the
// key, AES-256-GCM seals and authenticates. Written whole or not at all, with a fresh nonce each time.
//
// Bytes: "gatehouse-secrets 1\n", 16 of salt, 12 of nonce, the sealed entries (lab, name, value: each a
// 4-byte length, big-endian, and its bytes). The head and the salt are authenticated with them.
#pragma once

#include <base/error.h>
#include <crypto/secretString.h>

#include <map>
#include <memory>
#include <string>
#include <utility>

namespace gatehouse::desk {

using SecretEntries =
    std::map<std::pair<std::string, std::string>, crypto::SecretString>; // (lab, name) → value

class SecretFile {
public:
    static bool exists();
    // Opens the file, or makes one. Slow by intent (a tenth of a second): not on the GUI thread.
    static Result<std::unique_ptr<SecretFile>> unlock(const crypto::SecretString& passPhrase);

    SecretEntries takeEntries() { return std::move(entries_); } // as read
    Result<void> write(const SecretEntries& entries) const;

private:
    SecretFile(std::string salt, crypto::SecretString key) : salt_(std::move(salt)), key_(std::move(key)) {}

    std::string salt_;
    crypto::SecretString key_;
    SecretEntries entries_;
};

} // namespace gatehouse::desk
