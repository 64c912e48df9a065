#include <base/ascii.h>
#include <ingress/addresses.h>
#include <ingress/goText.h>
#include <ingress/validators.h>

#include <algorithm>

namespace gatehouse::ingress::valid {

namespace {

constexpr std::string_view alphaNumeric = "-._~/:";

bool only(std::string_view value, std::string_view extra) {
    return std::all_of(value.begin(), value.end(), [extra](char c) {
        return asciiAlpha(c) || asciiDigit(c) || extra.find(c) != std::string_view::npos;
    });
}

// Blanks are taken out before the test, as ValidateRegex(…, true) does.
bool onlyOrBlank(std::string_view value, std::string_view extra) {
    return std::all_of(value.begin(), value.end(), [extra](char c) {
        return c == ' ' || asciiAlpha(c) || asciiDigit(c) || extra.find(c) != std::string_view::npos;
    });
}

std::string withoutBlanks(std::string_view value) {
    std::string out(value);
    std::erase(out, ' ');
    return out;
}

template <std::size_t N>
bool oneOf(std::string_view value, const std::string_view (&choices)[N]) {
    return std::find(std::begin(choices), std::end(choices), value) != std::end(choices);
}

constexpr std::string_view methods[] = {"GET",    "HEAD",    "POST",    "PUT",  "PATCH",
                                        "DELETE", "CONNECT", "OPTIONS", "TRACE"};

} // namespace

bool urlWithVariables(std::string_view value) {
    return onlyOrBlank(value, "-._~/:,?&=$");
}

bool url(std::string_view value) {
    return onlyOrBlank(value, "-._~/:,?&=");
}

bool basic(std::string_view value) {
    return onlyOrBlank(value, alphaNumeric);
}

bool extended(std::string_view value) {
    return only(value, "-._~/:, ");
}

bool headerList(std::string_view value) {
    return onlyOrBlank(value, "-_,");
}

bool nginxVariable(std::string_view value) {
    return onlyOrBlank(value, "-_${}");
}

bool pathWithCapture(std::string_view value) {
    return only(value, "-._~/:$");
}

bool pathWithCaptureNoBlanks(std::string_view value) {
    return onlyOrBlank(value, "-._~/:$");
}

bool serverName(std::string_view value) {
    return only(goTrim(value), "-._~/:^$[](){}*+?|&=\\");
}

bool serverNames(std::string_view value) {
    const auto names = split(value, ',');
    return std::all_of(names.begin(), names.end(), serverName);
}

bool method(std::string_view value) {
    return oneOf(withoutBlanks(value), methods);
}

bool size(std::string_view text) {
    const std::string value = withoutBlanks(text);
    std::string_view digits = value;
    if (!digits.empty() && std::string_view("bkmgBKMG").find(digits.back()) != std::string_view::npos)
        digits.remove_suffix(1);
    return !digits.empty() && std::all_of(digits.begin(), digits.end(), asciiDigit);
}

bool nginxSize(std::string_view value) {
    value = goTrim(value);
    if (!value.empty() && std::string_view("kmgKMG").find(value.back()) != std::string_view::npos)
        value.remove_suffix(1);
    return !value.empty() && std::all_of(value.begin(), value.end(), asciiDigit);
}

std::uint64_t nginxBytes(std::string_view text) {
    text = goTrim(text);
    std::uint64_t unit = 1;
    switch (asciiLower(text.back())) {
    case 'k':
        unit = 1024;
        break;
    case 'm':
        unit = 1024 * 1024;
        break;
    case 'g':
        unit = 1024 * 1024 * 1024;
        break;
    default:
        break;
    }
    if (unit != 1)
        text.remove_suffix(1);
    std::uint64_t value = 0;
    for (const char c : text)
        value = std::min<std::uint64_t>(value * 10 + static_cast<std::uint64_t>(c - '0'), 1ull << 40);
    return value * unit;
}

bool onOff(std::string_view value) {
    value = goTrim(value);
    return value == "on" || value == "off";
}

bool anyAll(std::string_view value) {
    value = goTrim(value);
    return value == "any" || value == "all";
}

bool httpVersion(std::string_view value) {
    value = goTrim(value);
    return value == "1.0" || value == "1.1";
}

bool cidrs(std::string_view value) {
    const auto parts = split(value, ',');
    return std::all_of(parts.begin(), parts.end(),
                       [](std::string_view part) { return parseNetwork(goTrim(part)).has_value(); });
}

bool connectionHeader(std::string_view text) {
    const std::string value = withoutBlanks(text);
    return value == "close" || value == "keep-alive";
}

bool httpErrors(std::string_view text) { // ^(?:[4,5]\d{2},?)*$
    const std::string value = withoutBlanks(text);
    std::size_t at = 0;
    while (at < value.size()) {
        if (value.size() - at < 3 || (value[at] != '4' && value[at] != '5' && value[at] != ',') ||
            !asciiDigit(value[at + 1]) || !asciiDigit(value[at + 2]))
            return false;
        at += 3;
        if (at < value.size() && value[at] == ',')
            ++at;
    }
    return true;
}

bool serviceName(std::string_view value) { // RFC 1035 label
    return !value.empty() && value.size() <= 63 && value.front() >= 'a' && value.front() <= 'z' &&
           value.back() != '-' && std::all_of(value.begin(), value.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || asciiDigit(c) || c == '-';
           });
}

