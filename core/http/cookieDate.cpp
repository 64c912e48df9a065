#include <base/ascii.h>
#include <http/cookieDate.h>

#include <algorithm>
#include <array>

namespace gatehouse::http {

namespace {

constexpr bool delimiter(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == 0x09 || (byte >= 0x20 && byte <= 0x2F) || (byte >= 0x3B && byte <= 0x40) ||
           (byte >= 0x5B && byte <= 0x60) || (byte >= 0x7B && byte <= 0x7E);
}

// The number at the start of `text` if it has min..max digits and no further digit follows; removed from it.
std::optional<int> takeNumber(std::string_view& text, std::size_t min, std::size_t max) {
    std::size_t digits = 0;
    int value = 0;
    while (digits < text.size() && asciiDigit(text[digits])) {
        if (digits == max)
            return std::nullopt;
        value = value * 10 + (text[digits++] - '0');
    }
    if (digits < min)
        return std::nullopt;
    text.remove_prefix(digits);
    return value;
}

struct Time {
    int hour;
    int minute;
    int second;
};

std::optional<Time> timeOfDay(std::string_view token) {
    std::array<int, 3> parts{};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) {
            if (!token.starts_with(':'))
                return std::nullopt;
            token.remove_prefix(1);
        }
        const auto number = takeNumber(token, 1, 2);
        if (!number)
            return std::nullopt;
        parts[i] = *number;
    }
    return Time{parts[0], parts[1], parts[2]};
}

std::optional<unsigned> month(std::string_view token) {
    constexpr std::array<std::string_view, 12> names{"jan", "feb", "mar", "apr", "may", "jun",
                                                     "jul", "aug", "sep", "oct", "nov", "dec"};
    for (unsigned i = 0; i < names.size(); ++i)
        if (startsWithIgnoreCase(token, names[i]))
            return i + 1;
    return std::nullopt;
}

struct Parts {
    std::optional<Time> time;
    std::optional<int> day;
    std::optional<unsigned> month;
    std::optional<int> year;
};

void takeToken(std::string_view token, Parts& parts) {
    if (!parts.time && (parts.time = timeOfDay(token)))
        return;
    std::string_view rest = token;
    if (!parts.day && (parts.day = takeNumber(rest, 1, 2)))
        return;
    if (!parts.month && (parts.month = month(token)))
        return;
    rest = token;
    if (!parts.year)
        parts.year = takeNumber(rest, 2, 4);
}

int fullYear(int year) {
    if (year >= 70 && year <= 99)
        return year + 1900;
    return year <= 69 ? year + 2000 : year;
}

} // namespace

std::optional<WallTime> parseCookieDate(std::string_view text) {
    Parts parts;
    while (!text.empty()) {
        const auto start = std::find_if_not(text.begin(), text.end(), delimiter);
        const auto end = std::find_if(start, text.end(), delimiter);
        if (start != end)
            takeToken(text.substr(static_cast<std::size_t>(start - text.begin()),
                                  static_cast<std::size_t>(end - start)),
                      parts);
        text.remove_prefix(static_cast<std::size_t>(end - text.begin()));
    }
    if (!parts.time || !parts.day || !parts.month || !parts.year)
        return std::nullopt;
    const int year = std::min(fullYear(*parts.year), 2200);
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(*parts.month),
                                           std::chrono::day(static_cast<unsigned>(*parts.day))};
    if (!date.ok() || year < 1678 || parts.time->hour > 23 || parts.time->minute > 59 ||
        parts.time->second > 59)
        return std::nullopt;
    return WallTime(std::chrono::sys_days(date)) + std::chrono::hours(parts.time->hour) +
           std::chrono::minutes(parts.time->minute) + std::chrono::seconds(parts.time->second);
}

} // namespace gatehouse::http
