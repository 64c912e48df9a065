// Annotations of ingress-nginx 1.15.1: External authentication, Password authentication, Client certificates,
// Addresses.
#include <ingress/table/rows.h>

namespace gatehouse::ingress::table {

namespace {

constexpr AnnotationRow rows[] = {
    {"auth-url", "url", Support::Does, "External authentication",
     GH_TEXT("core",
             "Where the controller asks whether a request may pass: every request of this Ingress causes a "
             "request there first; 2xx lets it through. nginx variables such as $host are expanded."),
     "", "", "no external authentication at all, without a word", "", ""},
    {"auth-method", "choice", Support::Does, "External authentication",
     GH_TEXT("core",
             "Method of the request to auth-url. Setting it also sends X-Original-URI and X-Scheme there."),
     "", "GET", "GET", "GET HEAD POST PUT PATCH DELETE CONNECT OPTIONS TRACE", ""},
    {"auth-signin", "url", Support::Does, "External authentication",
     GH_TEXT("core", "Where a browser is sent (302) when auth-url answered 401."), "", "",
     "the plain 401 page", "", ""},
    {"auth-signin-redirect-param", "text", Support::Does, "External authentication",
     GH_TEXT("core", "Query parameter of the sign-in URL that carries where the person wanted to go."), "",
     "rd", "rd", "", ""},
    {"auth-response-headers", "list", Support::Does, "External authentication",
     GH_TEXT("core", "Fields of auth-url's answer that are copied into the request to the service; the "
                     "client's own fields of these names never arrive."),
     "", "", "nothing is copied", "", ""},
    {"auth-request-redirect", "text", Support::Does, "External authentication",
     GH_TEXT("core", "Value of X-Auth-Request-Redirect in the request to auth-url."), "", "$request_uri",
     "$request_uri", "", ""},
    {"auth-proxy-set-headers", "text", Support::Does, "External authentication",
     GH_TEXT("core", "ConfigMap (namespace/name) whose entries are added to the request to auth-url."), "",
     "", "nothing is added", "", ""},
    {"auth-always-set-cookie", "boolean", Support::Does, "External authentication",
     GH_TEXT("core",
             "Pass auth-url's Set-Cookie on with every status, not only with successes and redirects."),
     "", "false", "a value that is no boolean: external authentication is dropped", "", ""},
    {"auth-snippet", "code", Support::Partly, "External authentication",
     GH_TEXT("core", "Raw nginx directives for the request to auth-url."), "", "", "nothing", "",
     GH_TEXT("core", "Refused as the controller refuses it unless annotations-risk-level is Critical and "
                     "allow-snippet-annotations is true; nginx directives are not run here.")},
    {"auth-cache-key", "text", Support::NotYet, "External authentication",
     GH_TEXT("core", "Remember auth-url's answers under this key."), "", "", "no cache", "",
     GH_TEXT("core", "Every request asks auth-url here; a cluster would answer some from its cache.")},
    {"auth-cache-duration", "list", Support::Partly, "External authentication",
     GH_TEXT("core", "How long which status of auth-url is remembered."), "", "200 202 401 5m",
     "200 202 401 5m", "",
     GH_TEXT("core",
             "Checked as the controller checks it; without auth-cache-key it has no effect there either.")},
    {"auth-keepalive", "integer", Support::Does, "External authentication",
     GH_TEXT("core", "Idle connections to auth-url that are kept open, which needs use-http2 \"false\" and "
                     "changes what passes: only 200 then."),
     "connections", "0", "0", "", ""},
    {"auth-keepalive-requests", "integer", Support::Does, "External authentication",
     GH_TEXT("core", "Requests on one kept connection to auth-url."), "requests", "1000", "1000", "", ""},
    {"auth-keepalive-timeout", "duration", Support::Does, "External authentication",
     GH_TEXT("core", "How long an idle connection to auth-url is kept."), "seconds", "60", "60", "", ""},
    {"auth-keepalive-share-vars", "boolean", Support::Partly, "External authentication",
     GH_TEXT("core", "Share nginx variables with the request to auth-url in keepalive mode."), "", "false",
     "false", "",
     GH_TEXT("core", "Without it a cluster sends another X-Request-ID to auth-url than to the service; here "
                     "it is the same.")},
    {"enable-global-auth", "boolean", Support::Does, "External authentication",
     GH_TEXT("core", "Whether the ConfigMap's global-auth-url protects this Ingress too."), "", "true",
     "true", "", ""},
    {"satisfy", "choice", Support::Partly, "External authentication",
     GH_TEXT("core",
             "Whether all or any of address ranges, passwords and external authentication must agree."),
     "", "all", "all", "all any", GH_TEXT("core", "Passwords (auth-type) are not checked here.")},
    {"auth-type", "choice", Support::NotYet, "Password authentication",
     GH_TEXT("core", "Ask for a user name and password at the ingress."), "", "", "no password",
     "basic digest",
     GH_TEXT("core", "The Secret with the passwords is no part of a lab; the location answers 503, as the "
                     "controller does without the Secret.")},
    {"auth-secret", "text", Support::NotYet, "Password authentication",
     GH_TEXT("core", "Secret with the user names and password hashes."), "", "", "503", "",
     GH_TEXT("core", "See auth-type.")},
    {"auth-secret-type", "choice", Support::NotYet, "Password authentication",
     GH_TEXT("core", "Shape of that Secret: one htpasswd file, or one entry a user."), "", "auth-file",
     "auth-file", "auth-file auth-map", GH_TEXT("core", "See auth-type.")},
    {"auth-realm", "text", Support::NotYet, "Password authentication",
     GH_TEXT("core", "Realm shown in the browser's password dialogue."), "", "", "an empty realm", "",
     GH_TEXT("core", "See auth-type.")},
    {"auth-tls-secret", "text", Support::NotYet, "Client certificates",
     GH_TEXT("core", "Secret with the authority that client certificates must come from."), "", "",
     "no client certificate", "",
     GH_TEXT("core", "Client certificates are not asked for here; the host answers 403, as the controller "
                     "does without the Secret.")},
    {"auth-tls-verify-client", "choice", Support::NotYet, "Client certificates",
     GH_TEXT("core", "Whether a client certificate is required."), "", "on", "on",
     "on off optional optional_no_ca", GH_TEXT("core", "See auth-tls-secret.")},
    {"auth-tls-verify-depth", "integer", Support::NotYet, "Client certificates",
     GH_TEXT("core", "Longest chain of a client certificate."), "certificates", "1", "1", "",
     GH_TEXT("core", "See auth-tls-secret.")},
    {"auth-tls-error-page", "url", Support::NotYet, "Client certificates",
     GH_TEXT("core", "Where a client without a good certificate is sent."), "", "", "400", "",
     GH_TEXT("core", "See auth-tls-secret.")},
    {"auth-tls-pass-certificate-to-upstream", "boolean", Support::NotYet, "Client certificates",
     GH_TEXT("core", "Send the client certificate to the service."), "", "false", "false", "",
     GH_TEXT("core", "See auth-tls-secret.")},
    {"auth-tls-match-cn", "text", Support::NotYet, "Client certificates",
     GH_TEXT("core", "Regular expression for the certificate's common name."), "", "", "any", "",
     GH_TEXT("core", "See auth-tls-secret.")},
    {"allowlist-source-range", "list", Support::Does, "Addresses",
     GH_TEXT("core", "Addresses and networks that may come in; everybody else gets 403."), "", "",
     "503 for everybody", "", ""},
    {"whitelist-source-range", "list", Support::Does, "Addresses",
     GH_TEXT("core", "The older name of allowlist-source-range."), "", "", "503 for everybody", "", ""},
    {"denylist-source-range", "list", Support::Does, "Addresses",
     GH_TEXT("core", "Addresses and networks that get 403."), "", "", "503 for everybody", "", ""},
};

} // namespace

std::span<const AnnotationRow> annotationsAuth() {
    return rows;
}

} // namespace gatehouse::ingress::table
