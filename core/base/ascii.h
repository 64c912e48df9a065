// ASCII text without locale: what HTTP, DNS and the originals' option names need.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

constexpr char asciiLower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
constexpr char asciiUpper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}
constexpr bool asciiDigit(char c) {
    return c >= '0' && c <= '9';
}
constexpr bool asciiAlpha(char c) {
    return asciiLower(c) >= 'a' && asciiLower(c) <= 'z';
}

constexpr bool equalsIgnoreCase(std::string_view a, std::string_view b) {
    if (a.size() != b.size())
        return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (asciiLower(a[i]) != asciiLower(b[i]))
            return false;
    return true;
}

constexpr bool startsWithIgnoreCase(std::string_view text, std::string_view prefix) {
    return text.size() >= prefix.size() && equalsIgnoreCase(text.substr(0, prefix.size()), prefix);
}

std::string lower(std::string_view text);
std::string_view trim(std::string_view text);                               // blanks and tabs
std::vector<std::string_view> split(std::string_view text, char separator); // "" gives one empty part

} // namespace gatehouse
