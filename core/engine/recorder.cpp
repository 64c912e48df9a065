#include <engine/recorder.h>

#include <iterator>

namespace gatehouse::engine {

namespace {

std::size_t weight(const exchange::Exchange& exchange) {
    return sizeof exchange + exchange.arena.footprint();
}

} // namespace

void Recorder::put(exchange::ExchangePtr exchange) {
    if (!on_)
        return;
    std::unique_lock lock(mutex_);
    pendingBytes_ += weight(*exchange);
    pending_.push_back(std::move(exchange));
    while (pendingBytes_ > pendingLimit_ && pending_.size() > 1) {
        pendingBytes_ -= weight(*pending_.front());
        pending_.pop_front();
        ++dropped_;
    }
    wakeOnce(lock);
}

void Recorder::put(std::vector<provider::Event> events) {
    if (!on_ || events.empty())
        return;
    std::unique_lock lock(mutex_);
    events_.insert(events_.end(), std::move_iterator(events.begin()), std::move_iterator(events.end()));
    wakeOnce(lock);
}

void Recorder::wakeOnce(std::unique_lock<std::mutex>& lock) {
    if (std::exchange(awake_, true))
        return;
    lock.unlock(); // the one who wakes may take at once
    if (wake_)
        wake_();
}

Batch Recorder::take() {
    Batch batch;
    std::deque<exchange::ExchangePtr> taken;
    {
        const std::lock_guard lock(mutex_);
        taken.swap(pending_);
        batch.events.swap(events_);
        batch.dropped = std::exchange(dropped_, 0);
        pendingBytes_ = 0;
        awake_ = false;
    }
    batch.exchanges.assign(std::move_iterator(taken.begin()), std::move_iterator(taken.end()));
    return batch;
}

} // namespace gatehouse::engine
