// Go's own spelling of values, as oauth2-proxy's flags read and print them: strconv.ParseBool, ParseInt with
// base 0, time.ParseDuration, Duration.String and %q.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::gate {

std::optional<bool> goBool(std::string_view text);                         // 1 t T TRUE true True …
std::optional<std::int64_t> goInteger(std::string_view text);              // 10, 0x1f, 0b1, 0o17, 1_000
std::optional<std::chrono::nanoseconds> goDuration(std::string_view text); // "1h30m", "-1.5s", "0"
std::string goText(std::chrono::nanoseconds duration);                     // "168h0m0s", "1.5s", "0s"
std::string goQuoted(std::string_view text);                               // "\"a\\tb\""

} // namespace gatehouse::gate
