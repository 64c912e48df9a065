// Set-Cookie lines as oauth2-proxy and Go's net/http write them (oauth2-proxy.md 4.6, 4.7), and request
// cookies as Go reads them.
#pragma once

#include <http/head.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::gate {

// Pairs that Go's net/http would hand out: names are tokens, values of printable bytes, quotes around them
// gone.
struct RequestCookie {
    std::string_view name;
    std::string_view value;
};
std::vector<RequestCookie> requestCookies(http::HeadersView headers);

struct CookieSettings {
    std::string name;
    std::string path = "/";
    std::vector<std::string> domains; // longest first
    std::chrono::nanoseconds expire{0};
    bool secure = true;
    bool httpOnly = true;
    std::string sameSite; // "", lax, strict, none
};

struct CookieLine {
    std::string name;
    std::string value;
    std::string domain;
    std::chrono::nanoseconds lifetime{0}; // 0: until the browser closes; negative: deletion
    std::string sameSite;

    std::string text(const CookieSettings& settings) const;
};

// The configured domain for a request to `host` (port included): the longest that is its suffix, else the
// shortest; "" without any.
std::string cookieDomain(const CookieSettings& settings, std::string_view host);

// The parts of a cookie whose line is longer than 4,000 bytes: name_0, name_1 …; or the one line.
std::vector<CookieLine> splitCookie(const CookieLine& whole, const CookieSettings& settings);
std::string splitCookieName(std::string_view name, std::size_t part);

// The value under `name`, or its parts joined; nothing when there is neither.
struct StoredCookie {
    std::string value;
    std::size_t parts = 0; // 0 = not split
};
std::optional<StoredCookie> loadCookie(const std::vector<RequestCookie>& cookies, std::string_view name);

// Whether `candidate` is `name` or one of its parts.
bool isSessionCookie(std::string_view candidate, std::string_view name);

bool validCookieName(std::string_view name);

} // namespace gatehouse::gate
