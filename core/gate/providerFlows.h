// What the gate asks the provider, as flows: discovery, keys, tokens, userinfo; and what it reads out of the
// answers (oauth2-proxy.md 4.9, 7.3).
#pragma once

#include <gate/turn.h>
#include <oidc/claims.h>
#include <oidc/tokenAnswer.h>

#include <optional>
#include <string>
#include <variant>

namespace gatehouse::gate {

struct Endpoints {
    std::string login;
    std::string redeem;
    std::string profile; // "" = no userinfo
    std::string jwks;
    std::vector<std::string> algorithms;
};
// When nothing has to be asked for them any more.
std::optional<Endpoints> knownEndpoints(const Turn& turn);
Asking<std::variant<Endpoints, Failure>> askEndpoints(Turn& turn);

struct VerifiedToken {
    oidc::Claims claims;
    WallTime expiry{};
};
using Verdict = std::variant<VerifiedToken, Failure>;
// Against the provider's keys and issuer; the keys are asked for when none that is known verifies.
Asking<Verdict> verifyIdToken(Turn& turn, const Endpoints& endpoints, std::string token);
// Against one of extra-jwt-issuers.
Asking<Verdict> verifyForeignToken(Turn& turn, const ProviderPlan::ExtraIssuer& issuer, std::string token);

// The token endpoint, first with a basic Authorization, then, if that failed, with the secret in the form.
using TokenResult = std::variant<oidc::TokenAnswer, Failure>;
Asking<TokenResult> askTokens(Turn& turn, const Endpoints& endpoints, http::Form form,
                              exchange::Call::Purpose purpose);

// A session of a token answer: its ID token verified, missing claims asked for at the userinfo endpoint.
// `refresh`: the ID token may be missing; then only the tokens are set.
using SessionResult = std::variant<Session, Failure>;
Asking<SessionResult> sessionOfTokens(Turn& turn, const Endpoints& endpoints, const oidc::TokenAnswer& answer,
                                      bool refresh);

// Claims → user, email, groups, preferred user name. claims.cpp
SessionResult sessionOfClaims(const ProviderPlan& provider, const oidc::Claims& token,
                              const oidc::Claims& profile);
bool needsProfile(const ProviderPlan& provider, const oidc::Claims& token);
std::optional<Failure> addKeycloakRoles(const ProviderPlan& provider, Session& session);
// The session's email and roles, which a login must have.
std::optional<Failure> enrichSession(const Plan& plan, Session& session);

// A call of ours: trust, time limit and User-Agent of the provider's side.
exchange::Call callOf(const Turn& turn, exchange::Call::Purpose purpose, const std::string& url);
Asking<Result<http::Response>> ask(exchange::Call call);

} // namespace gatehouse::gate
