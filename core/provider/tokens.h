// Which claims go into which token, and the tokens themselves (keycloak.md 3.4, corrections 49-53).
#pragma once

#include <provider/visit.h>

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::provider {

// What a token is made of. Without a session it is a transient one (client credentials, preview).
struct TokenRequest {
    const UserModel* user = nullptr; // never null
    const UserSession* session = nullptr;
    std::string scope;      // as requested; the granted scopes follow from it and the client
    std::string nonce;      // into the ID token, if any
    std::string kind;       // of the grant, for jti: ac, rt, ro, cc, na
    int lifespan = 0;       // seconds; 0: the client's or realm's
    bool freshLogin = true; // acr "1"; SSO gives "0"
    bool offline = false;
    bool loginTimeKnown = true;                              // auth_time (not for the password grant)
    std::vector<Provider::Preview::Maker>* makers = nullptr; // who wrote what; for the preview only
};

std::vector<const ScopeModel*> grantedScopes(const ClientModel& client, std::string_view requested);
bool isValidScope(const ClientModel& client, std::string_view requested);
std::string scopeClaim(const ClientModel& client, std::string_view requested); // "openid profile email"
bool hasScope(std::string_view scopes, std::string_view name);

int accessTokenLifespan(const Visit& visit, const TokenRequest& request);
struct AccessToken {
    std::string text;
    std::string id;       // jti
    std::string audience; // aud as JSON; empty: none
    std::string subject;  // empty without the basic scope
};
AccessToken accessToken(Visit& visit, const TokenRequest& request);
std::string idToken(Visit& visit, const TokenRequest& request, std::string_view accessToken,
                    std::string_view code = {});
// The JSON answers of the endpoints.
std::string userinfoJson(Visit& visit, const TokenRequest& request);

// The claims, before they are signed: what preview shows is what is issued.
nlohmann::ordered_json accessTokenClaims(Visit& visit, const TokenRequest& request);
nlohmann::ordered_json idTokenClaims(Visit& visit, const TokenRequest& request, std::string_view accessToken,
                                     std::string_view code);

std::vector<std::string> webOrigins(const ClientModel& client); // "+" resolved

// Every mapper kind that is understood.
bool isKnownMapper(std::string_view protocolMapper);

} // namespace gatehouse::provider
