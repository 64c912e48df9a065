// Where a replay differs from what was observed.
#pragma once

#include "replay.h"

namespace gatehouse::observations {

// One line a difference; empty: they agree.
std::vector<std::string> differences(const Observation& observed, const Replayed& replayed);

} // namespace gatehouse::observations
