#include <base/ascii.h>
#include <gate/goUrl.h>
#include <http/grammar.h>

#include <algorithm>
#include <fmt/format.h>
#include <vector>

namespace gatehouse::gate {

namespace {

bool isHex(char c) {
    return asciiDigit(c) || (asciiLower(c) >= 'a' && asciiLower(c) <= 'f');
}

unsigned hexValue(char c) {
    return asciiDigit(c) ? static_cast<unsigned>(c - '0') : static_cast<unsigned>(asciiLower(c) - 'a' + 10);
}

std::optional<std::string> unescape(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out.push_back(text[i]);
            continue;
        }
        if (i + 2 >= text.size() || !isHex(text[i + 1]) || !isHex(text[i + 2]))
            return std::nullopt;
        out.push_back(static_cast<char>(hexValue(text[i + 1]) << 4U | hexValue(text[i + 2])));
        i += 2;
    }
    return out;
}

// What may stand in a host without being escaped (net/url shouldEscape, encodeHost).
bool hostByte(char c) {
    return static_cast<unsigned char>(c) >= 0x80 || asciiAlpha(c) || asciiDigit(c) ||
           std::string_view("-_.~!$&'()*+,;=:[]<>\"").find(c) != std::string_view::npos;
}

std::optional<std::string> unescapeHost(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            if (i + 2 >= text.size() || !isHex(text[i + 1]) || !isHex(text[i + 2]))
                return std::nullopt;
            if (hexValue(text[i + 1]) < 8 && text.substr(i, 3) != "%25")
                return std::nullopt;
            i += 2;
        } else if (!hostByte(text[i])) {
            return std::nullopt;
        }
    }
    return unescape(text);
}

bool optionalPort(std::string_view text) {
    return text.empty() || (text[0] == ':' && std::ranges::all_of(text.substr(1), asciiDigit));
}

std::optional<std::string> parseHost(std::string_view host) {
    if (host.starts_with('[')) {
        const auto end = host.rfind(']');
        if (end == std::string_view::npos || !optionalPort(host.substr(end + 1)))
            return std::nullopt;
        return unescapeHost(host);
    }
    const auto colon = host.find(':'); // Go 1.26: a second colon is refused too
    if (colon != std::string_view::npos && !optionalPort(host.substr(colon)))
        return std::nullopt;
    return unescapeHost(host);
}

bool validUserinfo(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        return asciiAlpha(c) || asciiDigit(c) ||
               std::string_view("-._:~!$&'()*+,;=%@").find(c) != std::string_view::npos;
    });
}

bool parseAuthority(std::string_view authority, GoUrl& url) {
    const auto at = authority.rfind('@');
    if (at != std::string_view::npos &&
        (!validUserinfo(authority.substr(0, at)) || !unescape(authority.substr(0, at))))
        return false;
    auto host = parseHost(at == std::string_view::npos ? authority : authority.substr(at + 1));
    if (host)
        url.host = std::move(*host);
    return host.has_value();
}

// Takes "scheme:" off; false where Go refuses.
bool takeScheme(std::string_view& text, std::string& scheme) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (asciiAlpha(c))
            continue;
        if (i > 0 && (asciiDigit(c) || c == '+' || c == '-' || c == '.'))
            continue;
        if (c != ':')
            return true;
        if (i == 0)
            return false;
        scheme = lower(text.substr(0, i));
        text.remove_prefix(i + 1);
        return true;
    }
    return true;
}

bool takeHierarchy(std::string_view rest, GoUrl& url) {
    if (!rest.starts_with('/')) {
        if (!url.scheme.empty()) {
            url.opaque = rest;
            return true;
        }
        if (rest.substr(0, rest.find('/')).find(':') != std::string_view::npos)
            return false;
    }
    if (rest.starts_with("//") && (!url.scheme.empty() || !rest.starts_with("///"))) {
        const std::string_view authority = rest.substr(2, rest.find('/', 2) - 2);
        rest.remove_prefix(2 + authority.size());
        if (!parseAuthority(authority, url))
            return false;
    }
    auto path = unescape(rest);
    if (path)
        url.path = std::move(*path);
    return path.has_value();
}

} // namespace

