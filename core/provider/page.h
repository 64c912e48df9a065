// Pages: our own compact HTML with Keycloak's element ids, names, forms and texts (keycloak.md 2.2-2.4,
// corrections 29-42). Drivers recognise a page by data-page-id and the ids of its form.
//
// Two looks with their own ids: keycloak.v2 (new realms) and keycloak ("v1"). Every value is escaped here.
#pragma once

#include <provider/visit.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::provider {

std::string escape(std::string_view text); // for HTML text and attribute values

struct Alert {
    enum class Kind : std::uint8_t { Error, Warning, Info, Success } kind = Kind::Error;
    std::string text;
};

// What goes round a page's own part.
struct Shell {
    std::string pageId; // "login-login"
    std::string title;  // empty: "Sign in to {realm}"
    bool noTitle = false;
    bool plainHeader = false; // the display name or nothing, as where no form is behind the page
    std::string heading;
    std::string attemptedUsername; // shown with the restart button when not empty
    std::optional<Alert> alert;
    std::string body;
    std::string info; // v2: under the form
    // What the page's script restarts when a login ends elsewhere; empty: this login, or the client's.
    std::string restartUrl;
};
std::string render(const Visit& visit, const Shell& shell);

bool isFirstTheme(const Visit& visit); // loginTheme "keycloak"

// Sets status, type and body. Login pages are never cached; `caching` says otherwise.
void setPage(Visit& visit, int status, std::string html, Reply::Caching caching = Reply::Caching::Login);

// "/realms/r/login-actions/{path}?…" with client_id, tab_id and client_data of the login.
std::string loginActionPath(const Visit& visit, std::string_view path, std::string_view before = {});
std::string clientData(const AuthRequest& request);

// One labelled input with its error, as both looks write it.
struct Field {
    std::string name;
    std::string label;
    std::string type = "text";
    std::string value;
    std::string autocomplete;
    bool autofocus = false;
    std::string error;    // text; empty: none
    std::string errorId;  // "input-error-username"; v2
    bool invalid = false; // aria-invalid without an own text
    bool reveal = false;  // v2: a button that shows the password
    std::string extra;    // between the input and its error (v2: rememberMe)
};
std::string field(const Visit& visit, const Field& what);

void loginPage(Visit& visit, std::optional<Alert> alert, std::string_view error);
void otpPage(Visit& visit, std::string_view error);
void configureTotpPage(Visit& visit, bool manual, std::optional<Alert> alert, std::string_view codeError,
                       std::string_view labelError);
void updatePasswordPage(Visit& visit, std::optional<Alert> alert, std::string_view newError,
                        std::string_view confirmError);
void profilePage(Visit& visit, std::optional<Alert> alert, const std::map<std::string, std::string>& values,
                 const std::map<std::string, std::string>& errors);
void consentPage(Visit& visit, const std::vector<std::string>& texts);
void pageExpiredPage(Visit& visit);

// "We are sorry…"
void errorPage(Visit& visit, int status, std::string_view text,
               Reply::Caching caching = Reply::Caching::Login);
// The same, and the browser is given the cookie from which Keycloak could show it again in another language.
void detachedErrorPage(Visit& visit, int status, std::string_view messageKey, std::string_view text);
void notFoundPage(Visit& visit);
void internalErrorPage(Visit& visit); // 500
void infoPage(Visit& visit, std::string_view text, std::string restartUrl = {});
std::string logoutRestartUrl(const Visit& visit, std::string_view clientId, std::string_view tabId);
void logoutConfirmPage(Visit& visit, const LogoutSession& logout);

} // namespace gatehouse::provider
