// Values of checked Nodes: what does not fit has its problem already, and reads as nothing.
#pragma once

#include <lab/lab.h>

#include <span>
#include <string>

namespace gatehouse::lab {

std::string textOf(const Node& node, std::string byDefault = {});
std::uint16_t portOf(const Node& node, std::uint16_t byDefault);
int secondsOf(const Node& node);
http::Url urlOf(const Node& node);
std::span<const Node> itemsOf(const Node& list); // of anything else: none
std::vector<KeyValue> readKeyValues(const Node& map);

} // namespace gatehouse::lab
