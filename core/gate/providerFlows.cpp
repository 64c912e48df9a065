#include <base/encoding.h>
#include <gate/providerFlows.h>
#include <gate/rules.h>

#include <algorithm>
#include <fmt/format.h>

namespace gatehouse::gate {

using exchange::Ask;
using exchange::Call;
using exchange::Given;
using exchange::Outcome;

namespace {

constexpr Message badUrl{"gate-call-url",
                         GH_TEXT("core", "The provider names an endpoint that is no URL: {url}"),
                         GH_TEXT("core", "Look at its discovery document.")};

Failure unreachable(std::string_view url, const Error& error) {
    return {rule("gate.provider-unreachable"),
            fmt::format("{}: {}", url, describe(error)),
            fmt::format("{}: {}", url, text(error)),
            {}};
}

std::string firstLine(std::string_view body) {
    return std::string(body.substr(0, std::min<std::size_t>(body.find('\n'), 200)));
}

Failure badStatus(exchange::Rule rule, std::string_view url, const http::Response& response) {
    const std::string text =
        fmt::format("unexpected status \"{}\": {}", response.status, firstLine(response.body));
    return {rule, text, fmt::format("{} answered {}", url, response.status), {}};
}

std::vector<std::string> acceptedAlgorithms(const std::vector<std::string>& configured,
                                            const std::vector<std::string>& discovered) {
    if (configured.empty() || discovered.empty()) {
        const auto& one = configured.empty() ? discovered : configured;
        return one.empty() ? std::vector<std::string>{"RS256"} : one;
    }
    std::vector<std::string> both;
    for (const std::string& algorithm : configured)
        if (std::ranges::find(discovered, algorithm) != discovered.end())
            both.push_back(algorithm);
    return both;
}

Endpoints discoveredEndpoints(const ProviderPlan& provider, const oidc::Discovery& found) {
    return {found.authorizationEndpoint, found.tokenEndpoint, found.userinfoEndpoint, found.jwksUri,
            acceptedAlgorithms(provider.algorithms, found.signingAlgorithms)};
}

} // namespace

exchange::Call callOf(const Turn& turn, Call::Purpose purpose, const std::string& url) {
    Call call;
    call.purpose = purpose;
    if (auto parsed = http::parseUrl(url))
        call.url = std::move(*parsed);
    call.request.target = call.url.target;
    call.request.headers.add("User-Agent", fmt::format("oauth2-proxy/{}", emulatedVersion));
    call.caPem = turn.plan.provider.caPem;
    call.skipCertificateCheck = turn.plan.provider.skipCertificateCheck;
    return call;
}

Asking<Result<http::Response>> ask(Call call) {
    if (call.url.host.empty())
        co_return fail(badUrl, {{"url", call.url.text()}});
    Ask question = std::move(call);
    Given given = co_await std::move(question);
    co_return std::move(std::get<Result<http::Response>>(given));
}

std::optional<Endpoints> knownEndpoints(const Turn& turn) {
    const ProviderPlan& provider = turn.plan.provider;
    if (!provider.discover)
        return Endpoints{provider.loginUrl, provider.redeemUrl, provider.profileUrl, provider.jwksUrl,
                         acceptedAlgorithms(provider.algorithms, {})};
    const auto known = turn.env.state.discovered.find(provider.issuer);
    if (known == turn.env.state.discovered.end())
        return std::nullopt;
    return discoveredEndpoints(provider, known->second);
}

namespace {

std::variant<oidc::Discovery, Failure> readDiscovery(const Turn& turn, std::string_view issuer,
                                                     bool skipIssuer, const http::Response& response) {
    if (response.status != 200)
        return badStatus(rule("gate.discovery-failed"), oidc::discoveryUrl(issuer), response);
    auto found = oidc::parseDiscovery(response.body);
    if (!found)
        return Failure{rule("gate.discovery-failed"), found.error().technical, text(found.error()), {}};
    if (!skipIssuer && found->issuer != issuer)
        return Failure{
            rule("gate.issuer-mismatch"),
            fmt::format(
                "oidc: issuer did not match the issuer returned by provider, expected \"{}\" got \"{}\"",
                issuer, found->issuer),
            fmt::format("configured {}, the provider calls itself {}", issuer, found->issuer),
            turn.plan.options.from("oidc-issuer-url")};
    return std::move(*found);
}

Asking<std::variant<oidc::Discovery, Failure>> askDiscovery(Turn& turn, std::string issuer, bool skipIssuer) {
    const auto known = turn.env.state.discovered.find(issuer);
    if (known != turn.env.state.discovered.end())
        co_return known->second;
    const std::string url = oidc::discoveryUrl(issuer);
    auto asking = ask(callOf(turn, Call::Purpose::Discovery, url));
    while (!asking.done()) {
        Given given = co_await std::move(asking.ask());
        asking.give(std::move(given));
    }
    auto response = asking.take();
    if (!response)
        co_return unreachable(url, response.error());
    auto found = readDiscovery(turn, issuer, skipIssuer, *response);
    if (const auto* discovery = std::get_if<oidc::Discovery>(&found)) {
        turn.env.state.discovered[issuer] = *discovery;
        turn.note(rule("gate.discovery"), Outcome::Matched, url);
    }
    co_return found;
}

// The keys that verify tokens of this provider, freshly asked for.
Asking<std::variant<oidc::KeySet, Failure>> askKeys(Turn& turn, std::string url) {
    auto asking = ask(callOf(turn, Call::Purpose::Keys, url));
    while (!asking.done()) {
        Given given = co_await std::move(asking.ask());
        asking.give(std::move(given));
    }
    auto response = asking.take();
    if (!response)
        co_return unreachable(url, response.error());
    if (response->status != 200)
        co_return badStatus(rule("gate.keys-failed"), url, *response);
    auto keys = oidc::parseKeySet(response->body);
    if (!keys) {
        Failure unreadable = {rule("gate.keys-failed"), keys.error().technical, text(keys.error()),
                              FieldId()};
        co_return unreadable;
    }
    turn.env.state.keys[url] = *keys;
    turn.note(rule("gate.keys"), Outcome::Matched, fmt::format("{} keys from {}", keys->keys.size(), url));
    co_return std::move(*keys);
}

Failure tokenFailure(const Turn& turn, const oidc::IdTokenRefusal& refusal) {
    using Why = oidc::IdTokenRefusal::Why;
    const Options& options = turn.plan.options;
    Failure out;
    out.text = "failed to verify token: " + refusal.text;
    out.detail = refusal.detail.empty() ? refusal.text : refusal.detail;
    switch (refusal.why) {
    case Why::Malformed:
        out.rule = rule("gate.id-token-unreadable");
        break;
    case Why::Issuer:
        out.rule = rule("gate.issuer-mismatch");
        out.from = options.from("oidc-issuer-url");
        break;
    case Why::Expired:
    case Why::NotYetValid:
        out.rule = rule("gate.id-token-expired");
        break;
    case Why::Algorithm:
        out.rule = rule("gate.algorithm");
        out.from = options.from("oidc-enabled-signing-alg");
        break;
    case Why::Signature:
        out.rule = rule("gate.signature");
        break;
    case Why::Audience:
        out.rule = rule("gate.audience");
        out.text = refusal.text;
        out.from = options.from("oidc-extra-audience");
        break;
    }
    return out;
}

oidc::IdTokenPolicy policyOf(const ProviderPlan& provider, const Endpoints& endpoints) {
    return {provider.issuer, provider.skipIssuer, endpoints.algorithms, provider.audienceClaims,
            provider.audiences};
}

Asking<Verdict> verify(Turn& turn, oidc::IdTokenPolicy policy, std::string jwksUrl,
                       const oidc::KeySet* fixedKeys, std::string token) {
    auto read = oidc::readIdToken(token, policy, turn.env.now);
    if (const auto* refusal = std::get_if<oidc::IdTokenRefusal>(&read))
        co_return tokenFailure(turn, *refusal);
    const auto& idToken = std::get<oidc::IdToken>(read);
    const auto cached = turn.env.state.keys.find(jwksUrl);
    bool verified = fixedKeys != nullptr
                        ? oidc::verifiedBy(idToken, *fixedKeys)
                        : cached != turn.env.state.keys.end() && oidc::verifiedBy(idToken, cached->second);
    if (!verified && fixedKeys == nullptr) {
        auto asking = askKeys(turn, jwksUrl);
        while (!asking.done()) {
            Given given = co_await std::move(asking.ask());
            asking.give(std::move(given));
        }
        auto keys = asking.take();
        if (auto* failure = std::get_if<Failure>(&keys))
            co_return std::move(*failure);
        verified = oidc::verifiedBy(idToken, std::get<oidc::KeySet>(keys));
    }
    if (!verified) {
        oidc::IdTokenRefusal refusal = {oidc::IdTokenRefusal::Why::Signature,
                                        "failed to verify signature: failed to verify id token signature",
                                        "no key of " + jwksUrl + " verifies the token, kid " +
                                            idToken.jws.keyId};
        co_return tokenFailure(turn, refusal);
    }
    if (const auto refused = oidc::checkAudience(idToken.claims, policy))
        co_return tokenFailure(turn, *refused);
    VerifiedToken out = {idToken.claims, idToken.expiry};
    co_return out;
}

} // namespace

Asking<std::variant<Endpoints, Failure>> askEndpoints(Turn& turn) {
    if (auto known = knownEndpoints(turn))
        co_return std::move(*known);
    const ProviderPlan& provider = turn.plan.provider;
    auto asking = askDiscovery(turn, provider.issuer, provider.skipIssuer);
    while (!asking.done()) {
        Given given = co_await std::move(asking.ask());
        asking.give(std::move(given));
    }
    auto found = asking.take();
    if (auto* failure = std::get_if<Failure>(&found))
        co_return std::move(*failure);
    Endpoints endpoints = discoveredEndpoints(provider, std::get<oidc::Discovery>(found));
    if (endpoints.algorithms.empty()) {
        Failure none = {rule("gate.algorithm"),
                        "no supported signing algorithms in common between provider and configuration",
                        "the provider announces none of oidc-enabled-signing-alg",
                        turn.plan.options.from("oidc-enabled-signing-alg")};
        co_return none;
    }
    co_return std::move(endpoints);
}

Asking<Verdict> verifyIdToken(Turn& turn, const Endpoints& endpoints, std::string token) {
    const ProviderPlan& provider = turn.plan.provider;
    const oidc::KeySet fixed{provider.staticKeys};
    auto inner =
        verify(turn, policyOf(provider, endpoints), endpoints.jwks,
               provider.staticKeys.empty() || provider.discover ? nullptr : &fixed, std::move(token));
    while (!inner.done()) {
        Given given = co_await std::move(inner.ask());
        inner.give(std::move(given));
    }
    co_return inner.take();
}

Asking<Verdict> verifyForeignToken(Turn& turn, const ProviderPlan::ExtraIssuer& issuer, std::string token) {
    auto discovering = askDiscovery(turn, issuer.issuer, false);
    while (!discovering.done()) {
        Given given = co_await std::move(discovering.ask());
        discovering.give(std::move(given));
    }
    auto found = discovering.take();
    const auto* discovery = std::get_if<oidc::Discovery>(&found);
    std::string base = issuer.issuer;
    if (base.ends_with('/'))
        base.pop_back();
    const std::string jwks = discovery != nullptr ? discovery->jwksUri : base + "/.well-known/jwks.json";
    oidc::IdTokenPolicy policy;
    policy.issuer = issuer.issuer;
    policy.algorithms = acceptedAlgorithms({}, discovery != nullptr ? discovery->signingAlgorithms
                                                                    : std::vector<std::string>());
    policy.audienceClaims = turn.plan.provider.audienceClaims;
    policy.audiences = turn.plan.options.list("oidc-extra-audience");
    policy.audiences.push_back(issuer.audience);
    auto inner = verify(turn, policy, jwks, nullptr, std::move(token));
    while (!inner.done()) {
        Given given = co_await std::move(inner.ask());
        inner.give(std::move(given));
    }
    co_return inner.take();
}

} // namespace gatehouse::gate
