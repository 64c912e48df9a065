// The endpoints of a realm. Each answers into visit.reply.
#pragma once

#include <provider/visit.h>

#include <string>
#include <string_view>

namespace gatehouse::provider {

void authorization(Visit& visit);
void loginAction(Visit& visit, std::string_view path); // authenticate, required-action, restart, consent …
void token(Visit& visit);
void userinfo(Visit& visit);
void introspect(Visit& visit);
void revoke(Visit& visit);
void logout(Visit& visit);
void logoutConfirm(Visit& visit);

std::string discoveryJson(const Visit& visit);
std::string umaDiscoveryJson(const Visit& visit);
std::string realmJson(Visit& visit); // GET /realms/{realm}

// {"error":…,"error_description":…}; an empty description is left out.
std::string errorJson(std::string_view error, std::string_view description = {});

// sslRequired: whether a request from this address may come without TLS.
bool httpsMissing(const Visit& visit);
bool isPrivateAddress(std::string_view address);

// CORS as the token endpoints do it (corrections 62).
void echoOrigin(Visit& visit, std::string_view alsoExposed = {});
bool originAllowed(const Visit& visit); // no Origin, or one of the client's web origins
void refuseOrigin(Visit& visit);        // 403

// Client authentication of token, revocation, introspection and logout. nullptr: answered with an error.
struct ClientAuthStyle {
    std::string_view event = "LOGIN_ERROR";
    Details details;            // of that event
    bool introspection = false; // its own error texts
};
const ClientModel* authenticateClient(Visit& visit, const ClientAuthStyle& style);

} // namespace gatehouse::provider
