// /realms/{realm}/login-actions/…: where the pages' forms go (LoginActionsService, SessionCodeChecks;
// corrections 29-36).
#include <base/encoding.h>
#include <provider/answer.h>
#include <provider/clientDataJson.h>
#include <provider/credentials.h>
#include <provider/endpoints.h>
#include <provider/ids.h>
#include <provider/internalTokenJson.h>
#include <provider/loginFlow.h>
#include <provider/page.h>
#include <provider/rules.h>

namespace gatehouse::provider {
namespace {

using exchange::Outcome;

constexpr std::string_view cookieNotFound =
    "Restart login cookie not found. It may have expired; it may have been deleted or cookies are disabled "
    "in your browser. If cookies are "
    "disabled then enable them. Click Back to Application to login again.";
constexpr std::string_view invalidCode = "An error occurred, please login again through your application.";

std::string errorEvent(std::string_view path) {
    return path == "required-action" ? "CUSTOM_REQUIRED_ACTION_ERROR"
           : path == "restart"       ? "RESTART_AUTHENTICATION_ERROR"
                                     : "LOGIN_ERROR";
}

bool findLogin(Visit& visit) {
    auto* root = rootFromCookie(visit);
    const auto tab = visit.queryValue("tab_id");
    if (root == nullptr || !tab)
        return false;
    const auto at = root->tabs.find(*tab);
    if (at == root->tabs.end() || visit.client == nullptr ||
        at->second.request.clientId != visit.client->data.clientId)
        return false;
    visit.root = root;
    visit.login = &at->second;
    return true;
}

// The browser's other tab finished this login, or "back" leads here: the client is asked to begin again.
bool alreadySignedIn(Visit& visit) {
    auto* session = sessionFromCookie(visit);
    if (session == nullptr)
        return false;
    const auto data = readClientData(visit.queryValue("client_data").value_or(""));
    const auto* user = visit.realm.userById(session->userId);
    visit.event("LOGIN_ERROR", "already_logged_in", {}, user, session->id);
    visit.trace(rule::pageExpired, Outcome::Denied, "already signed in");
    if (!data || visit.client == nullptr) {
        infoPage(visit, "You are already logged in.");
        return true;
    }
    visit.set(CookieKind::StateChecker, detachedStateToken(visit, "alreadyLoggedIn", 200));
    const auto type = parseResponseType(data->responseType).value_or(ResponseType{});
    answerError(visit, effectiveMode(data->responseMode, type), data->redirectUri, "temporarily_unavailable",
                "authentication_expired", data->state, *visit.client);
    return true;
}

// No login under way: rebuilt from KC_RESTART when it is there and of this client.
void restartFromCookie(Visit& visit, std::string_view path) {
    const std::string event = errorEvent(path);
    const auto cookie = visit.cookie(CookieKind::Restart);
    if (cookie && !cookie->empty()) {
        auto request = readRestart(visit, *cookie);
        if (request && visit.client != nullptr && request->clientId == visit.client->data.clientId) {
            auto* root = rootFromCookie(visit);
            if (root == nullptr)
                root = &newRoot(visit, newSessionId(visit.env.entropy));
            newTab(visit, *root, std::move(*request)).timedOut = true;
            visit.event(event, "expired_code", {{"restart_after_timeout", "true"}});
            visit.trace(rule::loginExpired, Outcome::Answered);
            visit.reply.caching = Reply::Caching::Login;
            return setRedirect(visit.reply, visit.origin + loginActionPath(visit, "authenticate"));
        }
        visit.event(event, "invalid_code");
        visit.event(event, "cookie_not_found");
        visit.trace(rule::cookieMissing, Outcome::Denied, "KC_RESTART does not fit");
        return detachedErrorPage(visit, 400, "invalidCodeMessage", invalidCode);
    }
    visit.event(event, "cookie_not_found");
    visit.trace(rule::cookieMissing, Outcome::Denied, "KC_RESTART");
    detachedErrorPage(visit, 400, "cookieNotFoundMessage", cookieNotFound);
}

// Which login this request belongs to. false: answered.
bool enter(Visit& visit, std::string_view path) {
    const auto refuse = [&](std::string_view text, std::string error, const exchange::RuleRow& why) {
        visit.event(errorEvent(path), std::move(error));
        visit.trace(why, Outcome::Denied, path);
        errorPage(visit, 400, text);
        return false;
    };
    if (httpsMissing(visit))
        return refuse("HTTPS required", "ssl_required", rule::httpsRequired);
    if (!visit.realm.data().enabled)
        return refuse("Realm not enabled", "realm_disabled", rule::realmDisabled);
    if (const auto clientId = visit.queryValue("client_id"))
        visit.client = visit.realm.client(*clientId);
    const auto data = visit.queryValue("client_data");
    if (data && !data->empty() && !readClientData(*data)) {
        std::string reason = "Invalid client data: ";
        const auto odd =
            data->find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
        reason += odd == std::string::npos ? "Unrecognized token"
                                           : "Illegal base64 character " + hex(data->substr(odd, 1));
        visit.event(errorEvent(path), "invalid_request", {{"reason", reason}});
        visit.trace(rule::requestInvalid, Outcome::Denied, "client_data");
        detachedErrorPage(visit, 400, "invalidRequestMessage", "Invalid Request");
        return false;
    }
    if (findLogin(visit))
        return true;
    if (!alreadySignedIn(visit))
        restartFromCookie(visit, path);
    return false;
}

enum class FormState : std::uint8_t { Submit, Show, Answered };

// A form counts only with the code of the last page and for the step that is due (corrections 33).
FormState checkForm(Visit& visit, std::string_view dueExecution) {
    auto& login = *visit.login;
    const auto code = visit.queryValue("session_code");
    const auto execution = visit.queryValue("execution");
    const bool due = !execution || *execution == dueExecution;
    if (!code && due)
        return FormState::Show;
    if (!due || !execution) {
        visit.trace(rule::pageExpired, Outcome::Denied, "execution");
        pageExpiredPage(visit);
        return FormState::Answered;
    }
    if (login.sessionCode.empty() || !crypto::equalsConstantTime(*code, login.sessionCode)) {
        visit.trace(rule::pageExpired, Outcome::Denied, "session_code");
        redirectToStep(visit);
        return FormState::Answered;
    }
    return FormState::Submit;
}

void authenticate(Visit& visit) {
    auto& login = *visit.login;
    if (login.step == AuthSession::Step::RequiredActions)
        return redirectToStep(visit);
    switch (checkForm(visit, executionId(visit.realm, login.step))) {
    case FormState::Answered:
        return;
    case FormState::Show:
        // A form posted without its code is shown again as it was filled in.
        if (const auto typed = visit.formValue("username"); typed && !login.reauthentication)
            login.attemptedUsername = *typed;
        return showStep(visit);
    case FormState::Submit:
        break;
    }
    if (login.step == AuthSession::Step::Otp)
        submitOtp(visit);
    else if (login.step == AuthSession::Step::UsernamePassword)
        submitPassword(visit);
    else
        showStep(visit);
}

void requiredAction(Visit& visit) {
    auto& login = *visit.login;
    if (login.step != AuthSession::Step::RequiredActions)
        return redirectToStep(visit);
    switch (checkForm(visit, login.currentAction)) {
    case FormState::Answered:
        return;
    case FormState::Show:
        login.sessionCode = newSessionCode(visit.env.entropy);
        return showAction(visit, true);
    case FormState::Submit:
        break;
    }
    if (visit.isPost())
        return submitAction(visit);
    login.sessionCode = newSessionCode(visit.env.entropy);
    showAction(visit, true);
}

// From the pages' "restart" links. skip_logout=false also ends the session of the user who is signed in.
void restart(Visit& visit) {
    auto& login = *visit.login;
    const auto* user = visit.realm.userById(login.userId);
    Details details{{"auth_method", "openid-connect"}};
    visit.event("RESTART_AUTHENTICATION", {}, std::move(details), login.reauthentication ? user : nullptr);
    const bool keep = visit.queryValue("skip_logout") == "true";
    const AuthRequest request = login.request;
    const bool reauthentication = login.reauthentication && keep;
    const std::string userId = login.userId, name = login.attemptedUsername, tab = login.tabId;
    if (!keep && visit.state.sessions.contains(visit.root->id)) {
        endSession(visit, visit.root->id);
        visit.remove(CookieKind::Identity);
        visit.remove(CookieKind::Session);
    }
    login = AuthSession{};
    login.tabId = tab;
    login.request = request;
    login.startedAt = visit.now;
    if (reauthentication) {
        login.reauthentication = true;
        login.userId = userId;
        login.attemptedUsername = name;
    }
    visit.reply.caching = Reply::Caching::Login;
    setRedirect(visit.reply, visit.origin + loginActionPath(visit, "authenticate"));
}

void consent(Visit& visit) {
    const auto code = visit.formValue("code");
    if (visit.login->step != AuthSession::Step::Consent || !code ||
        !crypto::equalsConstantTime(*code, visit.login->sessionCode))
        return pageExpiredPage(visit);
    submitConsent(visit);
}

} // namespace

void loginAction(Visit& visit, std::string_view path) {
    const bool get = visit.request.method == "GET" || visit.request.method == "HEAD";
    if (path == "detached-info") {
        visit.trace(rule::pageExpired, Outcome::Denied, path);
        return detachedErrorPage(visit, 400, "expiredActionTokenNoSessionMessage", "Action expired.");
    }
    if (path == "action-token") {
        visit.event("EXECUTE_ACTION_TOKEN_ERROR", "invalid_code", {{"reason", "Failed to parse JWT"}});
        visit.trace(rule::pageExpired, Outcome::Denied, path);
        return detachedErrorPage(visit, 400, "invalidCodeMessage", invalidCode);
    }
    const bool known = path == "authenticate" || path == "required-action" || (path == "restart" && get) ||
                       (path == "consent" && visit.isPost());
    if (!known) {
        visit.reply.caching = Reply::Caching::Login;
        visit.trace(rule::notFound, Outcome::Denied, path);
        return notFoundPage(visit);
    }
    if (!enter(visit, path))
        return;
    if (path == "authenticate")
        authenticate(visit);
    else if (path == "required-action")
        requiredAction(visit);
    else if (path == "restart")
        restart(visit);
    else
        consent(visit);
}

} // namespace gatehouse::provider
