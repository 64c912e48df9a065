// ConfigMap keys of ingress-nginx 1.15.1: Redirects and TLS of hosts, Answers.
#include <ingress/table/rows.h>

namespace gatehouse::ingress::table {

namespace {

constexpr AnnotationRow rows[] = {
    {"ssl-redirect", "boolean", Support::Does, "Redirects and TLS of hosts",
     GH_TEXT("core", "Send http to https where the host has a certificate."), "", "true", "true", "", ""},
    {"force-ssl-redirect", "boolean", Support::Does, "Redirects and TLS of hosts",
     GH_TEXT("core", "Send http to https everywhere."), "", "false", "false", "", ""},
    {"http-redirect-code", "integer", Support::Does, "Redirects and TLS of hosts",
     GH_TEXT("core", "Status of redirects to https and between www.NAME and NAME."), "", "308", "308",
     "301 302 307 308", ""},
    {"no-tls-redirect-locations", "list", Support::Does, "Redirects and TLS of hosts",
     GH_TEXT("core", "Beginnings of Ingress paths that are not redirected to https."), "",
     "/.well-known/acme-challenge", "every path is redirected", "", ""},
    {"preserve-trailing-slash", "boolean", Support::Does, "Redirects and TLS of hosts",
     GH_TEXT("core", "Keep the slash at the end of the address in the redirect to https."), "", "false",
     "false", "", ""},
    {"use-port-in-redirects", "boolean", Support::Does, "Redirects and TLS of hosts",
     GH_TEXT("core", "Write the port in redirects."), "", "false", "false", "", ""},
    {"relative-redirects", "boolean", Support::Does, "Redirects and TLS of hosts",
     GH_TEXT("core", "Leave the host out of redirects that the controller makes itself."), "", "false",
     "false", "", ""},
    {"hsts", "boolean", Support::Does, "Redirects and TLS of hosts",
     GH_TEXT("core", "Send Strict-Transport-Security over https."), "", "true", "true", "", ""},
    {"hsts-include-subdomains", "boolean", Support::Does, "Redirects and TLS of hosts",
     GH_TEXT("core", "includeSubDomains in it."), "", "true", "true", "", ""},
    {"hsts-max-age", "duration", Support::Does, "Redirects and TLS of hosts",
     GH_TEXT("core", "max-age in it."), "seconds", "31536000", "31536000", "", ""},
    {"hsts-preload", "boolean", Support::Does, "Redirects and TLS of hosts",
     GH_TEXT("core", "preload in it."), "", "false", "false", "", ""},
    {"app-root", "text", Support::Partly, "Redirects and TLS of hosts",
     GH_TEXT("core", "No effect in the controller: only the annotation counts."), "", "", "none", "",
     GH_TEXT("core", "As the controller: nothing.")},
    {"add-headers", "text", Support::Does, "Answers",
     GH_TEXT("core", "ConfigMap (namespace/name) whose entries are set on every answer."), "", "", "none", "",
     ""},
    {"hide-headers", "list", Support::Does, "Answers",
     GH_TEXT("core", "Fields of services' answers that are dropped."), "", "", "none", "", ""},
    {"allow-backend-server-header", "boolean", Support::Partly, "Answers",
     GH_TEXT("core", "Pass services' Server field on."), "", "false", "false", "",
     GH_TEXT("core", "The controller still clears Server unless server-tokens is on.")},
    {"server-tokens", "boolean", Support::Does, "Answers",
     GH_TEXT("core", "Send Server: nginx and its version."), "", "false", "false", "", ""},
    {"custom-http-errors", "list", Support::Partly, "Answers",
     GH_TEXT("core", "Statuses whose answers are replaced by the default backend's page."), "", "", "none",
     "",
     GH_TEXT("core", "The missing default backend's 500 and 404 are made here; a default backend Service is "
                     "not asked for error pages.")},
    {"disable-proxy-intercept-errors", "boolean", Support::Does, "Answers",
     GH_TEXT("core", "Leave services' own error answers alone even with custom-http-errors."), "", "false",
     "false", "", ""},
    {"default-type", "text", Support::Partly, "Answers", GH_TEXT("core", "Type of answers without one."), "",
     "text/html", "text/html", "", GH_TEXT("core", "The controller's own answers are all text/html.")},
    {"proxy-redirect-from", "text", Support::Does, "Answers",
     GH_TEXT("core", "Part of services' Location that is replaced."), "", "off", "off", "", ""},
    {"proxy-redirect-to", "text", Support::Does, "Answers", GH_TEXT("core", "What it is replaced with."), "",
     "off", "off", "", ""},
    {"proxy-cookie-domain", "text", Support::Does, "Answers",
     GH_TEXT("core", "Replace the domain in services' cookies: FROM TO."), "", "off", "off", "", ""},
    {"proxy-cookie-path", "text", Support::Does, "Answers",
     GH_TEXT("core", "Replace the path in services' cookies: FROM TO."), "", "off", "off", "", ""},
    {"use-gzip", "boolean", Support::NotYet, "Answers", GH_TEXT("core", "Compress answers."), "", "false",
     "false", "", GH_TEXT("core", "Answers pass as services sent them.")},
    {"gzip-level", "integer", Support::NotYet, "Answers", GH_TEXT("core", "Level of compression."), "", "1",
     "1", "", GH_TEXT("core", "See use-gzip.")},
    {"gzip-min-length", "size", Support::NotYet, "Answers",
     GH_TEXT("core", "Smallest answer that is compressed."), "bytes", "256", "256", "",
     GH_TEXT("core", "See use-gzip.")},
    {"gzip-types", "list", Support::NotYet, "Answers", GH_TEXT("core", "Types that are compressed."), "",
     "text and scripts", "text and scripts", "", GH_TEXT("core", "See use-gzip.")},
    {"gzip-disable", "text", Support::NotYet, "Answers",
     GH_TEXT("core", "Browsers that get nothing compressed."), "", "", "none", "",
     GH_TEXT("core", "See use-gzip.")},
    {"enable-brotli", "boolean", Support::NotYet, "Answers", GH_TEXT("core", "Compress answers with Brotli."),
     "", "false", "false", "", GH_TEXT("core", "Answers pass as services sent them.")},
    {"brotli-level", "integer", Support::NotYet, "Answers", GH_TEXT("core", "Level of Brotli."), "", "4", "4",
     "", GH_TEXT("core", "See enable-brotli.")},
    {"brotli-min-length", "size", Support::NotYet, "Answers", GH_TEXT("core", "Smallest answer for Brotli."),
     "bytes", "20", "20", "", GH_TEXT("core", "See enable-brotli.")},
    {"brotli-types", "list", Support::NotYet, "Answers", GH_TEXT("core", "Types for Brotli."), "",
     "text and scripts", "text and scripts", "", GH_TEXT("core", "See enable-brotli.")},
};

} // namespace

std::span<const AnnotationRow> configMapResponse() {
    return rows;
}

} // namespace gatehouse::ingress::table
