#include <base/encoding.h>

#include <array>
#include <cstdint>

namespace gatehouse {

namespace {

constexpr std::string_view standardAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view urlAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view base32Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::string_view hexDigits = "0123456789abcdef";
constexpr std::uint8_t invalid = 0xFF;

using Table = std::array<std::uint8_t, 256>;

constexpr Table invert(std::string_view alphabet) {
    Table table{};
    table.fill(invalid);
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        table[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
    return table;
}

std::string encode(std::string_view bytes, std::string_view alphabet, unsigned bitsPerDigit) {
    std::string out;
    out.reserve(bytes.size() * 8 / bitsPerDigit + 2);
    std::uint32_t buffer = 0;
    unsigned held = 0;
    const std::uint32_t mask = (1u << bitsPerDigit) - 1;
    for (const char byte : bytes) {
        buffer = (buffer << 8) | static_cast<unsigned char>(byte);
        held += 8;
        while (held >= bitsPerDigit) {
            held -= bitsPerDigit;
            out.push_back(alphabet[(buffer >> held) & mask]);
        }
    }
    if (held > 0)
        out.push_back(alphabet[(buffer << (bitsPerDigit - held)) & mask]);
    return out;
}

std::optional<std::string> decode(std::string_view text, const Table& table, unsigned bitsPerDigit) {
    std::string out;
    out.reserve(text.size() * bitsPerDigit / 8);
    std::uint32_t buffer = 0;
    unsigned held = 0;
    for (const char digit : text) {
        const std::uint8_t value = table[static_cast<unsigned char>(digit)];
        if (value == invalid)
            return std::nullopt;
        buffer = (buffer << bitsPerDigit) | value;
        held += bitsPerDigit;
        if (held >= 8) {
            held -= 8;
            out.push_back(static_cast<char>((buffer >> held) & 0xFF));
        }
    }
    if (held >= bitsPerDigit) // a lone digit that carries no whole byte
        return std::nullopt;
    return out;
}

std::string padded(std::string digits) {
    while (digits.size() % 4 != 0)
        digits.push_back('=');
    return digits;
}

std::string_view withoutPadding(std::string_view text) {
    for (int i = 0; i < 2 && text.ends_with('='); ++i)
        text.remove_suffix(1);
    return text;
}

} // namespace

std::string base64(std::string_view bytes) {
    return padded(encode(bytes, standardAlphabet, 6));
}

std::string base64Url(std::string_view bytes) {
    return encode(bytes, urlAlphabet, 6);
}

std::string base64UrlPadded(std::string_view bytes) {
    return padded(encode(bytes, urlAlphabet, 6));
}

std::optional<std::string> fromBase64(std::string_view text) {
    static constexpr Table table = invert(standardAlphabet);
    if (text.size() % 4 != 0)
        return std::nullopt;
    return decode(withoutPadding(text), table, 6);
}

std::optional<std::string> fromBase64Url(std::string_view text) {
    static constexpr Table table = invert(urlAlphabet);
    if (text.ends_with('=') && text.size() % 4 != 0)
        return std::nullopt;
    return decode(withoutPadding(text), table, 6);
}

std::string base32(std::string_view bytes) {
    return encode(bytes, base32Alphabet, 5);
}

std::optional<std::string> fromBase32(std::string_view text) {
    static constexpr Table table = invert(base32Alphabet);
    std::string digits;
    for (const char c : text) {
        if (c == ' ' || c == '=')
            continue;
        digits.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
    }
    return decode(digits, table, 5);
}

std::string hex(std::string_view bytes) {
    return encode(bytes, hexDigits, 4);
}

std::optional<std::string> fromHex(std::string_view text) {
    static constexpr Table table = [] {
        Table t = invert(hexDigits);
        for (char c = 'A'; c <= 'F'; ++c)
            t[static_cast<unsigned char>(c)] = static_cast<std::uint8_t>(c - 'A' + 10);
        return t;
    }();
    if (text.size() % 2 != 0)
        return std::nullopt;
    return decode(text, table, 4);
}

} // namespace gatehouse
