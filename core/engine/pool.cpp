#include <engine/pool.h>

namespace gatehouse::engine {

namespace {

constexpr std::size_t mostIdle = 64;                  // a server
constexpr auto longestIdle = std::chrono::seconds(4); // Node closes at 5 s

} // namespace

LinkPtr Pool::take(const std::string& key) {
    const auto found = idle_.find(key);
    if (found == idle_.end())
        return nullptr;
    std::vector<Idle>& idle = found->second;
    while (!idle.empty()) {
        LinkPtr link = std::move(idle.back().link);
        idle.pop_back();
        if (!link->wire->idleDisturbed()) {
            link->reused = true;
            return link;
        }
    }
    return nullptr;
}

void Pool::put(LinkPtr link, SteadyTime now) {
    if (!link->buffer.empty() || link->wire->ended() != Ended::Not)
        return;
    link->wire->noDeadline();
    std::vector<Idle>& idle = idle_[link->key];
    if (idle.size() < mostIdle)
        idle.push_back({std::move(link), now});
}

void Pool::swept(SteadyTime now) {
    for (auto entry = idle_.begin(); entry != idle_.end();) {
        std::erase_if(entry->second, [now](const Idle& idle) { return now - idle.since > longestIdle; });
        entry = entry->second.empty() ? idle_.erase(entry) : std::next(entry);
    }
}

} // namespace gatehouse::engine
