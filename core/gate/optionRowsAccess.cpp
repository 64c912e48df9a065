// Rows of options(): who may log in. Source: oauth2-proxy 7.15's flags and their documentation
// (oauth2-proxy.md 3).
#include <gate/optionRows.h>

namespace gatehouse::gate {

namespace {

constexpr std::string_view section = "Who may log in";

constexpr OptionRow rows[] = {
    {"email-domain", "email_domains", "OAUTH2_PROXY_EMAIL_DOMAINS", OptionType::TextList, Support::Does,
     section, GH_TEXT("core", "Mail domains whose users may pass; * for every address."), "", "",
     "nobody, unless another rule lets them in", "", ""},
    {"authenticated-emails-file", "authenticated_emails_file", "OAUTH2_PROXY_AUTHENTICATED_EMAILS_FILE",
     OptionType::File, Support::Partly, section,
     GH_TEXT("core", "File of addresses that may pass, one a line."), "", "", "no file", "",
     "the file is read once, not again when it changes"},
    {"htpasswd-file", "htpasswd_file", "OAUTH2_PROXY_HTPASSWD_FILE", OptionType::File, Support::Partly,
     section, GH_TEXT("core", "File of local users with password hashes."), "", "", "no local users", "",
     "only {SHA} entries; the file is read once"},
    {"htpasswd-user-group", "htpasswd_user_groups", "OAUTH2_PROXY_HTPASSWD_USER_GROUPS", OptionType::TextList,
     Support::Does, section, GH_TEXT("core", "Groups of the users of the htpasswd file."), "", "",
     "no groups", "", ""},
    {"allowed-group", "allowed_groups", "OAUTH2_PROXY_ALLOWED_GROUPS", OptionType::TextList, Support::Does,
     section, GH_TEXT("core", "A user must be in one of these groups."), "", "", "no group is asked for", "",
     ""},
    {"allowed-role", "allowed_roles", "OAUTH2_PROXY_ALLOWED_ROLES", OptionType::TextList, Support::Does,
     section,
     GH_TEXT("core", "keycloak-oidc: a user must have one of these roles (realm role, or client:role)."), "",
     "", "no role is asked for", "", ""},
    {"keycloak-group", "keycloak_groups", "OAUTH2_PROXY_KEYCLOAK_GROUPS", OptionType::TextList,
     Support::NotYet, section, GH_TEXT("core", "Groups for the old keycloak provider."), "", "",
     "no group is asked for", "", "only the old keycloak provider reads it; use allowed-group"},
};

} // namespace

std::span<const OptionRow> accessRows() {
    return rows;
}

} // namespace gatehouse::gate
