// Annotations of ingress-nginx 1.15.1: Routing, Redirects.
#include <ingress/table/rows.h>

namespace gatehouse::ingress::table {

namespace {

constexpr AnnotationRow rows[] = {
    {"use-regex", "boolean", Support::Does, "Routing",
     GH_TEXT("core", "Paths of this Ingress are regular expressions. This makes every path of the host one: "
                     "case-free, matched as a prefix."),
     "", "false", "false", "", ""},
    {"rewrite-target", "text", Support::Does, "Routing",
     GH_TEXT("core", "Path that the service sees; $1, $2 stand for the groups of the Ingress path."), "", "",
     "the path as the client sent it", "", ""},
    {"app-root", "text", Support::Does, "Routing",
     GH_TEXT("core", "Where requests for / are sent (302), before authentication."), "", "", "no redirect",
     "", ""},
    {"x-forwarded-prefix", "text", Support::Does, "Routing",
     GH_TEXT("core", "X-Forwarded-Prefix for the service; only together with rewrite-target."), "", "",
     "none", "", ""},
    {"upstream-vhost", "text", Support::Does, "Routing", GH_TEXT("core", "Host field that the service sees."),
     "", "$best_http_host", "the client's Host", "", ""},
    {"server-alias", "list", Support::Does, "Routing", GH_TEXT("core", "More names for this host."), "", "",
     "none", "", ""},
    {"default-backend", "text", Support::Does, "Routing",
     GH_TEXT("core", "Service that answers when the path's own has no endpoints."), "", "", "503", "", ""},
    {"backend-protocol", "choice", Support::Partly, "Routing",
     GH_TEXT("core", "How the controller speaks to the service."), "", "HTTP", "HTTP",
     "HTTP HTTPS AUTO_HTTP GRPC GRPCS FCGI",
     GH_TEXT("core", "Here the service's URL says http or https; gRPC and FastCGI are not spoken.")},
    {"service-upstream", "boolean", Support::Partly, "Routing",
     GH_TEXT("core", "Use the Service's cluster address instead of its endpoints."), "", "false", "false", "",
     GH_TEXT("core", "A lab has one address a service, so it changes nothing here.")},
    {"connection-proxy-header", "choice", Support::Does, "Routing",
     GH_TEXT("core", "Connection field that the service sees."), "", "",
     "upgrade or none, as the client asked", "keep-alive close", ""},
    {"ssl-redirect", "boolean", Support::Does, "Redirects",
     GH_TEXT("core", "Send http to https (308) if the host has a certificate, before authentication."), "",
     "true", "true", "", ""},
    {"force-ssl-redirect", "boolean", Support::Does, "Redirects",
     GH_TEXT("core", "Send http to https (308) even without a certificate."), "", "false", "false", "", ""},
    {"preserve-trailing-slash", "boolean", Support::Does, "Redirects",
     GH_TEXT("core", "Keep the slash at the end of the address in the redirect to https."), "", "false",
     "false", "", ""},
    {"use-port-in-redirects", "boolean", Support::Does, "Redirects",
     GH_TEXT("core", "Write the port in redirects."), "", "false", "false", "", ""},
    {"permanent-redirect", "url", Support::Does, "Redirects",
     GH_TEXT("core", "Answer every request with a redirect there, before authentication."), "", "",
     "no redirect", "", ""},
    {"permanent-redirect-code", "integer", Support::Does, "Redirects",
     GH_TEXT("core", "Status of permanent-redirect."), "", "301", "301", "", ""},
    {"temporal-redirect", "url", Support::Does, "Redirects",
     GH_TEXT("core", "Answer every request with a temporary redirect there, before authentication."), "", "",
     "no redirect", "", ""},
    {"temporal-redirect-code", "integer", Support::Does, "Redirects",
     GH_TEXT("core", "Status of temporal-redirect."), "", "302", "302", "", ""},
    {"from-to-www-redirect", "boolean", Support::Does, "Redirects",
     GH_TEXT("core", "Redirect between www.NAME and NAME, whichever this Ingress does not serve."), "",
     "false", "false", "", ""},
    {"relative-redirects", "boolean", Support::Does, "Redirects",
     GH_TEXT("core", "Leave the host out of redirects that the controller makes itself."), "", "false",
     "false", "", ""},
};

} // namespace

std::span<const AnnotationRow> annotationsRouting() {
    return rows;
}

} // namespace gatehouse::ingress::table
