// The end of a login: session, cookies, event, and what goes to the client.
#pragma once

#include <provider/visit.h>

#include <string>
#include <vector>

namespace gatehouse::provider {

void finishLogin(Visit& visit, const UserModel& user);

bool consentNeeded(const Visit& visit);
std::vector<std::string> consentTexts(const Visit& visit);

} // namespace gatehouse::provider
