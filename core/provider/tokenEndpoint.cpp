// POST …/protocol/openid-connect/token (TokenEndpoint; keycloak.md 3.6, corrections 55-63).
#include <base/ascii.h>
#include <provider/endpoints.h>
#include <provider/grants.h>
#include <provider/ids.h>
#include <provider/internalTokenJson.h>
#include <provider/rules.h>

#include <algorithm>
#include <array>

namespace gatehouse::provider {
namespace {

using exchange::Outcome;

struct GrantRow {
    std::string_view type;
    std::string_view event;
    void (*run)(Visit&);
    std::string_view refusal =
        {}; // grants that are known and not served: how Keycloak refuses a client without them
    std::string_view error = "invalid_grant";
    std::string_view eventError = "not_allowed";
};
constexpr std::array grantRows{
    GrantRow{"authorization_code", "CODE_TO_TOKEN", codeGrant},
    GrantRow{"refresh_token", "REFRESH_TOKEN", refreshGrant},
    GrantRow{"password", "LOGIN", passwordGrant},
    GrantRow{"client_credentials", "CLIENT_LOGIN", clientCredentialsGrant},
    GrantRow{"urn:ietf:params:oauth:grant-type:device_code", "OAUTH2_DEVICE_CODE_TO_TOKEN", nullptr,
             "Client not allowed OAuth 2.0 Device Authorization Grant"},
    GrantRow{"urn:openid:params:grant-type:ciba", "AUTHREQID_TO_TOKEN", nullptr,
             "Client not allowed OIDC CIBA Grant"},
    GrantRow{"urn:ietf:params:oauth:grant-type:token-exchange", "TOKEN_EXCHANGE", nullptr,
             "Standard token exchange is not enabled for the requested client", "invalid_request",
             "invalid_request"},
    GrantRow{"urn:ietf:params:oauth:grant-type:jwt-bearer", "JWT_AUTHORIZATION_GRANT", nullptr,
             "Missing parameter:assertion", "invalid_grant", ""}};

void refuse(Visit& visit, int status, std::string_view error, std::string_view description,
            const exchange::RuleRow& why) {
    visit.trace(why, Outcome::Denied, description);
    echoOrigin(visit);
    setJson(visit.reply, status, errorJson(error, description));
}

bool anyTwice(const http::Form& form) {
    for (std::size_t i = 0; i < form.size(); ++i)
        for (std::size_t j = i + 1; j < form.size(); ++j)
            if (form[i].first == form[j].first)
                return true;
    return false;
}

// Also "urn:…:token-exchange" in the event of a refused client.
void refuseUnserved(Visit& visit, const GrantRow& grant) {
    GrantRefusal refusal{.error = std::string(grant.error),
                         .description = std::string(grant.refusal),
                         .eventError = std::string(grant.eventError),
                         .reason = true};
    if (grant.event == "TOKEN_EXCHANGE")
        refusal.details.emplace_back("auth_method", "token_exchange");
    refuseGrant(visit, grant.event, rule::grantRefused, std::move(refusal));
}

} // namespace

Details grantDetails(const Visit& visit) {
    Details details{{"grant_type", visit.formValue("grant_type").value_or("")}};
    if (visit.client != nullptr)
        details.emplace_back("client_auth_method", "client-secret");
    return details;
}

void refuseGrant(Visit& visit, std::string_view event, const exchange::RuleRow& why, GrantRefusal refusal) {
    visit.trace(why, Outcome::Denied, refusal.description,
                visit.client != nullptr ? visit.client->data.from : FieldId{});
    if (!refusal.eventError.empty()) {
        Details details = grantDetails(visit);
        if (refusal.reason)
            details.emplace_back("reason", refusal.description);
        details.insert(details.end(), refusal.details.begin(), refusal.details.end());
        visit.event(std::string(event) + "_ERROR", refusal.eventError, std::move(details), refusal.user,
                    refusal.sessionId);
    }
    echoOrigin(visit);
    setJson(visit.reply, refusal.status, errorJson(refusal.error, refusal.description));
}

void token(Visit& visit) {
    visit.reply.tokenEndpoint = true;
    if (httpsMissing(visit))
        return refuse(visit, 403, "invalid_request", "HTTPS required", rule::httpsRequired);
    if (!visit.realm.data().enabled)
        return refuse(visit, 403, "access_denied", "Realm not enabled", rule::realmDisabled);
    const auto type = visit.hasForm() ? visit.formValue("grant_type") : std::nullopt;
    if (!type)
        return refuse(visit, 400, "invalid_request", "Missing form parameter: grant_type",
                      rule::requestInvalid);
    const auto grant = std::ranges::find(grantRows, std::string_view(*type), &GrantRow::type);
    if (grant == grantRows.end())
        return refuse(visit, 400, "unsupported_grant_type", "Unsupported grant_type", rule::grantRefused);
    const ClientAuthStyle style{.event = grant->event == "LOGIN"           ? "LOGIN_ERROR"
                                         : grant->event == "CLIENT_LOGIN"  ? "CLIENT_LOGIN_ERROR"
                                         : grant->event == "REFRESH_TOKEN" ? "REFRESH_TOKEN_ERROR"
                                                                           : "CODE_TO_TOKEN_ERROR",
                                .details = {{"grant_type", *type}}};
    if (authenticateClient(visit, style) == nullptr)
        return;
    if (visit.client->data.bearerOnly)
        return refuse(visit, 400, "invalid_client", "Bearer-only not allowed", rule::grantRefused);
    if (anyTwice(visit.form))
        return refuse(visit, 400, "invalid_request", "duplicated parameter", rule::requestInvalid);
    if (!originAllowed(visit))
        return refuseOrigin(visit);
    if (grant->run == nullptr)
        return refuseUnserved(visit, *grant);
    grant->run(visit);
}

void issueTokens(Visit& visit, Issue issue) {
    auto& request = issue.request;
    const auto& realm = visit.realm.data();
    const auto access = accessToken(visit, request);
    TokenAnswer answer;
    answer.accessToken = access.text;
    answer.expiresIn = accessTokenLifespan(visit, request);
    answer.scope = scopeClaim(*visit.client, request.scope);
    answer.lowerCaseType = visit.client->flag("token.response.type.bearer.lower-case");
    Details details = grantDetails(visit);
    details.emplace_back("token_id", access.id);
    details.emplace_back("scope", answer.scope);
    if (request.session != nullptr)
        answer.sessionState = request.session->id;
    if (issue.withRefresh && request.session != nullptr &&
        visit.client->attribute("use.refresh.tokens") != "false") {
        RefreshClaims refresh{.id = newUuid(visit.env.entropy),
                              .clientId = visit.client->data.clientId,
                              .subject = access.subject,
                              .sessionId = request.session->id,
                              .audience = access.audience,
                              .issuedAt = visit.now,
                              .offline = request.offline};
        refresh.scope = hasScope(request.scope, "openid") ? "openid" : "";
        for (const auto* scope : grantedScopes(*visit.client, request.scope))
            refresh.scope += (refresh.scope.empty() ? "" : " ") + scope->name;
        if (!request.offline) {
            const auto idle = visit.now + realm.ssoSessionIdleTimeout,
                       end = request.session->startedAt + realm.ssoSessionMaxLifespan;
            refresh.expiresAt = std::min<Seconds>(idle, end);
            answer.refreshExpiresIn = *refresh.expiresAt - visit.now;
        }
        answer.refreshToken = refreshToken(visit, refresh);
        details.emplace_back("refresh_token_type", request.offline ? "Offline" : "Refresh");
        details.emplace_back("refresh_token_id", refresh.id);
    }
    if (issue.withIdToken && hasScope(request.scope, "openid"))
        answer.idToken = idToken(visit, request, access.text);
    details.insert(details.end(), issue.details.begin(), issue.details.end());
    visit.event(issue.event, {}, std::move(details), request.user,
                request.session != nullptr ? request.session->id : "");
    visit.trace(rule::tokenIssued, Outcome::Answered, request.user->data.username);
    echoOrigin(visit);
    setJson(visit.reply, 200, tokenAnswerJson(answer));
}

} // namespace gatehouse::provider
