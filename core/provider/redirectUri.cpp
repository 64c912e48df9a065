#include <base/ascii.h>
#include <provider/redirectUri.h>

#include <algorithm>

namespace gatehouse::provider {
namespace {

constexpr std::string_view oob = "urn:ietf:wg:oauth:2.0:oob";

// What java.net.URI makes of a text; only what the rules below need.
struct JavaUri {
    std::string_view scheme;
    std::optional<std::string_view> authority;
    std::string_view userInfo;
    bool hasUserInfo = false;
    std::string_view host; // empty when the authority is no host[:port]
    bool portGiven = false;
    std::string_view path;
};

bool isHex(char c) {
    return asciiDigit(c) || (asciiLower(c) >= 'a' && asciiLower(c) <= 'f');
}

// Characters that java.net.URI refuses anywhere ("other" characters beyond ASCII are let through).
bool isUriText(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c <= ' ' || c == 0x7f || std::string_view("\"<>\\^`{|}").find(text[i]) != std::string_view::npos)
            return false;
        if (c == '%' && (i + 2 >= text.size() || !isHex(text[i + 1]) || !isHex(text[i + 2])))
            return false;
    }
    // Blanks beyond ASCII (U+00A0, U+2000-200A …) and the zero-width ones that count as control.
    for (const std::string_view blank : {"\xC2\xA0", "\xE2\x80\xA8", "\xE2\x80\xA9", "\xE3\x80\x80"})
        if (text.find(blank) != std::string_view::npos)
            return false;
    return std::ranges::count(text, '#') <= 1;
}

bool isHostName(std::string_view host) {
    if (host.starts_with('['))
        return host.ends_with(']');
    return !host.empty() && std::ranges::all_of(host, [](char c) {
        return asciiAlpha(c) || asciiDigit(c) || c == '-' || c == '.';
    });
}

std::optional<JavaUri> parse(std::string_view text) {
    if (!isUriText(text))
        return std::nullopt;
    JavaUri out;
    auto rest = text;
    const auto colon = text.find_first_of(":/?#");
    if (colon != std::string_view::npos && text[colon] == ':') {
        out.scheme = text.substr(0, colon);
        if (out.scheme.empty() || !asciiAlpha(out.scheme[0]))
            return std::nullopt;
        rest = text.substr(colon + 1);
        if (rest.empty())
            return std::nullopt;
    }
    if (rest.starts_with("//")) {
        const auto end = rest.find_first_of("/?#", 2);
        const auto authority = rest.substr(2, end == std::string_view::npos ? end : end - 2);
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end);
        if (!authority.empty()) {
            out.authority = authority;
            auto server = authority;
            if (const auto at = authority.rfind('@'); at != std::string_view::npos) {
                out.userInfo = authority.substr(0, at);
                out.hasUserInfo = true;
                server = authority.substr(at + 1);
            }
            const auto bracket = server.rfind(']');
            const auto port = server.find(':', bracket == std::string_view::npos ? 0 : bracket);
            const auto host = server.substr(0, port);
            const auto digits = port == std::string_view::npos ? std::string_view{} : server.substr(port + 1);
            if (isHostName(host) && std::ranges::all_of(digits, asciiDigit)) {
                out.host = host;
                out.portGiven = !digits.empty();
            } else {
                out.hasUserInfo = false; // a registry-based authority has no parts
            }
        }
    }
    out.path = rest.substr(0, rest.find_first_of("?#"));
    return out;
}

// "/..", also encoded, with whatever may end it: wildcards do not cover what leaves its folder.
bool climbs(std::string_view path) {
    std::string decoded;
    for (std::size_t i = 0; i < path.size(); ++i) {
        const auto code = lower(path.substr(i, 3));
        if (code == "%2f" || code == "%5c") {
            decoded += '/';
            i += 2;
        } else if (code == "%2e") {
            decoded += '.';
            i += 2;
        } else {
            decoded += path[i];
        }
    }
    for (auto at = decoded.find("/.."); at != std::string::npos; at = decoded.find("/..", at + 1)) {
        const auto after = decoded.substr(at + 3, 3);
        if (after.empty() || after[0] == '/' || after[0] == ';' || lower(after) == "%3b" ||
            lower(after) == "%09" || lower(after) == "%00")
            return true;
    }
    return false;
}

