#include <base/encoding.h>
#include <gate/handlers.h>
#include <gate/loginAttempt.h>
#include <gate/rules.h>
#include <oidc/authorization.h>

#include <fmt/format.h>

namespace gatehouse::gate {

using exchange::Outcome;

namespace {

constexpr std::size_t verifierBytes = 96;
constexpr std::size_t nonceBytes = 32;

bool knownMethod(std::string_view method) {
    return method == "S256" || method == "plain";
}

} // namespace

// The callback URL that the provider is told (oauth2-proxy.md 5.5).
std::string callbackUrl(const Turn& turn) {
    const Plan& plan = turn.plan;
    if (plan.redirectComplete)
        return plan.redirectUrl;
    std::string_view scheme = turn.proto.empty() ? std::string_view("http") : turn.proto;
    if (plan.cookies.session.secure)
        scheme = "https";
    return fmt::format("{}://{}{}", scheme, turn.host, plan.redirectUrl);
}

Answer startLogin(Turn& turn, const Endpoints& endpoints) {
    addNoStore(turn);
    const ProviderPlan& provider = turn.plan.provider;
    const std::string& method = provider.codeChallengeMethod;
    if (!method.empty() && !knownMethod(method)) {
        turn.note(rule("gate.pkce-method"), Outcome::Failed, method,
                  turn.plan.options.from("code-challenge-method"));
        return errorAnswer(turn, 500, "unknown challenge method: " + method);
    }
    LoginAttempt attempt;
    if (!method.empty())
        attempt.verifier = base64Url(turn.env.entropy.bytes(verifierBytes));
    attempt.state = turn.env.entropy.bytes(nonceBytes);
    attempt.nonce = turn.env.entropy.bytes(nonceBytes);
    const auto target = appTarget(turn);
    if (!target)
        return errorAnswer(turn, 400, target.error().technical);

    oidc::AuthorizationRequest request;
    request.endpoint = endpoints.login;
    request.clientId = provider.clientId;
    request.redirectUri = callbackUrl(turn);
    request.scope = provider.scope;
    request.state = stateParameter(oidc::sha256Url(attempt.state), *target, turn.plan.encodeState);
    request.extra = provider.loginParameters;
    if (!method.empty()) {
        request.extra.emplace_back("code_challenge",
                                   method == "S256" ? oidc::sha256Url(attempt.verifier) : attempt.verifier);
        request.extra.emplace_back("code_challenge_method", method);
    }
    if (!provider.skipNonce)
        request.extra.emplace_back("nonce", oidc::sha256Url(attempt.nonce));
    if (!provider.responseMode.empty())
        request.extra.emplace_back("response_mode", provider.responseMode);
    clearOldAttempts(turn);
    saveAttempt(turn, attempt);
    turn.note(rule("gate.start"), Outcome::Answered,
              fmt::format("to {}, then back to {}", endpoints.login, *target));
    return redirectTo(turn, request.url(), 302);
}

// The original does not even start without its provider; here the page says so.
Answer startFailed(Turn& turn, const Failure& failure) {
    addNoStore(turn);
    turn.note(failure);
    return errorAnswer(turn, 500, failure.text);
}

} // namespace gatehouse::gate
