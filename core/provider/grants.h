// The grants of the token endpoint.
#pragma once

#include <provider/tokens.h>
#include <provider/visit.h>

#include <string>
#include <string_view>

namespace gatehouse::provider {

void codeGrant(Visit& visit);
void refreshGrant(Visit& visit);
void passwordGrant(Visit& visit);
void clientCredentialsGrant(Visit& visit);

// What goes to the client, and the event of it.
struct Issue {
    TokenRequest request;
    std::string event; // "CODE_TO_TOKEN"
    Details details;   // beside those of the tokens
    bool withRefresh = true;
    bool withIdToken = true; // when scope has openid
};
void issueTokens(Visit& visit, Issue issue);

// 400 (or `status`) with Keycloak's words, and the error event of the grant.
struct GrantRefusal {
    int status = 400;
    std::string error = "invalid_grant";
    std::string description;
    std::string eventError; // empty: no event
    Details details;
    const UserModel* user = nullptr;
    std::string sessionId;
    bool reason = false; // the description is the event's reason, too
};
void refuseGrant(Visit& visit, std::string_view event, const exchange::RuleRow& why, GrantRefusal refusal);

Details grantDetails(const Visit& visit); // grant_type, client_auth_method

// access_token, expires_in, … in Keycloak's order.
struct TokenAnswer {
    std::string accessToken;
    int expiresIn = 0;
    Seconds refreshExpiresIn = 0;
    std::string refreshToken;
    std::string idToken;
    std::string sessionState;
    std::string scope;
    bool lowerCaseType = false;
};
std::string tokenAnswerJson(const TokenAnswer& answer);

} // namespace gatehouse::provider
