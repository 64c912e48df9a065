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

// Values: any thread may issue from its own copy. Serials come from the given Entropy, keys from OpenSSL's
// own generator.
class Authority {
public:
    // Ten years, CN "Gatehouse local CA", basicConstraints CA:TRUE pathlen:0, keyUsage keyCertSign.
    static Authority create(const Now& now, Entropy& entropy);
    static Result<Authority> fromPem(std::string_view certificatePem, std::string_view keyPem);

    const std::string& certificatePem() const { return certificatePem_; }
    const std::string& keyPem() const { return keyPem_; }
    std::string fingerprint() const; // SHA-256, hex

    // 90 days (not beyond the authority's own end), serverAuth, subjectAltName of the names given (DNS names,
    // wildcards, IP literals). Fails for names that no certificate can carry, and when the authority has
    // expired.
    Result<CertificateAndKey> issue(const std::vector<std::string>& names, const Now& now,
                                    Entropy& entropy) const;

private:
    std::string certificatePem_;
    std::string keyPem_;
};

// What a person wants to know of a certificate.
struct CertificateFacts {
    std::string subject; // RFC 2253: "CN=whoami.domain.tld"
    std::string issuer;
    std::vector<std::string> names; // DNS names and IP addresses of subjectAltName
    WallTime notBefore{};
    WallTime notAfter{};
    std::string fingerprint; // SHA-256, hex
};
Result<CertificateFacts> certificateFacts(std::string_view pem);

} // namespace gatehouse::crypto
