#include <base/ascii.h>
#include <gate/goUrl.h>
#include <gate/redirect.h>

#include <algorithm>

namespace gatehouse::gate {

namespace {

bool isSlash(char c) {
    return c == '/' || c == '\\';
}

bool isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == '\v';
}

// [/\\](?:[\s\v]*|\.{1,2})[/\\] anywhere: what a browser takes for "//".
bool looksLikeAuthority(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!isSlash(text[i]))
            continue;
        std::size_t blanks = i + 1;
        while (blanks < text.size() && isBlank(text[blanks]))
            ++blanks;
        if (blanks < text.size() && isSlash(text[blanks]))
            return true;
        std::size_t dots = i + 1;
        while (dots < text.size() && dots < i + 3 && text[dots] == '.')
            ++dots;
        if (dots > i + 1 && dots < text.size() && isSlash(text[dots]))
            return true;
    }
    return false;
}

struct Entry {
    std::string_view host;
    std::string_view port;
};

// pkg/util SplitHostPort: the port may be "*".
Entry splitEntry(std::string_view entry) {
    Entry out{entry, {}};
    const auto colon = entry.rfind(':');
    if (colon != std::string_view::npos) {
        const std::string_view port = entry.substr(colon + 1);
        if (port == "*" || std::ranges::all_of(port, asciiDigit))
            out = {entry.substr(0, colon), port};
    }
    if (out.host.starts_with('[') && out.host.ends_with(']'))
        out.host = out.host.substr(1, out.host.size() - 2);
    return out;
}

std::string_view without(std::string_view text, std::string_view prefix) {
    return text.starts_with(prefix) ? text.substr(prefix.size()) : text;
}

bool hostAllowed(std::string_view hostname, std::string_view allowed) {
    if (hostname == without(allowed, ".") || hostname == without(allowed, "*."))
        return true;
    return (allowed.starts_with('.') && hostname.ends_with(allowed)) ||
           (allowed.starts_with("*.") && hostname.ends_with(allowed.substr(1)));
}

} // namespace

bool endpointAllowed(std::string_view hostname, std::string_view port,
                     const std::vector<std::string>& whitelist) {
    return std::ranges::any_of(whitelist, [&](const std::string& text) {
        const Entry entry = splitEntry(text);
        return !entry.host.empty() && hostAllowed(hostname, entry.host) &&
               (entry.port == "*" || entry.port == port);
    });
}

bool validRedirect(std::string_view target, const std::vector<std::string>& whitelist) {
    if (target.starts_with('/') && !target.starts_with("//") && !looksLikeAuthority(target))
        return true;
    if (!target.starts_with("http://") && !target.starts_with("https://"))
        return false;
    const auto url = parseGoUrl(target);
    return url && endpointAllowed(url->hostname(), url->port(), whitelist);
}

std::string appRedirect(const RedirectSources& from, std::string_view prefix,
                        const std::vector<std::string>& whitelist, std::vector<std::string>& rejected) {
    const std::string own = std::string(prefix) + (prefix.ends_with('/') ? "" : "/");
    const auto accepted = [&](std::string_view target, std::string_view where) {
        if (validRedirect(target, whitelist))
            return true;
        if (!target.empty())
            rejected.push_back(std::string(where) + ": " + std::string(target));
        return false;
    };
    if (accepted(from.rd, "rd"))
        return std::string(from.rd);
    if (accepted(from.authRequest, "X-Auth-Request-Redirect"))
        return std::string(from.authRequest);
    if (from.forwarded) {
        const std::string_view uri = from.uri.starts_with(own) ? "/" : from.uri;
        std::string target =
            std::string(from.forwardedProto) + "://" + std::string(from.forwardedHost) + std::string(uri);
        if (accepted(target, "X-Forwarded-*"))
            return target;
    }
    const std::string_view uri = accepted(from.uri, "X-Forwarded-Uri") ? from.uri : from.requestUri;
    const std::string_view target = uri.starts_with(own) ? "/" : uri;
    return validRedirect(target, whitelist) ? std::string(target) : "/";
}

} // namespace gatehouse::gate
