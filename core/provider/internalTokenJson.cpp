#include <base/encoding.h>
#include <crypto/cipher.h>
#include <crypto/digest.h>
#include <provider/ids.h>
#include <provider/internalTokenJson.h>

#include <nlohmann/json.hpp>

namespace gatehouse::provider {
namespace {

using Json = nlohmann::ordered_json;

std::string textOf(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// Keycloak writes this header by hand, with blanks round two of the colons; the length of the cookies shows
// it.
std::string signedToken(const RealmState& state, const std::string& payload) {
    const std::string header = R"({"alg":"HS512","typ" : "JWT","kid" : ")" + state.hmacKeyId + "\"}";
    const std::string input = base64Url(header) + "." + base64Url(payload);
    return input + "." + base64Url(crypto::hmac(crypto::Hash::Sha512, state.hmacKey, input));
}

std::optional<Json> readSigned(const RealmState& state, std::string_view token) {
    const auto last = token.rfind('.');
    const auto first = token.find('.');
    if (last == std::string_view::npos || first == last)
        return std::nullopt;
    const auto signature = fromBase64Url(token.substr(last + 1));
    const auto payload = fromBase64Url(token.substr(first + 1, last - first - 1));
    if (!signature || !payload ||
        !crypto::equalsConstantTime(*signature,
                                    crypto::hmac(crypto::Hash::Sha512, state.hmacKey, token.substr(0, last))))
        return std::nullopt;
    auto json = Json::parse(*payload, nullptr, false);
    if (!json.is_object())
        return std::nullopt;
    return json;
}

std::string textMember(const Json& json, const char* name) {
    const auto at = json.find(name);
    return at != json.end() && at->is_string() ? at->get<std::string>() : std::string{};
}

std::optional<Seconds> numberMember(const Json& json, const char* name) {
    const auto at = json.find(name);
    if (at == json.end() || !at->is_number_integer())
        return std::nullopt;
    return at->get<Seconds>();
}

Json notesOf(const Visit& visit, const AuthRequest& request) {
    Json notes = Json::object();
    if (request.scope)
        notes["scope"] = *request.scope;
    notes["iss"] = visit.issuer();
    notes["response_type"] = request.responseType;
    if (request.redirectUriGiven)
        notes["redirect_uri"] = request.redirectUri;
    if (request.state)
        notes["state"] = *request.state;
    const auto note = [&notes](const char* name, const std::string& value) {
        if (!value.empty())
            notes[name] = value;
    };
    note("nonce", request.nonce);
    note("login_hint", request.loginHint);
    note("prompt", request.prompt);
    note("code_challenge", request.codeChallenge);
    note("code_challenge_method", request.codeChallengeMethod);
    note("response_mode", request.responseMode);
    note("acr_values", request.acrValues);
    note("kc_action", request.action);
    if (request.maxAge)
        notes["max_age"] = std::to_string(*request.maxAge);
    return notes;
}

} // namespace

std::string signedSessionId(const RealmState& state, std::string_view id) {
    return base64Url(std::string(id) + "." +
                     base64Url(crypto::hmac(crypto::Hash::Sha512, state.hmacKey, id)));
}

std::optional<std::string> readSessionId(const RealmState& state, std::string_view value) {
    const auto text = fromBase64Url(value);
    if (!text)
        return std::nullopt;
    const auto dot = text->rfind('.');
    if (dot == std::string::npos)
        return std::nullopt;
    const std::string id = text->substr(0, dot);
    if (!crypto::equalsConstantTime(signedSessionId(state, id), value))
        return std::nullopt;
    return id;
}

std::string identityToken(const Visit& visit, const UserSession& session) {
    const auto& realm = visit.realm.data();
    const int life = session.rememberMe && realm.ssoSessionMaxLifespanRememberMe > 0
                         ? realm.ssoSessionMaxLifespanRememberMe
                         : realm.ssoSessionMaxLifespan;
    Json claims;
    claims["exp"] = session.startedAt + life;
    claims["iat"] = visit.now;
    claims["jti"] = newUuid(visit.env.entropy);
    claims["iss"] = visit.issuer();
    claims["sub"] = session.userId;
    claims["typ"] = "Serialized-ID";
    claims["sid"] = session.id;
    claims["state_checker"] = session.stateChecker;
    return signedToken(visit.state, textOf(claims));
}

std::optional<Identity> readIdentity(const Visit& visit, std::string_view token) {
    const auto claims = readSigned(visit.state, token);
    if (!claims || textMember(*claims, "typ") != "Serialized-ID" ||
        textMember(*claims, "iss") != visit.issuer() || numberMember(*claims, "exp").value_or(0) <= visit.now)
        return std::nullopt;
    return Identity{textMember(*claims, "sid"), textMember(*claims, "sub"),
                    textMember(*claims, "state_checker")};
}

std::string restartToken(const Visit& visit, const AuthRequest& request) {
    Json token;
    token["cid"] = request.clientId;
    token["pty"] = "openid-connect";
    token["ruri"] = request.redirectUri;
    token["act"] = "AUTHENTICATE";
    token["notes"] = notesOf(visit, request);
    const std::string plain = signedToken(visit.state, textOf(token));
    const std::string header =
        base64Url(R"({"alg":"dir","enc":"A256GCM","kid":")" + visit.state.aesKeyId + "\"}");
    const std::string nonce = visit.env.entropy.bytes(12);
    const std::string sealed = crypto::aesGcmSeal(visit.state.aesKey, nonce, plain, header);
    const auto cipher = std::string_view(sealed).substr(0, sealed.size() - 16);
    const auto tag = std::string_view(sealed).substr(sealed.size() - 16);
    return header + ".." + base64Url(nonce) + "." + base64Url(cipher) + "." +
           base64Url(tag); // RFC 7516 section 7.1
}

