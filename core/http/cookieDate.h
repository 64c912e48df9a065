// Dates of cookies (RFC 6265 section 5.1.1), as forgiving as browsers are.
#pragma once

#include <base/now.h>

#include <optional>
#include <string_view>

namespace gatehouse::http {

// Years beyond what WallTime can hold become its last century.
std::optional<WallTime> parseCookieDate(std::string_view text);

} // namespace gatehouse::http
