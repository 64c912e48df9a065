#include <base/ascii.h>
#include <base/encoding.h>
#include <crypto/digest.h>
#include <provider/credentials.h>
#include <provider/grants.h>
#include <provider/ids.h>
#include <provider/internalTokenJson.h>
#include <provider/loginFlow.h>
#include <provider/rules.h>

#include <algorithm>

namespace gatehouse::provider {
namespace {

using exchange::Outcome;

struct CodeParts {
    std::string id, sessionId, clientId;
};
std::optional<CodeParts> parseCode(std::string_view code) {
    const auto parts = split(code, '.');
    if (parts.size() < 3)
        return std::nullopt;
    return CodeParts{std::string(parts[0]), std::string(parts[1]), std::string(parts[2])};
}

void refuseCode(Visit& visit, const exchange::RuleRow& why, std::string description, std::string error,
                const CodeParts* parts, const UserModel* user = nullptr) {
    GrantRefusal refusal{.description = std::move(description), .eventError = std::move(error), .user = user};
    if (parts != nullptr) {
        refusal.details.emplace_back("code_id", parts->sessionId);
        refusal.sessionId = parts->sessionId;
    }
    refuseGrant(visit, "CODE_TO_TOKEN", why, std::move(refusal));
}

// RFC 7636 section 4.6.
struct PkceFault {
    std::string description, error;
};
std::optional<PkceFault> pkceFault(const Code& code, const std::optional<std::string>& verifier) {
    if (code.codeChallenge.empty()) {
        if (verifier)
            return PkceFault{"PKCE code verifier specified but challenge not present in authorization",
                             "invalid_code_verifier"};
        return std::nullopt;
    }
    if (!verifier)
        return PkceFault{"PKCE code verifier not specified", "code_verifier_missing"};
    const bool wellFormed =
        verifier->size() >= 43 && verifier->size() <= 128 && std::ranges::all_of(*verifier, [](char c) {
            return asciiAlpha(c) || asciiDigit(c) ||
                   std::string_view("-._~").find(c) != std::string_view::npos;
        });
    if (!wellFormed)
        return PkceFault{"PKCE verification failed: Invalid code verifier", "invalid_code_verifier"};
    const std::string made = code.codeChallengeMethod == "S256"
                                 ? base64Url(crypto::digest(crypto::Hash::Sha256, *verifier))
                                 : *verifier;
    if (!crypto::equalsConstantTime(made, code.codeChallenge))
        return PkceFault{"PKCE verification failed: Code mismatch", "pkce_verification_failed"};
    return std::nullopt;
}

// The offline session that a refresh token with offline_access stands for; made from the browser's.
UserSession& offlineSession(Visit& visit, const UserSession& session, const std::string& clientId) {
    auto& offline = visit.state.sessions["offline:" + session.id];
    if (offline.id.empty()) {
        offline = session;
        offline.clients.clear();
        offline.offline = true;
    }
    offline.clients[clientId] = session.clients.at(clientId);
    offline.lastAccess = visit.now;
    return offline;
}

// The code was never issued, is used up, or came too late: its session loses this client (corrections 58,
// 59).
void refuseUnknownCode(Visit& visit, const CodeParts& parts, bool expired) {
    if (const auto session = visit.state.sessions.find(parts.sessionId);
        session != visit.state.sessions.end())
        if (const auto* owner = visit.realm.clientById(parts.clientId))
            session->second.clients.erase(owner->data.clientId);
    refuseCode(visit, expired ? rule::codeExpired : rule::codeUnknown, "Code not valid", "invalid_code",
               &parts);
}

} // namespace

void codeGrant(Visit& visit) {
    const auto given = visit.formValue("code");
    if (!given)
        return refuseGrant(visit, "CODE_TO_TOKEN", rule::codeUnknown,
                           {.error = "invalid_request",
                            .description = "Missing parameter: code",
                            .eventError = "invalid_code",
                            .reason = true});
    const auto parts = parseCode(*given);
    if (!parts)
        return refuseCode(visit, rule::codeUnknown, "Code not valid", "invalid_code", nullptr);
    const auto at = visit.state.codes.find(parts->id);
    if (at == visit.state.codes.end() || at->second.sessionId != parts->sessionId)
        return refuseUnknownCode(visit, *parts, false);
    const Code code = at->second;
    visit.state.codes.erase(at); // whatever comes of it: a code counts once
    if (visit.now >= code.expiresAt)
        return refuseUnknownCode(visit, *parts, true);
    const auto found = visit.state.sessions.find(code.sessionId);
    if (found == visit.state.sessions.end() || !found->second.clients.contains(code.clientId))
        return refuseCode(visit, rule::codeUnknown, "User session not found", "user_session_not_found",
                          &*parts);
    auto& session = found->second;
    const auto* user = visit.realm.userById(session.userId);
    if (user == nullptr)
        return refuseCode(visit, rule::userUnknown, "User not found", "user_not_found", &*parts);
    if (isDisabled(visit, *user))
        return refuseCode(visit, rule::userDisabled, "User disabled", "user_disabled", &*parts, user);
    if (code.clientId != visit.client->data.clientId)
        return refuseCode(visit, rule::codeUnknown, "Auth error: Found different client_id in clientSession",
                          "invalid_code", &*parts, user);
    const auto redirect = visit.formValue("redirect_uri");
    if ((code.redirectUriGiven && redirect != code.redirectUri) ||
        (!code.redirectUriGiven && redirect && *redirect != code.redirectUri))
        return refuseCode(visit, rule::redirectUriDiffers, "Incorrect redirect_uri", "invalid_code", &*parts,
                          user);
    if (!isAlive(visit, session))
        return refuseCode(visit, rule::codeUnknown, "Session not active", "invalid_code", &*parts, user);
    if (const auto fault = pkceFault(code, visit.formValue("code_verifier")))
        return refuseCode(visit, rule::pkceFailed, fault->description, fault->error, &*parts, user);

    Issue issue{.event = "CODE_TO_TOKEN", .details = {{"code_id", code.sessionId}}};
    const auto& clientSession = session.clients.at(code.clientId);
    issue.request = {.user = user,
                     .session = &session,
                     .scope = code.scope,
                     .nonce = code.nonce,
                     .kind = "ac",
                     .freshLogin = !clientSession.bySso};
    if (hasScope(code.scope, "offline_access")) {
        issue.request.offline = true;
        issue.request.session = &offlineSession(visit, session, code.clientId);
    }
    issueTokens(visit, std::move(issue));
}

void refreshGrant(Visit& visit) {
    const auto given = visit.formValue("refresh_token");
    if (!given)
        return refuseGrant(visit, "REFRESH_TOKEN", rule::refreshRefused,
                           {.error = "invalid_request", .description = "No refresh token"});
    const auto refuse = [&](std::string description, std::string error, const RefreshClaims* token,
                            const exchange::RuleRow& why = rule::refreshRefused) {
        GrantRefusal refusal{
            .description = std::move(description), .eventError = std::move(error), .reason = true};
        if (token != nullptr) {
            refusal.sessionId = token->sessionId;
            refusal.details = {{"refresh_token_type", token->offline ? "Offline" : "Refresh"},
                               {"refresh_token_id", token->id}};
            if (!token->subject.empty())
                refusal.details.emplace_back("refresh_token_sub", token->subject);
        }
        refuseGrant(visit, "REFRESH_TOKEN", why, std::move(refusal));
    };
    const auto token = readRefreshToken(visit, *given);
    if (!token)
        return refuse("Invalid refresh token", "invalid_token", nullptr);
    if (token->clientId != visit.client->data.clientId)
        return refuse("Invalid refresh token. Token client and authorized client don't match",
                      "invalid_token", &*token);
    if ((token->expiresAt && visit.now > *token->expiresAt) || visit.state.revoked.contains(token->id))
        return refuse("Token is not active", "invalid_token", &*token);
    const auto found = visit.state.sessions.find((token->offline ? "offline:" : "") + token->sessionId);
    if (found == visit.state.sessions.end() || !isAlive(visit, found->second))
        return refuse(token->offline ? "Offline user session not found" : "Session not active",
                      "invalid_token", &*token);
    auto& session = found->second;
    const auto* user = visit.realm.userById(session.userId);
    if (user == nullptr || isDisabled(visit, *user))
        return refuse("User disabled", "invalid_token", &*token, rule::userDisabled);
    const auto own = session.clients.find(token->clientId);
    if (own == session.clients.end())
        return refuse("Session doesn't have required client", "invalid_token", &*token);
    if (const auto scope = visit.formValue("scope"); scope && !isValidScope(*visit.client, *scope))
        return refuseGrant(visit, "REFRESH_TOKEN", rule::scopeUnknown,
                           {.error = "invalid_scope",
                            .description = "Invalid scopes: " + *scope,
                            .eventError = "invalid_request",
                            .reason = true});
    auto& clientSession = own->second;
    if (visit.realm.data().revokeRefreshToken) {
        if (clientSession.refreshTokenId != token->id) {
            if (!clientSession.refreshTokenId.empty() && token->issuedAt < clientSession.refreshTokenAt)
                return refuse("Stale token", "invalid_token", &*token);
            clientSession.refreshTokenId = token->id;
            clientSession.refreshTokenUses = 0;
        }
        if (clientSession.refreshTokenUses > visit.realm.data().refreshTokenMaxReuse) {
            session.clients.erase(own);
            return refuse("Maximum allowed refresh token reuse exceeded", "invalid_token", &*token);
        }
        ++clientSession.refreshTokenUses;
        clientSession.refreshTokenAt = visit.now;
    }
    session.lastAccess = visit.now;
    Issue issue{.event = "REFRESH_TOKEN"};
    issue.details = {{"updated_refresh_token_id", token->id}};
    issue.request = {.user = user,
                     .session = &session,
                     .scope = clientSession.scope,
                     .kind = "rt",
                     .freshLogin = !clientSession.bySso,
                     .offline = token->offline};
    issueTokens(visit, std::move(issue));
}

void passwordGrant(Visit& visit) {
    const auto refuse = [&](std::string description, std::string error, const exchange::RuleRow& why,
                            const UserModel* user = nullptr, int status = 400,
                            std::string code = "invalid_grant", bool reason = false) {
        GrantRefusal refusal{.status = status,
                             .error = std::move(code),
                             .description = std::move(description),
                             .eventError = std::move(error),
                             .details = {{"auth_method", "openid-connect"}},
                             .user = user,
                             .reason = reason};
        if (const auto name = visit.formValue("username"))
            refusal.details.emplace_back("username", *name);
        refuseGrant(visit, "LOGIN", why, std::move(refusal));
    };
    if (!visit.client->data.directAccessGrantsEnabled)
        return refuseGrant(visit, "LOGIN", rule::grantRefused,
                           {.error = "unauthorized_client",
                            .description = "Client not allowed for direct access grants",
                            .eventError = "not_allowed",
                            .details = {{"auth_method", "oauth_credentials"}},
                            .reason = true});
    const auto scope = visit.formValue("scope");
    if (scope && !isValidScope(*visit.client, *scope))
        return refuseGrant(visit, "LOGIN", rule::scopeUnknown,
                           {.error = "invalid_scope",
                            .description = "Invalid scopes: " + *scope,
                            .eventError = "invalid_request",
                            .details = {{"auth_method", "oauth_credentials"}},
                            .reason = true});
    const auto name = visit.formValue("username");
    if (!name)
        return refuse("Missing parameter: username", "user_not_found", rule::userUnknown, nullptr, 401,
                      "invalid_request");
    constexpr auto wrong = "Invalid user credentials";
    const auto* user = visit.realm.user(trim(*name));
    if (user == nullptr)
        return refuse(wrong, "user_not_found", rule::userUnknown);
    const bool right = passwordRight(visit, *user, visit.formValue("password").value_or(""));
    if (isDisabled(visit, *user))
        return refuse(right ? "Account disabled" : wrong, "user_disabled", rule::userDisabled, user);
    if (isLocked(visit, *user))
        return refuse(wrong, "user_temporarily_disabled", rule::userLocked, user);
    if (!right) {
        refuse(wrong, "invalid_user_credentials", rule::passwordWrong, user);
        return recordFailure(visit, *user, false);
    }
    if (const auto devices = otpDevices(visit, *user); !devices.empty()) {
        const auto otp = visit.formValue("otp"); // beats totp (corrections 55)
        const auto verdict =
            checkOtp(visit, *user, *devices.front(), otp ? *otp : visit.formValue("totp").value_or(""));
        if (verdict != OtpVerdict::Right) {
            refuse(wrong, "invalid_user_credentials",
                   verdict == OtpVerdict::Used ? rule::otpUsed : rule::otpWrong, user);
            return recordFailure(visit, *user, true);
        }
    }
    if (!requiredActions(visit, *user).empty())
        return refuse("Account is not fully set up", "resolve_required_actions", rule::requiredAction,
                      nullptr, 400, "invalid_grant", true);
    recordSuccess(visit, *user);
    UserSession session;
    session.id = newSessionId(visit.env.entropy);
    session.userId = user->id;
    session.loginUsername = *name;
    session.ipAddress = std::string(visit.env.peerAddress);
    session.startedAt = session.lastAccess = session.authTime = visit.now;
    session.browser = false;
    session.clients[visit.client->data.clientId] = {
        .clientId = visit.client->data.clientId, .startedAt = visit.now, .scope = scope.value_or("")};
    auto& kept = visit.state.sessions[session.id] = session;
    Issue issue{.event = "LOGIN", .details = {{"auth_method", "openid-connect"}, {"username", *name}}};
    issue.request = {
        .user = user, .session = &kept, .scope = scope.value_or(""), .kind = "ro", .loginTimeKnown = false};
    if (hasScope(issue.request.scope, "offline_access")) {
        issue.request.offline = true;
        issue.request.session = &offlineSession(visit, kept, visit.client->data.clientId);
    }
    issueTokens(visit, std::move(issue));
}

void clientCredentialsGrant(Visit& visit) {
    const auto& client = visit.client->data;
    if (client.publicClient || !client.serviceAccountsEnabled)
        return refuseGrant(visit, "CLIENT_LOGIN", rule::grantRefused,
                           {.status = 401,
                            .error = "unauthorized_client",
                            .description = client.publicClient
                                               ? "Public client not allowed to retrieve service account"
                                               : "Client not enabled to retrieve service account",
                            .eventError = "invalid_client",
                            .reason = true});
    const auto* user = visit.realm.serviceAccount(client.clientId);
    if (user == nullptr)
        return refuseGrant(visit, "CLIENT_LOGIN", rule::grantRefused,
                           {.description = "User disabled", .eventError = "user_disabled"});
    const auto scope = visit.formValue("scope").value_or("");
    if (visit.formValue("scope") && !isValidScope(*visit.client, scope))
        return refuseGrant(visit, "CLIENT_LOGIN", rule::scopeUnknown,
                           {.error = "invalid_scope",
                            .description = "Invalid scopes: " + scope,
                            .eventError = "invalid_request",
                            .details = {{"username", user->data.username}},
                            .user = user,
                            .reason = true});
    Issue issue{.event = "CLIENT_LOGIN", .details = {{"username", user->data.username}}};
    issue.request = {.user = user, .scope = scope, .kind = "cc", .loginTimeKnown = false};
    if (visit.client->flag("client_credentials.use_refresh_token")) {
        UserSession session;
        session.id = newSessionId(visit.env.entropy);
        session.userId = user->id;
        session.startedAt = session.lastAccess = session.authTime = visit.now;
        session.browser = false;
        session.clients[client.clientId] = {
            .clientId = client.clientId, .startedAt = visit.now, .scope = scope};
        issue.request.session = &(visit.state.sessions[session.id] = session);
    }
    issueTokens(visit, std::move(issue));
}

} // namespace gatehouse::provider