bool wildcardsAllowed(const JavaUri& uri) {
    const bool unparsed = uri.authority && uri.host.empty();
    return !uri.hasUserInfo && !unparsed && !climbs(uri.path);
}

// Where a trailing * stands: in the path, as the whole authority or port, or, right behind a host, as if a
// slash stood between.
std::optional<std::string> wildcardPattern(std::string_view pattern) {
    if (!pattern.ends_with('*') || pattern.find('?') != std::string_view::npos ||
        pattern.find('#') != std::string_view::npos)
        return std::nullopt;
    const auto slashes = pattern.find("://");
    if (slashes == std::string_view::npos)
        return std::string(pattern);
    const auto rest = pattern.substr(slashes + 3);
    if (rest.find('/') != std::string_view::npos || rest == "*" || rest.ends_with(":*"))
        return std::string(pattern);
    return std::string(pattern.substr(0, pattern.size() - 1)) + "/*";
}

std::optional<std::string> matches(const std::vector<std::string>& patterns, std::string_view candidate,
                                   bool wildcards) {
    for (const auto& pattern : patterns) {
        if (pattern == "*")
            return pattern;
        const auto wild = wildcards ? wildcardPattern(pattern) : std::nullopt;
        if (!wild) {
            if (pattern == candidate)
                return pattern;
            continue;
        }
        const auto question = candidate.find('?');
        const auto end = question != std::string_view::npos ? question : candidate.find('#');
        const auto bare = candidate.substr(0, end);
        std::string_view prefix = std::string_view(*wild).substr(0, wild->size() - 1);
        if (bare.starts_with(prefix))
            return *wild;
        if (prefix.size() > 1 && prefix.ends_with('/'))
            prefix.remove_suffix(1);
        if (bare == prefix)
            return *wild;
    }
    return std::nullopt;
}

bool isLoopback(std::string_view host) {
    return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

std::string withoutPort(std::string_view uri) {
    std::string out(uri);
    const auto start = out.find("://") + 3;
    const auto end = std::min(out.find_first_of("/?#", start), out.size());
    const auto bracket = out.rfind(']', end);
    const auto colon = out.find(':', bracket != std::string::npos && bracket > start ? bracket : start);
    if (colon != std::string::npos && colon < end)
        out.erase(colon, end - colon);
    return out;
}

} // namespace

std::optional<std::string> acceptedRedirectUri(std::string_view candidate,
                                               const std::vector<std::string>& patterns,
                                               const RedirectContext& context) {
    const auto uri = patterns.empty() ? std::nullopt : parse(candidate);
    if (!uri)
        return std::nullopt;
    const std::string root(context.rootUrl.empty() ? context.serverOrigin : context.rootUrl);
    std::vector<std::string> resolved = patterns;
    for (const auto& pattern : patterns)
        if (pattern.starts_with('/'))
            resolved.push_back(root + pattern);
    // A relative pattern itself never fits: the request must be absolute.
    std::erase_if(resolved, [](const std::string& pattern) { return pattern.starts_with('/'); });
    const bool wildcards = wildcardsAllowed(*uri);
    auto fit = matches(resolved, candidate, wildcards);
    if (!fit && uri->scheme == "http" && isLoopback(uri->host) && !uri->hasUserInfo)
        fit = matches(resolved, withoutPort(candidate), wildcards);
    if (!fit)
        return std::nullopt;
    std::string accepted(candidate);
    if (uri->scheme.empty())
        accepted = root + (candidate.starts_with('/') ? "" : "/") + accepted;
    else if (!equalsIgnoreCase(uri->scheme, "http") && !equalsIgnoreCase(uri->scheme, "https") &&
             !fit->starts_with(std::string(uri->scheme) + ":"))
        return std::nullopt; // "*" stands for http and https only
    if (accepted == oob)
        return std::string(context.realmUrl) + "/protocol/openid-connect/oauth/oob";
    return accepted;
}

std::optional<std::string> singleRedirectUri(const std::vector<std::string>& patterns) {
    if (patterns.size() != 1)
        return std::nullopt;
    return patterns.front().substr(0, patterns.front().find("/*"));
}

} // namespace gatehouse::provider
