// The gate's own endpoints and the ways to a session that have to ask.
#pragma once

#include <gate/providerFlows.h>

namespace gatehouse::gate {

// start.cpp: 302 to the provider. `overrides` are not taken in this configuration form
// (oauth2-proxy.md 3.11).
Answer startLogin(Turn& turn, const Endpoints& endpoints);
Answer startFailed(Turn& turn, const Failure& failure); // the provider could not be asked

std::string callbackUrl(const Turn& turn); // what the provider is told

// callback.cpp
Asking<Answer> finishLogin(Turn& turn);

// refresh.cpp: the session in turn.session is older than cookie-refresh. Afterwards turn.session is what
// counts.
Asking<bool> refreshSession(Turn& turn);

// bearer.cpp: a session of the Authorization header. An Answer ends the request (403).
Asking<std::optional<Answer>> loadBearer(Turn& turn);
bool wantsBearer(const Turn& turn);
bool passwordMatches(const Plan& plan, std::string_view user, std::string_view password);
void loadPassword(Turn& turn); // htpasswd users by basic Authorization

// endpoints.cpp
std::optional<Answer> signIn(Turn& turn); // none: a login has to be started
Answer userinfo(Turn& turn);
Asking<Answer> signOut(Turn& turn);
Answer authOnly(Turn& turn);
std::optional<Answer> proxy(Turn& turn); // none: a login has to be started

} // namespace gatehouse::gate
