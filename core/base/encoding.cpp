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

// Base64 has its own loops, whole groups at a time: a session cookie of 5 KB passes here with every request.
std::string encode64(std::string_view bytes, std::string_view alphabet, bool padded) {
    std::string out((bytes.size() + 2) / 3 * 4, '=');
    const auto byte = [&](std::size_t at) { return std::uint32_t{static_cast<unsigned char>(bytes[at])}; };
    const auto digit = [&](std::uint32_t group, unsigned shift) { return alphabet[(group >> shift) & 63]; };
    char* to = out.data();
    std::size_t at = 0;
    for (; at + 3 <= bytes.size(); at += 3, to += 4) {
        const std::uint32_t group = byte(at) << 16 | byte(at + 1) << 8 | byte(at + 2);
        to[0] = digit(group, 18);
        to[1] = digit(group, 12);
        to[2] = digit(group, 6);
        to[3] = digit(group, 0);
    }
    const std::size_t rest = bytes.size() - at;
    if (rest > 0) {
        const std::uint32_t group = byte(at) << 16 | (rest == 2 ? byte(at + 1) << 8 : 0);
        to[0] = digit(group, 18);
        to[1] = digit(group, 12);
        if (rest == 2)
            to[2] = digit(group, 6);
        if (!padded)
            out.resize(out.size() - (3 - rest));
    }
    return out;
}

std::optional<std::string> decode64(std::string_view text, const Table& table) {
    const std::size_t rest = text.size() % 4;
    if (rest == 1) // a lone digit that carries no whole byte
        return std::nullopt;
    std::string out(text.size() / 4 * 3 + (rest == 0 ? 0 : rest - 1), '\0');
    const auto value = [&](std::size_t at) {
        return std::uint32_t{table[static_cast<unsigned char>(text[at])]};
    };
    std::uint32_t all = 0; // has bit 7 when a digit was invalid
    char* to = out.data();
    std::size_t at = 0;
    for (; at + 4 <= text.size(); at += 4, to += 3) {
        const std::uint32_t a = value(at);
        const std::uint32_t b = value(at + 1);
        const std::uint32_t c = value(at + 2);
        const std::uint32_t d = value(at + 3);
        all |= a | b | c | d;
        const std::uint32_t group = a << 18 | b << 12 | c << 6 | d;
        to[0] = static_cast<char>(group >> 16 & 0xFF);
        to[1] = static_cast<char>(group >> 8 & 0xFF);
        to[2] = static_cast<char>(group & 0xFF);
    }
    if (rest > 0) {
        const std::uint32_t a = value(at);
        const std::uint32_t b = value(at + 1);
        const std::uint32_t c = rest == 3 ? value(at + 2) : 0;
        all |= a | b | c;
        const std::uint32_t group = a << 18 | b << 12 | c << 6;
        to[0] = static_cast<char>(group >> 16 & 0xFF);
        if (rest == 3)
            to[1] = static_cast<char>(group >> 8 & 0xFF);
    }
    if ((all & 0x80) != 0)
        return std::nullopt;
    return out;
}

std::string_view withoutPadding(std::string_view text) {
    for (int i = 0; i < 2 && text.ends_with('='); ++i)
        text.remove_suffix(1);
    return text;
}

} // namespace

std::string base64(std::string_view bytes) {
    return encode64(bytes, standardAlphabet, true);
}

std::string base64Url(std::string_view bytes) {
    return encode64(bytes, urlAlphabet, false);
}

std::string base64UrlPadded(std::string_view bytes) {
    return encode64(bytes, urlAlphabet, true);
}

std::optional<std::string> fromBase64(std::string_view text) {
    static constexpr Table table = invert(standardAlphabet);
    if (text.size() % 4 != 0)
        return std::nullopt;
    return decode64(withoutPadding(text), table);
}

std::optional<std::string> fromBase64Url(std::string_view text) {
    static constexpr Table table = invert(urlAlphabet);
    if (text.ends_with('=') && text.size() % 4 != 0)
        return std::nullopt;
    return decode64(withoutPadding(text), table);
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
