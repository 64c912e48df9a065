// The time of one step, read once by the engine and passed in: floors 0-5 hold no clock.
#pragma once

#include <chrono>
#include <cstdint>

namespace gatehouse {

using WallTime = std::chrono::sys_time<std::chrono::nanoseconds>;
using SteadyTime = std::chrono::steady_clock::time_point;

struct Now {
    WallTime wall{};     // what certificates, tokens, cookies and logs speak of
    SteadyTime steady{}; // what deadlines and durations are measured by

    // Whole seconds since 1970, as JWT's NumericDate (RFC 7519 section 2) wants them.
    std::int64_t unixSeconds() const {
        return std::chrono::floor<std::chrono::seconds>(wall).time_since_epoch().count();
    }
};

} // namespace gatehouse
