// userinfo, revocation (keycloak.md 3.8, corrections 70, 71).
#include <base/ascii.h>
#include <provider/credentials.h>
#include <provider/endpoints.h>
#include <provider/internalTokenJson.h>
#include <provider/loginFlow.h>
#include <provider/page.h>
#include <provider/rules.h>
#include <provider/signingKeysJson.h>
#include <provider/tokens.h>

#include <algorithm>

namespace gatehouse::provider {
namespace {

using exchange::Outcome;

struct BearerFault {
    int status = 401;
    std::string error; // empty: no token was given
    std::string description;
    std::string event = "invalid_token";
    std::string reason;
    std::string sessionId;
};

void refuseBearer(Visit& visit, const BearerFault& fault) {
    visit.trace(rule::tokenRefused, Outcome::Denied,
                fault.description.empty() ? fault.reason : fault.description);
    Details details{{"auth_method", "validate_access_token"}};
    if (!fault.reason.empty())
        details.emplace_back("reason", fault.reason);
    visit.event("USER_INFO_REQUEST_ERROR", fault.event, std::move(details), nullptr, fault.sessionId);
    echoOrigin(visit, "WWW-Authenticate");
    visit.reply.status = fault.status;
    visit.reply.contentType = "text/plain;charset=utf-8";
    visit.reply.wwwAuthenticate = "Bearer realm=\"" + visit.realm.name() + "\"";
    if (!fault.error.empty())
        visit.reply.wwwAuthenticate +=
            ", error=\"" + fault.error + "\", error_description=\"" + fault.description + "\"";
}

std::optional<std::string> bearer(const Visit& visit) {
    const auto header = visit.request.headers.get("Authorization");
    if (!startsWithIgnoreCase(header, "bearer "))
        return std::nullopt;
    return std::string(trim(header.substr(7)));
}

UserSession* sessionOf(Visit& visit, const OwnToken& token) {
    for (const auto* prefix : {"", "offline:"}) {
        const auto at = visit.state.sessions.find(prefix + token.sessionId);
        if (at != visit.state.sessions.end() && isAlive(visit, at->second) &&
            at->second.clients.contains(token.clientId))
            return &at->second;
    }
    return nullptr;
}

} // namespace

void userinfo(Visit& visit) {
    visit.reply.tokenEndpoint = true;
    const auto header = bearer(visit);
    const auto posted = visit.isPost() ? visit.formValue("access_token") : std::nullopt;
    if (header && posted)
        return refuseBearer(
            visit, {400, "invalid_request", "More than one method used for including an access token",
                    "invalid_token", "More than one method used for including an access token"});
    const auto text = header ? header : posted;
    if (!text)
        return refuseBearer(visit, {.reason = "Missing token"});
    const auto token = readOwnToken(visit, *text);
    if (!token || token->type != "Bearer")
        return refuseBearer(visit, {.error = "invalid_token",
                                    .description = "Token verification failed",
                                    .reason = "Token verification failed"});
    if (!hasScope(token->scope, "openid"))
        return refuseBearer(visit, {403, "insufficient_scope", "Missing openid scope", "access_denied",
                                    "Missing openid scope"});
    visit.client = visit.realm.client(token->clientId);
    if (visit.client == nullptr || !visit.client->data.enabled)
        return refuseBearer(
            visit, {.error = "invalid_token",
                    .description = visit.client == nullptr ? "Client not found" : "Client disabled"});
    if (visit.client->flag("client.use.lightweight.access.token.enabled"))
        return refuseBearer(visit,
                            {.error = "invalid_token",
                             .description = "Lightweight access token not allowed for userinfo endpoint"});
    auto* session = sessionOf(visit, *token);
    if (session == nullptr)
        return refuseBearer(visit, {.error = "invalid_token",
                                    .description = "user_session_not_found",
                                    .event = "user_session_not_found",
                                    .sessionId = token->sessionId});
    const auto* user = visit.realm.userById(session->userId);
    if (user == nullptr || isDisabled(visit, *user))
        return refuseBearer(
            visit, {.error = "invalid_token", .description = "User disabled", .event = "user_disabled"});
    if (!originAllowed(visit))
        return refuseOrigin(visit);
    TokenRequest request{
        .user = user, .session = session, .scope = session->clients.at(token->clientId).scope};
    visit.event("USER_INFO_REQUEST", {},
                {{"auth_method", "validate_access_token"},
                 {"username", user->data.username},
                 {"signature_required", "false"}},
                user, session->id);
    visit.trace(rule::userinfo, Outcome::Answered, user->data.username);
    echoOrigin(visit);
    visit.reply.caching = Reply::Caching::NoCache;
    setJson(visit.reply, 200, userinfoJson(visit, request));
}

void revoke(Visit& visit) {
    if (httpsMissing(visit)) {
        visit.trace(rule::httpsRequired, Outcome::Denied);
        return setJson(visit.reply, 403, errorJson("invalid_request", "HTTPS required"));
    }
    if (authenticateClient(visit, {.event = "REVOKE_GRANT_ERROR"}) == nullptr)
        return;
    if (!originAllowed(visit))
        return refuseOrigin(visit);
    const auto refuse = [&](std::string_view error, std::string_view text, int status = 400) {
        visit.event("REVOKE_GRANT_ERROR", "invalid_token", {{"reason", std::string(text)}});
        visit.trace(rule::tokenRefused, Outcome::Denied, text);
        echoOrigin(visit);
        setJson(visit.reply, status, errorJson(error, text));
    };
    const auto text = visit.formValue("token");
    if (!text)
        return refuse("invalid_request", "Token not provided");
    if (const auto refresh = readRefreshToken(visit, *text)) {
        if (refresh->clientId != visit.client->data.clientId)
            return refuse("invalid_request", "Unmatching clients");
        const std::string key = (refresh->offline ? "offline:" : "") + refresh->sessionId;
        if (const auto at = visit.state.sessions.find(key); at != visit.state.sessions.end()) {
            at->second.clients.erase(refresh->clientId);
            if (at->second.clients
                    .empty()) // its only client: the session itself ends, without back-channel calls
                visit.state.sessions.erase(at);
        }
        visit.event(
            "REVOKE_GRANT", {},
            {{"token_id", refresh->id}, {"refresh_token_type", refresh->offline ? "Offline" : "Refresh"}},
            nullptr, refresh->sessionId);
    } else if (const auto token = readOwnToken(visit, *text, true); token && token->type == "Bearer") {
        if (token->clientId != visit.client->data.clientId)
            return refuse("invalid_request", "Unmatching clients");
        visit.state.revoked[token->id] = token->expiresAt;
        visit.event("REVOKE_GRANT", {}, {{"token_id", token->id}}, visit.realm.userById(token->subject),
                    token->sessionId);
    } else if (token) {
        return refuse("unsupported_token_type", "Unsupported token type");
    } else {
        return refuse("invalid_token", "Invalid token",
                      200); // RFC 7009: 200, and Keycloak has a body all the same
    }
    visit.trace(rule::revocation, Outcome::Answered, visit.client->data.clientId);
    echoOrigin(visit);
    visit.reply.status = 200;
}

} // namespace gatehouse::provider
