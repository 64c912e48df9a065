// Recorder: what the engine saw, found again for the request that a driver has just made.
//
// The engine hands exchanges out from its own thread a moment after the client has its answer; the recorder
// waits for the one that belongs to the request.
#pragma once

#include <engine/engine.h>
#include <exchange/exchange.h>
#include <provider/provider.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::rehearsal {

class Recorder {
public:
    // Give this to Engine::start as its `wake`.
    void wake();

    struct Seen {
        exchange::ExchangePtr own; // null: nothing came within the time
        std::vector<exchange::ExchangePtr> children;
    };
    Seen find(engine::Engine& engine, std::string_view method, std::string_view target,
              std::chrono::milliseconds atMost);
    // Everything recorded since the last call (exchanges that `find` has not claimed included).
    std::vector<exchange::ExchangePtr> drain(engine::Engine& engine);
    std::vector<provider::Event> takeEvents();

private:
    bool claim(std::string_view method, std::string_view target, Seen& seen);
    void collect(engine::Engine& engine);

    std::mutex mutex_;
    std::condition_variable arrived_;
    bool woken_ = false;
    std::vector<exchange::ExchangePtr> pending_; // the driver's thread only
    std::vector<provider::Event> events_;
};

} // namespace gatehouse::rehearsal
