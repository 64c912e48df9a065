#include <base/ascii.h>
#include <http/url.h>
#include <provider/reply.h>

namespace gatehouse::provider {
namespace {

std::string_view cacheControl(Reply::Caching caching) {
    switch (caching) {
    case Reply::Caching::NoCache:
        return "no-cache";
    case Reply::Caching::NoStore:
        return "no-store";
    case Reply::Caching::Login:
        return "no-store, must-revalidate, max-age=0";
    case Reply::Caching::Metadata:
        return "no-cache, must-revalidate, no-transform, no-store";
    case Reply::Caching::Unset:
        break;
    }
    return {};
}

bool isForm(std::string_view contentType) {
    return startsWithIgnoreCase(contentType, "application/x-www-form-urlencoded");
}

// No header ends early, whatever a redirect URI or a scope name holds.
std::string oneLine(std::string_view value) {
    std::string out(value);
    for (char& c : out)
        if (c == '\r' || c == '\n' || c == '\0')
            c = ' ';
    return out;
}

} // namespace

http::Response finish(const Reply& reply, const http::RequestView& request) {
    http::Response out;
    out.status = reply.status;
    out.body = reply.body;
    const auto add = [&out](std::string_view name, std::string_view value) {
        if (!value.empty())
            out.headers.add(name, oneLine(value));
    };
    if (reply.tokenEndpoint) {
        add("Cache-Control", "no-store");
        add("Pragma", "no-cache");
    }
    for (const auto& [name, value] : reply.cors)
        add(name, value);
    add("Cache-Control", cacheControl(reply.caching));
    for (const auto& cookie : reply.cookies)
        add("Set-Cookie", cookie);
    const bool html = reply.contentType.empty() || reply.contentType.starts_with("text/plain")
                          ? isForm(request.headers.get("Content-Type"))
                          : reply.contentType.starts_with("text/html");
    const bool json = reply.contentType.starts_with("application/json");
    add("Content-Language", reply.contentLanguage);
    if (html && reply.securityHeaders)
        add("Content-Security-Policy", "frame-src 'self'" + reply.frameSources + ";" +
                                           (reply.framable ? "" : " frame-ancestors 'self';") +
                                           " object-src 'none';");
    add("Content-Type", reply.contentType);
    add("Location", reply.location);
    if (!reply.securityHeaders)
        return out;
    add("Referrer-Policy", "no-referrer");
    add("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    add("WWW-Authenticate", reply.wwwAuthenticate);
    add("X-Content-Type-Options", "nosniff");
    if ((html || json) && !reply.framable)
        add("X-Frame-Options", "SAMEORIGIN");
    add("X-Robots-Tag", "none");
    return out;
}

void setJson(Reply& reply, int status, std::string body) {
    reply.status = status;
    reply.contentType = "application/json";
    reply.body = std::move(body);
}

void setRedirect(Reply& reply, std::string location) {
    reply.status = 302;
    reply.location = std::move(location);
    reply.body.clear();
    reply.contentType.clear();
    reply.contentLanguage.clear();
}

std::string locationText(std::string_view uri) {
    std::string out;
    for (const char c : uri) {
        const bool plain = c > ' ' && c < '\x7f' && c != '"' && c != '<' && c != '>' && c != '\\' &&
                           c != '^' && c != '`' && c != '{' && c != '|' && c != '}';
        out += plain ? std::string(1, c) : http::percentEncode(std::string_view(&c, 1));
    }
    const auto drop = [&out](std::string_view scheme, std::string_view port) {
        if (!out.starts_with(scheme))
            return;
        const auto end = out.find_first_of("/?#", scheme.size());
        const auto authorityEnd = end == std::string::npos ? out.size() : end;
        if (std::string_view(out).substr(0, authorityEnd).ends_with(port))
            out.erase(authorityEnd - port.size(), port.size());
    };
    // Brackets hold colons, not ports: Keycloak leaves http://[::1]:80 as it is.
    if (out.find('[') == std::string::npos) {
        drop("http://", ":80");
        drop("https://", ":443");
    }
    return out;
}

} // namespace gatehouse::provider
