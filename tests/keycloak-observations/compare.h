// Whether an answer is the one recorded; every difference in words.
#pragma once

#include "browser.h"

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace gatehouse::observations {

struct Recording {
    nlohmann::ordered_json headerSets;
    nlohmann::ordered_json idLists;
};

struct Replayed {
    http::Response response;
    std::vector<provider::Event> preparation; // events before the request itself
    std::vector<provider::Event> events;
};

std::vector<std::string> differences(const Recording& recording, const nlohmann::ordered_json& observation,
                                     const Replayed& replayed);

} // namespace gatehouse::observations
