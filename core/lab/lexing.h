// The little of YAML's lexing that splicing needs: where a scalar that begins here ends, and what blanks and
// comments are. yaml-cpp tells only where things begin.
#pragma once

#include <cstddef>
#include <string_view>

namespace gatehouse::lab {

inline constexpr std::size_t noEnd = static_cast<std::size_t>(-1);

// One past the closing quote of the quoted scalar that begins at `begin`; noEnd when it is never closed.
std::size_t quotedEnd(std::string_view text, std::size_t begin);

// One past the last character of a scalar with this value. Of a block scalar: the end of its last line that
// has content, without the line end. noEnd when text and value do not go together.
std::size_t scalarEnd(std::string_view text, std::size_t begin, std::string_view value);

// The next character that is neither blank, line end nor comment.
std::size_t skipBlank(std::string_view text, std::size_t at);

std::size_t lineStart(std::string_view text, std::size_t at);
std::size_t lineEnd(std::string_view text, std::size_t at); // of the \n or \r\n, or the end of the text
std::size_t column(std::string_view text, std::size_t at);  // 0-based, in bytes

} // namespace gatehouse::lab
