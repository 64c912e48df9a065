// ConfigMap keys of ingress-nginx 1.15.1: External authentication, What Ingresses may say.
#include <ingress/table/rows.h>

namespace gatehouse::ingress::table {

namespace {

constexpr AnnotationRow rows[] = {
    {"global-auth-url", "url", Support::Does, "External authentication",
     GH_TEXT("core", "auth-url for every Ingress that has none of its own and does not opt out."), "", "",
     "none", "", ""},
    {"global-auth-method", "choice", Support::Does, "External authentication",
     GH_TEXT("core", "Method of the request to global-auth-url."), "", "GET", "GET",
     "GET HEAD POST PUT PATCH DELETE CONNECT OPTIONS TRACE", ""},
    {"global-auth-signin", "url", Support::Does, "External authentication",
     GH_TEXT("core", "auth-signin for the global authentication."), "", "", "the plain 401 page", "", ""},
    {"global-auth-signin-redirect-param", "text", Support::Does, "External authentication",
     GH_TEXT("core", "Query parameter of global-auth-signin that carries where the person wanted to go."), "",
     "rd", "rd", "", ""},
    {"global-auth-response-headers", "list", Support::Does, "External authentication",
     GH_TEXT("core", "Fields of the global auth answer that are copied into the request to the service."), "",
     "", "none", "", ""},
    {"global-auth-request-redirect", "text", Support::Does, "External authentication",
     GH_TEXT("core", "X-Auth-Request-Redirect for the global authentication."), "", "$request_uri",
     "$request_uri", "", ""},
    {"global-auth-snippet", "code", Support::NotYet, "External authentication",
     GH_TEXT("core", "Raw nginx directives for the request to global-auth-url."), "", "", "none", "",
     GH_TEXT("core", "nginx directives are not run here.")},
    {"global-auth-cache-key", "text", Support::NotYet, "External authentication",
     GH_TEXT("core", "Remember global-auth-url's answers under this key."), "", "", "no cache", "",
     GH_TEXT("core", "Every request asks here.")},
    {"global-auth-cache-duration", "list", Support::Partly, "External authentication",
     GH_TEXT("core", "How long which status is remembered."), "", "200 202 401 5m", "200 202 401 5m", "",
     GH_TEXT("core", "Without a key it has no effect.")},
    {"global-auth-always-set-cookie", "boolean", Support::Does, "External authentication",
     GH_TEXT("core", "Pass the global auth answer's Set-Cookie on with every status."), "", "false", "false",
     "", ""},
    {"no-auth-locations", "list", Support::Does, "External authentication",
     GH_TEXT("core", "Beginnings of Ingress paths that need no authentication."), "",
     "/.well-known/acme-challenge", "every path needs it", "", ""},
    {"enable-auth-access-log", "boolean", Support::Partly, "External authentication",
     GH_TEXT("core", "Log the requests to auth-url."), "", "false", "false", "",
     GH_TEXT("core", "Every request is recorded here.")},
    {"allow-snippet-annotations", "boolean", Support::Partly, "What Ingresses may say",
     GH_TEXT("core", "Allow annotations with raw nginx directives."), "", "false", "false", "",
     GH_TEXT("core", "Refusing is as the controller does; directives are not run here.")},
    {"annotations-risk-level", "choice", Support::Does, "What Ingresses may say",
     GH_TEXT("core",
             "Highest risk of an annotation that is accepted; an Ingress with a riskier one is not served."),
     "", "High", "Low", "Low Medium High Critical", ""},
    {"annotation-value-word-blocklist", "list", Support::Does, "What Ingresses may say",
     GH_TEXT("core", "Words that make the controller skip an Ingress."), "", "", "none", "", ""},
    {"allow-cross-namespace-resources", "boolean", Support::Does, "What Ingresses may say",
     GH_TEXT("core", "Let annotations name ConfigMaps and Secrets of other namespaces."), "", "false",
     "false", "", ""},
    {"global-allowed-response-headers", "list", Support::Does, "What Ingresses may say",
     GH_TEXT("core", "Fields that custom-headers may set."), "", "", "none, so custom-headers gives 503", "",
     ""},
    {"strict-validate-path-type", "boolean", Support::Does, "What Ingresses may say",
     GH_TEXT("core", "The webhook refuses characters of regular expressions in Exact and Prefix paths."), "",
     "true", "true", "", ""},
};

} // namespace

std::span<const AnnotationRow> configMapAuth() {
    return rows;
}

} // namespace gatehouse::ingress::table
