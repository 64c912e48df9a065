#include <base/ascii.h>
#include <provider/endpoints.h>
#include <provider/page.h>
#include <provider/router.h>
#include <provider/rules.h>
#include <provider/signingKeysJson.h>

#include <algorithm>
#include <array>

namespace gatehouse::provider {
namespace {

using exchange::Outcome;

constexpr std::string_view allowedHeaders =
    "Origin, Access-Control-Request-Method, X-Requested-With, Accept, Access-Control-Request-Headers, DPoP, "
    "Content-Type, Authorization";

void json(Visit& visit, std::string body, Reply::Caching caching,
          std::string_view type = "application/json") {
    const auto origin = visit.request.headers.get("Origin");
    if (!origin.empty())
        visit.reply.cors = {{"Access-Control-Allow-Origin", std::string(origin)},
                            {"Access-Control-Allow-Credentials", "true"}};
    visit.reply.caching = caching;
    setJson(visit.reply, 200, std::move(body));
    visit.reply.contentType = std::string(type);
    visit.trace(rule::metadata, Outcome::Answered, visit.request.path());
}

bool refuseWithoutTls(Visit& visit) {
    if (!httpsMissing(visit))
        return false;
    visit.trace(rule::httpsRequired, Outcome::Denied, visit.env.peerAddress);
    setJson(visit.reply, 403, errorJson("invalid_request", "HTTPS required"));
    return true;
}

// What RESTEasy says when the client takes none of the resource's types.
bool refuseAccept(Visit& visit) {
    const auto accept = visit.request.headers.get("Accept");
    const auto has = [accept](std::string_view type) { return accept.find(type) != std::string_view::npos; };
    if (accept.empty() || has("json") || has("*/*") || has("application/*"))
        return false;
    visit.reply.securityHeaders = false;
    visit.trace(rule::notFound, Outcome::Denied, "Accept");
    setJson(visit.reply, 406, errorJson("The accept header value did not match the value in @Produces"));
    return true;
}

void discovery(Visit& visit) {
    if (!refuseAccept(visit) && !refuseWithoutTls(visit))
        json(visit, discoveryJson(visit), Reply::Caching::Metadata);
}
void umaDiscovery(Visit& visit) {
    if (!refuseAccept(visit) && !refuseWithoutTls(visit))
        json(visit, umaDiscoveryJson(visit), Reply::Caching::Metadata);
}
void certs(Visit& visit) {
    if (!refuseWithoutTls(visit))
        json(visit, keySetJson(visit), Reply::Caching::NoCache);
}
void realmInfo(Visit& visit) {
    json(visit, realmJson(visit), Reply::Caching::NoCache, "application/json;charset=UTF-8");
}

void forbiddenRegistration(Visit& visit) {
    visit.trace(rule::requestInvalid, Outcome::Denied, "registrations");
    errorPage(visit, 400, "Registration not allowed", Reply::Caching::Unset);
}
void forbiddenReset(Visit& visit) {
    visit.trace(rule::requestInvalid, Outcome::Denied, "forgot-credentials");
    errorPage(visit, 400, "Reset Credential not allowed", Reply::Caching::Unset);
}

// The frame that a relying party polls: is the session cookie still the one I know?
void statusFrame(Visit& visit) {
    if (visit.queryValue("version")) {
        visit.reply.status = 404; // the versioned address belongs to a build of Keycloak
        return;
    }
    visit.reply.caching = Reply::Caching::Metadata;
    visit.reply.framable = true;
    visit.reply.contentType = "text/html;charset=utf-8";
    visit.reply.body =
        "<!DOCTYPE html>\n<html><body><script>\n"
        "addEventListener('message',e=>{if(typeof e.data!=='string')return;"
        "const own=(document.cookie.split('; ').find(c=>c.startsWith('KEYCLOAK_SESSION='))||'').slice(17);"
        "const known=e.data.split(' ')[1]||'';"
        "e.source.postMessage(own===known||(!own&&!known)?'unchanged':'changed',e.origin)});\n</script></"
        "body></html>\n";
    visit.trace(rule::metadata, Outcome::Answered, "login-status-iframe");
}

void statusFrameInit(Visit& visit) {
    const auto clientId = visit.queryValue("client_id"), origin = visit.queryValue("origin");
    visit.client = clientId ? visit.realm.client(*clientId) : nullptr;
    const auto& origins =
        visit.client != nullptr ? visit.client->data.webOrigins : std::vector<std::string>{};
    const bool known = origin && std::ranges::find(origins, *origin) != origins.end();
    visit.reply.status = known ? 204 : 403;
    visit.trace(known ? rule::metadata : rule::originRefused, known ? Outcome::Answered : Outcome::Denied,
                origin.value_or(""));
}

void cookieCheck(Visit& visit) {
    visit.reply.caching = Reply::Caching::Metadata;
    visit.reply.framable = true;
    visit.reply.contentType = "text/html;charset=utf-8";
    visit.reply.body = "<!DOCTYPE html>\n<html><body></body></html>\n";
    visit.trace(rule::metadata, Outcome::Answered, "3p-cookies");
}

struct RouteRow {
    std::string_view path;
    std::string_view methods; // of the endpoint, blank-separated
    void (*run)(Visit&);
    std::string_view preflight; // Access-Control-Allow-Methods; empty: no CORS, an Allow header
    bool missingIs404 = false;  // another method gives 404, not 405
};
constexpr std::array routes{
    RouteRow{"", "GET", realmInfo, "GET, HEAD, OPTIONS"},
    RouteRow{"/.well-known/openid-configuration", "GET", discovery, "GET", true},
    RouteRow{"/.well-known/oauth-authorization-server", "GET", discovery, "GET", true},
    RouteRow{"/.well-known/uma2-configuration", "GET", umaDiscovery, "GET", true},
    RouteRow{"/protocol/openid-connect/auth", "GET POST", authorization, ""},
    RouteRow{"/protocol/openid-connect/token", "POST", token, "POST, OPTIONS"},
    RouteRow{"/protocol/openid-connect/token/introspect", "POST", introspect, ""},
    RouteRow{"/protocol/openid-connect/userinfo", "GET POST", userinfo, "GET, HEAD, OPTIONS"},
    RouteRow{"/protocol/openid-connect/certs", "GET", certs, "GET"},
    RouteRow{"/protocol/openid-connect/logout", "GET POST", logout, "GET, HEAD, OPTIONS"},
    RouteRow{"/protocol/openid-connect/logout/logout-confirm", "GET POST", logoutConfirm, ""},
    RouteRow{"/protocol/openid-connect/revoke", "POST", revoke, "POST, OPTIONS"},
    RouteRow{"/protocol/openid-connect/registrations", "GET", forbiddenRegistration, ""},
    RouteRow{"/protocol/openid-connect/forgot-credentials", "GET", forbiddenReset, ""},
    RouteRow{"/protocol/openid-connect/login-status-iframe.html", "GET", statusFrame, ""},
    RouteRow{"/protocol/openid-connect/login-status-iframe.html/init", "GET", statusFrameInit, ""},
    RouteRow{"/protocol/openid-connect/3p-cookies/step1.html", "GET", cookieCheck, ""},
    RouteRow{"/protocol/openid-connect/3p-cookies/step2.html", "GET", cookieCheck, ""},
    // Known, and not served here: only the methods they would take.
    RouteRow{"/protocol/openid-connect/ext/par/request", "POST", nullptr, ""},
    RouteRow{"/protocol/openid-connect/ext/ciba/auth", "POST", nullptr, ""},
    RouteRow{"/protocol/openid-connect/auth/device", "POST", nullptr, "POST, OPTIONS"}};

bool allows(std::string_view methods, std::string_view method) {
    for (const auto one : split(methods, ' '))
        if (one == method || (method == "HEAD" && one == "GET"))
            return true;
    return false;
}

void preflight(Visit& visit, const RouteRow& route) {
    const auto origin = visit.request.headers.get("Origin");
    if (route.preflight.empty() || origin.empty()) {
        const bool get = allows(route.methods, "GET");
        visit.reply.cors = {{"Allow", get ? "HEAD, POST, GET, OPTIONS" : "HEAD, POST, OPTIONS"}};
        return;
    }
    visit.reply.cors = {{"Access-Control-Allow-Origin", std::string(origin)},
                        {"Access-Control-Allow-Methods", std::string(route.preflight)},
                        {"Access-Control-Allow-Credentials", "true"},
                        {"Access-Control-Allow-Headers", std::string(allowedHeaders)},
                        {"Access-Control-Max-Age", "3600"}};
}

void notFound(Visit& visit, std::string_view text) {
    visit.trace(rule::notFound, Outcome::Denied, visit.request.path());
    if (wantsHtml(visit.request))
        return notFoundPage(visit);
    setJson(visit.reply, 404, errorJson(text));
}

} // namespace

bool wantsHtml(const http::RequestView& request) {
    return request.headers.get("Accept").find("text/html") != std::string_view::npos;
}

void route(Visit& visit, std::string_view path) {
    if (path.starts_with("/login-actions"))
        return loginAction(visit, path.size() > 15 ? path.substr(15) : std::string_view{});
    const auto row = std::ranges::find(routes, path, &RouteRow::path);
    if (row == routes.end()) {
        const bool otherProtocol =
            path.starts_with("/protocol/") && !path.starts_with("/protocol/openid-connect");
        return notFound(visit, otherProtocol ? "Protocol not found" : "HTTP 404 Not Found");
    }
    const auto method = visit.request.method;
    if (method == "OPTIONS")
        return preflight(visit, *row);
    const bool allowed = allows(row->methods, method);
    if (!allowed && !row->missingIs404) {
        visit.trace(rule::notFound, Outcome::Denied, method);
        return setJson(visit.reply, 405, errorJson("HTTP 405 Method Not Allowed"));
    }
    if (!allowed || row->run == nullptr)
        return notFound(visit, "HTTP 404 Not Found");
    row->run(visit);
    if (method == "HEAD")
        visit.reply.body.clear();
}

} // namespace gatehouse::provider
