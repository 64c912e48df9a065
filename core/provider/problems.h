// What can be wrong with a provider's input.
#pragma once

#include <base/error.h>

namespace gatehouse::provider {

Error missingSecret(const std::string& name, Place where);
Error realmTwice(const std::string& name, Place where);
Error noSuchClient(std::string_view clientId);
Error noSuchUser(std::string_view username);
Error noSuchRealm(std::string_view realm);

} // namespace gatehouse::provider
