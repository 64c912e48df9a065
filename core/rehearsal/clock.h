// The time a rehearsal lives in: real in the product, made up in tests.
#pragma once

#include <base/now.h>

#include <chrono>
#include <string_view>

namespace gatehouse::rehearsal {

class Clock {
public:
    virtual ~Clock() = default;
    virtual Now now() = 0;
    // Blocks; `why` is said to the person who waits.
    virtual void wait(std::chrono::milliseconds time, std::string_view why) = 0;
};

} // namespace gatehouse::rehearsal
