// Annotations of ingress-nginx 1.15.1: Cross-origin requests, Answers.
#include <ingress/table/rows.h>

namespace gatehouse::ingress::table {

namespace {

constexpr AnnotationRow rows[] = {
    {"enable-cors", "boolean", Support::Does, "Cross-origin requests",
     GH_TEXT("core",
             "Answer preflight requests (204, before authentication) and allow cross-origin requests."),
     "", "false", "false", "", ""},
    {"cors-allow-origin", "list", Support::Does, "Cross-origin requests",
     GH_TEXT("core", "Origins that are allowed."), "", "*", "*", "", ""},
    {"cors-allow-methods", "list", Support::Does, "Cross-origin requests",
     GH_TEXT("core", "Methods that are allowed."), "", "GET, PUT, POST, DELETE, PATCH, OPTIONS",
     "the default", "", ""},
    {"cors-allow-headers", "list", Support::Does, "Cross-origin requests",
     GH_TEXT("core", "Request fields that are allowed."), "",
     "DNT,Keep-Alive,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,Content-Type,Range,"
     "Authorization",
     "the default", "", ""},
    {"cors-allow-credentials", "boolean", Support::Does, "Cross-origin requests",
     GH_TEXT("core", "Whether cookies and passwords may be sent along."), "", "true", "true", "", ""},
    {"cors-expose-headers", "list", Support::Does, "Cross-origin requests",
     GH_TEXT("core", "Answer fields that scripts may read."), "", "", "none", "", ""},
    {"cors-max-age", "duration", Support::Does, "Cross-origin requests",
     GH_TEXT("core", "How long a preflight answer holds."), "seconds", "1728000", "1728000", "", ""},
    {"custom-headers", "text", Support::Does, "Answers",
     GH_TEXT("core", "ConfigMap (namespace/name) whose entries are set on every answer; the ConfigMap key "
                     "global-allowed-response-headers must allow them."),
     "", "", "none", "", ""},
    {"custom-http-errors", "list", Support::Partly, "Answers",
     GH_TEXT("core", "Statuses whose answers are replaced by the default backend's page."), "", "", "none",
     "",
     GH_TEXT("core", "The internal default backend's 404 is made here; a default-backend Service is not "
                     "asked for error pages.")},
    {"disable-proxy-intercept-errors", "boolean", Support::Does, "Answers",
     GH_TEXT("core", "Leave the service's own error answers alone even with custom-http-errors."), "",
     "false", "false", "", ""},
    {"proxy-redirect-from", "text", Support::Does, "Answers",
     GH_TEXT("core", "Part of the service's Location that is replaced."), "", "off", "off", "", ""},
    {"proxy-redirect-to", "text", Support::Does, "Answers", GH_TEXT("core", "What it is replaced with."), "",
     "off", "off", "", ""},
    {"proxy-cookie-domain", "text", Support::Does, "Answers",
     GH_TEXT("core", "Replace the domain in the service's cookies: FROM TO."), "", "off", "off", "", ""},
    {"proxy-cookie-path", "text", Support::Does, "Answers",
     GH_TEXT("core", "Replace the path in the service's cookies: FROM TO."), "", "off", "off", "", ""},
    {"http2-push-preload", "boolean", Support::Partly, "Answers",
     GH_TEXT("core", "Push what Link fields name."), "", "false", "false", "",
     GH_TEXT("core", "No HTTP/2 here, and nginx 1.27 has no push any more.")},
};

} // namespace

std::span<const AnnotationRow> annotationsResponse() {
    return rows;
}

} // namespace gatehouse::ingress::table
