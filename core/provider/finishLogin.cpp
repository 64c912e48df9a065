#include <base/ascii.h>
#include <base/encoding.h>
#include <crypto/digest.h>
#include <provider/answer.h>
#include <provider/finishLogin.h>
#include <provider/ids.h>
#include <provider/internalTokenJson.h>
#include <provider/loginFlow.h>
#include <provider/page.h>
#include <provider/rules.h>
#include <provider/tokens.h>

namespace gatehouse::provider {
namespace {

using exchange::Outcome;

// The SSO session that this login belongs to: the one of its id, which a second tab or re-authentication
// finds again, or a new one. nullptr: another user is signed in there.
UserSession* sessionOf(Visit& visit, const UserModel& user, bool& isNew) {
    auto& login = *visit.login;
    const auto at = visit.state.sessions.find(visit.root->id);
    if (at != visit.state.sessions.end() && isAlive(visit, at->second)) {
        isNew = false;
        return at->second.userId == user.id ? &at->second : nullptr;
    }
    isNew = true;
    UserSession session;
    session.id = visit.root->id;
    session.userId = user.id;
    const auto typed = login.eventDetails.find("username");
    session.loginUsername = typed == login.eventDetails.end() ? user.data.username : typed->second;
    session.ipAddress = std::string(visit.env.peerAddress);
    session.startedAt = visit.now;
    session.authTime = visit.now;
    session.rememberMe = login.rememberMe;
    session.stateChecker = newSessionCode(visit.env.entropy);
    return &(visit.state.sessions[session.id] = std::move(session));
}

std::int64_t sessionLife(const Visit& visit, const UserSession& session) {
    const auto& realm = visit.realm.data();
    return session.rememberMe && realm.ssoSessionMaxLifespanRememberMe > 0
               ? realm.ssoSessionMaxLifespanRememberMe
               : realm.ssoSessionMaxLifespan;
}

void setLoginCookies(Visit& visit, const UserSession& session, const UserModel& user, bool bySso) {
    const auto life = sessionLife(visit, session);
    visit.set(CookieKind::Identity, identityToken(visit, session),
              session.rememberMe ? std::optional(life) : std::nullopt);
    visit.set(CookieKind::Session, base64Url(crypto::digest(crypto::Hash::Sha384, session.id)), life);
    if (bySso)
        return;
    if (session.rememberMe)
        visit.set(CookieKind::RememberMe, "username:" + user.data.username);
    else if (visit.cookie(CookieKind::RememberMe))
        visit.remove(CookieKind::RememberMe);
}

std::string newCode(Visit& visit, const UserSession& session, const AuthRequest& request) {
    Code code;
    code.sessionId = session.id;
    code.clientId = request.clientId;
    code.expiresAt = visit.now + visit.realm.data().accessCodeLifespan;
    code.redirectUri = request.redirectUri;
    code.redirectUriGiven = request.redirectUriGiven;
    code.scope = request.scope.value_or("");
    code.nonce = request.nonce;
    code.codeChallenge = request.codeChallenge;
    code.codeChallengeMethod = request.codeChallengeMethod;
    const std::string id = newUuid(visit.env.entropy);
    visit.state.codes[id] = std::move(code);
    return id + "." + session.id + "." + visit.client->id;
}

Details loginEvent(const Visit& visit, const UserModel& user, const UserSession& session,
                   std::string_view mode) {
    Details details = loginDetails(visit);
    const auto has = [&details](std::string_view name) {
        for (const auto& detail : details)
            if (detail.first == name)
                return true;
        return false;
    };
    details.emplace_back("response_type", visit.login->request.responseType);
    details.emplace_back("response_mode", mode);
    if (!has("consent"))
        details.emplace_back("consent", "no_consent_required");
    if (!has("username"))
        details.emplace_back("username", user.data.username);
    if (!visit.login->verified && session.rememberMe && !has("remember_me"))
        details.emplace_back("remember_me", "true");
    if (has("custom_required_action"))
        std::erase_if(details, [](const auto& detail) { return detail.first == "auth_type"; });
    return details;
}

void addImplicitTokens(Visit& visit, const UserModel& user, UserSession& session, const ResponseType& type,
                       const std::string& code, Details& answer) {
    TokenRequest wanted{.user = &user,
                        .session = &session,
                        .scope = visit.login->request.scope.value_or(""),
                        .nonce = visit.login->request.nonce,
                        .kind = type.implicit() ? "na" : "ac",
                        .freshLogin = !session.clients[visit.login->request.clientId].bySso};
    wanted.lifespan = visit.realm.data().accessTokenLifespanForImplicitFlow;
    const std::string access = type.token ? accessToken(visit, wanted).text : "";
    if (type.idToken)
        answer.emplace_back("id_token", idToken(visit, wanted, access, code));
    if (type.token) {
        answer.emplace_back("access_token", access);
        answer.emplace_back("token_type", "Bearer");
        answer.emplace_back("expires_in", std::to_string(wanted.lifespan));
    }
}

} // namespace

void finishLogin(Visit& visit, const UserModel& user) {
    const AuthRequest request = visit.login->request;
    bool isNew = false;
    auto* session = sessionOf(visit, user, isNew);
    if (session == nullptr) {
        const auto& other = visit.state.sessions.at(visit.root->id);
        visit.event("LOGIN_ERROR", "different_user_authenticated", loginDetails(visit), &user, other.id);
        visit.trace(rule::requestInvalid, Outcome::Denied, "different user");
        const auto* signedIn = visit.realm.userById(other.userId);
        return errorPage(visit, 400,
                         "You are already authenticated as different user '" +
                             (signedIn != nullptr ? signedIn->data.username : std::string{}) +
                             "' in this session. Please sign out first.");
    }
    const bool bySso = !visit.login->verified;
    if (!bySso) {
        session->authTime = visit.now;
        session->rememberMe =
            visit.login->rememberMe || (session->rememberMe && visit.login->reauthentication);
    }
    session->lastAccess = visit.now;
    auto& clientSession = session->clients[request.clientId];
    clientSession.clientId = request.clientId;
    clientSession.startedAt = visit.now;
    clientSession.scope = request.scope.value_or("");
    clientSession.nonce = request.nonce;
    clientSession.redirectUri = request.redirectUri;
    clientSession.bySso = bySso;
    const auto type = parseResponseType(request.responseType).value_or(ResponseType{});
    const std::string mode = effectiveMode(request.responseMode, type);
    visit.event("LOGIN", {}, loginEvent(visit, user, *session, mode), &user, session->id);

    Details answer;
    if (request.state)
        answer.emplace_back("state", *request.state);
    if (!visit.client->flag("exclude.session.state.from.auth.response"))
        answer.emplace_back("session_state", session->id);
    if (!visit.client->flag("exclude.issuer.from.auth.response"))
        answer.emplace_back("iss", visit.issuer());
    if (!visit.login->actionStatus.empty()) {
        if (visit.login->actionStatus != "error")
            answer.emplace_back("kc_action", request.action.substr(0, request.action.find(':')));
        answer.emplace_back("kc_action_status", visit.login->actionStatus);
    }
    std::string code;
    if (type.code) {
        code = newCode(visit, *session, request);
        answer.emplace_back("code", code);
    }
    if (type.implicitOrHybrid())
        addImplicitTokens(visit, user, *session, type, code, answer);
    if (!bySso && visit.cookie(CookieKind::Restart))
        visit.remove(CookieKind::Restart);
    setLoginCookies(visit, *session, user, bySso);
    visit.trace(rule::codeIssued, Outcome::Answered, user.data.username);
    visit.root->tabs.erase(visit.login->tabId);
    visit.login = nullptr;
    if (visit.root->tabs.empty()) {
        const std::string id = visit.root->id;
        visit.root = nullptr;
        visit.state.logins.erase(id);
    }
    answerClient(visit, mode, request.redirectUri, std::move(answer), request.clientId);
}

bool consentNeeded(const Visit& visit) {
    return visit.client != nullptr && visit.client->data.consentRequired &&
           !visit.login->eventDetails.contains("consent");
}

std::vector<std::string> consentTexts(const Visit& visit) {
    static constexpr std::pair<std::string_view, std::string_view> texts[] = {
        {"profile", "User profile"}, {"email", "Email address"}, {"roles", "User roles"},
        {"phone", "Phone number"},   {"address", "Address"},     {"offline_access", "Offline Access"}};
    std::vector<std::string> out;
    for (const auto* scope : grantedScopes(*visit.client, visit.login->request.scope.value_or("")))
        for (const auto& [name, text] : texts)
            if (scope->name == name)
                out.emplace_back(text);
    return out;
}

} // namespace gatehouse::provider
