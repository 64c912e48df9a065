#include <base/ascii.h>
#include <base/encoding.h>
#include <crypto/totp.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace gatehouse::crypto {

namespace {

constexpr std::array<std::pair<Hash, std::string_view>, 3> algorithmNames{
    {{Hash::Sha1, "SHA1"}, {Hash::Sha256, "SHA256"}, {Hash::Sha512, "SHA512"}}};

std::string_view nameOf(Hash hash) {
    for (const auto& [known, name] : algorithmNames)
        if (known == hash)
            return name;
    return "SHA1"; // no authenticator knows SHA-384, and Keycloak's policy does not either
}

// Java's URLEncoder: letters, digits and .-*_ stay, a blank becomes `blank`, the rest %XX in upper case.
std::string formEncoded(std::string_view text, std::string_view blank) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        if (asciiAlpha(c) || asciiDigit(c) || c == '.' || c == '-' || c == '*' || c == '_') {
            out += c;
        } else if (c == ' ') {
            out += blank;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += '%';
            out += digits[byte >> 4];
            out += digits[byte & 15];
        }
    }
    return out;
}

std::optional<std::string> percentDecoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+') { // what Keycloak makes of a blank in a user's name
            out += ' ';
        } else if (text[i] == '%') {
            const auto byte = fromHex(text.substr(i + 1, 2));
            if (!byte || byte->size() != 1)
                return std::nullopt;
            out += *byte;
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

template <class Number>
bool readNumber(std::string_view text, Number least, Number most, Number& out) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc{} && end == text.data() + text.size() && out >= least && out <= most;
}

bool readAlgorithm(std::string_view text, Hash& out) {
    for (const auto& [hash, name] : algorithmNames)
        if (equalsIgnoreCase(text, name)) {
            out = hash;
            return true;
        }
    return false;
}

bool readParameter(std::string_view name, const std::string& value, OtpAuth& out, bool& issuerGiven) {
    if (name == "secret") {
        auto key = fromBase32(value);
        if (key)
            out.key = std::move(*key);
        return !out.key.empty();
    }
    if (name == "algorithm")
        return readAlgorithm(value, out.policy.hash);
    if (name == "digits")
        return readNumber(value, 6, 8, out.policy.digits);
    if (name == "period")
        return readNumber(value, 1, 86400, out.policy.period);
    if (name == "counter") {
        std::uint64_t counter = 0;
        if (!readNumber<std::uint64_t>(value, 0, UINT64_MAX, counter))
            return false;
        out.counter = counter;
        return true;
    }
    if (name == "issuer") {
        out.issuer = value;
        issuerGiven = true;
    }
    return true; // "image" and the like
}

} // namespace

std::string hotp(std::string_view key, std::uint64_t counter, const OtpPolicy& policy) {
    std::string moving(8, '\0');
    for (int i = 0; i < 8; ++i)
        moving[static_cast<std::size_t>(i)] = static_cast<char>((counter >> (56 - 8 * i)) & 0xFF);
    const std::string mac = hmac(policy.hash, key, moving);

    // RFC 4226 section 5.3, dynamic truncation.
    const auto byte = [&mac](std::size_t at) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(mac[at]));
    };
    const std::size_t offset = byte(mac.size() - 1) & 15;
    const std::uint32_t number =
        ((byte(offset) & 0x7F) << 24) | (byte(offset + 1) << 16) | (byte(offset + 2) << 8) | byte(offset + 3);
    const int digits = std::clamp(policy.digits, 1, 9); // 31 bits hold no more
    std::uint32_t modulus = 1;
    for (int i = 0; i < digits; ++i)
        modulus *= 10;
    std::string code = std::to_string(number % modulus);
    code.insert(0, static_cast<std::size_t>(digits) - code.size(), '0');
    return code;
}

std::string totp(std::string_view key, std::int64_t unixSeconds, const OtpPolicy& policy) {
    return hotp(key, static_cast<std::uint64_t>(totpStep(unixSeconds, policy)), policy);
}

std::int64_t totpStep(std::int64_t unixSeconds, const OtpPolicy& policy) {
    const std::int64_t period = std::max(policy.period, 1);
    const std::int64_t step = unixSeconds / period;
    return unixSeconds % period < 0 ? step - 1 : step; // downwards before 1970, too
}

std::string otpauthUri(const OtpAuth& what) {
    // A colon would end the issuer's part of the label, so Keycloak makes it a blank (models/OTPPolicy.java).
    std::string issuer = what.issuer;
    std::replace(issuer.begin(), issuer.end(), ':', ' ');
    issuer = formEncoded(issuer, "%20");

    std::string uri = what.counter ? "otpauth://hotp/" : "otpauth://totp/";
    uri += issuer + ':' + formEncoded(what.account, "+");
    uri += "?secret=" + base32(what.key);
    uri += "&digits=" + std::to_string(what.policy.digits);
    uri += "&algorithm=" + std::string(nameOf(what.policy.hash));
    uri += "&issuer=" + issuer;
    uri += what.counter ? "&counter=" + std::to_string(*what.counter)
                        : "&period=" + std::to_string(what.policy.period);
    return uri;
}

std::optional<OtpAuth> parseOtpauthUri(std::string_view uri) {
    constexpr std::string_view totpScheme = "otpauth://totp/";
    constexpr std::string_view hotpScheme = "otpauth://hotp/";
    const bool counting = startsWithIgnoreCase(uri, hotpScheme);
    if (!counting && !startsWithIgnoreCase(uri, totpScheme))
        return std::nullopt;
    uri.remove_prefix(totpScheme.size());
    const auto question = uri.find('?');
    if (question == std::string_view::npos)
        return std::nullopt; // a secret is required
    const auto label = percentDecoded(uri.substr(0, question));
    if (!label)
        return std::nullopt;

    OtpAuth out;
    bool issuerGiven = false;
    for (const std::string_view part : split(uri.substr(question + 1), '&')) {
        const auto equals = part.find('=');
        const auto value = percentDecoded(equals == std::string_view::npos ? "" : part.substr(equals + 1));
        if (!value || !readParameter(part.substr(0, equals), *value, out, issuerGiven))
            return std::nullopt;
    }
    if (out.key.empty() || (counting && !out.counter))
        return std::nullopt;
    if (!counting)
        out.counter.reset(); // some issuers write one all the same

    const auto colon = label->find(':');
    if (colon == std::string::npos) {
        out.account = *label;
    } else {
        out.account = std::string(trim(std::string_view(*label).substr(colon + 1)));
        if (!issuerGiven)
            out.issuer = label->substr(0, colon);
    }
    return out;
}

} // namespace gatehouse::crypto
