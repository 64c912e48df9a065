#include <base/ascii.h>
#include <provider/answer.h>
#include <provider/credentials.h>
#include <provider/finishLogin.h>
#include <provider/ids.h>
#include <provider/internalTokenJson.h>
#include <provider/loginFlow.h>
#include <provider/page.h>
#include <provider/rules.h>

#include <algorithm>

namespace gatehouse::provider {
namespace {

using exchange::Outcome;

constexpr std::string_view wrongPassword = "Invalid username or password.";
constexpr std::string_view wrongCode = "Invalid authenticator code.";
constexpr std::string_view accountDisabled = "Account is disabled, contact your administrator.";

bool hasPrompt(const AuthRequest& request, std::string_view word) {
    for (const auto part : split(request.prompt, ' '))
        if (part == word)
            return true;
    return false;
}

// A session that lives may still not be enough: prompt=login, max_age, an acr level, an action's own age.
bool mustReauthenticate(const Visit& visit, const AuthRequest& request, const UserSession& session) {
    if (hasPrompt(request, "login"))
        return true;
    if (request.maxAge && visit.now - session.authTime > *request.maxAge)
        return true;
    return !request.action.empty() && isKnownAction(request.action) && visit.now - session.authTime > 300;
}

void refuseNone(Visit& visit, std::string_view error) {
    const auto& request = visit.login->request;
    const auto type = parseResponseType(request.responseType).value_or(ResponseType{});
    visit.trace(rule::loginRequired, Outcome::Denied, error);
    answerError(visit, effectiveMode(request.responseMode, type), request.redirectUri, error, {},
                request.state, *visit.client);
    visit.root->tabs.erase(visit.login->tabId);
    visit.login = nullptr;
}

void startReauthentication(Visit& visit, const UserSession& session) {
    visit.login->reauthentication = true;
    visit.login->userId = session.userId;
    if (const auto* user = visit.realm.userById(session.userId))
        visit.login->attemptedUsername = user->data.username;
    visit.trace(rule::reauthentication, Outcome::Matched, visit.login->attemptedUsername);
}

void freshCode(Visit& visit) {
    visit.login->sessionCode = newSessionCode(visit.env.entropy);
}

void failPassword(Visit& visit, const UserModel* user, std::string error, const exchange::RuleRow& why,
                  bool disabled = false) {
    Details details = loginDetails(visit);
    if (!visit.login->attemptedUsername.empty())
        details.emplace_back("username", visit.login->attemptedUsername);
    visit.trace(why, Outcome::Denied, visit.login->attemptedUsername,
                user != nullptr ? user->data.from : FieldId{});
    visit.event("LOGIN_ERROR", std::move(error), std::move(details), user);
    freshCode(visit);
    if (disabled)
        loginPage(visit, Alert{Alert::Kind::Error, std::string(accountDisabled)}, {});
    else
        loginPage(visit, std::nullopt, wrongPassword);
}

// nullptr when the form was answered with an error.
const UserModel* checkedUser(Visit& visit) {
    auto& login = *visit.login;
    const UserModel* user = nullptr;
    if (login.reauthentication) {
        user = visit.realm.userById(login.userId); // a posted name does not count (corrections 31)
    } else {
        login.attemptedUsername = std::string(trim(visit.formValue("username").value_or("")));
        login.rememberMe = visit.realm.data().rememberMe && visit.formValue("rememberMe") == "on";
        user = login.attemptedUsername.empty() ? nullptr : visit.realm.user(login.attemptedUsername);
    }
    if (user == nullptr) {
        failPassword(visit, nullptr, "user_not_found", rule::userUnknown);
        return nullptr;
    }
    if (isLocked(visit, *user)) {
        failPassword(visit, user, "user_temporarily_disabled", rule::userLocked);
        return nullptr;
    }
    if (!passwordRight(visit, *user, visit.formValue("password").value_or(""))) {
        failPassword(visit, user, "invalid_user_credentials", rule::passwordWrong);
        recordFailure(visit, *user, false);
        return nullptr;
    }
    if (isDisabled(visit, *user)) {
        failPassword(visit, user, "user_disabled", rule::userDisabled, true);
        return nullptr;
    }
    return user;
}

} // namespace

Details loginDetails(const Visit& visit) {
    const auto& login = *visit.login;
    Details details{{"auth_method", "openid-connect"},
                    {"auth_type", "code"},
                    {"redirect_uri", login.request.redirectUri}};
    for (const auto& [name, value] : login.eventDetails)
        details.emplace_back(name, value);
    details.emplace_back("code_id", visit.root->id);
    return details;
}

std::string executionId(const RealmModel& realm, AuthSession::Step step) {
    return derivedUuid({realm.name(), "execution",
                        step == AuthSession::Step::Otp ? "auth-otp-form" : "auth-username-password-form"});
}

std::string lastExecutionUrl(const Visit& visit) {
    const auto& login = *visit.login;
    if (login.step == AuthSession::Step::RequiredActions)
        return visit.origin + loginActionPath(visit, "required-action", "execution=" + login.currentAction);
    return visit.origin +
           loginActionPath(visit, "authenticate", "execution=" + executionId(visit.realm, login.step));
}

void redirectToStep(Visit& visit) {
    visit.reply.caching = Reply::Caching::Login;
    setRedirect(visit.reply, lastExecutionUrl(visit));
}

void beginLogin(Visit& visit, AuthRequest request) {
    auto* session = sessionFromCookie(visit);
    const bool none = hasPrompt(request, "none");
    auto* root = rootFromCookie(visit);
    // The session's id serves for the login, too, so that both ends of it are one session_state.
    if (root == nullptr)
        root = &newRoot(visit, session != nullptr ? session->id : newSessionId(visit.env.entropy));
    newTab(visit, *root, std::move(request));
    const auto& asked = visit.login->request;
    if (hasPrompt(asked, "create")) {
        visit.trace(rule::requestInvalid, Outcome::Denied, "prompt=create");
        return errorPage(visit, 400, "Registration not allowed");
    }
    const bool fresh = session == nullptr || mustReauthenticate(visit, asked, *session);
    if (none && fresh)
        return refuseNone(visit, "login_required");
    if (!fresh) {
        visit.trace(rule::singleSignOn, Outcome::Matched, session->loginUsername);
        visit.login->userId = session->userId;
        if (const auto* user = visit.realm.userById(session->userId);
            user != nullptr && none && !requiredActions(visit, *user).empty())
            return refuseNone(visit, "interaction_required");
        if (!none)
            visit.set(CookieKind::Restart, restartToken(visit, asked));
        return nextStep(visit);
    }
    visit.set(CookieKind::Restart, restartToken(visit, asked));
    if (session != nullptr)
        startReauthentication(visit, *session);
    else
        visit.trace(rule::loginPage, Outcome::Answered);
    showStep(visit);
}

void showStep(Visit& visit) {
    auto& login = *visit.login;
    freshCode(visit);
    switch (login.step) {
    case AuthSession::Step::Otp:
        return otpPage(visit, {});
    case AuthSession::Step::RequiredActions:
        return showAction(visit, true);
    case AuthSession::Step::Consent:
        return nextStep(visit);
    case AuthSession::Step::UsernamePassword:
        break;
    }
    std::optional<Alert> alert;
    if (login.timedOut)
        alert =
            Alert{Alert::Kind::Error, "Your login attempt timed out. Login will start from the beginning."};
    else if (login.reauthentication)
        alert = Alert{Alert::Kind::Info, "Please re-authenticate to continue"};
    login.timedOut = false;
    loginPage(visit, std::move(alert), {});
}

void submitPassword(Visit& visit) {
    auto& login = *visit.login;
    const auto* user = checkedUser(visit);
    if (user == nullptr)
        return;
    login.userId = user->id;
    login.rememberMe = visit.realm.data().rememberMe && visit.formValue("rememberMe") == "on";
    if (login.rememberMe)
        login.eventDetails["remember_me"] = "true";
    login.eventDetails["username"] = login.reauthentication ? user->data.username : login.attemptedUsername;
    visit.trace(rule::passwordRight, Outcome::Matched, user->data.username);
    const auto devices = otpDevices(visit, *user);
    if (devices.empty()) {
        login.verified = true;
        recordSuccess(visit, *user);
        return nextStep(visit);
    }
    login.step = AuthSession::Step::Otp;
    login.otpDeviceId = devices.front()->id;
    visit.trace(rule::otpPage, Outcome::Answered, user->data.username);
    showStep(visit);
}

void submitOtp(Visit& visit) {
    auto& login = *visit.login;
    const auto* user = visit.realm.userById(login.userId);
    const auto devices = user != nullptr ? otpDevices(visit, *user) : std::vector<const OtpDevice*>{};
    if (const auto chosen = visit.formValue("selectedCredentialId"); chosen && !chosen->empty())
        login.otpDeviceId = *chosen;
    const auto at =
        std::ranges::find_if(devices, [&](const auto* device) { return device->id == login.otpDeviceId; });
    if (at == devices.end()) {
        visit.trace(rule::requestInvalid, Outcome::Denied, "selectedCredentialId");
        return errorPage(visit, 400,
                         "Unexpected error when handling authentication request to identity provider.");
    }
    const auto code = visit.formValue("otp");
    if (!code)
        return showStep(visit); // no field: the page again, without a word (corrections 38)
    login.eventDetails["selected_credential_id"] = login.otpDeviceId;
    const bool locked = isLocked(visit, *user);
    const auto verdict = locked ? OtpVerdict::Wrong : checkOtp(visit, *user, **at, *code);
    if (verdict == OtpVerdict::Right) {
        visit.trace(rule::otpRight, Outcome::Matched, (*at)->label);
        login.verified = true;
        recordSuccess(visit, *user);
        return nextStep(visit);
    }
    visit.trace(locked                        ? rule::userLocked
                : verdict == OtpVerdict::Used ? rule::otpUsed
                                              : rule::otpWrong,
                Outcome::Denied, (*at)->label, user->data.from);
    Details details = loginDetails(visit);
    std::erase_if(details, [](const auto& detail) { return detail.first == "username"; });
    visit.event("LOGIN_ERROR", locked ? "user_temporarily_disabled" : "invalid_user_credentials",
                std::move(details), user);
    if (!locked)
        recordFailure(visit, *user, true);
    freshCode(visit);
    otpPage(visit, wrongCode);
}

void nextStep(Visit& visit) {
    auto& login = *visit.login;
    const auto* user = visit.realm.userById(login.userId);
    if (user == nullptr)
        return errorPage(visit, 400,
                         "Unexpected error when handling authentication request to identity provider.");
    login.pendingActions = requiredActions(visit, *user);
    if (!login.pendingActions.empty()) {
        login.step = AuthSession::Step::RequiredActions;
        login.currentAction = login.pendingActions.front();
        visit.trace(rule::requiredAction, Outcome::Answered, login.currentAction, user->data.from);
        return redirectToStep(visit);
    }
    const auto& action = login.request.action;
    if (!action.empty() && login.actionStatus.empty()) {
        if (isKnownAction(action)) {
            login.step = AuthSession::Step::RequiredActions;
            login.currentAction = action;
            login.applicationInitiated = true;
            visit.trace(rule::requiredAction, Outcome::Answered, action);
            return redirectToStep(visit);
        }
        login.actionStatus = "error"; // unknown: the login succeeds all the same (corrections 40)
    }
    if (consentNeeded(visit)) {
        login.step = AuthSession::Step::Consent;
        freshCode(visit);
        return consentPage(visit, consentTexts(visit));
    }
    finishLogin(visit, *user);
}

void submitConsent(Visit& visit) {
    const auto& request = visit.login->request;
    if (!visit.formValue("cancel")) {
        visit.login->eventDetails["consent"] = "consent_granted";
        const auto* user = visit.realm.userById(visit.login->userId);
        return user != nullptr ? finishLogin(visit, *user) : errorPage(visit, 400, "Invalid Request");
    }
    const auto type = parseResponseType(request.responseType).value_or(ResponseType{});
    visit.event("LOGIN_ERROR", "rejected_by_user", loginDetails(visit),
                visit.realm.userById(visit.login->userId));
    answerError(visit, effectiveMode(request.responseMode, type), request.redirectUri, "access_denied", {},
                request.state, *visit.client);
    visit.remove(CookieKind::Restart);
    visit.root->tabs.erase(visit.login->tabId);
    visit.login = nullptr;
}

} // namespace gatehouse::provider
