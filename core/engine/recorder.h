// Recorder: where finished exchanges wait to be taken. put() on the engine thread, take() on any.
#pragma once

#include <engine/engine.h>

#include <deque>
#include <functional>
#include <mutex>

namespace gatehouse::engine {

class Recorder {
public:
    Recorder(bool on, std::size_t pendingLimit, std::function<void()> wake)
        : on_(on), pendingLimit_(pendingLimit), wake_(std::move(wake)) {}

    std::uint64_t nextId() { return ++lastId_; }
    void put(exchange::ExchangePtr exchange);
    void put(std::vector<provider::Event> events);
    Batch take();

private:
    void wakeOnce(std::unique_lock<std::mutex>& lock);

    const bool on_;
    const std::size_t pendingLimit_;
    const std::function<void()> wake_;
    std::uint64_t lastId_ = 0; // engine thread

    std::mutex mutex_;
    std::deque<exchange::ExchangePtr> pending_;
    std::vector<provider::Event> events_;
    std::size_t pendingBytes_ = 0;
    std::uint64_t dropped_ = 0;
    bool awake_ = false;
};

} // namespace gatehouse::engine
