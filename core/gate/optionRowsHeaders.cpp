// Rows of options(): headers. Source: oauth2-proxy 7.15's flags and their documentation (oauth2-proxy.md 3).
#include <gate/optionRows.h>

namespace gatehouse::gate {

namespace {

constexpr std::string_view section = "Headers";

constexpr OptionRow rows[] = {
    {"pass-basic-auth", "pass_basic_auth", "OAUTH2_PROXY_PASS_BASIC_AUTH", OptionType::Boolean, Support::Does,
     section,
     GH_TEXT("core",
             "Send user headers to the upstream, and a basic Authorization when basic-auth-password is set."),
     "", "true", "", "", ""},
    {"basic-auth-password", "basic_auth_password", "OAUTH2_PROXY_BASIC_AUTH_PASSWORD", OptionType::Secret,
     Support::Does, section,
     GH_TEXT("core", "Password of the basic Authorization made by pass-basic-auth and set-basic-auth."), "",
     "", "none", "", ""},
    {"pass-user-headers", "pass_user_headers", "OAUTH2_PROXY_PASS_USER_HEADERS", OptionType::Boolean,
     Support::Does, section,
     GH_TEXT("core", "Send X-Forwarded-User, -Email, -Groups and -Preferred-Username to the upstream."), "",
     "true", "", "", ""},
    {"pass-access-token", "pass_access_token", "OAUTH2_PROXY_PASS_ACCESS_TOKEN", OptionType::Boolean,
     Support::Does, section,
     GH_TEXT("core", "Send the access token as X-Forwarded-Access-Token; with set-xauthrequest also as "
                     "X-Auth-Request-Access-Token."),
     "", "false", "", "", ""},
    {"pass-authorization-header", "pass_authorization_header", "OAUTH2_PROXY_PASS_AUTHORIZATION_HEADER",
     OptionType::Boolean, Support::Does, section,
     GH_TEXT("core", "Send Authorization: Bearer with the ID token to the upstream."), "", "false", "", "",
     ""},
    {"prefer-email-to-user", "prefer_email_to_user", "OAUTH2_PROXY_PREFER_EMAIL_TO_USER", OptionType::Boolean,
     Support::Does, section, GH_TEXT("core", "X-Forwarded-User carries the email instead of the user id."),
     "", "false", "", "", ""},
    {"set-xauthrequest", "set_xauthrequest", "OAUTH2_PROXY_SET_XAUTHREQUEST", OptionType::Boolean,
     Support::Does, section,
     GH_TEXT("core", "Put X-Auth-Request-User, -Email, -Groups and -Preferred-Username on the answer, for "
                     "nginx' auth_request."),
     "", "false", "", "", ""},
    {"set-authorization-header", "set_authorization_header", "OAUTH2_PROXY_SET_AUTHORIZATION_HEADER",
     OptionType::Boolean, Support::Does, section,
     GH_TEXT("core", "Put Authorization: Bearer with the ID token on the answer."), "", "false", "", "", ""},
    {"set-basic-auth", "set_basic_auth", "OAUTH2_PROXY_SET_BASIC_AUTH", OptionType::Boolean, Support::Does,
     section, GH_TEXT("core", "Put a basic Authorization on the answer; needs basic-auth-password."), "",
     "false", "", "", ""},
    {"skip-auth-strip-headers", "skip_auth_strip_headers", "OAUTH2_PROXY_SKIP_AUTH_STRIP_HEADERS",
     OptionType::Boolean, Support::Does, section,
     GH_TEXT("core", "Remove a client's own copies of the headers that the gate sends."), "", "true", "", "",
     ""},
};

} // namespace

std::span<const OptionRow> headerRows() {
    return rows;
}

} // namespace gatehouse::gate
