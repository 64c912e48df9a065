#include <base/ascii.h>
#include <http/url.h>
#include <ingress/goText.h>

#include <algorithm>
#include <charconv>

namespace gatehouse::ingress {

std::optional<bool> goBool(std::string_view text) {
    for (const std::string_view yes : {"1", "t", "T", "TRUE", "true", "True"})
        if (text == yes)
            return true;
    for (const std::string_view no : {"0", "f", "F", "FALSE", "false", "False"})
        if (text == no)
            return false;
    return std::nullopt;
}

std::optional<std::int64_t> goInt(std::string_view text) {
    if (text.starts_with('+')) {
        text.remove_prefix(1);
        if (text.starts_with('-'))
            return std::nullopt;
    }
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

std::string_view goTrim(std::string_view text) {
    constexpr std::string_view blanks = " \t\n\v\f\r";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string GoUrl::hostname() const {
    const std::string_view text = host;
    if (text.starts_with('['))
        return std::string(text.substr(1, text.find(']') - 1));
    return std::string(text.substr(0, text.find(':')));
}

namespace {

// The scheme and what follows its colon; nullopt for ":..." (Go: missing protocol scheme).
std::optional<std::pair<std::string_view, std::string_view>> splitScheme(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (asciiAlpha(c))
            continue;
        if ((asciiDigit(c) || c == '+' || c == '-' || c == '.') && i > 0)
            continue;
        if (c != ':')
            break;
        if (i == 0)
            return std::nullopt;
        return std::pair{text.substr(0, i), text.substr(i + 1)};
    }
    return std::pair{std::string_view{}, text};
}

bool percentsAreWhole(std::string_view text) {
    const auto isHex = [](char c) { return asciiDigit(c) || (asciiLower(c) >= 'a' && asciiLower(c) <= 'f'); };
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] == '%' && (i + 2 >= text.size() || !isHex(text[i + 1]) || !isHex(text[i + 2])))
            return false;
    return true;
}

bool validPort(std::string_view port) { // with its colon, or empty
    return port.empty() || (port.front() == ':' &&
                            std::all_of(port.begin() + 1, port.end(), [](char c) { return asciiDigit(c); }));
}

// Characters that Go takes in a host without escaping them (shouldEscape, encodeHost).
bool validHost(std::string_view host) {
    if (host.starts_with('[')) {
        const auto close = host.rfind(']');
        return close != std::string_view::npos && validPort(host.substr(close + 1));
    }
    const auto colon = host.rfind(':');
    if (colon != std::string_view::npos && !validPort(host.substr(colon)))
        return false;
    return std::all_of(host.begin(), host.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0x80 || asciiAlpha(c) || asciiDigit(c) ||
               std::string_view("-_.~!$&'()*+,;=:[]<>\"").find(c) != std::string_view::npos;
    });
}

} // namespace

std::optional<GoUrl> parseGoUrl(std::string_view text) {
    if (std::any_of(text.begin(), text.end(),
                    [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }))
        return std::nullopt;
    text = text.substr(0, text.find('#'));
    const auto scheme = splitScheme(text);
    if (!scheme)
        return std::nullopt;
    GoUrl url;
    url.scheme = lower(scheme->first);
    std::string_view rest = scheme->second;
    const auto mark = rest.find('?');
    if (mark != std::string_view::npos) {
        url.query = rest.substr(mark + 1);
        rest = rest.substr(0, mark);
    }
    if (!rest.starts_with('/')) {
        if (!url.scheme.empty())
            return url; // opaque
        if (rest.substr(0, rest.find('/')).find(':') != std::string_view::npos)
            return std::nullopt; // "first path segment in URL cannot contain colon"
    }
    if (rest.starts_with("//") && (!url.scheme.empty() || !rest.starts_with("///"))) {
        const auto slash = rest.find('/', 2);
        std::string_view authority = rest.substr(2, slash == std::string_view::npos ? slash : slash - 2);
        rest = slash == std::string_view::npos ? std::string_view{} : rest.substr(slash);
        authority = authority.substr(authority.rfind('@') + 1);
        if (!validHost(authority))
            return std::nullopt;
        url.host = authority;
    }
    if (!percentsAreWhole(rest))
        return std::nullopt;
    return url;
}

std::string GoQuery::get(std::string_view name) const {
    for (const auto& [key, value] : values)
        if (key == name)
            return value;
    return {};
}

GoQuery parseGoQuery(std::string_view raw) {
    GoQuery query;
    for (const std::string_view part : split(raw, '&')) {
        if (part.empty() || part.find(';') != std::string_view::npos || !percentsAreWhole(part))
            continue;
        for (auto& pair : http::parseForm(part)) {
            query.values.push_back(std::move(pair));
            query.empty = false;
        }
    }
    return query;
}

std::string_view whyNoUrl(std::string_view text, GoUrl& url) {
    auto parsed = parseGoUrl(text);
    if (!parsed)
        return "it is no URL";
    url = std::move(*parsed);
    if (url.scheme.empty())
        return "it has no scheme";
    if (url.host.empty())
        return "it has no host";
    if (url.host.find("..") != std::string::npos)
        return "its host has two dots in a row";
    return {};
}

} // namespace gatehouse::ingress
