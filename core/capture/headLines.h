// A captured head, line by line. Also heads that the strict parser refused are shown, so this one refuses
// nothing.
#pragma once

#include <http/head.h>

#include <optional>
#include <string_view>
#include <vector>

namespace gatehouse::capture {

struct HeadLines {
    std::string_view startLine;
    std::vector<http::Header> fields; // in order; views into the head

    std::vector<std::string_view> all(std::string_view name) const; // case-free
    std::string_view get(std::string_view name) const;              // the first; empty: none
};

HeadLines headLines(std::string_view head);

} // namespace gatehouse::capture
