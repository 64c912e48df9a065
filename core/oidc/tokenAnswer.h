// What a token endpoint answered (RFC 6749 sections 5.1 and 5.2), read as Go's golang.org/x/oauth2 reads it.
#pragma once

#include <base/now.h>
#include <http/head.h>

#include <optional>
#include <string>
#include <variant>

namespace gatehouse::oidc {

struct TokenAnswer {
    std::string accessToken;
    std::string refreshToken;
    std::string idToken; // "" when there is none or it is no text
    std::string tokenType;
    std::string scope;
    std::optional<WallTime> expiry; // now + expires_in
};

struct TokenRefusal {
    int status = 0;
    std::string error;       // RFC 6749 section 5.2: "invalid_grant"; "" when the answer named none
    std::string description; // error_description
    std::string text;        // in x/oauth2's words: oauth2: "invalid_grant" "Code not valid"
};

std::variant<TokenAnswer, TokenRefusal> readTokenAnswer(const http::Response& response, const Now& now);

} // namespace gatehouse::oidc
