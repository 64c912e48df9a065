// One coroutine waits until another says go on: what a condition variable is to threads.
#pragma once

#include <engine/asioTypes.h>

#include <asio/steady_timer.hpp>

namespace gatehouse::engine {

class Waiter {
public:
    explicit Waiter(asio::io_context& io) : timer_(io, asio::steady_timer::time_point::max()) {}

    // Everybody who waits goes on; those who come later do not wait at all.
    void open() {
        open_ = true;
        timer_.cancel();
    }
    bool isOpen() const { return open_; }

    Task<void> wait() {
        if (!open_)
            co_await timer_.async_wait(tupled);
    }

private:
    using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                             asio::wait_traits<std::chrono::steady_clock>, Executor>;
    Timer timer_;
    bool open_ = false;
};

} // namespace gatehouse::engine
