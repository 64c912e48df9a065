// The real time, for a process at the top of the house.
#pragma once

#include <base/now.h>
#include <rehearsal/clock.h>

namespace gatehouse::app {

Now systemNow();

// Waits by sleeping, and says so on standard error.
class SystemClock : public rehearsal::Clock {
public:
    Now now() override { return systemNow(); }
    void wait(std::chrono::milliseconds time, std::string_view why) override;
};

} // namespace gatehouse::app
