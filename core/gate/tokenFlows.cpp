#include <base/encoding.h>
#include <gate/providerFlows.h>
#include <gate/rules.h>

#include <fmt/format.h>

namespace gatehouse::gate {

using exchange::Call;
using exchange::Given;
using exchange::Outcome;

namespace {

enum class ClientAuth : std::uint8_t { Basic, Form };

std::string formValueText(std::string_view value) {
    http::Form one{{"", std::string(value)}};
    return http::formText(one).substr(1);
}

Call tokenCall(const Turn& turn, const Endpoints& endpoints, http::Form form, Call::Purpose purpose,
               ClientAuth how) {
    const ProviderPlan& provider = turn.plan.provider;
    Call call = callOf(turn, purpose, endpoints.redeem);
    call.request.method = "POST";
    call.request.headers.add("Content-Type", "application/x-www-form-urlencoded");
    if (how == ClientAuth::Basic) {
        // RFC 6749 section 2.3.1: id and secret are form-encoded first.
        provider.clientSecret.reveal([&](std::string_view secret) {
            call.request.headers.add("Authorization", "Basic " + base64(formValueText(provider.clientId) +
                                                                        ":" + formValueText(secret)));
        });
    } else {
        form.emplace_back("client_id", provider.clientId);
        provider.clientSecret.reveal([&](std::string_view secret) {
            if (!secret.empty())
                form.emplace_back("client_secret", secret);
        });
    }
    call.request.body = http::formText(form);
    return call;
}

Failure refusalFailure(const Turn& turn, const oidc::TokenRefusal& refusal) {
    Failure out;
    out.text = refusal.text;
    out.detail = fmt::format("the token endpoint answered {}", refusal.status);
    if (!refusal.error.empty())
        out.detail += ": " + refusal.error;
    if (!refusal.description.empty())
        out.detail += " (" + refusal.description + ")";
    if (refusal.status == 401 || refusal.error == "invalid_client" ||
        refusal.error == "unauthorized_client") {
        out.rule = rule("gate.wrong-client-secret");
        out.from = turn.plan.options.from("client-secret");
    } else {
        out.rule =
            refusal.error == "invalid_grant" ? rule("gate.expired-code") : rule("gate.token-exchange-failed");
    }
    return out;
}

TokenResult readTokens(const Turn& turn, const Endpoints& endpoints, Result<http::Response> response) {
    if (!response)
        return Failure{rule("gate.provider-unreachable"),
                       fmt::format("Post \"{}\": {}", endpoints.redeem, describe(response.error())),
                       fmt::format("{}: {}", endpoints.redeem, text(response.error())),
                       {}};
    auto answer = oidc::readTokenAnswer(*response, turn.env.now);
    if (const auto* refusal = std::get_if<oidc::TokenRefusal>(&answer))
        return refusalFailure(turn, *refusal);
    return std::get<oidc::TokenAnswer>(std::move(answer));
}

} // namespace

Asking<TokenResult> askTokens(Turn& turn, const Endpoints& endpoints, http::Form form,
                              Call::Purpose purpose) {
    auto first = ask(tokenCall(turn, endpoints, form, purpose, ClientAuth::Basic));
    while (!first.done()) {
        Given given = co_await std::move(first.ask());
        first.give(std::move(given));
    }
    TokenResult result = readTokens(turn, endpoints, first.take());
    if (std::holds_alternative<oidc::TokenAnswer>(result))
        co_return result;
    turn.note(rule("gate.token-exchange-failed"), Outcome::Note,
              "with a basic Authorization: " + std::get<Failure>(result).detail +
                  "; once more with the secret in the form");
    auto second = ask(tokenCall(turn, endpoints, std::move(form), purpose, ClientAuth::Form));
    while (!second.done()) {
        Given given = co_await std::move(second.ask());
        second.give(std::move(given));
    }
    co_return readTokens(turn, endpoints, second.take());
}

namespace {

bool isJwt(const http::Response& response) {
    const std::string_view type = response.headers.view().get("Content-Type");
    return type.substr(0, type.find(';')) == "application/jwt";
}

std::variant<oidc::Claims, Failure> readProfile(const std::string& url, Result<http::Response> response) {
    const auto failure = [&url](std::string_view why) {
        return Failure{
            rule("gate.userinfo-failed"),
            fmt::format("failed to fetch claims from profile URL: error making request to profile URL: {}",
                        why),
            fmt::format("{}: {}", url, why),
            {}};
    };
    if (!response)
        return failure(describe(response.error()));
    if (response->status != 200)
        return failure(fmt::format("unexpected status \"{}\"", response->status));
    auto claims =
        isJwt(*response) ? oidc::Claims::fromToken(response->body) : oidc::Claims::fromJson(response->body);
    if (!claims)
        return failure(claims.error().technical);
    return std::move(*claims);
}

Asking<std::variant<oidc::Claims, Failure>> askProfile(Turn& turn, std::string url, std::string accessToken) {
    Call call = callOf(turn, Call::Purpose::Userinfo, url);
    call.request.headers.add("Accept", "application/json");
    call.request.headers.add("Authorization", "Bearer " + accessToken);
    turn.note(rule("gate.userinfo"), Outcome::Matched, url);
    auto asking = ask(std::move(call));
    while (!asking.done()) {
        Given given = co_await std::move(asking.ask());
        asking.give(std::move(given));
    }
    co_return readProfile(url, asking.take());
}

void addTokens(Session& session, const oidc::TokenAnswer& answer, const Now& now) {
    session.accessToken = answer.accessToken;
    session.idToken = answer.idToken;
    session.refreshToken = answer.refreshToken;
    session.createdAt = now.wall;
    session.expiresOn = answer.expiry;
}

} // namespace

Asking<SessionResult> sessionOfTokens(Turn& turn, const Endpoints& endpoints, const oidc::TokenAnswer& answer,
                                      bool refresh) {
    const ProviderPlan& provider = turn.plan.provider;
    Session session;
    if (answer.idToken.empty()) {
        Failure missing = {rule("gate.id-token-missing"), "token response did not contain an id_token",
                           "the token answer has no id_token: was openid among the scopes?",
                           turn.plan.options.from("scope")};
        if (!refresh)
            co_return missing;
        addTokens(session, answer, turn.env.now);
        co_return session;
    }
    auto verifying = verifyIdToken(turn, endpoints, answer.idToken);
    while (!verifying.done()) {
        Given given = co_await std::move(verifying.ask());
        verifying.give(std::move(given));
    }
    Verdict verdict = verifying.take();
    if (auto* failure = std::get_if<Failure>(&verdict)) {
        failure->text = "could not verify id_token: " + failure->text;
        co_return std::move(*failure);
    }
    const oidc::Claims claims = std::get<VerifiedToken>(verdict).claims;
    oidc::Claims profile;
    if (needsProfile(provider, claims) && !provider.skipProfile && !endpoints.profile.empty() &&
        !answer.accessToken.empty()) {
        auto asking = askProfile(turn, endpoints.profile, answer.accessToken);
        while (!asking.done()) {
            Given given = co_await std::move(asking.ask());
            asking.give(std::move(given));
        }
        auto found = asking.take();
        if (auto* failure = std::get_if<Failure>(&found))
            co_return std::move(*failure);
        profile = std::get<oidc::Claims>(std::move(found));
    }
    SessionResult made = sessionOfClaims(provider, claims, profile);
    if (auto* done = std::get_if<Session>(&made))
        addTokens(*done, answer, turn.env.now);
    co_return made;
}

} // namespace gatehouse::gate
