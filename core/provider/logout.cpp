// RP-initiated logout and its confirmation page, and the direct logout by refresh token (LogoutEndpoint;
// keycloak.md 3.7, corrections 64-67).
#include <base/encoding.h>
#include <provider/answer.h>
#include <provider/endpoints.h>
#include <provider/ids.h>
#include <provider/internalTokenJson.h>
#include <provider/loginFlow.h>
#include <provider/page.h>
#include <provider/redirectUri.h>
#include <provider/rules.h>
#include <provider/signingKeysJson.h>

namespace gatehouse::provider {
namespace {

using exchange::Outcome;

// "a##b"; "+" and nothing mean the redirect URIs, "-" means none.
std::vector<std::string> postLogoutUris(const ClientModel& client) {
    const std::string text = client.attribute("post.logout.redirect.uris");
    if (text.empty() || text == "+")
        return client.data.redirectUris;
    if (text == "-")
        return {};
    std::vector<std::string> out;
    for (std::size_t at = 0; at <= text.size();) {
        const auto end = std::min(text.find("##", at), text.size());
        const std::string one = text.substr(at, end - at);
        if (one == "+")
            out.insert(out.end(), client.data.redirectUris.begin(), client.data.redirectUris.end());
        else
            out.push_back(one);
        at = end + 2;
    }
    return out;
}

void refuse(Visit& visit, std::string_view text, std::string error, Details details) {
    visit.trace(rule::logoutRefused, Outcome::Denied, text);
    visit.clientShown = error != "invalid_token"; // a hint that does not fit names nobody
    visit.event("LOGOUT_ERROR", std::move(error), std::move(details));
    errorPage(visit, 400, text, Reply::Caching::NoCache);
}

std::optional<std::string> parameter(const Visit& visit, std::string_view name) {
    return visit.isPost() ? visit.formValue(name) : visit.queryValue(name);
}

std::string withState(const std::string& uri, const std::optional<std::string>& state) {
    const std::string address = locationText(uri);
    if (!state || state->empty())
        return address;
    return address + (address.find('?') == std::string::npos ? "?" : "&") + "state=" + javaUrlEncode(*state);
}

void finish(Visit& visit, const std::string& redirectUri, const std::optional<std::string>& state) {
    if (redirectUri.empty())
        return infoPage(visit, "You are logged out",
                        logoutRestartUrl(visit,
                                         visit.client != nullptr ? visit.client->data.clientId : "account",
                                         newTabId(visit.env.entropy)));
    visit.reply.caching = Reply::Caching::NoCache;
    setRedirect(visit.reply, withState(redirectUri, state));
}

void setLogoutCookie(Visit& visit, std::string_view id) {
    visit.set(CookieKind::AuthSession, signedSessionId(visit.state, id));
}

void endNow(Visit& visit, const std::string& sessionId, const std::string& redirectUri,
            const std::optional<std::string>& state) {
    const auto at = visit.state.sessions.find(sessionId);
    Details details;
    if (!redirectUri.empty())
        details.emplace_back("redirect_uri", redirectUri);
    const auto* user = visit.realm.userById(at->second.userId);
    visit.event("LOGOUT", {}, std::move(details), user, sessionId);
    visit.trace(rule::logout, Outcome::Answered, user != nullptr ? user->data.username : "");
    endSession(visit, sessionId);
    finish(visit, redirectUri, state);
}

void confirm(Visit& visit, const UserSession* session, const std::string& redirectUri,
             const std::optional<std::string>& state) {
    setLogoutCookie(visit, session != nullptr ? session->id : newUuid(visit.env.entropy));
    LogoutSession logout;
    logout.tabId = newTabId(visit.env.entropy);
    logout.sessionCode = newSessionCode(visit.env.entropy);
    logout.clientId = visit.client != nullptr ? visit.client->data.clientId : "account";
    logout.redirectUri = redirectUri;
    logout.state = state;
    logout.startedAt = visit.now;
    const auto& kept = visit.state.logouts[logout.tabId] = std::move(logout);
    visit.trace(rule::logoutConfirm, Outcome::Answered, kept.clientId);
    logoutConfirmPage(visit, kept);
}

// POST with a refresh token: no page, 204 (legacy).
void directLogout(Visit& visit, const std::string& text) {
    if (httpsMissing(visit)) {
        visit.trace(rule::httpsRequired, Outcome::Denied);
        return setJson(visit.reply, 403, errorJson("invalid_request", "HTTPS required"));
    }
    if (authenticateClient(visit, {.event = "LOGOUT_ERROR"}) == nullptr)
        return;
    if (!originAllowed(visit))
        return refuseOrigin(visit);
    const auto token = readRefreshToken(visit, text);
    const bool mine = token && token->clientId == visit.client->data.clientId;
    if (!mine || (token->expiresAt && visit.now > *token->expiresAt)) {
        const std::string why = !token ? "Invalid refresh token"
                                : !mine
                                    ? "Invalid refresh token. Token client and authorized client don't match"
                                    : "Token is not active";
        visit.event("LOGOUT_ERROR", "invalid_token", {{"reason", why}});
        visit.trace(rule::logoutRefused, Outcome::Denied, why);
        echoOrigin(visit);
        return setJson(visit.reply, 400, errorJson("invalid_grant", why));
    }
    const std::string key = (token->offline ? "offline:" : "") + token->sessionId;
    if (const auto at = visit.state.sessions.find(key); at != visit.state.sessions.end()) {
        visit.event("LOGOUT", {}, {}, visit.realm.userById(at->second.userId), token->sessionId);
        endSession(visit, key);
    }
    visit.trace(rule::logout, Outcome::Answered, visit.client->data.clientId);
    echoOrigin(visit);
    visit.reply.caching = Reply::Caching::NoCache;
    visit.reply.status = 204;
}

} // namespace

void logout(Visit& visit) {
    if (visit.isPost())
        if (const auto token = visit.formValue("refresh_token");
            token && !visit.formValue("id_token_hint") && !visit.formValue("post_logout_redirect_uri"))
            return directLogout(visit, *token);
    const auto hint = parameter(visit, "id_token_hint");
    const auto clientId = parameter(visit, "client_id");
    const auto uri = parameter(visit, "post_logout_redirect_uri");
    const auto state = parameter(visit, "state");
    const bool hinted = hint && !hint->empty();
    if (clientId) {
        visit.clientName = visit.realm.client(*clientId) != nullptr ? *clientId : "";
        visit.client = visit.realm.client(*clientId);
    }
    if (uri && !uri->empty() && !hinted && !clientId)
        return refuse(visit, "Missing parameters: id_token_hint", "invalid_request",
                      {{"reason", "Either the parameter 'client_id' or the parameter 'id_token_hint' is "
                                  "required when 'post_logout_redirect_uri' is used."}});
    std::optional<OwnToken> token;
    if (hinted) {
        token = readOwnToken(visit, *hint, true);
        const std::string reason =
            !token                ? "Invalid IDToken"
            : token->type != "ID" ? "Token type is incorrect. Expected '[ID]' but was '" + token->type + "'"
            : clientId && *clientId != token->clientId
                ? "Parameter client_id is different than the client for which ID Token was issued."
                : "";
        if (!reason.empty())
            return refuse(visit, "Invalid parameter: id_token_hint", "invalid_token", {{"reason", reason}});
        visit.client = visit.realm.client(token->clientId);
    }
    std::string redirectUri;
    if (uri && !uri->empty()) {
        const std::string issuer = visit.issuer();
        const auto accepted = visit.client != nullptr && visit.client->data.enabled
                                  ? acceptedRedirectUri(*uri, postLogoutUris(*visit.client),
                                                        {visit.origin, issuer, visit.client->data.rootUrl})
                                  : std::nullopt;
        if (!accepted)
            return refuse(visit, "Invalid redirect uri", "invalid_redirect_uri", {{"redirect_uri", *uri}});
        redirectUri = *accepted;
    }
    auto* session = sessionFromCookie(visit);
    const auto hintedSession =
        token ? visit.state.sessions.find(token->sessionId) : visit.state.sessions.end();
    if (token && session == nullptr && hintedSession != visit.state.sessions.end()) {
        setLogoutCookie(visit, token->sessionId); // the hint alone ends its session
        return endNow(visit, token->sessionId, redirectUri, state);
    }
    if (token && session != nullptr && session->id == token->sessionId) {
        setLogoutCookie(visit, session->id);
        visit.remove(CookieKind::Identity);
        visit.remove(CookieKind::Session);
        return endNow(visit, session->id, redirectUri, state);
    }
    if (session == nullptr && (token || !redirectUri.empty())) {
        setLogoutCookie(visit, newUuid(visit.env.entropy)); // nobody is signed in: nothing to ask
        if (token)
            visit.event("LOGOUT_ERROR", "session_expired");
        visit.trace(rule::logout, Outcome::Answered, "no session");
        return finish(visit, redirectUri, state);
    }
    confirm(visit, session, redirectUri, state);
}

void logoutConfirm(Visit& visit) {
    const auto tab = visit.queryValue("tab_id");
    const auto at = tab ? visit.state.logouts.find(*tab) : visit.state.logouts.end();
    if (const auto clientId = visit.queryValue("client_id"))
        visit.client = visit.realm.client(*clientId);
    if (at == visit.state.logouts.end()) {
        visit.event("LOGOUT_ERROR", "session_expired");
        if (!visit.isPost()) {
            visit.event("LOGOUT_ERROR", "cookie_not_found");
            visit.trace(rule::logoutRefused, Outcome::Denied, "no logout under way");
            return infoPage(visit, "You are logged out");
        }
        visit.trace(rule::logoutRefused, Outcome::Denied, "no logout under way");
        return errorPage(visit, 400, "Logout failed", Reply::Caching::NoCache);
    }
    const auto code = visit.formValue("session_code").value_or(visit.queryValue("session_code").value_or(""));
    if (!crypto::equalsConstantTime(code, at->second.sessionCode)) {
        visit.trace(rule::logoutRefused, Outcome::Denied, "session_code");
        return errorPage(visit, 500, "Logout failed", Reply::Caching::NoCache);
    }
    const LogoutSession logout = at->second;
    visit.state.logouts.erase(at);
    auto* session = sessionFromCookie(visit);
    visit.remove(CookieKind::Identity);
    visit.remove(CookieKind::Session);
    if (visit.cookie(CookieKind::RememberMe))
        visit.remove(CookieKind::RememberMe);
    if (session == nullptr)
        return finish(visit, logout.redirectUri, logout.state);
    endNow(visit, session->id, logout.redirectUri, logout.state);
}

} // namespace gatehouse::provider
