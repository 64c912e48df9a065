#include <base/ascii.h>
#include <http/cookie.h>
#include <http/cookieDate.h>

#include <algorithm>
#include <charconv>

namespace gatehouse::http {

namespace {

// Calls use(pair) for every pair of one Cookie field until it says stop.
template <class Use>
bool eachPair(std::string_view field, Use use) {
    for (;;) {
        const auto end = field.find(';');
        const std::string_view part = trim(field.substr(0, end));
        if (!part.empty()) {
            const auto mark = part.find('=');
            const std::string_view value =
                mark == std::string_view::npos ? std::string_view{} : trim(part.substr(mark + 1));
            if (use(CookiePair{trim(part.substr(0, mark)), value}))
                return true;
        }
        if (end == std::string_view::npos)
            return false;
        field.remove_prefix(end + 1);
    }
}

bool controlFree(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F;
    });
}

// RFC 6265 section 5.2.2: anything but an optional '-' and digits is ignored.
std::optional<std::int64_t> maxAge(std::string_view text) {
    const bool negative = text.starts_with('-');
    const std::string_view digits = negative ? text.substr(1) : text;
    if (digits.empty() || !std::all_of(digits.begin(), digits.end(), asciiDigit))
        return std::nullopt;
    constexpr std::int64_t farAway = 10'000'000'000; // beyond every browser's own limit
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
    if (error != std::errc{} || seconds > farAway)
        seconds = farAway;
    return negative ? -seconds : seconds;
}

SameSite sameSite(std::string_view text) {
    if (equalsIgnoreCase(text, "lax"))
        return SameSite::Lax;
    if (equalsIgnoreCase(text, "strict"))
        return SameSite::Strict;
    if (equalsIgnoreCase(text, "none"))
        return SameSite::None;
    return SameSite::Unset;
}

void applyAttribute(SetCookie& cookie, std::string_view name, std::string_view value) {
    if (equalsIgnoreCase(name, "path"))
        cookie.path = value.starts_with('/') ? std::string(value) : std::string();
    else if (equalsIgnoreCase(name, "domain"))
        cookie.domain = lower(value.starts_with('.') ? value.substr(1) : value);
    else if (equalsIgnoreCase(name, "max-age"))
        cookie.maxAge = maxAge(value) ? maxAge(value) : cookie.maxAge;
    else if (equalsIgnoreCase(name, "expires"))
        cookie.expires = parseCookieDate(value) ? parseCookieDate(value) : cookie.expires;
    else if (equalsIgnoreCase(name, "secure"))
        cookie.secure = true;
    else if (equalsIgnoreCase(name, "httponly"))
        cookie.httpOnly = true;
    else if (equalsIgnoreCase(name, "samesite"))
        cookie.sameSite = sameSite(value);
}

} // namespace

std::vector<CookiePair> cookies(HeadersView headers) {
    std::vector<CookiePair> pairs;
    for (const Header field : headers) {
        if (!equalsIgnoreCase(field.name, "Cookie"))
            continue;
        eachPair(field.value, [&pairs](const CookiePair& pair) {
            pairs.push_back(pair);
            return false;
        });
    }
    return pairs;
}

std::optional<std::string_view> cookie(HeadersView headers, std::string_view name) {
    std::optional<std::string_view> found;
    for (const Header field : headers) {
        if (!equalsIgnoreCase(field.name, "Cookie"))
            continue;
        const bool stop = eachPair(field.value, [&found, name](const CookiePair& pair) {
            if (pair.name == name)
                found = pair.value;
            return found.has_value();
        });
        if (stop)
            break;
    }
    return found;
}

std::optional<SetCookie> parseSetCookie(std::string_view line) {
    if (!controlFree(line))
        return std::nullopt;
    const auto first = line.find(';');
    const std::string_view pair = line.substr(0, first);
    const auto mark = pair.find('=');
    if (mark == std::string_view::npos || trim(pair.substr(0, mark)).empty())
        return std::nullopt;
    SetCookie cookie;
    cookie.name = trim(pair.substr(0, mark));
    cookie.value = trim(pair.substr(mark + 1));
    if (first == std::string_view::npos)
        return cookie;
    for (const std::string_view part : split(line.substr(first + 1), ';')) {
        const auto equals = part.find('=');
        applyAttribute(cookie, trim(part.substr(0, equals)),
                       equals == std::string_view::npos ? std::string_view{} : trim(part.substr(equals + 1)));
    }
    return cookie;
}

} // namespace gatehouse::http
