// ConfigMap keys of ingress-nginx 1.15.1: Logs.
#include <ingress/table/rows.h>

namespace gatehouse::ingress::table {

namespace {

constexpr AnnotationRow rows[] = {
    {"access-log-path", "text", Support::Partly, "Logs", GH_TEXT("core", "File of the access log."), "",
     "/var/log/nginx/access.log", "the default", "", GH_TEXT("core", "Every request is recorded here.")},
    {"access-log-params", "text", Support::Partly, "Logs", GH_TEXT("core", "Parameters of the access log."),
     "", "", "none", "", GH_TEXT("core", "Every request is recorded here.")},
    {"http-access-log-path", "text", Support::Partly, "Logs",
     GH_TEXT("core", "File of the access log for HTTP."), "", "", "access-log-path", "",
     GH_TEXT("core", "Every request is recorded here.")},
    {"stream-access-log-path", "text", Support::Partly, "Logs",
     GH_TEXT("core", "File of the access log for TCP and UDP."), "", "", "access-log-path", "",
     GH_TEXT("core", "No TCP or UDP services here.")},
    {"enable-access-log-for-default-backend", "boolean", Support::Partly, "Logs",
     GH_TEXT("core", "Log the default backend's answers too."), "", "false", "false", "",
     GH_TEXT("core", "Every request is recorded here.")},
    {"disable-access-log", "boolean", Support::Partly, "Logs", GH_TEXT("core", "Write no access log."), "",
     "false", "false", "", GH_TEXT("core", "Every request is recorded here.")},
    {"disable-http-access-log", "boolean", Support::Partly, "Logs",
     GH_TEXT("core", "Write no access log for HTTP."), "", "false", "false", "",
     GH_TEXT("core", "Every request is recorded here.")},
    {"disable-stream-access-log", "boolean", Support::Partly, "Logs",
     GH_TEXT("core", "Write no access log for TCP and UDP."), "", "false", "false", "",
     GH_TEXT("core", "No TCP or UDP services here.")},
    {"skip-access-log-urls", "list", Support::Partly, "Logs",
     GH_TEXT("core", "Addresses that are not logged."), "", "", "none", "",
     GH_TEXT("core", "Every request is recorded here.")},
    {"error-log-path", "text", Support::Partly, "Logs", GH_TEXT("core", "File of the error log."), "",
     "/var/log/nginx/error.log", "the default", "", GH_TEXT("core", "The trace says what happened.")},
    {"error-log-level", "choice", Support::Partly, "Logs", GH_TEXT("core", "Level of the error log."), "",
     "notice", "notice", "debug info notice warn error crit alert emerg",
     GH_TEXT("core", "The trace says what happened.")},
    {"log-format-upstream", "text", Support::Partly, "Logs", GH_TEXT("core", "Format of the access log."), "",
     "nginx's combined format and more", "the default", "",
     GH_TEXT("core", "Every request is recorded here.")},
    {"log-format-stream", "text", Support::Partly, "Logs",
     GH_TEXT("core", "Format of the access log for TCP and UDP."), "", "time, protocol, status, bytes",
     "the default", "", GH_TEXT("core", "No TCP or UDP services here.")},
    {"log-format-escape-none", "boolean", Support::Partly, "Logs",
     GH_TEXT("core", "Do not escape the access log."), "", "false", "false", "",
     GH_TEXT("core", "Every request is recorded here.")},
    {"log-format-escape-json", "boolean", Support::Partly, "Logs",
     GH_TEXT("core", "Escape the access log as JSON."), "", "false", "false", "",
     GH_TEXT("core", "Every request is recorded here.")},
    {"enable-syslog", "boolean", Support::Partly, "Logs", GH_TEXT("core", "Send logs to syslog."), "",
     "false", "false", "", GH_TEXT("core", "Nothing is sent anywhere.")},
    {"syslog-host", "text", Support::Partly, "Logs", GH_TEXT("core", "Host of syslog."), "", "", "none", "",
     GH_TEXT("core", "Nothing is sent anywhere.")},
    {"syslog-port", "integer", Support::Partly, "Logs", GH_TEXT("core", "Port of syslog."), "", "514", "514",
     "", GH_TEXT("core", "Nothing is sent anywhere.")},
    {"debug-connections", "list", Support::Partly, "Logs",
     GH_TEXT("core", "Addresses that are logged in detail."), "", "", "none", "",
     GH_TEXT("core", "The trace says what happened.")},
    {"nginx-status-ipv4-whitelist", "list", Support::NotYet, "Logs",
     GH_TEXT("core", "Addresses that may read /nginx_status."), "", "127.0.0.1", "none", "",
     GH_TEXT("core", "There is no /nginx_status here.")},
    {"nginx-status-ipv6-whitelist", "list", Support::NotYet, "Logs",
     GH_TEXT("core", "IPv6 addresses that may read /nginx_status."), "", "::1", "none", "",
     GH_TEXT("core", "There is no /nginx_status here.")},
};

} // namespace

std::span<const AnnotationRow> configMapLogging() {
    return rows;
}

} // namespace gatehouse::ingress::table
