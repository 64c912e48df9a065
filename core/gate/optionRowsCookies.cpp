// Rows of options(): cookies. Source: oauth2-proxy 7.15's flags and their documentation (oauth2-proxy.md 3).
#include <gate/optionRows.h>

namespace gatehouse::gate {

namespace {

constexpr std::string_view section = "Cookies";

constexpr OptionRow rows[] = {
    {"cookie-name", "cookie_name", "OAUTH2_PROXY_COOKIE_NAME", OptionType::Text, Support::Does, section,
     GH_TEXT("core", "Name of the session cookie."), "", "_oauth2_proxy", "", "", ""},
    {"cookie-secret", "cookie_secret", "OAUTH2_PROXY_COOKIE_SECRET", OptionType::Secret, Support::Does,
     section, GH_TEXT("core", "The secret that seals sessions: 16, 24 or 32 bytes, or their base64url text."),
     "", "", "refused", "", ""},
    {"cookie-secret-file", "cookie_secret_file", "OAUTH2_PROXY_COOKIE_SECRET_FILE", OptionType::File,
     Support::Does, section, GH_TEXT("core", "File that holds the cookie secret, newline included."), "", "",
     "cookie-secret is used", "", ""},
    {"cookie-domain", "cookie_domains", "OAUTH2_PROXY_COOKIE_DOMAINS", OptionType::TextList, Support::Does,
     section, GH_TEXT("core", "Domains of the cookies; the longest that fits the request's host is taken."),
     "", "", "the host of the request only", "", ""},
    {"cookie-path", "cookie_path", "OAUTH2_PROXY_COOKIE_PATH", OptionType::Text, Support::Does, section,
     GH_TEXT("core", "Path of the cookies."), "", "/", "", "", ""},
    {"cookie-expire", "cookie_expire", "OAUTH2_PROXY_COOKIE_EXPIRE", OptionType::Duration, Support::Does,
     section, GH_TEXT("core", "How long a session lives; 0 until the browser closes."), "", "168h0m0s", "",
     "", ""},
    {"cookie-refresh", "cookie_refresh", "OAUTH2_PROXY_COOKIE_REFRESH", OptionType::Duration, Support::Does,
     section, GH_TEXT("core", "Renew the tokens of a session older than this; 0 never."), "", "0s", "", "",
     ""},
    {"cookie-secure", "cookie_secure", "OAUTH2_PROXY_COOKIE_SECURE", OptionType::Boolean, Support::Does,
     section, GH_TEXT("core", "Send the cookies over HTTPS only; the callback URL becomes https too."), "",
     "true", "", "", ""},
    {"cookie-httponly", "cookie_httponly", "OAUTH2_PROXY_COOKIE_HTTPONLY", OptionType::Boolean, Support::Does,
     section, GH_TEXT("core", "Keep scripts from reading the cookies."), "", "true", "", "", ""},
    {"cookie-samesite", "cookie_samesite", "OAUTH2_PROXY_COOKIE_SAMESITE", OptionType::Choice, Support::Does,
     section, GH_TEXT("core", "SameSite attribute of the cookies."), "", "", "no attribute",
     ", lax, strict, none", ""},
    {"cookie-csrf-per-request", "cookie_csrf_per_request", "OAUTH2_PROXY_COOKIE_CSRF_PER_REQUEST",
     OptionType::Boolean, Support::Does, section,
     GH_TEXT("core",
             "A login-attempt cookie of its own for each attempt, so that tabs do not disturb each other."),
     "", "false", "", "", ""},
    {"cookie-csrf-per-request-limit", "cookie_csrf_per_request_limit",
     "OAUTH2_PROXY_COOKIE_CSRF_PER_REQUEST_LIMIT", OptionType::Integer, Support::Does, section,
     GH_TEXT("core",
             "How many login-attempt cookies may pile up before the oldest is removed; 0 without limit."),
     "", "0", "", "", ""},
    {"cookie-csrf-expire", "cookie_csrf_expire", "OAUTH2_PROXY_COOKIE_CSRF_EXPIRE", OptionType::Duration,
     Support::Does, section, GH_TEXT("core", "How long a login attempt may take."), "", "15m0s", "", "", ""},
    {"cookie-csrf-samesite", "cookie_csrf_samesite", "OAUTH2_PROXY_COOKIE_CSRF_SAMESITE", OptionType::Choice,
     Support::Does, section, GH_TEXT("core", "SameSite attribute of the login-attempt cookie."), "", "",
     "as cookie-samesite", ", lax, strict, none", ""},
};

} // namespace

std::span<const OptionRow> cookiesRows() {
    return rows;
}

} // namespace gatehouse::gate
