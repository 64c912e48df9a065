// One run of a scenario of data/scenarios/*.json: a request, what the gate asks and is given, and its answer.
#pragma once

#include "desk.h"

namespace gatehouse::gate::test {

// What does not agree, line by line; "" when everything does.
std::string complaintsOf(const Json& scenario);

std::string replacedAll(std::string text, std::string_view what, std::string_view by);

} // namespace gatehouse::gate::test