std::optional<GoUrl> parseGoUrl(std::string_view text) {
    GoUrl url;
    if (const auto hash = text.find('#'); hash != std::string_view::npos) {
        auto fragment = unescape(text.substr(hash + 1));
        if (!fragment)
            return std::nullopt;
        url.fragment = std::move(*fragment);
        text = text.substr(0, hash);
    }
    if (std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }))
        return std::nullopt;
    if (text == "*") {
        url.path = "*";
        return url;
    }
    if (!takeScheme(text, url.scheme))
        return std::nullopt;
    if (const auto mark = text.find('?'); mark != std::string_view::npos) {
        url.query = text.substr(mark + 1);
        text = text.substr(0, mark);
    }
    if (!takeHierarchy(text, url))
        return std::nullopt;
    return url;
}

std::string GoUrl::hostname() const {
    std::string_view name = host;
    const auto colon = name.rfind(':');
    if (colon != std::string_view::npos && optionalPort(name.substr(colon)))
        name = name.substr(0, colon);
    if (name.starts_with('[') && name.ends_with(']'))
        name = name.substr(1, name.size() - 2);
    return std::string(name);
}

std::string GoUrl::port() const {
    const auto colon = host.rfind(':');
    return colon != std::string::npos && optionalPort(std::string_view(host).substr(colon))
               ? host.substr(colon + 1)
               : std::string();
}

std::string cleanPath(std::string_view path) {
    if (path.empty())
        return ".";
    const bool rooted = path.front() == '/';
    std::vector<std::string_view> kept;
    for (const std::string_view part : split(path, '/')) {
        if (part.empty() || part == ".")
            continue;
        if (part != "..")
            kept.push_back(part);
        else if (!kept.empty() && kept.back() != "..")
            kept.pop_back();
        else if (!rooted)
            kept.push_back(part);
    }
    std::string out = rooted ? "/" : "";
    for (const std::string_view part : kept)
        out.append(out.empty() || out == "/" ? "" : "/").append(part);
    return out.empty() ? "." : out;
}

std::string canonicalPath(std::string_view path) {
    if (path.empty())
        return "/";
    const std::string rooted = path.front() == '/' ? std::string(path) : "/" + std::string(path);
    std::string clean = cleanPath(rooted);
    if (rooted.back() == '/' && clean != "/")
        clean += '/';
    return clean;
}

namespace {

std::string encodedForHeader(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\r' || c == '\n')
            out.push_back(' ');
        else if (byte >= 0x80 || byte < 0x20 || byte == 0x7F)
            out += fmt::format("%{:02x}", byte);
        else
            out.push_back(c);
    }
    return out;
}

std::string absoluteAndClean(std::string_view target, std::string_view requestPath) {
    std::string whole(target);
    if (!target.starts_with('/'))
        whole = std::string(requestPath.substr(0, requestPath.rfind('/') + 1)) + whole;
    const auto mark = whole.find('?');
    const std::string query = mark == std::string::npos ? std::string() : whole.substr(mark);
    const std::string path = whole.substr(0, mark);
    std::string clean = cleanPath(path);
    if (path.ends_with('/') && !clean.ends_with('/'))
        clean += '/';
    return clean + query;
}

} // namespace

std::string redirectLocation(std::string_view target, std::string_view requestPath) {
    const auto url = parseGoUrl(target);
    if (url && url->scheme.empty() && url->host.empty())
        return encodedForHeader(absoluteAndClean(target, requestPath.empty() ? "/" : requestPath));
    return encodedForHeader(target);
}

std::string htmlEscape(std::string_view text, bool attribute) {
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    for (const char c : text) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&#34;";
            break;
        case '\'':
            out += "&#39;";
            break;
        case '+':
            out += attribute ? "&#43;" : "+";
            break;
        case '\0':
            out += "\xEF\xBF\xBD";
            break;
        default:
            out.push_back(c);
        }
    }
    return out;
}

} // namespace gatehouse::gate
