#include <base/ascii.h>
#include <base/encoding.h>
#include <crypto/digest.h>
#include <provider/credentials.h>
#include <provider/ids.h>
#include <provider/loginFlow.h>
#include <provider/mappersJson.h>
#include <provider/signingKeysJson.h>
#include <provider/tokens.h>

#include <algorithm>
#include <charconv>

namespace gatehouse::provider {
namespace {

using Json = nlohmann::ordered_json;

// Fixed claims in Keycloak's order, then the others as a Java hash map gives them out.
Json ordered(Claims& claims) {
    Json out = Json::object();
    for (const auto* name :
         {"exp", "iat", "auth_time", "jti", "iss", "aud", "sub", "typ", "azp", "nonce", "sid", "at_hash",
          "c_hash", "acr", "allowed-origins", "realm_access", "resource_access", "scope"})
        if (const auto at = claims.fixed.find(name); at != claims.fixed.end())
            out[name] = *at;
    std::vector<std::string> names;
    for (const auto& other : claims.others)
        names.push_back(other.first);
    for (const auto i : javaHashOrder(names))
        out[names[i]] = claims.others[i].second;
    return out;
}

void setAudience(Claims& claims) {
    if (claims.audience.size() == 1)
        claims.fixed["aud"] = claims.audience.front();
    else if (!claims.audience.empty())
        claims.fixed["aud"] = claims.audience;
}

// Session kind, token kind, grant (corrections 52).
std::string tokenId(const Visit& visit, const TokenRequest& request, bool lightweight) {
    const std::string session = request.session == nullptr ? "tr" : request.offline ? "of" : "on";
    return session + (lightweight ? "lt" : "rt") + request.kind + ":" + newUuid(visit.env.entropy);
}

// Left half of the token's digest (OpenID Connect Core 3.1.3.6), by the signature's hash: RS256.
std::string halfHash(std::string_view token) {
    return base64Url(crypto::digest(crypto::Hash::Sha256, token).substr(0, 16));
}

bool isLightweight(const Visit& visit) {
    return visit.client->flag("client.use.lightweight.access.token.enabled");
}

void setSession(Claims& claims, const TokenRequest& request) {
    if (request.session != nullptr)
        claims.fixed["sid"] = request.session->id;
}

} // namespace

bool hasScope(std::string_view scopes, std::string_view name) {
    for (const auto part : split(scopes, ' '))
        if (part == name)
            return true;
    return false;
}

std::vector<const ScopeModel*> grantedScopes(const ClientModel& client, std::string_view requested) {
    std::vector<const ScopeModel*> out = client.defaultScopes;
    for (const auto* scope : client.optionalScopes) {
        const bool named = hasScope(requested, scope->name) ||
                           (scope->name == "organization" &&
                            std::string_view(requested).find("organization:") != std::string_view::npos);
        if (named && std::ranges::find(out, scope) == out.end())
            out.push_back(scope);
    }
    return out;
}

// Java's split drops empty words at the end only; one inside is no scope (corrections 13).
bool isValidScope(const ClientModel& client, std::string_view requested) {
    while (requested.ends_with(' ') && requested.size() > 1)
        requested.remove_suffix(1);
    bool openid = false;
    for (const auto word : split(requested, ' ')) {
        if (word == "openid") {
            openid = true;
            continue;
        }
        const auto names = [word](const ScopeModel* scope) {
            return scope->name == word ||
                   (scope->name == "organization" && word.starts_with("organization:"));
        };
        if (std::ranges::none_of(client.defaultScopes, names) &&
            std::ranges::none_of(client.optionalScopes, names))
            return false;
    }
    return openid || !requested.empty();
}

std::string scopeClaim(const ClientModel& client, std::string_view requested) {
    std::string out = hasScope(requested, "openid") ? "openid" : "";
    for (const auto* scope : grantedScopes(client, requested))
        if (scope->inTokenScope)
            out += (out.empty() ? "" : " ") + scope->name;
    return out;
}

std::vector<std::string> webOrigins(const ClientModel& client) {
    std::vector<std::string> out;
    const auto add = [&out](std::string origin) {
        if (!origin.empty() && std::ranges::find(out, origin) == out.end())
            out.push_back(std::move(origin));
    };
    const auto fromRedirects = [&] {
        for (const auto& uri : client.data.redirectUris) {
            const std::string whole = uri.starts_with('/') ? client.data.rootUrl + uri : uri;
            if (!whole.starts_with("http://") && !whole.starts_with("https://"))
                continue;
            const auto start = whole.find("://") + 3;
            add(whole.substr(0, std::min(whole.find_first_of("/?#*", start), whole.size())));
        }
    };
    for (const auto& origin : client.data.webOrigins) {
        if (origin == "+")
            fromRedirects();
        else
            add(origin);
    }
    if (client.data.webOrigins.empty()) // Admin REST fills them in from the redirect URIs (corrections 3)
        fromRedirects();
    return out;
}

int accessTokenLifespan(const Visit& visit, const TokenRequest& request) {
    if (request.lifespan > 0)
        return request.lifespan;
    const std::string own = visit.client->attribute("access.token.lifespan");
    int seconds = 0;
    std::from_chars(own.data(), own.data() + own.size(), seconds);
    seconds = seconds > 0 ? seconds : visit.realm.data().accessTokenLifespan;
    // Never beyond the session (OIDC: an access token ends with it).
    if (request.session != nullptr && !request.offline) {
        const auto left = request.session->startedAt + visit.realm.data().ssoSessionMaxLifespan - visit.now;
        seconds = static_cast<int>(std::min<Seconds>(seconds, std::max<Seconds>(left, 0)));
    }
    return seconds;
}

Json accessTokenClaims(Visit& visit, const TokenRequest& request) {
    const bool lightweight = isLightweight(visit);
    Claims claims;
    claims.fixed["exp"] = visit.now + accessTokenLifespan(visit, request);
    claims.fixed["iat"] = visit.now;
    claims.fixed["jti"] = tokenId(visit, request, lightweight);
    claims.fixed["iss"] = visit.issuer();
    claims.fixed["typ"] = "Bearer";
    claims.fixed["azp"] = visit.client->data.clientId;
    setSession(claims, request);
    claims.fixed["scope"] = scopeClaim(*visit.client, request.scope);
    applyMappers(visit, request, lightweight ? TokenPart::LightweightAccess : TokenPart::Access, claims);
    setAudience(claims);
    return ordered(claims);
}

Json idTokenClaims(Visit& visit, const TokenRequest& request, std::string_view access,
                   std::string_view code) {
    Claims claims;
    claims.fixed["exp"] = visit.now + accessTokenLifespan(visit, request);
    claims.fixed["iat"] = visit.now;
    claims.fixed["jti"] = newUuid(visit.env.entropy);
    claims.fixed["iss"] = visit.issuer();
    claims.audience.push_back(visit.client->data.clientId);
    claims.fixed["sub"] = request.user->id;
    claims.fixed["typ"] = "ID";
    claims.fixed["azp"] = visit.client->data.clientId;
    if (!request.nonce.empty())
        claims.fixed["nonce"] = request.nonce;
    setSession(claims, request);
    if (!access.empty())
        claims.fixed["at_hash"] = halfHash(access);
    if (!code.empty())
        claims.fixed["c_hash"] = halfHash(code);
    applyMappers(visit, request, TokenPart::Id, claims);
    setAudience(claims);
    return ordered(claims);
}

AccessToken accessToken(Visit& visit, const TokenRequest& request) {
    const bool rfc9068 = visit.client->flag("access.token.header.type.rfc9068");
    const auto claims = accessTokenClaims(visit, request);
    AccessToken out;
    out.text = signToken(visit, claims, rfc9068 ? "at+jwt" : "JWT");
    out.id = claims.at("jti").get<std::string>();
    if (const auto audience = claims.find("aud"); audience != claims.end())
        out.audience = audience->dump();
    if (claims.contains("sub"))
        out.subject = request.user->id;
    return out;
}

std::string idToken(Visit& visit, const TokenRequest& request, std::string_view access,
                    std::string_view code) {
    return signToken(visit, idTokenClaims(visit, request, access, code));
}

std::string userinfoJson(Visit& visit, const TokenRequest& request) {
    Claims claims;
    applyMappers(visit, request, TokenPart::Userinfo, claims);
    claims.fixed["sub"] = request.user->id;
    return ordered(claims).dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace gatehouse::provider
