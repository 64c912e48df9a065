#include <thread>
#include <user/systemClock.h>

namespace gatehouse::user {

Now systemNow() {
    return {std::chrono::system_clock::now(), std::chrono::steady_clock::now()};
}

void SystemClock::wait(std::chrono::milliseconds time, std::string_view why) {
    say_(why, (time.count() + 999) / 1000);
    std::this_thread::sleep_for(time); // the wait is the purpose: one-time codes change with the clock
}

} // namespace gatehouse::user
