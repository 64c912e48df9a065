// TOTP (RFC 6238) and HOTP (RFC 4226), and the otpauth:// URI that authenticators read.
#pragma once

#include <crypto/digest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::crypto {

struct OtpPolicy { // Keycloak: otpPolicyAlgorithm, otpPolicyDigits, otpPolicyPeriod
    Hash hash = Hash::Sha1;
    int digits = 6;  // 1 to 9; authenticators know 6 and 8
    int period = 30; // seconds

    friend bool operator==(const OtpPolicy&, const OtpPolicy&) = default;
};

std::string hotp(std::string_view key, std::uint64_t counter, const OtpPolicy& policy);
std::string totp(std::string_view key, std::int64_t unixSeconds, const OtpPolicy& policy);
std::int64_t totpStep(std::int64_t unixSeconds, const OtpPolicy& policy);

struct OtpAuth {
    std::string issuer;
    std::string account;
    std::string key; // raw bytes
    OtpPolicy policy;
    std::optional<std::uint64_t> counter = {}; // set: HOTP, and the policy's period does not count
};
// Keycloak's order and escaping (models/OTPPolicy.java: getKeyURI): a blank is %20 in the issuer, + in the
// account.
std::string otpauthUri(const OtpAuth& what);
std::optional<OtpAuth>
parseOtpauthUri(std::string_view uri); // any issuer's; what it leaves out has its default

} // namespace gatehouse::crypto
