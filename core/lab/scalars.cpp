#include <base/ascii.h>
#include <lab/scalars.h>

#include <algorithm>
#include <array>

namespace gatehouse::lab {

namespace {

constexpr std::array<std::string_view, 14> words = {"y",   "n",    "yes",  "no",   "true", "false", "on",
                                                    "off", "null", ".inf", ".nan", "~",    "<<",    "="};

std::string_view withoutSign(std::string_view text) {
    if (!text.empty() && (text.front() == '-' || text.front() == '+'))
        text.remove_prefix(1);
    return text;
}

template <class Test>
std::size_t run(std::string_view text, Test test) {
    return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), test) - text.begin());
}

bool digitOrLine(char c) {
    return asciiDigit(c) || c == '_';
}

bool hexOrLine(char c) {
    return digitOrLine(c) || (asciiLower(c) >= 'a' && asciiLower(c) <= 'f');
}

// 0x1F, 0b10, 0o17
bool isPrefixedInteger(std::string_view text) {
    if (text.size() < 3 || text[0] != '0')
        return false;
    const char base = asciiLower(text[1]);
    text.remove_prefix(2);
    return (base == 'x' && run(text, hexOrLine) == text.size()) ||
           ((base == 'b' || base == 'o') && run(text, digitOrLine) == text.size());
}

// 12, 0123, 1_000, 1.5, .5, 1., 1e3, 1.5E-7
bool isDecimal(std::string_view text) {
    const std::size_t whole = run(text, digitOrLine);
    text.remove_prefix(whole);
    std::size_t fraction = 0;
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        fraction = run(text, digitOrLine);
        text.remove_prefix(fraction);
    }
    if (whole + fraction == 0)
        return false;
    if (!text.empty() && asciiLower(text.front()) == 'e') {
        text.remove_prefix(1);
        const std::string_view power = withoutSign(text);
        return !power.empty() && run(power, asciiDigit) == power.size();
    }
    return text.empty();
}

// 1:30, 190:20:30.15 (YAML 1.1 counts by sixties)
bool isSexagesimal(std::string_view text) {
    const auto parts = split(text, ':');
    return parts.size() > 1 && std::all_of(parts.begin(), parts.end(), isDecimal);
}

// 2001-01-01, with or without a time behind it
bool isDate(std::string_view text) {
    const auto number = [&](std::size_t least, std::size_t most) {
        const std::size_t digits = run(text, asciiDigit);
        if (digits < least || digits > most)
            return false;
        text.remove_prefix(digits);
        return true;
    };
    const auto dash = [&] {
        const bool there = text.starts_with('-');
        text.remove_prefix(there ? 1 : 0);
        return there;
    };
    return number(4, 4) && dash() && number(1, 2) && dash() && number(1, 2) &&
           (text.empty() || text.front() == 'T' || text.front() == 't' || text.front() == ' ');
}

} // namespace

bool readsAsText(std::string_view plain) {
    if (plain.empty())
        return false;
    const std::string_view bare = withoutSign(plain);
    const bool word = std::any_of(words.begin(), words.end(), [&](std::string_view each) {
        return equalsIgnoreCase(plain, each) || equalsIgnoreCase(bare, each);
    });
    return !word && !isPrefixedInteger(bare) && !isDecimal(bare) && !isSexagesimal(bare) && !isDate(plain);
}

bool readsAsValue(std::string_view plain) {
    if (plain == "true" || plain == "false")
        return true;
    std::string_view number = plain;
    if (number.starts_with('-'))
        number.remove_prefix(1);
    const std::size_t whole = run(number, asciiDigit);
    if (whole == 0 || (whole > 1 && number.front() == '0'))
        return false;
    number.remove_prefix(whole);
    if (number.empty())
        return true;
    return number.front() == '.' && number.size() > 1 &&
           run(number.substr(1), asciiDigit) == number.size() - 1;
}

bool standsPlain(std::string_view text, bool flow) {
    constexpr std::string_view indicators = "-?:,[]{}#&*!|>'\"%@`";
    constexpr std::string_view brackets =
        ",[]{}?"; // yaml-cpp ends a scalar in brackets at a ?, as YAML 1.1 did
    if (text.empty() || text.front() == ' ' || text.back() == ' ' || text.back() == ':' || text == "---" ||
        text == "...")
        return false;
    const bool special = indicators.find(text.front()) != std::string_view::npos;
    const bool mayBegin = text.front() == '-' && text.size() > 1 && text[1] != ' ' && text[1] != '-';
    if (special && !mayBegin)
        return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c < 0x20 || c == 0x7F)
            return false;
        const char next = i + 1 < text.size() ? text[i + 1] : '\0';
        if ((text[i] == ':' && (next == ' ' || (flow && brackets.find(next) != std::string_view::npos))) ||
            (text[i] == ' ' && next == '#') || (flow && brackets.find(text[i]) != std::string_view::npos))
            return false;
    }
    // Line ends of Unicode and the byte order mark are better seen as escapes.
    return text.find("\xC2\x85") == std::string_view::npos &&
           text.find("\xE2\x80\xA8") == std::string_view::npos &&
           text.find("\xE2\x80\xA9") == std::string_view::npos &&
           text.find("\xEF\xBB\xBF") == std::string_view::npos;
}

} // namespace gatehouse::lab
