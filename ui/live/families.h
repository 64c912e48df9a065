// Families: children of an exchange finish before it does, and are to stand below it. They wait for it here,
// but never for long.
#pragma once

#include <exchange/exchange.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <vector>

namespace gatehouse::live {

class Families {
public:
    using Known = std::function<bool(std::uint64_t id)>; // stands in the list already

    // What can be listed now, parents first.
    std::vector<exchange::ExchangePtr> sort(const std::vector<exchange::ExchangePtr>& arrived,
                                            const Known& known);
    bool isWaiting() const { return !waiting_.empty(); }
    // Whoever waits, without a parent: it takes too long, or never comes.
    std::vector<exchange::ExchangePtr> release();

private:
    std::vector<exchange::ExchangePtr> waiting_;
};

} // namespace gatehouse::live
