#include <base/ascii.h>
#include <gate/address.h>
#include <gate/setCookie.h>
#include <http/grammar.h>

#include <algorithm>
#include <cstring>

namespace gatehouse::gate {

namespace {

constexpr std::size_t longestLine = 4000;
constexpr std::size_t longestName = 256;

constexpr std::uint64_t everyByte(std::uint8_t byte) {
    return std::uint64_t{0x0101'0101'0101'0101} * byte;
}

// Whether one of eight bytes is no cookie octet to Go: not printable ASCII, or one of " ; and backslash. The
// two tests, "a byte is zero" and "a byte is less than n", are exact as to whether there is such a byte.
bool anyRefused(std::uint64_t word) {
    const auto zero = [](std::uint64_t x) { return (x - everyByte(1)) & ~x; };
    const std::uint64_t found = word | ((word - everyByte(0x20)) & ~word) | zero(word ^ everyByte(0x7F)) |
                                zero(word ^ everyByte('"')) | zero(word ^ everyByte(';')) |
                                zero(word ^ everyByte('\\'));
    return (found & everyByte(0x80)) != 0;
}

// Eight bytes at a time: a session's cookie has five thousand.
bool validValue(std::string_view value) {
    std::uint64_t word = 0;
    while (value.size() >= sizeof word) {
        std::memcpy(&word, value.data(), sizeof word);
        if (anyRefused(word))
            return false;
        value.remove_prefix(sizeof word);
    }
    word = everyByte('a');
    if (!value.empty())
        std::memcpy(&word, value.data(), value.size());
    return !anyRefused(word);
}

std::string_view withoutQuotes(std::string_view value) {
    if (value.size() > 1 && value.front() == '"' && value.back() == '"')
        return value.substr(1, value.size() - 2);
    return value;
}

void addPair(std::string_view part, std::vector<RequestCookie>& out) {
    part = trim(part);
    const auto equals = part.find('=');
    const std::string_view name = trim(part.substr(0, equals));
    const std::string_view raw =
        equals == std::string_view::npos ? std::string_view{} : part.substr(equals + 1);
    const std::string_view value = withoutQuotes(raw);
    if (validCookieName(name) && validValue(value))
        out.push_back({name, value});
}

} // namespace

bool validCookieName(std::string_view name) {
    return !name.empty() && http::grammar::all(name, http::grammar::Token);
}

std::vector<RequestCookie> requestCookies(http::HeadersView headers) {
    std::vector<RequestCookie> out;
    for (const http::Header field : headers) {
        if (!equalsIgnoreCase(field.name, "Cookie"))
            continue;
        std::string_view rest = field.value;
        while (!rest.empty()) {
            const auto end = rest.find(';');
            addPair(rest.substr(0, end), out);
            rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
        }
    }
    return out;
}

std::string cookieDomain(const CookieSettings& settings, std::string_view host) {
    for (const std::string& domain : settings.domains)
        if (host.ends_with(domain))
            return domain;
    return settings.domains.empty() ? std::string() : settings.domains.back();
}

namespace {

// net/http: isCookieDomainName.
bool validDomainName(std::string_view name) {
    if (name.empty() || name.size() > 255)
        return false;
    if (name.front() == '.')
        name.remove_prefix(1);
    bool letter = false;
    std::size_t label = 0;
    char before = '.';
    for (const char c : name) {
        if (asciiAlpha(c)) {
            letter = true;
            ++label;
        } else if (asciiDigit(c)) {
            ++label;
        } else if (c == '-') {
            if (before == '.')
                return false;
            ++label;
        } else if (c == '.') {
            if (before == '.' || before == '-' || label > 63 || label == 0)
                return false;
            label = 0;
        } else {
            return false;
        }
        before = c;
    }
    return before != '-' && label <= 63 && letter;
}

std::string domainAttribute(std::string_view domain) {
    const bool valid = validDomainName(domain) ||
                       (parseAddress(domain).has_value() && domain.find(':') == std::string_view::npos);
    if (!valid)
        return {};
    if (domain.front() == '.')
        domain.remove_prefix(1);
    return "; Domain=" + std::string(domain);
}

std::string pathAttribute(std::string_view path) {
    std::string out;
    for (const char c : path)
        if (c >= 0x20 && c < 0x7F && c != ';')
            out.push_back(c);
    return out.empty() ? std::string() : "; Path=" + out;
}

std::string ageAttribute(std::chrono::nanoseconds lifetime) {
    if (lifetime.count() < 0)
        return "; Max-Age=0";
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(lifetime).count();
    return seconds == 0 ? std::string() : "; Max-Age=" + std::to_string(seconds);
}

std::string_view sameSiteAttribute(std::string_view sameSite) {
    if (sameSite == "lax")
        return "; SameSite=Lax";
    if (sameSite == "strict")
        return "; SameSite=Strict";
    return sameSite == "none" ? "; SameSite=None" : "";
}

} // namespace

std::string CookieLine::text(const CookieSettings& settings) const {
    std::string out = name + "=" + value;
    out += pathAttribute(settings.path);
    if (!domain.empty())
        out += domainAttribute(domain);
    out += ageAttribute(lifetime);
    if (settings.httpOnly)
        out += "; HttpOnly";
    if (settings.secure)
        out += "; Secure";
    out += sameSiteAttribute(sameSite);
    return out;
}

std::string splitCookieName(std::string_view name, std::size_t part) {
    const std::string number = "_" + std::to_string(part);
    const std::size_t room = longestName - number.size();
    return std::string(name.substr(0, room)) + number;
}

std::vector<CookieLine> splitCookie(const CookieLine& whole, const CookieSettings& settings) {
    if (whole.text(settings).size() <= longestLine)
        return {whole};
    std::vector<CookieLine> parts;
    std::string_view rest = whole.value;
    while (!rest.empty()) {
        CookieLine part = whole;
        part.name = splitCookieName(whole.name, parts.size());
        part.value.clear();
        const std::size_t overhead = part.text(settings).size();
        if (overhead >= longestLine)
            break; // the attributes alone are longer than a cookie may be
        part.value = rest.substr(0, longestLine - overhead);
        rest.remove_prefix(part.value.size());
        parts.push_back(std::move(part));
    }
    return parts;
}

namespace {

const RequestCookie* named(const std::vector<RequestCookie>& cookies, std::string_view name) {
    const auto found = std::ranges::find(cookies, name, &RequestCookie::name);
    return found == cookies.end() ? nullptr : &*found;
}

} // namespace

std::optional<StoredCookie> loadCookie(const std::vector<RequestCookie>& cookies, std::string_view name) {
    if (const RequestCookie* whole = named(cookies, name))
        return StoredCookie{std::string(whole->value), 0};
    StoredCookie joined;
    while (const RequestCookie* part = named(cookies, splitCookieName(name, joined.parts))) {
        joined.value += part->value;
        ++joined.parts;
    }
    return joined.parts == 0 ? std::nullopt : std::optional(std::move(joined));
}

bool isSessionCookie(std::string_view candidate, std::string_view name) {
    if (candidate == name)
        return true;
    if (!candidate.starts_with(name) || candidate.size() < name.size() + 2 || candidate[name.size()] != '_')
        return false;
    return std::ranges::all_of(candidate.substr(name.size() + 1), asciiDigit);
}

} // namespace gatehouse::gate
