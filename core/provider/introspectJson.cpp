// POST …/token/introspect (RFC 7662; corrections 69).
#include <provider/credentials.h>
#include <provider/endpoints.h>
#include <provider/internalTokenJson.h>
#include <provider/loginFlow.h>
#include <provider/rules.h>
#include <provider/signingKeysJson.h>
#include <provider/tokens.h>

#include <nlohmann/json.hpp>

namespace gatehouse::provider {
namespace {

using exchange::Outcome;
using Json = nlohmann::ordered_json;

bool audienceHas(const Json& claims, const std::string& clientId) {
    const auto at = claims.find("aud");
    if (at == claims.end())
        return false;
    if (at->is_string())
        return *at == clientId;
    return at->is_array() && std::find(at->begin(), at->end(), Json(clientId)) != at->end();
}

void inactive(Visit& visit, std::string reason) {
    visit.event("INTROSPECT_TOKEN_ERROR", "token_introspection_failed", {{"reason", reason}});
    visit.trace(rule::introspection, Outcome::Denied, reason);
    setJson(visit.reply, 200, R"({"active":false})");
}

void refuse(Visit& visit, int status, std::string_view error, std::string_view text) {
    visit.event("INTROSPECT_TOKEN_ERROR", "invalid_request", {{"reason", std::string(text)}});
    visit.trace(rule::introspection, Outcome::Denied, text);
    setJson(visit.reply, status, errorJson(error, text));
}

void answerActive(Visit& visit, Json claims, const std::string& clientId, const std::string& userId,
                  const std::string& type) {
    const auto* user = visit.realm.userById(userId);
    claims["client_id"] = clientId;
    if (user != nullptr)
        claims["username"] = user->data.username;
    claims["token_type"] = type;
    claims["active"] = true;
    visit.event("INTROSPECT_TOKEN", {}, {{"token_type", type}}, user);
    visit.trace(rule::introspection, Outcome::Answered, clientId);
    setJson(visit.reply, 200, claims.dump(-1, ' ', false, Json::error_handler_t::replace));
}

// A refresh token is shown with the claims its access token would have now.
void introspectRefresh(Visit& visit, const std::string& text) {
    const auto token = readRefreshToken(visit, text);
    const auto session =
        token ? visit.state.sessions.find((token->offline ? "offline:" : "") + token->sessionId)
              : visit.state.sessions.end();
    if (session == visit.state.sessions.end() || !isAlive(visit, session->second))
        return inactive(visit, "Token verification failed");
    const auto* asking = visit.client;
    const auto* owner = visit.realm.client(token->clientId);
    const auto* user = visit.realm.userById(session->second.userId);
    const auto own = session->second.clients.find(token->clientId);
    if (owner == nullptr || user == nullptr || own == session->second.clients.end())
        return inactive(visit, "Token verification failed");
    visit.client = owner;
    Json claims = accessTokenClaims(visit, {.user = user,
                                            .session = &session->second,
                                            .scope = own->second.scope,
                                            .kind = "rt",
                                            .freshLogin = !own->second.bySso});
    visit.client = asking;
    if (token->expiresAt)
        claims["exp"] = *token->expiresAt;
    claims["iat"] = token->issuedAt;
    claims["jti"] = token->id;
    claims["typ"] = token->offline ? "Offline" : "Refresh";
    claims["scope"] = token->scope;
    Json audience = Json::array({visit.issuer()});
    if (claims.contains("aud"))
        for (const auto& one : claims["aud"].is_array() ? claims["aud"] : Json::array({claims["aud"]}))
            audience.push_back(one);
    claims["aud"] = audience;
    answerActive(visit, std::move(claims), token->clientId, user->id, token->offline ? "Offline" : "Refresh");
}

} // namespace

void introspect(Visit& visit) {
    if (httpsMissing(visit)) {
        visit.trace(rule::httpsRequired, Outcome::Denied);
        return setJson(visit.reply, 403, errorJson("invalid_request", "HTTPS required"));
    }
    if (authenticateClient(visit, {.event = "INTROSPECT_TOKEN_ERROR", .introspection = true}) == nullptr) {
        if (visit.client != nullptr && visit.client->data.enabled) // a wrong secret has words of its own here
            setJson(visit.reply, 401, errorJson("invalid_client", "Client authentication failed."));
        return;
    }
    if (visit.client->data.publicClient)
        return refuse(visit, 403, "invalid_request", "Client not allowed.");
    const auto text = visit.formValue("token");
    if (!text)
        return refuse(visit, 400, "invalid_request", "Token not provided.");
    const auto hint = visit.formValue("token_type_hint").value_or("access_token");
    if (hint == "refresh_token")
        return introspectRefresh(visit, *text);
    if (hint != "access_token")
        return refuse(visit, 400, "invalid_request", "Unsupported token type.");
    const auto token = readOwnToken(visit, *text);
    if (!token)
        return inactive(visit, "Access token JWT check failed");
    Json claims = Json::parse(token->payload);
    if (!audienceHas(claims, visit.client->data.clientId) &&
        !visit.client->flag("allow.token.introspection.without.audience.check"))
        return inactive(visit, "Client '" + visit.client->data.clientId + "' is not in the token audience");
    const auto session = visit.state.sessions.find(token->sessionId);
    const auto offline = visit.state.sessions.find("offline:" + token->sessionId);
    const bool transient = token->sessionId.empty();
    const bool alive = (session != visit.state.sessions.end() && isAlive(visit, session->second)) ||
                       offline != visit.state.sessions.end();
    if (!transient && !alive)
        return inactive(visit, "User session not found");
    answerActive(visit, std::move(claims), token->clientId, token->subject, token->type);
}

} // namespace gatehouse::provider
