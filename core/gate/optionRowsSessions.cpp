// Rows of options(): session store. Source: oauth2-proxy 7.15's flags and their documentation
// (oauth2-proxy.md 3).
#include <gate/optionRows.h>

namespace gatehouse::gate {

namespace {

constexpr std::string_view section = "Session store";

constexpr OptionRow rows[] = {
    {"session-store-type", "session_store_type", "OAUTH2_PROXY_SESSION_STORE_TYPE", OptionType::Choice,
     Support::Partly, section, GH_TEXT("core", "Where sessions are kept."), "", "cookie", "", "cookie, redis",
     "redis is not there yet"},
    {"session-cookie-minimal", "session_cookie_minimal", "OAUTH2_PROXY_SESSION_COOKIE_MINIMAL",
     OptionType::Boolean, Support::Does, section,
     GH_TEXT("core", "Leave the tokens out of the cookie: small, and without refresh."), "", "false", "", "",
     ""},
    {"redis-connection-url", "redis_connection_url", "OAUTH2_PROXY_REDIS_CONNECTION_URL", OptionType::Url,
     Support::NotYet, section, GH_TEXT("core", "URL of the Redis server."), "", "", "none", "",
     "sessions are kept in the cookie only"},
    {"redis-username", "redis_username", "OAUTH2_PROXY_REDIS_USERNAME", OptionType::Text, Support::NotYet,
     section, GH_TEXT("core", "Redis user, instead of the one in the URL."), "", "", "none", "",
     "sessions are kept in the cookie only"},
    {"redis-password", "redis_password", "OAUTH2_PROXY_REDIS_PASSWORD", OptionType::Secret, Support::NotYet,
     section, GH_TEXT("core", "Redis password, instead of the one in the URL."), "", "", "none", "",
     "sessions are kept in the cookie only"},
    {"redis-use-sentinel", "redis_use_sentinel", "OAUTH2_PROXY_REDIS_USE_SENTINEL", OptionType::Boolean,
     Support::NotYet, section, GH_TEXT("core", "Find Redis through sentinels."), "", "false", "", "",
     "sessions are kept in the cookie only"},
    {"redis-sentinel-password", "redis_sentinel_password", "OAUTH2_PROXY_REDIS_SENTINEL_PASSWORD",
     OptionType::Secret, Support::NotYet, section, GH_TEXT("core", "Password of the sentinels."), "", "",
     "none", "", "sessions are kept in the cookie only"},
    {"redis-sentinel-master-name", "redis_sentinel_master_name", "OAUTH2_PROXY_REDIS_SENTINEL_MASTER_NAME",
     OptionType::Text, Support::NotYet, section,
     GH_TEXT("core", "Name of the master that the sentinels watch."), "", "", "none", "",
     "sessions are kept in the cookie only"},
    {"redis-sentinel-connection-urls", "redis_sentinel_connection_urls",
     "OAUTH2_PROXY_REDIS_SENTINEL_CONNECTION_URLS", OptionType::TextList, Support::NotYet, section,
     GH_TEXT("core", "URLs of the sentinels."), "", "", "none", "", "sessions are kept in the cookie only"},
    {"redis-use-cluster", "redis_use_cluster", "OAUTH2_PROXY_REDIS_USE_CLUSTER", OptionType::Boolean,
     Support::NotYet, section, GH_TEXT("core", "Redis is a cluster."), "", "false", "", "",
     "sessions are kept in the cookie only"},
    {"redis-cluster-connection-urls", "redis_cluster_connection_urls",
     "OAUTH2_PROXY_REDIS_CLUSTER_CONNECTION_URLS", OptionType::TextList, Support::NotYet, section,
     GH_TEXT("core", "URLs of the cluster's nodes."), "", "", "none", "",
     "sessions are kept in the cookie only"},
    {"redis-ca-path", "redis_ca_path", "OAUTH2_PROXY_REDIS_CA_PATH", OptionType::File, Support::NotYet,
     section, GH_TEXT("core", "Certificate authority of the Redis server."), "", "", "the system's", "",
     "sessions are kept in the cookie only"},
    {"redis-insecure-skip-tls-verify", "redis_insecure_skip_tls_verify",
     "OAUTH2_PROXY_REDIS_INSECURE_SKIP_TLS_VERIFY", OptionType::Boolean, Support::NotYet, section,
     GH_TEXT("core", "Do not check the Redis server's certificate."), "", "false", "", "",
     "sessions are kept in the cookie only"},
    {"redis-connection-idle-timeout", "redis_connection_idle_timeout",
     "OAUTH2_PROXY_REDIS_CONNECTION_IDLE_TIMEOUT", OptionType::Integer, Support::NotYet, section,
     GH_TEXT("core", "Close idle connections to Redis after this time; below the server's own limit."), "s",
     "0", "", "", "sessions are kept in the cookie only"},
};

} // namespace

std::span<const OptionRow> sessionRows() {
    return rows;
}

} // namespace gatehouse::gate
