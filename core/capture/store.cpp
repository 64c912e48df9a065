#include <capture/store.h>

namespace gatehouse::capture {

namespace {

std::size_t footprint(const exchange::Leg& leg) {
    return sizeof leg +
           (leg.requestEdits.capacity() + leg.responseEdits.capacity()) * sizeof(exchange::HeadEdit) +
           leg.error.capacity();
}

} // namespace

std::size_t footprint(const exchange::Exchange& exchange) {
    std::size_t bytes = sizeof exchange + exchange.arena.footprint() + footprint(exchange.client);
    for (const exchange::Leg& leg : exchange.attempts)
        bytes += footprint(leg);
    return bytes + exchange.trace.capacity() * sizeof(exchange::TraceStep) + exchange.target.capacity();
}

void Store::add(exchange::ExchangePtr exchange) {
    bytes_ += footprint(*exchange);
    const auto known = rowOf_.find(exchange->id);
    if (known != rowOf_.end()) {
        exchange::ExchangePtr& former = rows_[static_cast<std::size_t>(known->second - firstRow_)];
        bytes_ -= footprint(*former);
        former = std::move(exchange);
    } else {
        rowOf_.emplace(exchange->id, firstRow_ + rows_.size());
        rows_.push_back(std::move(exchange));
    }
    while (bytes_ > limit_ && rows_.size() > 1)
        dropOldest();
}

void Store::add(const std::vector<exchange::ExchangePtr>& exchanges) {
    for (const exchange::ExchangePtr& exchange : exchanges)
        add(exchange);
}

void Store::dropOldest() {
    bytes_ -= footprint(*rows_.front());
    rowOf_.erase(rows_.front()->id);
    rows_.pop_front();
    ++firstRow_;
    ++dropped_;
}

void Store::clear() {
    rows_.clear();
    rowOf_.clear();
    bytes_ = 0;
    dropped_ = 0;
    firstRow_ = 0;
}

exchange::ExchangePtr Store::find(std::uint64_t id) const {
    const auto known = rowOf_.find(id);
    return known == rowOf_.end() ? nullptr : rows_[static_cast<std::size_t>(known->second - firstRow_)];
}

std::vector<exchange::ExchangePtr> Store::childrenOf(std::uint64_t id) const {
    std::vector<exchange::ExchangePtr> children;
    for (const exchange::ExchangePtr& exchange : rows_)
        if (exchange->parent == id)
            children.push_back(exchange);
    return children;
}

} // namespace gatehouse::capture
