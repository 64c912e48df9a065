// The answer to the client's redirect_uri, in every response mode (OAuth 2.0 Multiple Response Types, Form
// Post, JARM).
#pragma once

#include <provider/visit.h>

#include <string>
#include <string_view>

namespace gatehouse::provider {

// A blank-separated set of code, token, id_token, none; empty when it is none of the supported combinations.
struct ResponseType {
    bool code = false;
    bool token = false;
    bool idToken = false;
    bool none = false;
    bool implicitOrHybrid() const { return token || idToken; }
    bool implicit() const { return implicitOrHybrid() && !code; }
};
std::optional<ResponseType> parseResponseType(std::string_view text);

bool isResponseMode(std::string_view mode);
std::string effectiveMode(std::string_view mode, const ResponseType& type); // "query" … as used

// 302, or a page that posts the parameters.
void answerClient(Visit& visit, std::string_view mode, const std::string& redirectUri, Details parameters,
                  const std::string& clientId);
// error, error_description, state, iss
void answerError(Visit& visit, std::string_view mode, const std::string& redirectUri, std::string_view error,
                 std::string_view description, const std::optional<std::string>& state,
                 const ClientModel& client);

std::string javaUrlEncode(std::string_view text); // java.net.URLEncoder

} // namespace gatehouse::provider
