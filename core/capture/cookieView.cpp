#include <arrangement/arrangement.h>
#include <base/ascii.h>
#include <capture/cookieView.h>
#include <capture/headLines.h>
#include <gate/setCookie.h>

namespace gatehouse::capture {

namespace {

constexpr std::size_t browserLimit = 4096; // name, value and attributes; what is longer is not kept

constexpr Message notSecure{"cookie-not-secure",
                            GH_TEXT("core", "Without Secure the cookie also travels over plain http."), ""};
constexpr Message refusedOverHttp{
    "cookie-secure-over-http", GH_TEXT("core", "Secure, but set over plain http: browsers do not keep it."),
    ""};
constexpr Message notHttpOnly{"cookie-not-http-only",
                              GH_TEXT("core", "Without HttpOnly scripts of the page can read it."), ""};
constexpr Message noneWithoutSecure{"cookie-none-without-secure",
                                    GH_TEXT("core", "SameSite=None without Secure: browsers do not keep it."),
                                    ""};
constexpr Message sameSiteUnset{
    "cookie-same-site-unset",
    GH_TEXT("core", "Without SameSite browsers treat it as Lax: other sites cannot post with it."), ""};
constexpr Message hostPrefix{
    "cookie-host-prefix",
    GH_TEXT("core", "__Host- wants Secure, Path=/ and no Domain: browsers do not keep it."), ""};
constexpr Message securePrefix{"cookie-secure-prefix",
                               GH_TEXT("core", "__Secure- wants Secure: browsers do not keep it."), ""};
constexpr Message otherDomain{
    "cookie-other-domain",
    GH_TEXT("core", "Its Domain does not cover the host that set it: browsers do not keep it."), ""};
constexpr Message tooLarge{"cookie-too-large",
                           GH_TEXT("core", "It is longer than 4,096 bytes: browsers do not keep it."), ""};

bool covers(std::string_view domain, std::string_view host) {
    if (domain.starts_with('.'))
        domain.remove_prefix(1);
    if (equalsIgnoreCase(domain, host))
        return true;
    return host.size() > domain.size() &&
           equalsIgnoreCase(host.substr(host.size() - domain.size()), domain) &&
           host[host.size() - domain.size() - 1] == '.';
}

bool isOver(const http::SetCookie& cookie, const Now& now) {
    if (cookie.maxAge)
        return *cookie.maxAge <= 0;
    return cookie.expires && *cookie.expires <= now.wall;
}

std::string hostOf(const exchange::Exchange& exchange) {
    const auto authority = http::parseAuthority(exchange.authority);
    return authority ? authority->host : exchange.authority;
}

// The session as it was when the exchange ended: an old exchange is not judged by today's clock.
Now endOf(const exchange::Exchange& exchange) {
    Now out = exchange.client.when.started;
    out.wall += exchange.client.when.done;
    out.steady += exchange.client.when.done;
    return out;
}

void openSessions(CookieView& view, const exchange::Exchange& exchange) {
    const auto* const arrangement = static_cast<const arrangement::Arrangement*>(exchange.arrangement.get());
    if (!arrangement)
        return;
    std::vector<gate::RequestCookie> sent, set;
    for (const SentCookie& cookie : view.sent)
        sent.push_back({cookie.name, cookie.value});
    for (const SetCookieView& one : view.set)
        if (!one.deletes)
            set.push_back({one.cookie.name, one.cookie.value});
    for (const arrangement::GatePlan& plan : arrangement->gates) {
        if (auto opened = plan.gate->openSession(sent, endOf(exchange)))
            view.sessions.push_back({plan.gate->name(), std::move(*opened), false});
        if (auto opened = plan.gate->openSession(set, endOf(exchange)))
            view.sessions.push_back({plan.gate->name(), std::move(*opened), true});
    }
}

} // namespace

std::vector<CookieWarning> cookieWarnings(const http::SetCookie& cookie, std::string_view scheme,
                                          std::string_view host, std::size_t lineSize) {
    std::vector<CookieWarning> out;
    const auto warn = [&out](bool wrong, const Message& what) {
        if (wrong)
            out.push_back({&what});
    };
    const bool https = scheme == "https";
    const bool isHostCookie = cookie.name.starts_with("__Host-");
    warn(isHostCookie && (!cookie.secure || cookie.path != "/" || !cookie.domain.empty()), hostPrefix);
    warn(cookie.name.starts_with("__Secure-") && !cookie.secure, securePrefix);
    warn(https && !cookie.secure, notSecure);
    warn(!https && cookie.secure, refusedOverHttp);
    warn(!cookie.httpOnly, notHttpOnly);
    warn(cookie.sameSite == http::SameSite::None && !cookie.secure, noneWithoutSecure);
    warn(cookie.sameSite == http::SameSite::Unset, sameSiteUnset);
    warn(!cookie.domain.empty() && !covers(cookie.domain, host), otherDomain);
    warn(lineSize > browserLimit, tooLarge);
    return out;
}

CookieView cookieView(const exchange::Exchange& exchange, const Now& now) {
    CookieView view;
    for (const std::string_view field : headLines(exchange.client.request.head).all("Cookie"))
        for (std::string_view pair : split(field, ';')) {
            pair = trim(pair);
            const auto equals = pair.find('=');
            if (!pair.empty() && equals != std::string_view::npos)
                view.sent.push_back(
                    {std::string(pair.substr(0, equals)), std::string(pair.substr(equals + 1))});
        }
    for (const std::string_view line : headLines(exchange.client.response.head).all("Set-Cookie")) {
        auto cookie = http::parseSetCookie(line);
        if (!cookie) {
            view.unreadable.emplace_back(line.substr(0, line.find('=')));
            continue;
        }
        SetCookieView one;
        one.size = line.size();
        one.deletes = isOver(*cookie, now);
        if (!one.deletes)
            one.warnings = cookieWarnings(*cookie, exchange.scheme, hostOf(exchange), line.size());
        one.cookie = std::move(*cookie);
        view.set.push_back(std::move(one));
    }
    openSessions(view, exchange);
    return view;
}

} // namespace gatehouse::capture
