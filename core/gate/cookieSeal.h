// What keeps oauth2-proxy's cookies honest and private: the signed value and the AES-CFB cipher, both from
// the cookie secret (oauth2-proxy.md 4.1, 4.2, 4.4).
#pragma once

#include <base/now.h>
#include <crypto/digest.h>
#include <crypto/entropy.h>
#include <crypto/secretString.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace gatehouse::gate {

// The AES key that a cookie secret stands for: its base64url content where that has 16, 24 or 32 bytes, else
// the text itself, of whatever size.
std::string cookieKey(std::string_view secret);

class CookieSeal {
public:
    explicit CookieSeal(const crypto::SecretString& secret); // whose cookieKey has 16, 24 or 32 bytes

    // base64url(value) | timestamp | base64url(HMAC-SHA256(secret, name ‖ base64url(value) ‖ timestamp))
    std::string sign(std::string_view name, std::string_view value, std::int64_t unixSeconds) const;

    struct Signed {
        std::string value;
        std::int64_t unixSeconds = 0;
    };
    enum class Fault : std::uint8_t { Malformed, Signature, Expired, Future };
    // expire 0: no limit of age.
    std::variant<Signed, Fault> verify(std::string_view name, std::string_view text, const Now& now,
                                       std::chrono::nanoseconds expire) const;

    // A random IV of 16 bytes, then AES-CFB128.
    std::string encrypt(std::string_view plain, crypto::Entropy& entropy) const;
    std::optional<std::string> decrypt(std::string_view sealed) const;

private:
    std::string mac(std::string_view name, std::string_view encoded, std::string_view timestamp) const;
    crypto::HmacKey hmac_;
    crypto::SecretString key_;
};

std::string_view describe(CookieSeal::Fault fault); // "its signature is not ours": for a person

} // namespace gatehouse::gate