std::optional<AuthRequest> readRestart(const Visit& visit, std::string_view token) {
    std::vector<std::string_view> parts;
    for (auto rest = token; parts.size() < 5;) {
        const auto dot = rest.find('.');
        parts.push_back(rest.substr(0, dot));
        if (dot == std::string_view::npos)
            break;
        rest = rest.substr(dot + 1);
    }
    if (parts.size() != 5)
        return std::nullopt;
    const auto nonce = fromBase64Url(parts[2]), cipher = fromBase64Url(parts[3]),
               tag = fromBase64Url(parts[4]);
    if (!nonce || nonce->size() != 12 || !cipher || !tag || tag->size() != 16)
        return std::nullopt;
    const auto plain = crypto::aesGcmOpen(visit.state.aesKey, *nonce, *cipher + *tag, parts[0]);
    const auto json = plain ? readSigned(visit.state, *plain) : std::nullopt;
    if (!json || !json->contains("notes") || !(*json)["notes"].is_object())
        return std::nullopt;
    const auto& notes = (*json)["notes"];
    AuthRequest out;
    out.clientId = textMember(*json, "cid");
    out.redirectUri = textMember(*json, "ruri");
    out.redirectUriGiven = notes.contains("redirect_uri");
    out.responseType = textMember(notes, "response_type");
    if (notes.contains("scope"))
        out.scope = textMember(notes, "scope");
    if (notes.contains("state"))
        out.state = textMember(notes, "state");
    out.nonce = textMember(notes, "nonce");
    out.loginHint = textMember(notes, "login_hint");
    out.prompt = textMember(notes, "prompt");
    out.codeChallenge = textMember(notes, "code_challenge");
    out.codeChallengeMethod = textMember(notes, "code_challenge_method");
    out.responseMode = textMember(notes, "response_mode");
    out.acrValues = textMember(notes, "acr_values");
    out.action = textMember(notes, "kc_action");
    if (notes.contains("max_age"))
        out.maxAge = std::strtoll(textMember(notes, "max_age").c_str(), nullptr, 10);
    return out;
}

std::string detachedStateToken(const Visit& visit, std::string_view messageKey, int status) {
    Json token;
    token["mky"] = std::string(messageKey);
    token["mty"] = "ERROR";
    token["stat"] = status;
    if (visit.client != nullptr)
        token["clid"] = visit.client->id;
    token["st1"] = newAlphanumeric(visit.env.entropy, 18);
    token["st2"] = newAlphanumeric(visit.env.entropy, 19);
    return signedToken(visit.state, textOf(token));
}

std::string refreshToken(const Visit& visit, const RefreshClaims& claims) {
    Json token;
    if (claims.expiresAt)
        token["exp"] = *claims.expiresAt;
    token["iat"] = claims.issuedAt;
    token["jti"] = claims.id;
    token["iss"] = visit.issuer();
    token["aud"] = visit.issuer();
    if (!claims.subject.empty())
        token["sub"] = claims.subject;
    token["typ"] = claims.offline ? "Offline" : "Refresh";
    token["azp"] = claims.clientId;
    if (!claims.nonce.empty())
        token["nonce"] = claims.nonce;
    token["sid"] = claims.sessionId;
    token["scope"] = claims.scope;
    if (!claims.audience.empty())
        token["aud_x"] = Json::parse(claims.audience);
    token["prov"] = "default";
    return signedToken(visit.state, textOf(token));
}

std::optional<RefreshClaims> readRefreshToken(const Visit& visit, std::string_view token) {
    const auto json = readSigned(visit.state, token);
    if (!json || textMember(*json, "iss") != visit.issuer())
        return std::nullopt;
    const std::string type = textMember(*json, "typ");
    if (type != "Refresh" && type != "Offline")
        return std::nullopt;
    RefreshClaims out;
    out.id = textMember(*json, "jti");
    out.clientId = textMember(*json, "azp");
    out.subject = textMember(*json, "sub");
    out.sessionId = textMember(*json, "sid");
    out.scope = textMember(*json, "scope");
    out.nonce = textMember(*json, "nonce");
    out.issuedAt = numberMember(*json, "iat").value_or(0);
    out.expiresAt = numberMember(*json, "exp");
    out.offline = type == "Offline";
    return out;
}

} // namespace gatehouse::provider