bool cookieDomain(std::string_view value) {
    if (value == "off")
        return true;
    const auto blank = value.find_first_of(" \t");
    if (blank == std::string_view::npos || blank == 0)
        return false;
    const std::string_view to = goTrim(value.substr(blank));
    return !to.empty() && only(value.substr(0, blank), alphaNumeric) && only(to, alphaNumeric) &&
           !value.ends_with(' ');
}

bool nextUpstream(std::string_view value) {
    static constexpr std::string_view words[] = {"error",    "timeout",  "invalid_header", "http_500",
                                                 "http_502", "http_503", "http_504",       "http_403",
                                                 "http_404", "http_429", "non_idempotent", "off"};
    if (value.empty())
        return false;
    for (const std::string_view word : split(value, ' '))
        if (!word.empty() && !oneOf(word, words))
            return false;
    return true;
}

bool backendProtocol(std::string_view value) {
    static constexpr std::string_view protocols[] = {"auto_http", "http", "https", "grpc", "grpcs", "fcgi"};
    return oneOf(lower(goTrim(value)), protocols);
}

bool corsOrigin(std::string_view value) { // ^([a-z]+://(\*\.)?[A-Za-z0-9\-.]*(:\d+)?|\*|null)?$
    if (value.empty() || value == "*" || value == "null")
        return true;
    const auto colon = value.find("://");
    if (colon == 0 || colon == std::string_view::npos ||
        !std::all_of(value.begin(), value.begin() + static_cast<std::ptrdiff_t>(colon),
                     [](char c) { return c >= 'a' && c <= 'z'; }))
        return false;
    value.remove_prefix(colon + 3);
    if (value.starts_with("*."))
        value.remove_prefix(2);
    const auto port = value.find(':');
    if (port != std::string_view::npos) {
        const std::string_view digits = value.substr(port + 1);
        if (digits.empty() || !std::all_of(digits.begin(), digits.end(), asciiDigit))
            return false;
        value = value.substr(0, port);
    }
    return only(value, "-.");
}

bool corsOrigins(std::string_view text) {
    const std::string value = withoutBlanks(text);
    if (value.empty() || value == "*")
        return true;
    const auto parts = split(value, ',');
    return std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
        if (part.find("://") != std::string_view::npos)
            return corsOrigin(part);
        return corsOrigin("x://" + std::string(part)); // the scheme is optional here
    });
}

bool corsMethods(std::string_view value) { // ^([A-Za-z]+,?\s?)+$
    return !value.empty() && asciiAlpha(value.front()) && value.find(",,") == std::string_view::npos &&
           std::all_of(value.begin(), value.end(),
                       [](char c) { return asciiAlpha(c) || c == ',' || c == ' '; });
}

bool corsExposeHeaders(std::string_view value) {
    return !value.empty() && value.front() != ',' && value.find(",,") == std::string_view::npos &&
           only(value, "-_*, ");
}

bool anything(std::string_view) {
    return true;
}

bool headerName(std::string_view value) {
    return !value.empty() && only(value, "-_");
}

bool customHeaderValue(std::string_view value) {
    return !value.empty() && only(value, "_ :;.,\\/\"'?!(){}[]@<>=-+*#$&`|~^%");
}

bool cacheDuration(std::string_view value) {
    bool seen = false;
    for (const std::string_view element : split(value, ' ')) {
        if (element.size() == 3 && std::all_of(element.begin(), element.end(), asciiDigit)) {
            if (seen)
                return false;
            continue;
        }
        const auto unit = element.find_first_not_of("0123456789");
        if (unit == 0 || unit == std::string_view::npos)
            continue;
        static constexpr std::string_view units[] = {"ms", "s", "m", "h", "d", "w", "M", "y"};
        seen = seen || oneOf(element.substr(unit), units);
    }
    return seen;
}

} // namespace gatehouse::ingress::valid
