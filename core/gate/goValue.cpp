#include <base/ascii.h>
#include <gate/goValue.h>

#include <array>
#include <charconv>
#include <limits>
#include <utility>

namespace gatehouse::gate {

std::optional<bool> goBool(std::string_view text) {
    for (const std::string_view yes : {"1", "t", "T", "true", "TRUE", "True"})
        if (text == yes)
            return true;
    for (const std::string_view no : {"0", "f", "F", "false", "FALSE", "False"})
        if (text == no)
            return false;
    return std::nullopt;
}

namespace {

// Underscores may stand between digits only, and after a base prefix (strconv.underscoreOK).
std::optional<std::string> withoutUnderscores(std::string_view digits, bool afterPrefix) {
    std::string out;
    char before = afterPrefix ? '0' : '_';
    for (const char c : digits) {
        if (c == '_' && before == '_')
            return std::nullopt;
        if (c != '_')
            out.push_back(c);
        before = c;
    }
    return before == '_' ? std::nullopt : std::optional(out);
}

} // namespace

std::optional<std::int64_t> goInteger(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+'))
        text.remove_prefix(1);
    int base = 10;
    bool prefixed = false;
    if (text.size() > 1 && text[0] == '0') {
        const char kind = asciiLower(text[1]);
        base = kind == 'x' ? 16 : kind == 'b' ? 2 : 8;
        prefixed = true;
        text.remove_prefix(kind == 'x' || kind == 'b' || kind == 'o' ? 2 : 1);
    }
    const auto digits = withoutUnderscores(text, prefixed);
    if (!digits || digits->empty())
        return std::nullopt;
    std::uint64_t value = 0;
    const char* end = digits->data() + digits->size();
    const auto read = std::from_chars(digits->data(), end, value, base);
    const auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (read.ec != std::errc{} || read.ptr != end || value > most + (negative ? 1 : 0))
        return std::nullopt;
    return negative ? static_cast<std::int64_t>(0 - value) : static_cast<std::int64_t>(value);
}

namespace {

constexpr std::array<std::pair<std::string_view, std::int64_t>, 8> units{{{"ns", 1},
                                                                          {"us", 1'000},
                                                                          {"\xC2\xB5s", 1'000},
                                                                          {"\xCE\xBCs", 1'000},
                                                                          {"ms", 1'000'000},
                                                                          {"s", 1'000'000'000},
                                                                          {"m", 60'000'000'000},
                                                                          {"h", 3'600'000'000'000}}};

std::optional<std::int64_t> unitOf(std::string_view name) {
    for (const auto& [unit, size] : units)
        if (unit == name)
            return size;
    return std::nullopt;
}

std::string_view takeDigits(std::string_view& text) {
    std::size_t size = 0;
    while (size < text.size() && asciiDigit(text[size]))
        ++size;
    const std::string_view digits = text.substr(0, size);
    text.remove_prefix(size);
    return digits;
}

std::optional<std::int64_t> scaled(std::string_view digits, std::int64_t unit) {
    std::int64_t value = 0;
    for (const char c : digits)
        if (__builtin_mul_overflow(value, std::int64_t{10}, &value) ||
            __builtin_add_overflow(value, std::int64_t{c - '0'}, &value))
            return std::nullopt;
    return __builtin_mul_overflow(value, unit, &value) ? std::nullopt : std::optional(value);
}

std::int64_t fractionOf(std::string_view digits, std::int64_t unit) {
    double scale = static_cast<double>(unit);
    double value = 0;
    for (const char c : digits) {
        scale /= 10;
        value += scale * (c - '0');
    }
    return static_cast<std::int64_t>(value + 1e-6);
}

// One "1.5h" of a duration.
std::optional<std::int64_t> takeTerm(std::string_view& text) {
    const std::string_view whole = takeDigits(text);
    std::string_view fraction;
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        fraction = takeDigits(text);
    }
    if (whole.empty() && fraction.empty())
        return std::nullopt;
    std::size_t size = 0;
    while (size < text.size() && text[size] != '.' && !asciiDigit(text[size]))
        ++size;
    const auto unit = unitOf(text.substr(0, size));
    text.remove_prefix(size);
    if (!unit)
        return std::nullopt;
    auto value = scaled(whole, *unit);
    std::int64_t sum = 0;
    if (!value || __builtin_add_overflow(*value, fractionOf(fraction, *unit), &sum))
        return std::nullopt;
    return sum;
}

} // namespace

std::optional<std::chrono::nanoseconds> goDuration(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+'))
        text.remove_prefix(1);
    if (text == "0")
        return std::chrono::nanoseconds(0);
    if (text.empty())
        return std::nullopt;
    std::int64_t sum = 0;
    while (!text.empty()) {
        const auto term = takeTerm(text);
        if (!term || __builtin_add_overflow(sum, *term, &sum))
            return std::nullopt;
    }
    return std::chrono::nanoseconds(negative ? -sum : sum);
}

namespace {

std::string withFraction(std::uint64_t value, std::uint64_t unit) {
    std::string out = std::to_string(value / unit);
    std::string fraction = std::to_string(unit + value % unit).substr(1);
    while (!fraction.empty() && fraction.back() == '0')
        fraction.pop_back();
    return fraction.empty() ? out : out + "." + fraction;
}

} // namespace

std::string goText(std::chrono::nanoseconds duration) {
    const std::int64_t count = duration.count();
    if (count == 0)
        return "0s";
    const auto size = count < 0 ? 0 - static_cast<std::uint64_t>(count) : static_cast<std::uint64_t>(count);
    const std::string sign = count < 0 ? "-" : "";
    if (size < 1'000)
        return sign + std::to_string(size) + "ns";
    if (size < 1'000'000)
        return sign + withFraction(size, 1'000) + "\xC2\xB5s";
    if (size < 1'000'000'000)
        return sign + withFraction(size, 1'000'000) + "ms";
    const std::uint64_t minutes = size / 60'000'000'000;
    const std::string seconds = withFraction(size % 60'000'000'000, 1'000'000'000) + "s";
    if (minutes == 0)
        return sign + seconds;
    if (minutes < 60)
        return sign + std::to_string(minutes) + "m" + seconds;
    return sign + std::to_string(minutes / 60) + "h" + std::to_string(minutes % 60) + "m" + seconds;
}

std::string goQuoted(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            out.append({'\\', c});
        else if (c == '\n')
            out += "\\n";
        else if (c == '\t')
            out += "\\t";
        else if (c == '\r')
            out += "\\r";
        else if (byte < 0x20 || byte == 0x7F)
            out.append({'\\', 'x', digits[byte >> 4U], digits[byte & 15U]});
        else
            out.push_back(c);
    }
    return out + "\"";
}

} // namespace gatehouse::gate
