// A body as a person can read it: JSON and forms laid out, text as it is, anything else in hexadecimal.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gatehouse::capture {

enum class BodyForm : std::uint8_t { Empty, Json, Form, Text, Hex };

struct BodyText {
    BodyForm form = BodyForm::Empty;
    std::string text;
};

BodyText bodyText(std::string_view body, std::string_view contentType);

// Sixteen bytes a line: offset, bytes, printable characters.
std::string hexDump(std::string_view bytes);

} // namespace gatehouse::capture
