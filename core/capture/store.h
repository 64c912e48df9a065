// Store: what was seen, newest last, bounded by bytes. It keeps raw bytes in memory (resending and the cookie
// view need them); whatever leaves it goes through the Redactor. One thread.
#pragma once

#include <exchange/exchange.h>

#include <cstdint>
#include <deque>
#include <unordered_map>
#include <vector>

namespace gatehouse::capture {

class Store {
public:
    static constexpr std::size_t defaultLimit = 256 * 1024 * 1024;
    explicit Store(std::size_t limitBytes = defaultLimit) : limit_(limitBytes) {}

    // A live exchange that comes again takes its former place. The oldest make room, but the newest always
    // stays.
    void add(exchange::ExchangePtr exchange);
    void add(const std::vector<exchange::ExchangePtr>& exchanges);
    void clear();

    std::size_t size() const { return rows_.size(); }
    const exchange::ExchangePtr& operator[](std::size_t row) const { return rows_[row]; } // 0: the oldest
    exchange::ExchangePtr find(std::uint64_t id) const;                    // null: not (any more)
    std::vector<exchange::ExchangePtr> childrenOf(std::uint64_t id) const; // in the order they were added

    std::size_t bytes() const { return bytes_; }
    std::uint64_t dropped() const { return dropped_; } // made room since the last clear()

private:
    void dropOldest();

    std::size_t limit_;
    std::size_t bytes_ = 0;
    std::uint64_t dropped_ = 0;
    std::uint64_t firstRow_ = 0; // rows dropped so far: row r of all times is rows_[r - firstRow_]
    std::deque<exchange::ExchangePtr> rows_;
    std::unordered_map<std::uint64_t, std::uint64_t> rowOf_; // id → row of all times
};

// What an exchange costs in memory, near enough.
std::size_t footprint(const exchange::Exchange& exchange);

} // namespace gatehouse::capture
