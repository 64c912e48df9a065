// What went before a recorded request, done again: a page opened, a login begun or finished, tokens had.
#pragma once

#include "browser.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace gatehouse::observations {

// One setup's provider and browser, for all of its observations in their order.
struct Stage {
    World world;
    std::optional<Browser> browser;
    std::map<std::string, std::string> jar; // as it was before the last recorded request
};

// nullopt: nobody knows how (the observation then counts as a disagreement).
std::optional<Sent> prepare(Stage& stage, const nlohmann::ordered_json& observation, std::string& why);

// What the record looked at afterwards: whether the session lives on, what came back. "" when it agrees.
std::string afterwards(Stage& stage, const nlohmann::ordered_json& observation,
                       const http::Response& response);

} // namespace gatehouse::observations
