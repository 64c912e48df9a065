// The user's own certificate authority: one a user, P-256, never put into a system store by us; it signs
// serverAuth leaves for the lab's host names only.
#pragma once

#include <base/error.h>
#include <base/now.h>
#include <crypto/entropy.h>

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::crypto {

struct CertificateAndKey {
    std::string certificatePem; // the leaf alone
    std::string keyPem;         // PKCS#8; stays in memory
};

class Authority {
public:
    // Ten years, CN "Gatehouse local CA", basicConstraints CA:TRUE pathlen:0, keyUsage keyCertSign.
    static Authority create(const Now& now, Entropy& entropy);
    static Result<Authority> fromPem(std::string_view certificatePem, std::string_view keyPem);

    const std::string& certificatePem() const { return certificatePem_; }
    const std::string& keyPem() const { return keyPem_; }
    std::string fingerprint() const; // SHA-256, hex

    // 90 days, serverAuth, subjectAltName of the names given (DNS names, wildcards, IP literals).
    Result<CertificateAndKey> issue(const std::vector<std::string>& names, const Now& now,
                                    Entropy& entropy) const;

private:
    std::string certificatePem_;
    std::string keyPem_;
};

// What a person wants to know of a certificate.
struct CertificateFacts {
    std::string subject;
    std::string issuer;
    std::vector<std::string> names;
    WallTime notBefore{};
    WallTime notAfter{};
    std::string fingerprint;
};
Result<CertificateFacts> certificateFacts(std::string_view pem);

} // namespace gatehouse::crypto
