// JSON with masks: order of members counts, order inside sets does not (data/README.md).
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace gatehouse::observations {

// "" when equal, else where it differs.
std::string jsonDifference(const nlohmann::ordered_json& expected, const nlohmann::ordered_json& actual);
// The tokens of a token answer against their recorded headers and payloads.
std::string decodedDifference(const nlohmann::ordered_json& expected, std::string_view body);
bool sameWords(std::string_view a, std::string_view b);

} // namespace gatehouse::observations
