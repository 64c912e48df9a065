#include <rehearsal/recorder.h>

#include <algorithm>
#include <set>

namespace gatehouse::rehearsal {

void Recorder::wake() {
    {
        const std::lock_guard lock(mutex_);
        woken_ = true;
    }
    arrived_.notify_one();
}

void Recorder::collect(engine::Engine& engine) {
    engine::Batch batch = engine.take();
    std::move(batch.exchanges.begin(), batch.exchanges.end(), std::back_inserter(pending_));
    std::move(batch.events.begin(), batch.events.end(), std::back_inserter(events_));
}

bool Recorder::claim(std::string_view method, std::string_view target, Seen& seen) {
    const auto own =
        std::find_if(pending_.begin(), pending_.end(), [&](const exchange::ExchangePtr& exchange) {
            return exchange->parent == 0 && !exchange->live && exchange->method == method &&
                   exchange->target == target;
        });
    if (own == pending_.end())
        return false;
    seen.own = *own;
    pending_.erase(own);
    // A child's child (a check that asks for a check) belongs to the visit too.
    std::set<std::uint64_t> family{seen.own->id};
    std::sort(pending_.begin(), pending_.end(),
              [](const exchange::ExchangePtr& a, const exchange::ExchangePtr& b) { return a->id < b->id; });
    std::erase_if(pending_, [&](const exchange::ExchangePtr& exchange) {
        if (!family.contains(exchange->parent) || exchange->live)
            return false;
        family.insert(exchange->id);
        seen.children.push_back(exchange);
        return true;
    });
    return true;
}

Recorder::Seen Recorder::find(engine::Engine& engine, std::string_view method, std::string_view target,
                              std::chrono::milliseconds atMost) {
    Seen seen;
    const auto until = std::chrono::steady_clock::now() + atMost;
    for (;;) {
        collect(engine);
        if (claim(method, target, seen))
            return seen;
        std::unique_lock lock(mutex_);
        if (!arrived_.wait_until(lock, until, [this] { return woken_; }))
            return seen;
        woken_ = false;
    }
}

std::vector<exchange::ExchangePtr> Recorder::drain(engine::Engine& engine) {
    collect(engine);
    return std::exchange(pending_, {});
}

std::vector<provider::Event> Recorder::takeEvents() {
    return std::exchange(events_, {});
}

} // namespace gatehouse::rehearsal
