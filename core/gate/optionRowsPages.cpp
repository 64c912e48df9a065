// Rows of options(): logging and pages. Source: oauth2-proxy 7.15's flags and their documentation
// (oauth2-proxy.md 3).
#include <gate/optionRows.h>

namespace gatehouse::gate {

namespace {

constexpr std::string_view section = "Logging and pages";

constexpr OptionRow rows[] = {
    {"standard-logging", "standard_logging", "OAUTH2_PROXY_STANDARD_LOGGING", OptionType::Boolean,
     Support::Partly, section, GH_TEXT("core", "Write messages of the gate itself."), "", "true", "", "",
     "the desk shows decisions as traces; the option is the cluster's"},
    {"standard-logging-format", "standard_logging_format", "OAUTH2_PROXY_STANDARD_LOGGING_FORMAT",
     OptionType::Text, Support::Partly, section, GH_TEXT("core", "Form of these messages (a Go template)."),
     "", "[{{.Timestamp}}] [{{.File}}] {{.Message}}", "", "",
     "the desk shows decisions as traces; the option is the cluster's"},
    {"auth-logging", "auth_logging", "OAUTH2_PROXY_AUTH_LOGGING", OptionType::Boolean, Support::Partly,
     section, GH_TEXT("core", "Write a line for each login."), "", "true", "", "",
     "the desk shows decisions as traces; the option is the cluster's"},
    {"auth-logging-format", "auth_logging_format", "OAUTH2_PROXY_AUTH_LOGGING_FORMAT", OptionType::Text,
     Support::Partly, section, GH_TEXT("core", "Form of these lines (a Go template)."), "",
     "{{.Client}} - {{.RequestID}} - {{.Username}} [{{.Timestamp}}] [{{.Status}}] {{.Message}}", "", "",
     "the desk shows decisions as traces; the option is the cluster's"},
    {"request-logging", "request_logging", "OAUTH2_PROXY_REQUEST_LOGGING", OptionType::Boolean,
     Support::Partly, section, GH_TEXT("core", "Write a line for each request."), "", "true", "", "",
     "the desk shows decisions as traces; the option is the cluster's"},
    {"request-logging-format", "request_logging_format", "OAUTH2_PROXY_REQUEST_LOGGING_FORMAT",
     OptionType::Text, Support::Partly, section, GH_TEXT("core", "Form of these lines (a Go template)."), "",
     "{{.Client}} - {{.RequestID}} - {{.Username}} [{{.Timestamp}}] {{.Host}} {{.RequestMethod}} "
     "{{.Upstream}} {{.RequestURI}} {{.Protocol}} {{.UserAgent}} {{.StatusCode}} {{.ResponseSize}} "
     "{{.RequestDuration}}",
     "", "", "the desk shows decisions as traces; the option is the cluster's"},
    {"errors-to-info-log", "errors_to_info_log", "OAUTH2_PROXY_ERRORS_TO_INFO_LOG", OptionType::Boolean,
     Support::Partly, section, GH_TEXT("core", "Errors go to the ordinary output."), "", "false", "", "",
     "the desk shows decisions as traces; the option is the cluster's"},
    {"exclude-logging-path", "exclude_logging_paths", "OAUTH2_PROXY_EXCLUDE_LOGGING_PATHS",
     OptionType::TextList, Support::Partly, section, GH_TEXT("core", "Paths that are not logged."), "", "",
     "all are logged", "", "the desk shows decisions as traces; the option is the cluster's"},
    {"silence-ping-logging", "silence_ping_logging", "OAUTH2_PROXY_SILENCE_PING_LOGGING", OptionType::Boolean,
     Support::Partly, section, GH_TEXT("core", "Do not log ping and ready."), "", "false", "", "",
     "the desk shows decisions as traces; the option is the cluster's"},
    {"request-id-header", "request_id_header", "OAUTH2_PROXY_REQUEST_ID_HEADER", OptionType::Text,
     Support::Does, section, GH_TEXT("core", "Header that brings the request's id."), "", "X-Request-Id", "",
     "", ""},
    {"logging-local-time", "logging_local_time", "OAUTH2_PROXY_LOGGING_LOCAL_TIME", OptionType::Boolean,
     Support::Partly, section, GH_TEXT("core", "Local time in logs, else UTC."), "", "true", "", "",
     "the desk shows decisions as traces; the option is the cluster's"},
    {"logging-filename", "logging_filename", "OAUTH2_PROXY_LOGGING_FILENAME", OptionType::File,
     Support::Partly, section, GH_TEXT("core", "File that log lines go to."), "", "", "standard output", "",
     "the desk shows decisions as traces; the option is the cluster's"},
    {"logging-max-size", "logging_max_size", "OAUTH2_PROXY_LOGGING_MAX_SIZE", OptionType::Integer,
     Support::Partly, section, GH_TEXT("core", "Size at which the log file is rotated."), "MB", "100", "", "",
     "the desk shows decisions as traces; the option is the cluster's"},
    {"logging-max-age", "logging_max_age", "OAUTH2_PROXY_LOGGING_MAX_AGE", OptionType::Integer,
     Support::Partly, section, GH_TEXT("core", "How long old log files are kept."), "days", "7", "", "",
     "the desk shows decisions as traces; the option is the cluster's"},
    {"logging-max-backups", "logging_max_backups", "OAUTH2_PROXY_LOGGING_MAX_BACKUPS", OptionType::Integer,
     Support::Partly, section, GH_TEXT("core", "How many old log files are kept; 0 all."), "", "0", "", "",
     "the desk shows decisions as traces; the option is the cluster's"},
    {"logging-compress", "logging_compress", "OAUTH2_PROXY_LOGGING_COMPRESS", OptionType::Boolean,
     Support::Partly, section, GH_TEXT("core", "Compress old log files."), "", "false", "", "",
     "the desk shows decisions as traces; the option is the cluster's"},
    {"custom-templates-dir", "custom_templates_dir", "OAUTH2_PROXY_CUSTOM_TEMPLATES_DIR", OptionType::File,
     Support::NotYet, section, GH_TEXT("core", "Folder of own page templates."), "", "", "the built-in pages",
     "", "own templates are not read"},
    {"custom-sign-in-logo", "custom_sign_in_logo", "OAUTH2_PROXY_CUSTOM_SIGN_IN_LOGO", OptionType::Text,
     Support::Partly, section, GH_TEXT("core", "Picture on the sign-in page: a URL, or - for none."), "", "",
     "the built-in logo", "", "a file is not read"},
    {"banner", "banner", "OAUTH2_PROXY_BANNER", OptionType::Text, Support::Does, section,
     GH_TEXT("core", "Text above the sign-in button; - for none."), "", "", "names the allowed mail domains",
     "", ""},
    {"footer", "footer", "OAUTH2_PROXY_FOOTER", OptionType::Text, Support::Does, section,
     GH_TEXT("core", "Text at the foot of the pages; - for none."), "", "", "the original's own", "", ""},
    {"display-htpasswd-form", "display_htpasswd_form", "OAUTH2_PROXY_DISPLAY_HTPASSWD_FORM",
     OptionType::Boolean, Support::Does, section,
     GH_TEXT("core", "Show the form for local users when there is an htpasswd file."), "", "true", "", "",
     ""},
    {"show-debug-on-error", "show_debug_on_error", "OAUTH2_PROXY_SHOW_DEBUG_ON_ERROR", OptionType::Boolean,
     Support::Does, section,
     GH_TEXT("core", "Show the inner error text on error pages. Never in production."), "", "false", "", "",
     ""},
};

} // namespace

std::span<const OptionRow> pageRows() {
    return rows;
}

} // namespace gatehouse::gate
