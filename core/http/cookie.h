// Cookies: what a browser sends (RFC 6265 section 4.2), what a server sets (section 4.1), and a jar that
// behaves like a browser's for loopback labs (domain, path, Secure over https only, Max-Age, Expires,
// host-only).
#pragma once

#include <base/now.h>
#include <http/head.h>
#include <http/url.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::http {

struct CookiePair {
    std::string_view name;
    std::string_view value; // quotes kept
};
// All pairs of all Cookie fields, in order. Views into the head.
std::vector<CookiePair> cookies(HeadersView headers);
std::optional<std::string_view> cookie(HeadersView headers, std::string_view name); // the first

enum class SameSite : std::uint8_t { Unset, Lax, Strict, None };

struct SetCookie {
    std::string name;
    std::string value;
    std::string path;
    std::string domain;
    std::optional<std::int64_t> maxAge; // seconds
    std::optional<WallTime> expires;
    bool secure = false;
    bool httpOnly = false;
    SameSite sameSite = SameSite::Unset;
};
std::optional<SetCookie> parseSetCookie(std::string_view line);

class CookieJar {
public:
    // Takes every Set-Cookie of an answer to `url`.
    void take(const Url& url, HeadersView answer, const Now& now);
    // The value of the Cookie field for a request to `url`, longest path first; empty when none fits.
    std::string header(const Url& url, const Now& now) const;
    struct Entry {
        SetCookie cookie;
        std::string host;
        bool hostOnly = true;
    };
    const std::vector<Entry>& entries() const { return entries_; }
    void clear() { entries_.clear(); }

private:
    std::vector<Entry> entries_;
};

} // namespace gatehouse::http
