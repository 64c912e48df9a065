#include <gate/handlers.h>
#include <gate/loginAttempt.h>
#include <gate/redirect.h>
#include <gate/rules.h>
#include <oidc/authorization.h>

#include <fmt/format.h>

namespace gatehouse::gate {

using exchange::Given;
using exchange::Outcome;

namespace {

constexpr std::string_view csrfMessage = "Login Failed: Unable to find a valid CSRF token. Please try again.";

// The parameters of a callback, or the answer to a bad one.
struct Callback {
    std::string code;
    State state;
    LoginAttempt attempt;
};

Answer providerError(Turn& turn, const http::Form& form, const std::string& error) {
    const std::string description = http::formValue(form, "error_description").value_or(std::string());
    const bool scope = error == "invalid_scope";
    turn.note(scope ? rule("gate.scope-refused") : rule("gate.provider-error"), Outcome::Failed,
              description.empty() ? error : error + ": " + description,
              scope ? turn.plan.options.from(turn.plan.options.given("scope") ? "scope" : "allowed-group")
                    : FieldId{});
    const std::string message = "Login Failed: The upstream identity provider returned an error: " + error;
    return errorAnswer(turn, 403, message, message);
}

std::variant<Callback, Answer> readCallback(Turn& turn) {
    auto form = requestForm(turn);
    if (!form) {
        turn.note(rule("gate.callback-unreadable"), Outcome::Failed, text(form.error()));
        return errorAnswer(turn, 500, form.error().technical);
    }
    if (const auto error = http::formValue(*form, "error"); error && !error->empty())
        return providerError(turn, *form, *error);
    auto state = readState(http::formValue(*form, "state").value_or(std::string()), turn.plan.encodeState);
    if (!state) {
        turn.note(rule("gate.state-unreadable"), Outcome::Failed, "no colon in it");
        return errorAnswer(turn, 500, "invalid length");
    }
    auto attempt = loadAttempt(turn, state->hash);
    if (const auto* why = std::get_if<std::string>(&attempt)) {
        turn.note(rule("gate.csrf-missing"), Outcome::Denied, *why,
                  turn.plan.options.from("cookie-csrf-expire"));
        return errorAnswer(turn, 403,
                           fmt::format("CSRF cookie with name '{}' was not found",
                                       attemptCookieName(turn.plan.cookies, state->hash)),
                           csrfMessage);
    }
    std::string code = http::formValue(*form, "code").value_or(std::string());
    if (code.empty()) {
        turn.note(rule("gate.code-missing"), Outcome::Failed);
        return errorAnswer(turn, 500, "missing code");
    }
    return Callback{std::move(code), std::move(*state), std::get<LoginAttempt>(std::move(attempt))};
}

http::Form codeForm(const Turn& turn, const Callback& callback) {
    http::Form form{
        {"grant_type", "authorization_code"}, {"code", callback.code}, {"redirect_uri", callbackUrl(turn)}};
    if (!callback.attempt.verifier.empty())
        form.emplace_back("code_verifier", callback.attempt.verifier);
    return form;
}

Answer failed(Turn& turn, const Failure& failure, std::string_view prefix) {
    turn.note(failure);
    return errorAnswer(turn, 500, std::string(prefix) + failure.text);
}

std::optional<Failure> nonceFailure(const Turn& turn, const Session& session) {
    if (turn.plan.provider.skipNonce)
        return std::nullopt;
    const auto claims = oidc::Claims::fromToken(session.idToken);
    const std::string nonce = claims ? claims->text("nonce").value_or(std::string()) : std::string();
    if (crypto::equalsConstantTime(nonce, oidc::sha256Url(session.nonce)))
        return std::nullopt;
    return Failure{rule("gate.nonce-mismatch"),
                   "id_token nonce claim does not match the session nonce",
                   nonce.empty() ? "the ID token has no nonce" : "the ID token was made for another login",
                   {}};
}

// After the tokens: everything is decided without asking.
Answer conclude(Turn& turn, const Callback& callback, Session session) {
    if (const auto failure = enrichSession(turn.plan, session))
        return failed(turn, *failure, "");
    clearAttempt(turn, callback.attempt);
    if (!crypto::equalsConstantTime(callback.state.hash, oidc::sha256Url(callback.attempt.state))) {
        turn.note(rule("gate.state-mismatch"), Outcome::Denied,
                  "the cookie belongs to another login attempt");
        return errorAnswer(turn, 403, "CSRF token mismatch, potential attack", csrfMessage);
    }
    session.nonce = callback.attempt.nonce;
    if (const auto failure = nonceFailure(turn, session)) {
        turn.note(failure->rule, Outcome::Denied, failure->detail,
                  turn.plan.options.from("insecure-oidc-skip-nonce"));
        return errorAnswer(turn, 403, "Session validation failed");
    }
    if (const auto denied = loginDenied(turn.plan, session)) {
        turn.note(denied->rule, Outcome::Denied, denied->detail, denied->from);
        return errorAnswer(turn, 403, "Invalid session: unauthorized");
    }
    const bool valid = validRedirect(callback.state.target, turn.plan.whitelist);
    saveSession(turn, session);
    turn.note(rule("gate.logged-in"), Outcome::Answered, displayName(session));
    return redirectTo(turn, valid ? callback.state.target : "/", 302);
}

} // namespace

// The order of the steps is the original's (oauth2-proxy.md 2.4): the code is redeemed before the state is
// compared.
Asking<Answer> finishLogin(Turn& turn) {
    addNoStore(turn);
    auto read = readCallback(turn);
    if (auto* answer = std::get_if<Answer>(&read))
        co_return std::move(*answer);
    const Callback callback = std::get<Callback>(std::move(read));

    auto discovering = askEndpoints(turn);
    while (!discovering.done()) {
        Given given = co_await std::move(discovering.ask());
        discovering.give(std::move(given));
    }
    auto found = discovering.take();
    if (const auto* failure = std::get_if<Failure>(&found))
        co_return failed(turn, *failure, "");
    const Endpoints endpoints = std::get<Endpoints>(std::move(found));

    auto exchanging = askTokens(turn, endpoints, codeForm(turn, callback), exchange::Call::Purpose::Token);
    while (!exchanging.done()) {
        Given given = co_await std::move(exchanging.ask());
        exchanging.give(std::move(given));
    }
    TokenResult tokens = exchanging.take();
    if (const auto* failure = std::get_if<Failure>(&tokens))
        co_return failed(turn, *failure, "token exchange failed: ");
    const oidc::TokenAnswer answer = std::get<oidc::TokenAnswer>(std::move(tokens));
    turn.note(rule("gate.token-exchanged"), Outcome::Matched,
              answer.scope.empty() ? std::string() : "scopes: " + answer.scope);

    auto making = sessionOfTokens(turn, endpoints, answer, false);
    while (!making.done()) {
        Given given = co_await std::move(making.ask());
        making.give(std::move(given));
    }
    SessionResult made = making.take();
    if (const auto* failure = std::get_if<Failure>(&made))
        co_return failed(turn, *failure, "");
    co_return conclude(turn, callback, std::get<Session>(std::move(made)));
}

} // namespace gatehouse::gate
