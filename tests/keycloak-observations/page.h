// What the record keeps of a page, read from our HTML with a real parser.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace gatehouse::observations {

// html, body, title, heading, attempted_username, header, ids, forms, messages, links, onclick,
// session_scripts, images: the record's own member names.
nlohmann::ordered_json pageFacts(std::string_view html);

} // namespace gatehouse::observations
