// UTF-8 (RFC 3629): where a text stops being it.
#pragma once

#include <cstddef>
#include <string_view>

namespace gatehouse::lab {

// Offset of the first byte that is not part of a well-formed character; npos when there is none.
std::size_t firstInvalidUtf8(std::string_view text);

} // namespace gatehouse::lab
