#include <base/ascii.h>
#include <base/encoding.h>
#include <crypto/digest.h>
#include <gate/handlers.h>
#include <gate/rules.h>

#include <algorithm>
#include <fmt/format.h>

namespace gatehouse::gate {

using exchange::Given;
using exchange::Outcome;

namespace {

bool tokenByte(char c) {
    return asciiAlpha(c) || asciiDigit(c) || c == '-' || c == '_';
}

// ^ey[a-zA-Z0-9_-]*\.ey[a-zA-Z0-9_-]*\.[a-zA-Z0-9_-]+$
bool looksLikeJwt(std::string_view text) {
    const auto parts = split(text, '.');
    return parts.size() == 3 && parts[0].starts_with("ey") && parts[1].starts_with("ey") &&
           !parts[2].empty() && std::ranges::all_of(parts, [](std::string_view part) {
               return std::ranges::all_of(part, tokenByte);
           });
}

struct Credentials {
    std::string user;
    std::string password;
};

std::optional<Credentials> basicCredentials(std::string_view encoded) {
    const auto text = fromBase64(encoded);
    const auto colon = text ? text->find(':') : std::string::npos;
    if (colon == std::string::npos)
        return std::nullopt;
    return Credentials{text->substr(0, colon), text->substr(colon + 1)};
}

struct Scheme {
    std::string_view name;
    std::string_view value;
};

std::optional<Scheme> schemeOf(std::string_view header) {
    const auto parts = split(header, ' ');
    return parts.size() == 2 ? std::optional(Scheme{parts[0], parts[1]}) : std::nullopt;
}

// The token in an Authorization header; why there is none otherwise.
std::string tokenIn(std::string_view header, std::string& why) {
    const auto scheme = schemeOf(header);
    if (!scheme) {
        why = "it has not the form `Bearer token`";
        return {};
    }
    if (scheme->name == "Bearer" && looksLikeJwt(scheme->value))
        return std::string(scheme->value);
    why = "it holds no JSON Web Token";
    if (scheme->name != "Basic")
        return {};
    const auto credentials = basicCredentials(scheme->value);
    if (!credentials)
        return {};
    if (looksLikeJwt(credentials->user))
        return credentials->password.empty() || credentials->password == "x-oauth-basic" ? credentials->user
                                                                                         : std::string();
    return looksLikeJwt(credentials->password) ? credentials->password : std::string();
}

SessionResult ownSession(const Turn& turn, const VerifiedToken& verified, const std::string& token) {
    SessionResult made = sessionOfClaims(turn.plan.provider, verified.claims, oidc::Claims());
    if (std::holds_alternative<Failure>(made))
        return made;
    Session session = std::get<Session>(std::move(made));
    if (session.email.empty())
        session.email = session.user;
    session.accessToken = token;
    session.idToken = token;
    session.createdAt = turn.env.now.wall;
    session.expiresOn = verified.expiry;
    if (auto failure = addKeycloakRoles(turn.plan.provider, session))
        return std::move(*failure);
    return session;
}

// Of an extra issuer: fixed claims, whatever the options say (oauth2-proxy.md 7.5).
SessionResult foreignSession(const VerifiedToken& verified, const std::string& token) {
    const oidc::Claims& claims = verified.claims;
    Session session;
    session.user = claims.text("sub").value_or(std::string());
    session.email = claims.text("email").value_or(session.user);
    session.preferredUsername = claims.text("preferred_username").value_or(std::string());
    session.groups = claims.texts("groups").value_or(std::vector<std::string>());
    if (session.email.empty())
        session.email = session.user;
    if (!claims.flag("email_verified").value_or(true))
        return Failure{rule("gate.email-not-verified"),
                       fmt::format("email in id_token ({}) isn't verified", session.email),
                       session.email,
                       {}};
    session.accessToken = token;
    session.idToken = token;
    session.expiresOn = verified.expiry;
    return session;
}

void take(Turn& turn, SessionResult made, std::string& why) {
    if (auto* session = std::get_if<Session>(&made)) {
        turn.session = std::make_shared<const Session>(std::move(*session));
        turn.note(rule("gate.bearer"), Outcome::Matched, displayName(*turn.session));
        return;
    }
    const Failure& failure = std::get<Failure>(made);
    turn.note(failure);
    why = failure.detail;
}

Asking<bool> tryOwn(Turn& turn, std::string token, std::string& why) {
    auto discovering = askEndpoints(turn);
    while (!discovering.done()) {
        Given given = co_await std::move(discovering.ask());
        discovering.give(std::move(given));
    }
    auto found = discovering.take();
    if (const auto* failure = std::get_if<Failure>(&found)) {
        turn.note(*failure);
        why = failure->detail;
        co_return false;
    }
    const Endpoints endpoints = std::get<Endpoints>(std::move(found));
    auto verifying = verifyIdToken(turn, endpoints, token);
    while (!verifying.done()) {
        Given given = co_await std::move(verifying.ask());
        verifying.give(std::move(given));
    }
    const Verdict verdict = verifying.take();
    if (const auto* failure = std::get_if<Failure>(&verdict)) {
        turn.note(failure->rule, Outcome::Note, failure->detail, failure->from);
        why = failure->detail;
        co_return false;
    }
    take(turn, ownSession(turn, std::get<VerifiedToken>(verdict), token), why);
    co_return turn.session != nullptr;
}

Asking<bool> tryForeign(Turn& turn, const ProviderPlan::ExtraIssuer& issuer, std::string token,
                        std::string& why) {
    auto verifying = verifyForeignToken(turn, issuer, token);
    while (!verifying.done()) {
        Given given = co_await std::move(verifying.ask());
        verifying.give(std::move(given));
    }
    const Verdict verdict = verifying.take();
    if (const auto* failure = std::get_if<Failure>(&verdict)) {
        turn.note(failure->rule, Outcome::Note, failure->detail, failure->from);
        why = failure->detail;
        co_return false;
    }
    take(turn, foreignSession(std::get<VerifiedToken>(verdict), token), why);
    co_return turn.session != nullptr;
}

std::optional<Answer> refusedBearer(Turn& turn, std::string_view why) {
    const bool fallback = turn.plan.access.bearerFallback;
    turn.note(rule("gate.bearer-refused"), fallback ? Outcome::Note : Outcome::Denied, why,
              turn.plan.options.from("skip-jwt-bearer-tokens"));
    if (fallback)
        return std::nullopt;
    return plainError(turn, 403);
}

} // namespace

bool wantsBearer(const Turn& turn) {
    return turn.plan.access.acceptBearer && !turn.request.headers.get("Authorization").empty();
}

Asking<std::optional<Answer>> loadBearer(Turn& turn) {
    std::string why;
    const std::string token = tokenIn(turn.request.headers.get("Authorization"), why);
    if (token.empty())
        co_return refusedBearer(turn, why);
    auto own = tryOwn(turn, token, why);
    while (!own.done()) {
        Given given = co_await std::move(own.ask());
        own.give(std::move(given));
    }
    bool accepted = own.take();
    for (std::size_t i = 0; !accepted && i < turn.plan.provider.extraIssuers.size(); ++i) {
        auto foreign = tryForeign(turn, turn.plan.provider.extraIssuers[i], token, why);
        while (!foreign.done()) {
            Given given = co_await std::move(foreign.ask());
            foreign.give(std::move(given));
        }
        accepted = foreign.take();
    }
    if (accepted)
        co_return std::nullopt;
    co_return refusedBearer(turn, why);
}

bool passwordMatches(const Plan& plan, std::string_view user, std::string_view password) {
    const auto found = plan.access.passwords.find(user);
    return found != plan.access.passwords.end() &&
           crypto::equalsConstantTime(found->second, base64(crypto::digest(crypto::Hash::Sha1, password)));
}

void loadPassword(Turn& turn) {
    const std::string_view header = turn.request.headers.get("Authorization");
    if (turn.plan.access.passwords.empty() || header.empty())
        return;
    const auto scheme = schemeOf(header);
    const auto credentials =
        scheme && scheme->name == "Basic" ? basicCredentials(scheme->value) : std::nullopt;
    if (!credentials || !passwordMatches(turn.plan, credentials->user, credentials->password)) {
        turn.note(rule("gate.password-refused"), Outcome::Note,
                  credentials ? credentials->user : std::string());
        return;
    }
    Session session;
    session.user = credentials->user;
    session.groups = turn.plan.access.passwordGroups;
    if (turn.plan.access.preferEmail)
        session.email = session.user;
    turn.session = std::make_shared<const Session>(std::move(session));
    turn.note(rule("gate.password-session"), Outcome::Matched, credentials->user);
}

} // namespace gatehouse::gate
