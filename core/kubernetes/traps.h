// Traps by topic; findTraps joins them.
#pragma once

#include <kubernetes/objectSet.h>

namespace gatehouse::kubernetes {

void ingressTraps(Job& job);

} // namespace gatehouse::kubernetes
