#include <ingress/settings.h>

#include <algorithm>
#include <span>

namespace gatehouse::ingress {

namespace {

// Every other annotation is Low.
constexpr std::string_view medium[] = {"affinity-mode",
                                       "allowlist-source-range",
                                       "app-root",
                                       "auth-cache-duration",
                                       "auth-cache-key",
                                       "auth-proxy-set-headers",
                                       "auth-realm",
                                       "auth-request-redirect",
                                       "auth-response-headers",
                                       "auth-secret",
                                       "auth-signin-redirect-param",
                                       "auth-tls-secret",
                                       "auth-tls-verify-client",
                                       "canary-by-cookie",
                                       "canary-by-header",
                                       "canary-by-header-pattern",
                                       "canary-by-header-value",
                                       "cors-allow-headers",
                                       "cors-allow-methods",
                                       "cors-allow-origin",
                                       "cors-expose-headers",
                                       "custom-headers",
                                       "denylist-source-range",
                                       "fastcgi-index",
                                       "fastcgi-params-configmap",
                                       "force-ssl-redirect",
                                       "opentelemetry-operation-name",
                                       "permanent-redirect",
                                       "preserve-trailing-slash",
                                       "proxy-body-size",
                                       "proxy-cookie-domain",
                                       "proxy-cookie-path",
                                       "proxy-next-upstream",
                                       "proxy-redirect-from",
                                       "proxy-redirect-to",
                                       "proxy-ssl-ciphers",
                                       "proxy-ssl-secret",
                                       "rewrite-target",
                                       "session-cookie-domain",
                                       "session-cookie-expires",
                                       "session-cookie-max-age",
                                       "session-cookie-name",
                                       "session-cookie-path",
                                       "temporal-redirect",
                                       "whitelist-source-range",
                                       "x-forwarded-prefix"};
constexpr std::string_view high[] = {
    "auth-signin",   "auth-tls-error-page",        "auth-tls-match-cn", "auth-url",     "mirror-host",
    "mirror-target", "modsecurity-transaction-id", "proxy-ssl-name",    "server-alias", "upstream-hash-by"};
constexpr std::string_view critical[] = {"auth-snippet", "configuration-snippet", "modsecurity-snippet",
                                         "server-snippet", "stream-snippet"};

bool in(std::span<const std::string_view> names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

} // namespace

std::string_view name(Risk risk) {
    switch (risk) {
    case Risk::Low:
        return "low";
    case Risk::Medium:
        return "medium";
    case Risk::High:
        return "high";
    case Risk::Critical:
        return "critical";
    }
    return "";
}

Risk riskOf(std::string_view annotation) {
    if (in(critical, annotation))
        return Risk::Critical;
    if (in(high, annotation))
        return Risk::High;
    return in(medium, annotation) ? Risk::Medium : Risk::Low;
}

} // namespace gatehouse::ingress
