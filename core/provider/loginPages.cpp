// The pages of the login itself: user and password, authenticator code, expired step, consent.
#include <provider/loginFlow.h>
#include <provider/page.h>

namespace gatehouse::provider {
namespace {

std::string formAction(const Visit& visit, std::string_view action, std::string_view execution) {
    return visit.origin + loginActionPath(visit, action,
                                          "session_code=" + visit.login->sessionCode +
                                              "&execution=" + std::string(execution));
}

std::string submit(const Visit& visit, std::string_view label) {
    if (isFirstTheme(visit))
        return "<input id=\"kc-login\" class=\"primary\" name=\"login\" type=\"submit\" value=\"" +
               std::string(label) + "\">\n";
    return "<button id=\"kc-login\" class=\"primary\" name=\"login\" type=\"submit\">" + std::string(label) +
           "</button>\n";
}

std::string rememberMe(const Visit& visit) {
    if (!visit.realm.data().rememberMe || visit.login->reauthentication)
        return {};
    const bool on = visit.login->rememberMe || visit.cookie(CookieKind::RememberMe).has_value();
    return std::string("<p><input id=\"rememberMe\" name=\"rememberMe\" type=\"checkbox\"") +
           (on ? " checked" : "") + "><label class=\"inline\" for=\"rememberMe\">Remember me</label></p>\n";
}

std::string forgotLink(const Visit& visit) {
    if (!visit.realm.data().resetPasswordAllowed)
        return {};
    return "<p><a href=\"" + escape(loginActionPath(visit, "reset-credentials")) +
           "\">Forgot Password?</a></p>\n";
}

std::string registrationLink(const Visit& visit) {
    if (!visit.realm.data().registrationAllowed || visit.login->reauthentication)
        return {};
    return "<div id=\"kc-info\"><div id=\"kc-info-wrapper\"><div id=\"kc-registration-container\"><div "
           "id=\"kc-registration\">"
           "<span>New user? <a href=\"" +
           escape(loginActionPath(visit, "registration")) +
           "\">Register</a></span></div></div></div></div>\n";
}

// What stands in the user name's field: what was typed, else login_hint, else the remembered name.
std::string shownUsername(const Visit& visit) {
    if (!visit.login->attemptedUsername.empty())
        return visit.login->attemptedUsername;
    if (const auto remembered = visit.cookie(CookieKind::RememberMe);
        visit.login->request.loginHint.empty() && remembered && remembered->starts_with("username:"))
        return remembered->substr(9);
    return visit.login->request.loginHint;
}

std::string loginLabel(const Visit& visit) {
    return visit.realm.data().loginWithEmailAllowed ? "Username or email" : "Username";
}

} // namespace

void loginPage(Visit& visit, std::optional<Alert> alert, std::string_view error) {
    const auto& login = *visit.login;
    const bool first = isFirstTheme(visit);
    const std::string action =
        formAction(visit, "authenticate", executionId(visit.realm, AuthSession::Step::UsernamePassword));
    std::string body = "<div id=\"kc-form\"><div id=\"kc-form-wrapper\">\n<form id=\"kc-form-login\" "
                       "method=\"post\" action=\"" +
                       escape(action) + "\" onsubmit=\"login.disabled = true; return true;\" novalidate>\n";
    const std::string text(error);
    if (!login.reauthentication) {
        Field name{.name = "username",
                   .label = loginLabel(visit),
                   .value = shownUsername(visit),
                   .autocomplete = "username",
                   .autofocus = true,
                   .error = text,
                   .errorId = first ? "input-error" : "input-error-username"};
        body += field(visit, name);
    }
    // Re-authentication has no name field: there the error stands at the password.
    Field password{.name = "password",
                   .label = "Password",
                   .type = "password",
                   .autocomplete = "current-password",
                   .autofocus = login.reauthentication,
                   .error = login.reauthentication ? text : "",
                   .errorId = first ? "input-error" : "input-error-password",
                   .invalid = first && !text.empty(),
                   .reveal = true,
                   .extra = first ? "" : rememberMe(visit)};
    body += field(visit, password);
    if (!first)
        body += forgotLink(visit);
    else
        body += "<div id=\"kc-form-options\">" + rememberMe(visit) + "</div>\n" + forgotLink(visit) +
                "<div id=\"kc-form-buttons\">";
    body +=
        "<input id=\"id-hidden-input\" name=\"credentialId\" type=\"hidden\">\n" + submit(visit, "Sign In");
    if (first)
        body += "</div>\n";
    body += "</form>\n</div></div>\n";
    const auto* user = login.reauthentication ? visit.realm.userById(login.userId) : nullptr;
    setPage(visit, 200,
            render(visit, {.pageId = "login-login",
                           .heading = "Sign in to your account",
                           .attemptedUsername = user != nullptr ? user->data.username : "",
                           .alert = std::move(alert),
                           .body = std::move(body),
                           .info = registrationLink(visit)}));
}

void otpPage(Visit& visit, std::string_view error) {
    const auto& login = *visit.login;
    const auto* user = visit.realm.userById(login.userId);
    const bool first = isFirstTheme(visit);
    const std::string action =
        formAction(visit, "authenticate", executionId(visit.realm, AuthSession::Step::Otp));
    std::string body = "<form id=\"kc-otp-login-form\" method=\"post\" action=\"" + escape(action) +
                       "\" onsubmit=\"login.disabled = true; return true;\">\n";
    const auto devices = user != nullptr ? otpDevices(visit, *user) : std::vector<const OtpDevice*>{};
    if (!first)
        body += "<input id=\"selectedCredentialId\" name=\"selectedCredentialId\" type=\"hidden\" value=\"" +
                escape(login.otpDeviceId) + "\">\n";
    for (std::size_t i = 0; devices.size() > 1 && i < devices.size(); ++i) {
        const std::string number = std::to_string(i), id = escape(devices[i]->id),
                          label = escape(devices[i]->label);
        if (first)
            body += "<p><input id=\"kc-otp-credential-" + number +
                    "\" type=\"radio\" name=\"selectedCredentialId\" value=\"" + id + "\"" +
                    (devices[i]->id == login.otpDeviceId ? " checked" : "") +
                    "><label class=\"inline\" for=\"kc-otp-credential-" + number + "\">" + label +
                    "</label></p>\n";
        else
            body += "<button id=\"kc-otp-credential-" + number +
                    "\" class=\"plain\" type=\"button\" "
                    "onclick=\"document.getElementById('selectedCredentialId').value='" +
                    id + "'\">" + label + "</button>\n";
    }
    body += field(visit, {.name = "otp",
                          .label = "One-time code",
                          .autocomplete = "one-time-code",
                          .autofocus = true,
                          .error = std::string(error),
                          .errorId = first ? "input-error-otp-code" : "input-error-otp"});
    if (first)
        body += "<div id=\"kc-form-options\"></div><div id=\"kc-form-buttons\">";
    body += submit(visit, "Sign In");
    if (first)
        body += "</div>\n";
    body += "</form>\n";
    setPage(
        visit, 200,
        render(visit, {.pageId = "login-login-otp",
                       .heading = "Sign In",
                       .attemptedUsername = user != nullptr ? user->data.username : login.attemptedUsername,
                       .body = std::move(body)}));
}

void pageExpiredPage(Visit& visit) {
    const std::string restart = loginActionPath(visit, "restart") + "&skip_logout=false";
    const std::string body =
        "<p id=\"instruction1\" class=\"instruction\">To restart the login process <a "
        "id=\"loginRestartLink\" href=\"" +
        escape(restart) +
        "\">Click here</a> .<br>To continue the login process <a id=\"loginContinueLink\" href=\"" +
        escape(lastExecutionUrl(visit)) + "\">Click here</a> .</p>\n";
    setPage(
        visit, 200,
        render(visit, {.pageId = "login-login-page-expired", .heading = "Page has expired", .body = body}));
}

void consentPage(Visit& visit, const std::vector<std::string>& texts) {
    const auto& client = visit.client->data;
    std::string body = "<div id=\"kc-oauth\">\n<h2>Do you grant these access privileges?</h2>\n<ul>\n";
    for (const auto& text : texts)
        body += "<li>" + escape(text) + "</li>\n";
    body += "</ul>\n<form method=\"POST\" action=\"" +
            escape(visit.realmPath() +
                   "/login-actions/consent?client_id=" + http::percentEncode(client.clientId) +
                   "&tab_id=" + visit.login->tabId + "&client_data=" + clientData(visit.login->request)) +
            "\">\n<input type=\"hidden\" name=\"code\" value=\"" + visit.login->sessionCode +
            "\">\n<input id=\"kc-login\" class=\"primary\" name=\"accept\" type=\"submit\" value=\"Yes\">\n"
            "<input id=\"kc-cancel\" class=\"plain\" name=\"cancel\" type=\"submit\" "
            "value=\"No\">\n</form>\n</div>\n";
    const std::string name = client.name.empty() ? client.clientId : client.name;
    setPage(
        visit, 200,
        render(visit,
               {.pageId = "login-login-oauth-grant", .heading = "Grant Access to " + name, .body = body}));
}

} // namespace gatehouse::provider
