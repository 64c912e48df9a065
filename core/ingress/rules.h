// What happens to a request and why: the rows that edits and trace steps point to. rules() lists them.
#pragma once

#include <base/message.h>
#include <exchange/rule.h>

namespace gatehouse::ingress::rule {

using exchange::RuleRow;

// Where a request goes
inline constexpr RuleRow defaultServer{
    "ingress.default-server",
    GH_TEXT("core", "No Ingress serves this host, so the default backend answers 404."), "ingress.md 2.1"};
inline constexpr RuleRow location{
    "ingress.location",
    GH_TEXT("core", "The path selects the location: exact first, then the longest prefix."),
    "ingress.md 2.1"};
inline constexpr RuleRow expression{
    "ingress.expression",
    GH_TEXT("core",
            "A host with use-regex or rewrite-target tries its paths as regular expressions, longest first."),
    "ingress.md 2.1"};
inline constexpr RuleRow noPath{
    "ingress.default-backend",
    GH_TEXT("core", "No path of this host matches: the default backend answers 404."), "ingress.md 2.1"};
inline constexpr RuleRow rewriteRedirect{
    "ingress.rewrite-redirect",
    GH_TEXT("core", "rewrite-target is a whole URL, so nginx redirects there, before authentication."),
    "measured: r5d"};
inline constexpr RuleRow addSlash{
    "ingress.add-slash",
    GH_TEXT("core",
            "The path is served with a slash at its end only; nginx redirects there before authentication."),
    "ingress.md 2.1"};
inline constexpr RuleRow forward{"ingress.forward", GH_TEXT("core", "The request goes to the service."),
                                 "ingress.md 1.9"};
inline constexpr RuleRow rewrite{
    "ingress.rewrite", GH_TEXT("core", "rewrite-target changes the path for the service."), "ingress.md 2.1"};

// Refused or answered before authentication
inline constexpr RuleRow badTarget{
    "ingress.bad-target",
    GH_TEXT("core", "nginx refuses an address with a broken escape, a NUL or too many \"..\"."),
    "corrections 37"};
inline constexpr RuleRow badMethod{
    "ingress.bad-method",
    GH_TEXT("core", "nginx takes methods in capital letters only, and neither TRACE nor "
                    "CONNECT."),
    "corrections 37"};
inline constexpr RuleRow badHost{"ingress.bad-host",
                                 GH_TEXT("core", "nginx refuses a Host with two dots in a row."),
                                 "nginx ngx_http_validate_host"};
inline constexpr RuleRow headTooLarge{
    "ingress.head-too-large",
    GH_TEXT("core",
            "A line of the request is longer than large-client-header-buffers allows: a cookie of 8 KiB is "
            "too long for nginx."),
    "corrections 37"};
inline constexpr RuleRow blockedAgent{"ingress.blocked",
                                      GH_TEXT("core", "The ConfigMap blocks this User-Agent or Referer."),
                                      "nginx.tmpl block_ua"};
inline constexpr RuleRow certificateMissing{
    "ingress.client-certificate",
    GH_TEXT("core", "The host asks for client certificates, and their authority is missing."),
    "corrections 25"};
inline constexpr RuleRow appRoot{
    "ingress.app-root", GH_TEXT("core", "app-root redirects / before authentication."), "corrections 13"};
inline constexpr RuleRow wwwRedirect{
    "ingress.www", GH_TEXT("core", "from-to-www-redirect leads to the other name."), "corrections 36"};
inline constexpr RuleRow bodyTooLarge{"ingress.body-too-large",
                                      GH_TEXT("core", "The announced body is larger than proxy-body-size."),
                                      "ingress.md 1.10"};
inline constexpr RuleRow preflight{
    "ingress.cors-preflight", GH_TEXT("core", "A cross-origin preflight is answered without authentication."),
    "corrections 11"};
inline constexpr RuleRow redirect{
    "ingress.redirect",
    GH_TEXT("core", "A redirect annotation answers every request, before authentication."), "ingress.md 1.2"};
inline constexpr RuleRow denied{
    "ingress.denied",
    GH_TEXT("core", "The controller refuses an annotation of this Ingress, so it answers 503."),
    "ingress.md 1.1"};
inline constexpr RuleRow toHttps{"ingress.to-https",
                                 GH_TEXT("core", "http is redirected to https, before authentication."),
                                 "ingress.md 2.2"};
inline constexpr RuleRow noEndpoints{
    "ingress.no-endpoints", GH_TEXT("core", "The service has no endpoints: 503, before authentication."),
    "corrections 27"};
inline constexpr RuleRow addressDenied{
    "ingress.address", GH_TEXT("core", "The client's address is not let in."), "ingress.md 1.2"};
inline constexpr RuleRow addressAllowed{
    "ingress.address-allowed",
    GH_TEXT("core", "satisfy: any, and the address is let in: authentication is not asked."),
    "ingress.md 1.10"};

// External authentication
inline constexpr RuleRow ask{"ingress.auth-request",
                             GH_TEXT("core", "auth-url is asked whether the request may pass."),
                             "ingress.md 1.3"};
inline constexpr RuleRow noAuthLocation{
    "ingress.no-auth-location", GH_TEXT("core", "no-auth-locations takes this path out of authentication."),
    "corrections 9"};
inline constexpr RuleRow passed{
    "ingress.auth-passed", GH_TEXT("core", "auth-url answered 2xx: the request may pass."), "ingress.md 1.4"};
inline constexpr RuleRow unauthorized{
    "ingress.auth-unauthorized",
    GH_TEXT("core", "auth-url answered 401, and there is no auth-signin: the client gets 401 too."),
    "ingress.md 1.4"};
inline constexpr RuleRow forbidden{"ingress.auth-forbidden",
                                   GH_TEXT("core", "auth-url answered 403: so does nginx, never a "
                                                   "redirect to sign-in."),
                                   "ingress.md 1.4"};
inline constexpr RuleRow unexpected{
    "ingress.auth-unexpected",
    GH_TEXT("core", "auth-url answered neither 2xx, 401 nor 403, or not at all: nginx answers 500."),
    "ingress.md 1.4"};
inline constexpr RuleRow authHeadTooLarge{
    "ingress.auth-head-too-large",
    GH_TEXT("core", "The head of auth-url's answer is larger than proxy-buffer-size: nginx answers 500."),
    "corrections 32"};
inline constexpr RuleRow signin{"ingress.auth-signin",
                                GH_TEXT("core", "auth-url answered 401: the browser is sent to auth-signin."),
                                "ingress.md 1.5"};
inline constexpr RuleRow authField{
    "ingress.auth-field", GH_TEXT("core", "The controller tells auth-url about the original request."),
    "ingress.md 1.3, corrections 30"};
inline constexpr RuleRow authMethodField{
    "ingress.auth-method-field",
    GH_TEXT("core", "auth-method also sends X-Original-URI and X-Scheme to auth-url."), "ingress.md 1.3"};
inline constexpr RuleRow authSetHeader{
    "ingress.auth-set-header", GH_TEXT("core", "auth-proxy-set-headers adds this field for auth-url."),
    "corrections 1"};
inline constexpr RuleRow authHidden{
    "ingress.auth-hidden", GH_TEXT("core", "This field never reaches auth-url: the body is not sent."),
    "ingress.md 1.3"};
inline constexpr RuleRow authResponseHeader{
    "ingress.auth-response-header",
    GH_TEXT("core",
            "auth-response-headers copies this field of auth-url's answer; the client's own never arrives."),
    "ingress.md 1.1"};
inline constexpr RuleRow authCookie{
    "ingress.auth-cookie", GH_TEXT("core", "auth-url's Set-Cookie goes to the client."), "ingress.md 1.6"};
inline constexpr RuleRow authChallenge{
    "ingress.auth-challenge", GH_TEXT("core", "auth-url's WWW-Authenticate goes to the client with its 401."),
    "ingress.md 1.4"};

// Towards the service
inline constexpr RuleRow hop{"ingress.hop-by-hop",
                             GH_TEXT("core", "This field is between two neighbours; nginx writes its own."),
                             "RFC 9110 7.6.1"};
inline constexpr RuleRow droppedName{
    "ingress.dropped-field-name",
    GH_TEXT("core", "nginx drops request fields with an underscore or a dot in their name."),
    "corrections 31"};
inline constexpr RuleRow upstreamHost{
    "ingress.host", GH_TEXT("core", "The service sees the client's Host, or upstream-vhost."),
    "ingress.md 1.9"};
inline constexpr RuleRow requestId{"ingress.request-id",
                                   GH_TEXT("core", "Auth request and service see the same X-Request-ID."),
                                   "ingress.md 1.9"};
inline constexpr RuleRow forwarded{"ingress.forwarded",
                                   GH_TEXT("core", "The controller says who asked, how and for which host."),
                                   "ingress.md 1.9"};
inline constexpr RuleRow originalForwarded{
    "ingress.original-forwarded", GH_TEXT("core", "What the client claimed travels under another name."),
    "ingress.md 1.9"};
inline constexpr RuleRow originalUri{
    "ingress.original-uri", GH_TEXT("core", "proxy-add-original-uri-header sends the address as it came."),
    "ingress.md 1.9"};
inline constexpr RuleRow httpoxy{
    "ingress.httpoxy", GH_TEXT("core", "The field Proxy never reaches a service."), "ingress.md 1.9"};
inline constexpr RuleRow setHeaders{"ingress.proxy-set-headers",
                                    GH_TEXT("core", "proxy-set-headers adds this field for every service."),
                                    "corrections 41"};
inline constexpr RuleRow forwardedPrefix{
    "ingress.forwarded-prefix", GH_TEXT("core", "x-forwarded-prefix says what rewrite-target took away."),
    "ingress.md 1.9"};
inline constexpr RuleRow errorBackend{
    "ingress.error-backend", GH_TEXT("core", "default-backend steps in for a service without endpoints."),
    "corrections 28"};

// Towards the client
inline constexpr RuleRow hsts{
    "ingress.hsts", GH_TEXT("core", "Strict-Transport-Security on https, but not on sign-in redirects."),
    "corrections 8"};
inline constexpr RuleRow cors{"ingress.cors", GH_TEXT("core", "enable-cors allows this origin."),
                              "corrections 11"};
inline constexpr RuleRow customHeaders{"ingress.custom-headers",
                                       GH_TEXT("core", "custom-headers sets this field."), "corrections 41"};
inline constexpr RuleRow addHeaders{
    "ingress.add-headers", GH_TEXT("core", "add-headers sets this field on every answer."), "corrections 41"};
inline constexpr RuleRow hidden{"ingress.hidden",
                                GH_TEXT("core", "nginx does not pass this field of the service on."),
                                "nginx proxy_hide_header"};
inline constexpr RuleRow serverField{
    "ingress.server-field", GH_TEXT("core", "server-tokens shows nginx and its version."), "ingress.md 2.2"};
inline constexpr RuleRow replaced{
    "ingress.replaced",
    GH_TEXT("core", "proxy-redirect, proxy-cookie-domain or proxy-cookie-path changes this field."),
    "nginx proxy_redirect"};
inline constexpr RuleRow customError{
    "ingress.custom-error",
    GH_TEXT("core", "custom-http-errors replaces this status by the default backend's answer."),
    "corrections 28"};
inline constexpr RuleRow ownPage{"ingress.own-page", GH_TEXT("core", "nginx answers itself."),
                                 "nginx ngx_http_special_response.c"};

} // namespace gatehouse::ingress::rule
