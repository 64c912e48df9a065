#include <provider/endpoints.h>
#include <provider/grants.h>
#include <provider/signingKeysJson.h>

#include <nlohmann/json.hpp>

namespace gatehouse::provider {
namespace {

using Json = nlohmann::ordered_json;

std::string textOf(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace

std::string errorJson(std::string_view error, std::string_view description) {
    Json out;
    out["error"] = std::string(error);
    if (!description.empty())
        out["error_description"] = std::string(description);
    return textOf(out);
}

std::string tokenAnswerJson(const TokenAnswer& answer) {
    Json out;
    out["access_token"] = answer.accessToken;
    out["expires_in"] = answer.expiresIn;
    out["refresh_expires_in"] = answer.refreshExpiresIn;
    if (!answer.refreshToken.empty())
        out["refresh_token"] = answer.refreshToken;
    out["token_type"] = answer.lowerCaseType ? "bearer" : "Bearer";
    if (!answer.idToken.empty())
        out["id_token"] = answer.idToken;
    out["not-before-policy"] = 0;
    if (!answer.sessionState.empty())
        out["session_state"] = answer.sessionState;
    out["scope"] = answer.scope;
    return textOf(out);
}

std::string realmJson(Visit& visit) {
    Json out;
    out["realm"] = visit.realm.name();
    out["public_key"] = publicKeyText(visit);
    out["token-service"] = visit.issuer() + "/protocol/openid-connect";
    out["account-service"] = visit.issuer() + "/account";
    out["tokens-not-before"] = 0;
    return textOf(out);
}

} // namespace gatehouse::provider
