// The byte classes of RFC 9110 section 5.6 and RFC 9112 section 3, as one table.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace gatehouse::http::grammar {

enum Class : std::uint8_t {
    Token = 1,  // tchar
    Target = 2, // visible ASCII but '#': what may stand in a request target
    Field = 4,  // field-vchar, obs-text, blank and tab
    Host = 8,   // reg-name of RFC 3986: unreserved, sub-delims, '%'
    Alnum = 16
};

constexpr std::array<std::uint8_t, 256> makeClasses() {
    std::array<std::uint8_t, 256> classes{};
    const auto mark = [&classes](std::string_view bytes, std::uint8_t as) {
        for (const char c : bytes) {
            std::uint8_t& entry = classes[static_cast<unsigned char>(c)];
            entry = static_cast<std::uint8_t>(entry | as);
        }
    };
    mark("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", Token | Host | Alnum);
    mark("!#$%&'*+-.^_`|~", Token);
    mark("-._~!$&'()*+,;=%", Host);
    for (unsigned c = 0; c < 256; ++c) {
        std::uint8_t as = 0;
        if (c > 0x20 && c < 0x7F && c != '#')
            as |= Target;
        if (c == '\t' || (c >= 0x20 && c != 0x7F))
            as |= Field;
        classes[c] = static_cast<std::uint8_t>(classes[c] | as);
    }
    return classes;
}

inline constexpr std::array<std::uint8_t, 256> classes = makeClasses();

constexpr bool is(char c, Class what) {
    return (classes[static_cast<unsigned char>(c)] & what) != 0;
}

constexpr bool all(std::string_view text, Class what) {
    for (const char c : text)
        if (!is(c, what))
            return false;
    return true;
}

} // namespace gatehouse::http::grammar
