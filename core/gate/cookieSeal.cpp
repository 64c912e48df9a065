#include <base/ascii.h>
#include <base/encoding.h>
#include <crypto/cipher.h>
#include <gate/cookieSeal.h>

#include <charconv>

namespace gatehouse::gate {

namespace {

constexpr std::chrono::minutes clockLeeway{5};

bool isAesSize(std::size_t size) {
    return size == 16 || size == 24 || size == 32;
}

// Go's URLEncoding: padding is required.
std::optional<std::string> decodePadded(std::string_view text) {
    return text.size() % 4 == 0 ? fromBase64Url(text) : std::nullopt;
}

std::optional<std::int64_t> timestampOf(std::string_view text) {
    if (text.starts_with('+'))
        text.remove_prefix(1);
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size())
        return std::nullopt;
    return value;
}

} // namespace

std::string cookieKey(std::string_view secret) {
    std::string trimmed;
    for (const char c : secret.substr(0, secret.find_last_not_of('=') + 1))
        if (c != '\r' && c != '\n')
            trimmed.push_back(c);
    const bool inner = trimmed.find('=') != std::string::npos; // Go's RawURLEncoding knows no padding
    if (const auto decoded = fromBase64Url(trimmed); !inner && decoded && isAesSize(decoded->size()))
        return *decoded;
    return std::string(secret);
}

CookieSeal::CookieSeal(const crypto::SecretString& secret)
    : hmac_(secret.reveal([](std::string_view raw) { return crypto::HmacKey(crypto::Hash::Sha256, raw); })),
      key_(secret.reveal([](std::string_view raw) { return crypto::SecretString::take(cookieKey(raw)); })) {}

std::string CookieSeal::mac(std::string_view name, std::string_view encoded,
                            std::string_view timestamp) const {
    std::string message;
    message.reserve(name.size() + encoded.size() + timestamp.size());
    message.append(name).append(encoded).append(timestamp);
    return hmac_.mac(message);
}

std::string CookieSeal::sign(std::string_view name, std::string_view value, std::int64_t unixSeconds) const {
    const std::string encoded = base64UrlPadded(value);
    const std::string timestamp = std::to_string(unixSeconds);
    return encoded + "|" + timestamp + "|" + base64UrlPadded(mac(name, encoded, timestamp));
}

std::variant<CookieSeal::Signed, CookieSeal::Fault>
CookieSeal::verify(std::string_view name, std::string_view text, const Now& now,
                   std::chrono::nanoseconds expire) const {
    const auto first = text.find('|');
    const auto second = first == std::string_view::npos ? first : text.find('|', first + 1);
    if (second == std::string_view::npos || text.find('|', second + 1) != std::string_view::npos)
        return Fault::Malformed;
    const std::string_view encoded = text.substr(0, first);
    const std::string_view timestamp = text.substr(first + 1, second - first - 1);
    const auto given = decodePadded(text.substr(second + 1));
    if (!given || !crypto::equalsConstantTime(*given, mac(name, encoded, timestamp)))
        return Fault::Signature;
    const auto seconds = timestampOf(timestamp);
    if (!seconds)
        return Fault::Malformed;
    // Compared in whole seconds where they are whole, so that a timestamp of any size is safe.
    const auto since =
        static_cast<double>(now.wall.time_since_epoch().count()) / 1e9 - static_cast<double>(*seconds);
    if (expire.count() != 0 && since >= static_cast<double>(expire.count()) / 1e9)
        return Fault::Expired;
    if (expire.count() != 0 && -since >= static_cast<double>(std::chrono::seconds(clockLeeway).count()))
        return Fault::Future;
    auto value = decodePadded(encoded);
    if (!value)
        return Fault::Malformed;
    return Signed{std::move(*value), *seconds};
}

std::string CookieSeal::encrypt(std::string_view plain, crypto::Entropy& entropy) const {
    std::string sealed = entropy.bytes(16);
    sealed += key_.reveal([&](std::string_view key) { return crypto::aesCfbEncrypt(key, sealed, plain); });
    return sealed;
}

std::optional<std::string> CookieSeal::decrypt(std::string_view sealed) const {
    if (sealed.size() < 16)
        return std::nullopt;
    return key_.reveal([sealed](std::string_view key) {
        return crypto::aesCfbDecrypt(key, sealed.substr(0, 16), sealed.substr(16));
    });
}

std::string_view describe(CookieSeal::Fault fault) {
    switch (fault) {
    case CookieSeal::Fault::Malformed:
        return "it has not the form value|time|signature";
    case CookieSeal::Fault::Signature:
        return "its signature was made with another cookie secret or for another name";
    case CookieSeal::Fault::Expired:
        return "it is older than it may become";
    case CookieSeal::Fault::Future:
        return "it was signed more than 5 minutes in the future";
    }
    return {};
}

} // namespace gatehouse::gate
