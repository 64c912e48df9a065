#include <base/ascii.h>
#include <http/grammar.h>
#include <http/url.h>

#include <algorithm>
#include <charconv>

namespace gatehouse::http {

namespace {

constexpr Message notAUrl{"not-a-url", GH_TEXT("core", "{url} is no http or https URL: {reason}"),
                          GH_TEXT("core", "Write it like https://host.domain.tld/path.")};

std::unexpected<Error> refuse(std::string_view url, std::string_view reason) {
    return fail(notAUrl, {{"url", std::string(url)}, {"reason", std::string(reason)}});
}

std::uint16_t defaultPort(std::string_view scheme) {
    return scheme == "https" ? 443 : 80;
}

// Length of "scheme" when the text begins with "scheme:" (RFC 3986 section 3.1), else 0.
std::size_t schemeSize(std::string_view text) {
    if (text.empty() || !asciiAlpha(text.front()))
        return 0;
    for (std::size_t i = 1; i < text.size(); ++i) {
        const char c = text[i];
        if (c == ':')
            return i;
        if (!grammar::is(c, grammar::Alnum) && c != '+' && c != '-' && c != '.')
            return 0;
    }
    return 0;
}

// RFC 3986 section 5.2.4.
std::string withoutDotSegments(std::string_view path) {
    std::string out;
    while (!path.empty()) {
        const auto next = path.find('/', 1);
        const std::string_view segment = path.substr(0, next); // "/name"
        const bool last = next == std::string_view::npos;
        if (segment == "/." || segment == "/..") {
            if (segment == "/..")
                out.erase(out.rfind('/') == std::string::npos ? 0 : out.rfind('/'));
            if (last)
                out.push_back('/');
        } else {
            out.append(segment);
        }
        if (last)
            break;
        path.remove_prefix(next);
    }
    return out.empty() ? "/" : out;
}

// Browsers encode what servers forget to: blanks and 8-bit bytes in a Location.
std::string asciiReference(std::string_view reference) {
    std::string out;
    for (const char c : reference) {
        if (c == ' ' || static_cast<unsigned char>(c) >= 0x80)
            out += percentEncode({&c, 1}, {});
        else
            out.push_back(c);
    }
    return out;
}

std::string resolvedTarget(const Url& base, std::string_view reference) {
    const auto mark = reference.find('?');
    const std::string_view path = reference.substr(0, mark);
    const std::string_view query =
        mark == std::string_view::npos ? std::string_view{} : reference.substr(mark);
    if (path.empty())
        return std::string(base.path()) +
               std::string(query.empty() ? std::string_view(base.target).substr(base.path().size()) : query);
    if (path.front() == '/')
        return withoutDotSegments(path) + std::string(query);
    const std::string_view basePath = base.path();
    return withoutDotSegments(std::string(basePath.substr(0, basePath.rfind('/') + 1)) + std::string(path)) +
           std::string(query);
}

bool validPort(std::string_view text) {
    unsigned port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    return error == std::errc{} && end == text.data() + text.size() && port > 0 && port <= 65535;
}

struct AuthorityParts {
    std::string_view host; // brackets included
    std::string_view port;
};

std::optional<AuthorityParts> authorityParts(std::string_view text) {
    AuthorityParts parts;
    std::size_t hostEnd = 0;
    if (text.starts_with('[')) { // IPv6 literal
        const auto close = text.find(']');
        if (close == std::string_view::npos || close < 3)
            return std::nullopt;
        const std::string_view literal = text.substr(1, close - 1);
        if (literal.find_first_not_of("0123456789abcdefABCDEF:.") != std::string_view::npos)
            return std::nullopt;
        hostEnd = close + 1;
    } else {
        hostEnd = std::min(text.find(':'), text.size());
        if (hostEnd == 0 || !grammar::all(text.substr(0, hostEnd), grammar::Host))
            return std::nullopt;
    }
    parts.host = text.substr(0, hostEnd);
    if (hostEnd == text.size())
        return parts;
    parts.port = text.substr(hostEnd + 1);
    if (text[hostEnd] != ':' || !validPort(parts.port))
        return std::nullopt;
    return parts;
}

} // namespace

bool validAuthority(std::string_view text) {
    return authorityParts(text).has_value();
}

std::optional<Authority> parseAuthority(std::string_view text) {
    const auto parts = authorityParts(text);
    if (!parts)
        return std::nullopt;
    Authority authority;
    const bool literal = parts->host.front() == '[';
    authority.host = lower(literal ? parts->host.substr(1, parts->host.size() - 2) : parts->host);
    std::from_chars(parts->port.data(), parts->port.data() + parts->port.size(), authority.port);
    return authority;
}

std::string Url::authority() const {
    std::string out = host.find(':') == std::string::npos ? host : '[' + host + ']';
    if (port != defaultPort(scheme))
        out += ':' + std::to_string(port);
    return out;
}

std::string Url::origin() const {
    return scheme + "://" + authority();
}

std::string Url::text() const {
    return origin() + target;
}

std::string_view Url::path() const {
    return std::string_view(target).substr(0, target.find('?'));
}

std::string_view Url::query() const {
    const auto mark = target.find('?');
    return mark == std::string::npos ? std::string_view{} : std::string_view(target).substr(mark + 1);
}

Result<Url> parseUrl(std::string_view text) {
    Url url;
    const std::size_t scheme = schemeSize(text);
    url.scheme = lower(text.substr(0, scheme));
    if ((url.scheme != "http" && url.scheme != "https") || text.substr(scheme, 3) != "://")
        return refuse(text, "it does not begin with http:// or https://");
    std::string_view rest = text.substr(scheme + 3);
    if (rest.find('#') != std::string_view::npos)
        return refuse(text, "it has a fragment (#)");
    if (!grammar::all(rest, grammar::Target))
        return refuse(text, "it has blanks, control or non-ASCII characters");
    const auto end = std::min(rest.find_first_of("/?"), rest.size());
    const auto authority = parseAuthority(rest.substr(0, end));
    if (rest.substr(0, end).find('@') != std::string_view::npos)
        return refuse("it", "it has user information (@)"); // which may be a password: not repeated
    if (!authority)
        return refuse(text, "its host or port is malformed");
    url.host = authority->host;
    url.portWritten = authority->port != 0;
    url.port = url.portWritten ? authority->port : defaultPort(url.scheme);
    rest.remove_prefix(end);
    url.target = rest.starts_with('/') ? std::string(rest) : '/' + std::string(rest);
    return url;
}

Result<Url> resolve(const Url& base, std::string_view reference) {
    const std::string clean = asciiReference(reference.substr(0, reference.find('#')));
    if (schemeSize(clean) > 0)
        return parseUrl(clean);
    if (clean.starts_with("//"))
        return parseUrl(base.scheme + ':' + clean);
    if (!grammar::all(clean, grammar::Target))
        return refuse(clean, "it has control characters");
    Url url = base;
    url.target = resolvedTarget(base, clean);
    return url;
}

} // namespace gatehouse::http
