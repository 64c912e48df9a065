// Rows of options(): server and upstream. Source: oauth2-proxy 7.15's flags and their documentation
// (oauth2-proxy.md 3).
#include <gate/optionRows.h>

namespace gatehouse::gate {

namespace {

constexpr std::string_view section = "Server and upstream";

constexpr OptionRow rows[] = {
    {"http-address", "http_address", "OAUTH2_PROXY_HTTP_ADDRESS", OptionType::Text, Support::Partly, section,
     GH_TEXT("core", "Where the gate listens in the cluster: host:port."), "", "127.0.0.1:4180",
     "the gate does not listen", "", "on the desk the lab's listen decides; unix: and fd: are the cluster's"},
    {"https-address", "https_address", "OAUTH2_PROXY_HTTPS_ADDRESS", OptionType::Text, Support::Partly,
     section, GH_TEXT("core", "Where the gate listens for TLS when it has a certificate."), "", ":443", "",
     "", "on the desk the engine ends TLS; the port names the target of force-https"},
    {"tls-cert-file", "tls_cert_file", "OAUTH2_PROXY_TLS_CERT_FILE", OptionType::File, Support::Partly,
     section, GH_TEXT("core", "Certificate of the gate's own TLS listener."), "", "", "no TLS listener", "",
     "on the desk the engine ends TLS"},
    {"tls-key-file", "tls_key_file", "OAUTH2_PROXY_TLS_KEY_FILE", OptionType::File, Support::Partly, section,
     GH_TEXT("core", "Key of the gate's own TLS listener."), "", "", "no TLS listener", "",
     "on the desk the engine ends TLS"},
    {"tls-min-version", "tls_min_version", "OAUTH2_PROXY_TLS_MIN_VERSION", OptionType::Choice,
     Support::Partly, section, GH_TEXT("core", "Lowest TLS version of the gate's own listener."), "", "",
     "TLS1.2", "TLS1.2, TLS1.3", "on the desk the engine ends TLS"},
    {"tls-cipher-suite", "tls_cipher_suites", "OAUTH2_PROXY_TLS_CIPHER_SUITES", OptionType::TextList,
     Support::Partly, section, GH_TEXT("core", "Cipher suites of the gate's own TLS listener."), "", "",
     "the safe ones", "", "on the desk the engine ends TLS"},
    {"metrics-address", "metrics_address", "OAUTH2_PROXY_METRICS_ADDRESS", OptionType::Text, Support::Partly,
     section, GH_TEXT("core", "Where metrics are served."), "", "", "no metrics", "",
     "said to the cluster; the desk serves no metrics"},
    {"metrics-secure-address", "metrics_secure_address", "OAUTH2_PROXY_METRICS_SECURE_ADDRESS",
     OptionType::Text, Support::Partly, section, GH_TEXT("core", "Where metrics are served over TLS."), "",
     "", "no metrics", "", "the desk serves no metrics"},
    {"metrics-tls-cert-file", "metrics_tls_cert_file", "OAUTH2_PROXY_METRICS_TLS_CERT_FILE", OptionType::File,
     Support::Partly, section, GH_TEXT("core", "Certificate of the metrics listener."), "", "", "none", "",
     "the desk serves no metrics"},
    {"metrics-tls-key-file", "metrics_tls_key_file", "OAUTH2_PROXY_METRICS_TLS_KEY_FILE", OptionType::File,
     Support::Partly, section, GH_TEXT("core", "Key of the metrics listener."), "", "", "none", "",
     "the desk serves no metrics"},
    {"upstream", "upstreams", "OAUTH2_PROXY_UPSTREAMS", OptionType::TextList, Support::Partly, section,
     GH_TEXT("core", "Where requests go after login: http(s)://host/path, or static://CODE."), "", "",
     "/ answers 404", "", "file: and unix: are not there yet"},
    {"upstream-timeout", "upstream_timeout", "OAUTH2_PROXY_UPSTREAM_TIMEOUT", OptionType::Duration,
     Support::Does, section, GH_TEXT("core", "How long to wait for the upstream's answer to begin."), "",
     "30s", "", "", ""},
    {"flush-interval", "flush_interval", "OAUTH2_PROXY_FLUSH_INTERVAL", OptionType::Duration, Support::Partly,
     section, GH_TEXT("core", "How often a streamed answer is flushed."), "", "1s", "", "",
     "every part is passed on at once"},
    {"pass-host-header", "pass_host_header", "OAUTH2_PROXY_PASS_HOST_HEADER", OptionType::Boolean,
     Support::Does, section, GH_TEXT("core", "Send the client's Host to the upstream."), "", "true", "", "",
     ""},
    {"proxy-websockets", "proxy_websockets", "OAUTH2_PROXY_PROXY_WEBSOCKETS", OptionType::Boolean,
     Support::Does, section, GH_TEXT("core", "Let WebSockets through."), "", "true", "", "", ""},
    {"ssl-upstream-insecure-skip-verify", "ssl_upstream_insecure_skip_verify",
     "OAUTH2_PROXY_SSL_UPSTREAM_INSECURE_SKIP_VERIFY", OptionType::Boolean, Support::Does, section,
     GH_TEXT("core", "Do not check the upstream's certificate."), "", "false", "", "", ""},
    {"disable-keep-alives", "disable_keep_alives", "OAUTH2_PROXY_DISABLE_KEEP_ALIVES", OptionType::Boolean,
     Support::Partly, section, GH_TEXT("core", "A new connection to the upstream for each request."), "",
     "false", "", "", "the desk keeps connections"},
};

} // namespace

std::span<const OptionRow> serverRows() {
    return rows;
}

} // namespace gatehouse::gate
