#include <ingress/knownVariables.h>

#include <algorithm>
#include <iterator>

namespace gatehouse::ingress {

namespace {

// nginx's modules, then what the template sets itself.
constexpr std::string_view names[] = {
    "binary_remote_addr", "remote_port", "proxy_protocol_addr", "proxy_protocol_port",
    "proxy_protocol_server_addr", "proxy_protocol_server_port", "server_addr", "server_name",
    "server_protocol", "document_root", "realpath_root", "body_bytes_sent", "bytes_sent", "pipe",
    "request_completion", "request_body", "request_body_file", "request_length", "request_time", "status",
    "content_length", "content_type", "connection", "connection_requests", "connection_time", "hostname",
    "nginx_version", "pid", "msec", "time_iso8601", "time_local", "limit_rate", "remote_user",
    "request_filename", "realip_remote_port", "gzip_ratio", "http2", "limit_conn_status", "limit_req_status",
    "modern_browser", "ancient_browser", "msie", "proxy_host", "proxy_port", "proxy_add_x_forwarded_for",
    "proxy_internal_body_length", "proxy_internal_chunked", "secure_link", "secure_link_expires",
    "slice_range", "date_local", "date_gmt", "ssl_protocol", "ssl_cipher", "ssl_ciphers", "ssl_curve",
    "ssl_curves", "ssl_session_id", "ssl_session_reused", "ssl_early_data", "ssl_server_name",
    "ssl_alpn_protocol", "ssl_client_cert", "ssl_client_raw_cert", "ssl_client_escaped_cert",
    "ssl_client_s_dn", "ssl_client_i_dn", "ssl_client_s_dn_legacy", "ssl_client_i_dn_legacy",
    "ssl_client_serial", "ssl_client_fingerprint", "ssl_client_verify", "ssl_client_v_start",
    "ssl_client_v_end", "ssl_client_v_remain", "tcpinfo_rtt", "tcpinfo_rttvar", "tcpinfo_snd_cwnd",
    "tcpinfo_rcv_space", "uid_got", "uid_reset", "uid_set", "upstream_addr", "upstream_status",
    "upstream_connect_time", "upstream_header_time", "upstream_response_time", "upstream_response_length",
    "upstream_bytes_received", "upstream_bytes_sent", "upstream_queue_time", "upstream_cache_status",
    "upstream_last_server_name", "request_port", "is_request_port",
    // the template's own
    "loggable", "proxy_upstream_name", "proxy_alternative_upstream_name", "namespace", "ingress_name",
    "service_name", "service_port", "location_path", "balancer_ewma_score", "force_ssl_redirect",
    "ssl_redirect", "force_no_ssl_redirect", "preserve_trailing_slash", "use_port_in_redirects",
    "auth_cookie", "target", "cors", "subdomain", "redirect_to"};

constexpr std::string_view prefixes[] = {
    "sent_http_", "sent_trailer_", "upstream_http_", "upstream_trailer_", "upstream_cookie_",
    "http_",      "cookie_",       "arg_",           "authHeader",        "proxy_protocol_tlv_"};

} // namespace

bool knownVariable(std::string_view name) {
    return std::find(std::begin(names), std::end(names), name) != std::end(names) ||
           std::any_of(std::begin(prefixes), std::end(prefixes),
                       [name](std::string_view prefix) { return name.starts_with(prefix); });
}

} // namespace gatehouse::ingress
