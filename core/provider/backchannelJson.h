// Back-channel logout (OpenID Connect Back-Channel Logout 1.0; corrections 68).
#pragma once

#include <provider/visit.h>

namespace gatehouse::provider {

// Adds the call to `visit.afterwards` when the client has a backchannel.logout.url.
void addBackchannelLogout(Visit& visit, const ClientModel& client, const UserSession& session);

} // namespace gatehouse::provider
