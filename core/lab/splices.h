// The texts that result from one splice. They may be wrong in corners of YAML: Splicer reads each back.
#pragma once

#include <lab/spans.h>

#include <string>
#include <string_view>

namespace gatehouse::lab {

// `compact`: small collections take one line. `bounded`: nothing where brackets would outgrow their line.
std::string withValue(const SpannedText& text, const Node& old, bool inList, const Node& value,
                      bool compact = true, bool bounded = false);
std::string withEntry(const SpannedText& text, const Node& map, std::size_t index, std::string_view key,
                      const Node& value);
std::string withItem(const SpannedText& text, const Node& list, std::size_t index, const Node& value);
// Of a list or map with more than this one.
std::string withoutChild(const SpannedText& text, const Node& parent, std::size_t index);

} // namespace gatehouse::lab
