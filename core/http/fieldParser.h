// Field lines (RFC 9112 section 5), shared by heads and trailers.
#pragma once

#include <base/message.h>
#include <http/head.h>

#include <cstddef>
#include <cstdint>

namespace gatehouse::http {

inline constexpr std::size_t usualFields = 24; // of one head; room for them is made at once

// A place in bytes that are still arriving. Spans count from `base`.
struct Cursor {
    const char* base;
    const char* at;
    const char* end;
};

enum class LineKind : std::uint8_t { Field, Blank, More, Refused };

// Takes one line. Field: `span` is set and the cursor stands after its CRLF. Blank: the section is over, the
// cursor stands after it. More: the line is not whole; the cursor's place has no meaning. Refused: `why` is
// set.
LineKind takeFieldLine(Cursor& cursor, FieldSpan& span, const Message*& why);

} // namespace gatehouse::http
