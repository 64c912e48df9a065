// Rows of options(): proxy behaviour. Source: oauth2-proxy 7.15's flags and their documentation
// (oauth2-proxy.md 3).
#include <gate/optionRows.h>

namespace gatehouse::gate {

namespace {

constexpr std::string_view section = "Proxy behaviour";

constexpr OptionRow rows[] = {
    {"proxy-prefix", "proxy_prefix", "OAUTH2_PROXY_PROXY_PREFIX", OptionType::Text, Support::Does, section,
     GH_TEXT("core", "Root path of the gate's own endpoints. It must begin with a slash."), "", "/oauth2", "",
     "", ""},
    {"reverse-proxy", "reverse_proxy", "OAUTH2_PROXY_REVERSE_PROXY", OptionType::Boolean, Support::Does,
     section,
     GH_TEXT("core", "The gate stands behind a proxy: X-Forwarded-* of trusted peers and the client-address "
                     "header are read."),
     "", "false", "", "", ""},
    {"trusted-proxy-ip", "trusted_proxy_ips", "OAUTH2_PROXY_TRUSTED_PROXY_IPS", OptionType::TextList,
     Support::Does, section,
     GH_TEXT("core",
             "Addresses or CIDR ranges whose X-Forwarded-* headers are believed when reverse-proxy is on."),
     "", "", "every peer is believed, with a warning", "", ""},
    {"real-client-ip-header", "real_client_ip_header", "OAUTH2_PROXY_REAL_CLIENT_IP_HEADER",
     OptionType::Choice, Support::Does, section,
     GH_TEXT("core", "Header that names the client's address behind a proxy."), "", "X-Real-IP", "",
     "X-Forwarded-For, X-Real-IP, X-ProxyUser-IP, X-Envoy-External-Address, CF-Connecting-IP", ""},
    {"trusted-ip", "trusted_ips", "OAUTH2_PROXY_TRUSTED_IPS", OptionType::TextList, Support::Does, section,
     GH_TEXT("core",
             "Client addresses or CIDR ranges that need no login. An address is easily forged: think twice."),
     "", "", "nobody skips the login", "", ""},
    {"redirect-url", "redirect_url", "OAUTH2_PROXY_REDIRECT_URL", OptionType::Url, Support::Does, section,
     GH_TEXT("core", "The callback URL that the provider sends the browser back to."), "", "",
     "made from the request's host and the proxy prefix", "", ""},
    {"relative-redirect-url", "relative_redirect_url", "OAUTH2_PROXY_RELATIVE_REDIRECT_URL",
     OptionType::Boolean, Support::Does, section,
     GH_TEXT("core", "Send the callback URL without scheme and host."), "", "false", "", "", ""},
    {"force-https", "force_https", "OAUTH2_PROXY_FORCE_HTTPS", OptionType::Boolean, Support::Does, section,
     GH_TEXT("core", "Answer plain HTTP with a redirect to HTTPS."), "", "false", "", "", ""},
    {"skip-auth-route", "skip_auth_routes", "OAUTH2_PROXY_SKIP_AUTH_ROUTES", OptionType::TextList,
     Support::Does, section,
     GH_TEXT("core", "Paths that need no login: METHOD=regex, METHOD!=regex, regex or !=regex."), "", "",
     "every path needs a login", "", ""},
    {"skip-auth-regex", "skip_auth_regex", "OAUTH2_PROXY_SKIP_AUTH_REGEX", OptionType::TextList,
     Support::Does, section,
     GH_TEXT("core", "Deprecated form of skip-auth-route: regexes on the path, any method."), "", "",
     "every path needs a login", "", ""},
    {"api-route", "api_routes", "OAUTH2_PROXY_API_ROUTES", OptionType::TextList, Support::Does, section,
     GH_TEXT("core", "Regexes of paths that get 401 instead of a redirect to the login."), "", "",
     "only requests that accept application/json", "", ""},
    {"skip-provider-button", "skip_provider_button", "OAUTH2_PROXY_SKIP_PROVIDER_BUTTON", OptionType::Boolean,
     Support::Does, section, GH_TEXT("core", "Go straight to the provider, without the sign-in page."), "",
     "false", "", "", ""},
    {"skip-auth-preflight", "skip_auth_preflight", "OAUTH2_PROXY_SKIP_AUTH_PREFLIGHT", OptionType::Boolean,
     Support::Does, section, GH_TEXT("core", "Let OPTIONS requests pass without login."), "", "false", "", "",
     ""},
    {"skip-jwt-bearer-tokens", "skip_jwt_bearer_tokens", "OAUTH2_PROXY_SKIP_JWT_BEARER_TOKENS",
     OptionType::Boolean, Support::Does, section,
     GH_TEXT("core", "Accept requests that bring a verified JWT as bearer token, without a session."), "",
     "false", "", "", ""},
    {"bearer-token-login-fallback", "bearer_token_login_fallback", "OAUTH2_PROXY_BEARER_TOKEN_LOGIN_FALLBACK",
     OptionType::Boolean, Support::Does, section,
     GH_TEXT("core", "A bad bearer token leads to the login; off, it is answered with 403."), "", "true", "",
     "", ""},
    {"extra-jwt-issuers", "extra_jwt_issuers", "OAUTH2_PROXY_EXTRA_JWT_ISSUERS", OptionType::TextList,
     Support::Does, section,
     GH_TEXT("core", "Further issuers of accepted bearer tokens, as issuer=audience."), "", "",
     "only the provider's own tokens", "", ""},
    {"force-json-errors", "force_json_errors", "OAUTH2_PROXY_FORCE_JSON_ERRORS", OptionType::Boolean,
     Support::Does, section, GH_TEXT("core", "Answer with JSON instead of pages and redirects."), "", "false",
     "", "", ""},
    {"encode-state", "encode_state", "OAUTH2_PROXY_ENCODE_STATE", OptionType::Boolean, Support::Does, section,
     GH_TEXT("core", "Encode the OAuth state with base64url."), "", "false", "", "", ""},
    {"allow-query-semicolons", "allow_query_semicolons", "OAUTH2_PROXY_ALLOW_QUERY_SEMICOLONS",
     OptionType::Boolean, Support::Does, section,
     GH_TEXT("core", "Accept semicolons as separators in query strings."), "", "false", "", "", ""},
    {"ssl-insecure-skip-verify", "ssl_insecure_skip_verify", "OAUTH2_PROXY_SSL_INSECURE_SKIP_VERIFY",
     OptionType::Boolean, Support::Does, section, GH_TEXT("core", "Do not check the provider's certificate."),
     "", "false", "", "", ""},
    {"whitelist-domain", "whitelist_domains", "OAUTH2_PROXY_WHITELIST_DOMAINS", OptionType::TextList,
     Support::Does, section,
     GH_TEXT("core", "Hosts that may be redirect targets after login and logout; a leading dot or *. adds "
                     "the subdomains."),
     "", "", "only paths of the same host", "", ""},
    {"ping-path", "ping_path", "OAUTH2_PROXY_PING_PATH", OptionType::Text, Support::Does, section,
     GH_TEXT("core", "Path of the liveness check."), "", "/ping", "no liveness check", "", ""},
    {"ping-user-agent", "ping_user_agent", "OAUTH2_PROXY_PING_USER_AGENT", OptionType::Text, Support::Does,
     section, GH_TEXT("core", "The liveness check answers only this User-Agent."), "", "", "any User-Agent",
     "", ""},
    {"ready-path", "ready_path", "OAUTH2_PROXY_READY_PATH", OptionType::Text, Support::Does, section,
     GH_TEXT("core", "Path of the readiness check."), "", "/ready", "no readiness check", "", ""},
    {"signature-key", "signature_key", "OAUTH2_PROXY_SIGNATURE_KEY", OptionType::Secret, Support::NotYet,
     section, GH_TEXT("core", "Deprecated: algorithm:key for a GAP-Signature header on upstream requests."),
     "", "", "no signature", "", "the GAP-Signature header is not made"},
    {"gcp-healthchecks", "gcp_healthchecks", "OAUTH2_PROXY_GCP_HEALTHCHECKS", OptionType::Boolean,
     Support::Does, section, GH_TEXT("core", "Deprecated: the health-check paths of Google's load balancer."),
     "", "false", "", "", ""},
};

} // namespace

std::span<const OptionRow> proxyRows() {
    return rows;
}

} // namespace gatehouse::gate
