// The real time, for a process at the top of the house.
#pragma once

#include <base/now.h>
#include <rehearsal/clock.h>

#include <cstdint>
#include <functional>
#include <utility>

namespace gatehouse::user {

Now systemNow();

// Waits by sleeping; `say` hears why and for how many seconds.
class SystemClock : public rehearsal::Clock {
public:
    using Say = std::function<void(std::string_view why, std::int64_t seconds)>;
    explicit SystemClock(Say say) : say_(std::move(say)) {}
    Now now() override { return systemNow(); }
    void wait(std::chrono::milliseconds time, std::string_view why) override;

private:
    Say say_;
};

} // namespace gatehouse::user
