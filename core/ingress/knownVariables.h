// Names that nginx 1.27.1 with the controller's modules and template knows. Anything else in a value makes
// nginx refuse the configuration.
#pragma once

#include <string_view>

namespace gatehouse::ingress {

bool knownVariable(std::string_view name);

} // namespace gatehouse::ingress
