#include <base/ascii.h>
#include <http/cookie.h>

#include <algorithm>

namespace gatehouse::http {

namespace {

constexpr std::size_t browserLimit = 4096;                 // name and value together: Chromium, Firefox
constexpr std::int64_t longestLife = 400LL * 24 * 60 * 60; // RFC 6265bis section 5.5

bool isAddress(std::string_view host) {
    return host.find(':') != std::string_view::npos ||
           host.find_first_not_of("0123456789.") == std::string_view::npos;
}

// RFC 6265 section 5.1.3.
bool domainMatches(std::string_view host, std::string_view domain) {
    if (host == domain)
        return true;
    return host.size() > domain.size() && host.ends_with(domain) &&
           host[host.size() - domain.size() - 1] == '.' && !isAddress(host);
}

// RFC 6265 section 5.1.4.
std::string defaultPath(std::string_view path) {
    const auto last = path.rfind('/');
    return last == 0 || last == std::string_view::npos ? "/" : std::string(path.substr(0, last));
}

bool pathMatches(std::string_view path, std::string_view cookiePath) {
    if (!path.starts_with(cookiePath))
        return false;
    return path.size() == cookiePath.size() || cookiePath.ends_with('/') || path[cookiePath.size()] == '/';
}

// Where browsers keep and send Secure cookies: over https, and to this machine itself, whose loopback names
// are "potentially trustworthy" (W3C Secure Contexts section 3.1). Keycloak on http://localhost lives on it.
bool trustworthy(const Url& url) {
    return url.scheme == "https" || url.host == "localhost" || url.host.ends_with(".localhost") ||
           url.host == "127.0.0.1" || url.host == "::1";
}

// What browsers refuse to keep: RFC 6265bis section 5.7 (prefixes, Secure, SameSite), and too long ones.
bool acceptable(const SetCookie& cookie, const Url& url) {
    if (cookie.name.size() + cookie.value.size() > browserLimit)
        return false;
    if (cookie.secure && !trustworthy(url))
        return false;
    if (cookie.sameSite == SameSite::None && !cookie.secure)
        return false;
    if (startsWithIgnoreCase(cookie.name, "__Secure-") && !cookie.secure)
        return false;
    if (startsWithIgnoreCase(cookie.name, "__Host-") &&
        (!cookie.secure || cookie.path != "/" || !cookie.domain.empty()))
        return false;
    if (cookie.domain.empty() || cookie.domain == url.host)
        return true;
    // A domain of one label is a public suffix.
    return domainMatches(url.host, cookie.domain) && cookie.domain.find('.') != std::string::npos;
}

void settleExpiry(SetCookie& cookie, const Now& now) {
    const WallTime latest = now.wall + std::chrono::seconds(longestLife);
    if (cookie.maxAge)
        cookie.expires =
            now.wall + std::chrono::seconds(std::clamp<std::int64_t>(*cookie.maxAge, 0, longestLife));
    else if (cookie.expires)
        cookie.expires = std::min(*cookie.expires, latest);
}

bool gone(const SetCookie& cookie, const Now& now) {
    return cookie.expires && *cookie.expires <= now.wall;
}

} // namespace

void CookieJar::take(const Url& url, HeadersView answer, const Now& now) {
    for (const Header field : answer) {
        if (!equalsIgnoreCase(field.name, "Set-Cookie"))
            continue;
        auto cookie = parseSetCookie(field.value);
        if (!cookie || !acceptable(*cookie, url))
            continue;
        Entry entry;
        entry.hostOnly = cookie->domain.empty() || isAddress(url.host);
        entry.host = entry.hostOnly ? url.host : cookie->domain;
        if (cookie->path.empty())
            cookie->path = defaultPath(url.path());
        settleExpiry(*cookie, now);
        entry.cookie = std::move(*cookie);
        const auto same = std::find_if(entries_.begin(), entries_.end(), [&entry](const Entry& other) {
            return other.cookie.name == entry.cookie.name && other.host == entry.host &&
                   other.hostOnly == entry.hostOnly && other.cookie.path == entry.cookie.path;
        });
        if (same != entries_.end()) // keeps its place: the order of creation counts
            *same = std::move(entry);
        else
            entries_.push_back(std::move(entry));
    }
    std::erase_if(entries_, [&now](const Entry& entry) { return gone(entry.cookie, now); });
}

std::string CookieJar::header(const Url& url, const Now& now) const {
    std::vector<const Entry*> fitting;
    for (const Entry& entry : entries_) {
        const bool host = entry.hostOnly ? url.host == entry.host : domainMatches(url.host, entry.host);
        if (host && pathMatches(url.path(), entry.cookie.path) && !gone(entry.cookie, now) &&
            (!entry.cookie.secure || trustworthy(url)))
            fitting.push_back(&entry);
    }
    std::stable_sort(fitting.begin(), fitting.end(), [](const Entry* a, const Entry* b) {
        return a->cookie.path.size() > b->cookie.path.size();
    });
    std::string out;
    for (const Entry* entry : fitting) {
        if (!out.empty())
            out += "; ";
        out += entry->cookie.name + '=' + entry->cookie.value;
    }
    return out;
}

} // namespace gatehouse::http
