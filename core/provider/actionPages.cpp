// The pages of required actions: authenticator set-up, new password, profile.
#include <base/encoding.h>
#include <crypto/qrCode.h>
#include <provider/loginFlow.h>
#include <provider/page.h>

namespace gatehouse::provider {
namespace {

std::string actionForm(const Visit& visit, std::string_view id) {
    const std::string url = visit.origin + loginActionPath(visit, "required-action",
                                                           "session_code=" + visit.login->sessionCode +
                                                               "&execution=" + visit.login->currentAction);
    return "<form" + (id.empty() ? "" : " id=\"" + std::string(id) + "\"") + " method=\"post\" action=\"" +
           escape(url) + "\"";
}

std::string modeLink(const Visit& visit, bool manual) {
    const std::string base = visit.origin + visit.realmPath() + "/login-actions/required-action?";
    const std::string login = "client_id=" + http::percentEncode(visit.login->request.clientId) +
                              "&tab_id=" + visit.login->tabId +
                              "&client_data=" + clientData(visit.login->request);
    const std::string execution = "execution=" + visit.login->currentAction;
    if (!manual)
        return base + login + "&mode=manual&" + execution;
    // Keycloak rewrites the address of the request: after a form post its execution stands first.
    return base + (visit.isPost() ? execution + "&" + login : login + "&" + execution) + "&mode=qr";
}

std::string grouped(std::string_view base32Text) {
    std::string out;
    for (std::size_t i = 0; i < base32Text.size(); ++i) {
        if (i > 0 && i % 4 == 0)
            out += ' ';
        out += base32Text[i];
    }
    return out;
}

std::string algorithmName(crypto::Hash hash) {
    return hash == crypto::Hash::Sha512 ? "SHA512" : hash == crypto::Hash::Sha256 ? "SHA256" : "SHA1";
}

std::string item(std::string_view id, const std::string& text) {
    return "<li id=\"" + std::string(id) + "\">" + escape(text) + "</li>\n";
}

std::string manualSteps(const Visit& visit, const OtpSettings& otp) {
    std::string out =
        "<li><p>Open the application and enter the key:</p><p><span id=\"kc-totp-secret-key\">" +
        grouped(base32(visit.login->totpSecret)) + "</span></p><p><a id=\"mode-barcode\" href=\"" +
        escape(modeLink(visit, true)) +
        "\">Scan barcode?</a></p></li>\n<li><p>Use the following configuration values if the application "
        "allows setting them:</p><ul>\n";
    out += item("kc-totp-type", std::string("Type: ") + (otp.counterBased ? "Counter-based" : "Time-based"));
    out += item("kc-totp-algorithm", "Algorithm: " + algorithmName(otp.policy.hash));
    out += item("kc-totp-digits", "Digits: " + std::to_string(otp.policy.digits));
    out += otp.counterBased ? item("kc-totp-counter", "Counter: " + std::to_string(otp.counter))
                            : item("kc-totp-period", "Interval: " + std::to_string(otp.policy.period));
    return out + "</ul></li>\n";
}

std::string scanSteps(const Visit& visit, const OtpSettings& otp) {
    std::string out = "<li><p>Open the application and scan the barcode:</p>";
    // The blank behind the comma is Keycloak's.
    if (const auto code = crypto::qrCode(otp.uri))
        out += "<img id=\"kc-totp-secret-qr-code\" alt=\"Figure: Barcode\" src=\"data:image/png;base64, " +
               base64(crypto::qrPng(*code, 246)) + "\">";
    return out + "<p><a id=\"mode-manual\" href=\"" + escape(modeLink(visit, false)) +
           "\">Unable to scan?</a></p></li>\n";
}

std::string logoutSessions(const Visit& visit) {
    return std::string("<p><input id=\"logout-sessions\" name=\"logout-sessions\" type=\"checkbox\"") +
           (isFirstTheme(visit) ? " value=\"on\"" : "") +
           "><label class=\"inline\" for=\"logout-sessions\">Sign out from other devices</label></p>\n";
}

std::string small(std::string_view id, std::string_view error) {
    if (error.empty())
        return {};
    return "<span id=\"" + std::string(id) +
           "\" class=\"error-text kc-feedback-text\" aria-live=\"polite\">" + escape(error) + "</span>\n";
}

} // namespace

void configureTotpPage(Visit& visit, bool manual, std::optional<Alert> alert, std::string_view codeError,
                       std::string_view labelError) {
    const bool first = isFirstTheme(visit);
    const auto otp = otpSettings(visit);
    std::string body =
        "<ol id=\"kc-totp-settings\">\n<li><p>Install one of the following applications on your mobile:</p>"
        "<ul id=\"kc-totp-supported-apps\"><li>FreeOTP</li><li>Google Authenticator</li><li>Microsoft "
        "Authenticator</li></ul></li>\n";
    body += manual ? manualSteps(visit, otp) : scanSteps(visit, otp);
    body +=
        "<li><p>Enter the one-time code provided by the application and click Submit to finish the setup.</p>"
        "<p>Provide a Device Name to help you manage your OTP devices.</p></li>\n</ol>\n";
    body += actionForm(visit, "kc-totp-settings-form") +
            " novalidate>\n<label for=\"totp\">One-time code *</label>\n"
            "<input id=\"totp\" name=\"totp\" type=\"text\" autocomplete=\"one-time-code\"" +
            (first ? "" : " required") + " inputmode=\"numeric\" aria-invalid=\"" +
            (codeError.empty() ? "" : "true") + "\">\n" + small("input-error-otp-code", codeError);
    body += "<input id=\"totpSecret\" name=\"totpSecret\" type=\"hidden\" value=\"" +
            visit.login->totpSecret + "\">\n";
    if (manual)
        body += "<input id=\"mode\" name=\"mode\" type=\"hidden\" value=\"manual\">\n";
    body += "<label for=\"userLabel\">Device Name</label>\n<input id=\"userLabel\" name=\"userLabel\" "
            "type=\"text\" autocomplete=\"off\" aria-invalid=\"" +
            std::string(labelError.empty() ? "" : "true") + "\">\n" +
            small("input-error-otp-label", labelError);
    body += "<div id=\"kc-form-options\">" + logoutSessions(visit) + "</div>\n";
    if (first)
        body += "<div id=\"kc-form-buttons\">";
    body += "<input id=\"saveTOTPBtn\" class=\"primary\" type=\"submit\" value=\"Submit\">\n";
    if (visit.login->applicationInitiated)
        body += "<button id=\"cancelTOTPBtn\" class=\"plain\" name=\"cancel-aia\" type=\"submit\" "
                "value=\"true\">Cancel</button>\n";
    if (first)
        body += "</div>";
    body += "</form>\n";
    setPage(visit, 200,
            render(visit, {.pageId = "login-login-config-totp",
                           .heading = "Mobile Authenticator Setup",
                           .alert = std::move(alert),
                           .body = std::move(body)}));
}

void updatePasswordPage(Visit& visit, std::optional<Alert> alert, std::string_view newError,
                        std::string_view confirmError) {
    const bool first = isFirstTheme(visit);
    std::string body = actionForm(visit, "kc-passwd-update-form") +
                       " onsubmit=\"login.disabled = true; return true;\" novalidate>\n";
    body += field(visit, {.name = "password-new",
                          .label = "New Password",
                          .type = "password",
                          .autocomplete = "new-password",
                          .autofocus = true,
                          .error = std::string(newError),
                          .errorId = first ? "input-error-password" : "input-error-password-new",
                          .reveal = true});
    body += field(visit, {.name = "password-confirm",
                          .label = "Confirm password",
                          .type = "password",
                          .autocomplete = "new-password",
                          .error = std::string(confirmError),
                          .errorId = "input-error-password-confirm",
                          .reveal = true});
    body += "<div id=\"kc-form-options\">" + logoutSessions(visit) +
            "</div>\n"
            "<button id=\"kc-submit\" class=\"primary\" name=\"login\" type=\"submit\">Submit</button>\n";
    if (visit.login->applicationInitiated)
        body += "<button id=\"kc-cancel\" class=\"plain\" name=\"cancel-aia\" type=\"submit\" "
                "value=\"true\">Cancel</button>\n";
    body += "</form>\n";
    if (!first) // filled by Keycloak's password policy script; drivers count on them
        body +=
            "<template id=\"errorTemplate\"></template>\n<template id=\"errorItemTemplate\"></template>\n";
    setPage(visit, 200,
            render(visit, {.pageId = "login-login-update-password",
                           .heading = "Update password",
                           .alert = std::move(alert),
                           .body = std::move(body)}));
}

void profilePage(Visit& visit, std::optional<Alert> alert, const std::map<std::string, std::string>& values,
                 const std::map<std::string, std::string>& errors) {
    static constexpr std::pair<std::string_view, std::string_view> fields[] = {
        {"email", "Email"}, {"firstName", "First name"}, {"lastName", "Last name"}};
    const auto at = [](const std::map<std::string, std::string>& map, std::string_view name) {
        const auto found = map.find(std::string(name));
        return found == map.end() ? std::string{} : found->second;
    };
    std::string body = actionForm(visit, "kc-update-profile-form") + ">\n";
    for (const auto& [name, label] : fields)
        body += field(visit, {.name = std::string(name),
                              .label = std::string(label),
                              .value = at(values, name),
                              .autocomplete = name == "email" ? "email" : "",
                              .error = at(errors, name),
                              .errorId = "input-error-" + std::string(name)});
    body += "<div id=\"kc-form-options\"></div><div id=\"kc-form-buttons\"><input class=\"primary\" "
            "type=\"submit\" value=\"Submit\">";
    if (visit.login->applicationInitiated)
        body += "<button class=\"plain\" type=\"submit\" name=\"cancel-aia\" value=\"true\">Cancel</button>";
    body += "</div>\n</form>\n";
    setPage(visit, 200,
            render(visit, {.pageId = "login-login-update-profile",
                           .heading = "Update Account Information",
                           .alert = std::move(alert),
                           .body = std::move(body)}));
}

} // namespace gatehouse::provider
