// Paths of fields: JSON pointers (RFC 6901), so that an annotation with slashes in its name is one step:
// "/ingresses/0/annotations/nginx.ingress.kubernetes.io~1auth-url".
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::realm {

std::string pointerStep(std::string_view key);                   // "~" → "~0", "/" → "~1"
std::vector<std::string> pointerSteps(std::string_view pointer); // "" and "/" have none

} // namespace gatehouse::realm
