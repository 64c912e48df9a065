// Token preview: the claims by the code that issues tokens.
#pragma once

#include <provider/provider.h>
#include <provider/visit.h>

#include <string_view>

namespace gatehouse::provider {

Provider::Preview previewOf(Visit& visit, const UserModel& user, std::string_view scope);

} // namespace gatehouse::provider
