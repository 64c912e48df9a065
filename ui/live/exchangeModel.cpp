#include <capture/headLines.h>

#include <QElapsedTimer>
#include <algorithm>
#include <live/exchangeModel.h>
#include <set>

namespace gatehouse::live {

namespace {

constexpr qint64 slice = 5;                  // milliseconds
constexpr std::size_t rowsBetweenLooks = 64; // at the clock
constexpr std::size_t lately = 2000;         // rows that completion looks at

bool isTunnel(const capture::Row& row) {
    return row.kind == exchange::Exchange::Kind::Connect && row.outcome != exchange::Outcome::Denied &&
           row.outcome != exchange::Outcome::Failed;
}

} // namespace

ExchangeModel::ExchangeModel(std::size_t limitBytes, QObject* parent)
    : QAbstractTableModel(parent), limit_(limitBytes), now_(limitBytes) {
    nextSlice_.setSingleShot(true);
    nextSlice_.setInterval(0);
    connect(&nextSlice_, &QTimer::timeout, this, &ExchangeModel::scanSlice);
}

capture::Row ExchangeModel::makeRow(const exchange::ExchangePtr& exchange) const {
    capture::Row row = capture::summarize(*exchange, {});
    const auto parent = now_.sequenceOf.find(exchange->parent);
    if (exchange->parent != 0)
        row.depth = 1;
    if (parent != now_.sequenceOf.end())
        row.depth = static_cast<std::uint8_t>(
            std::min(now_.rows[static_cast<std::size_t>(parent->second - now_.first)].depth + 1, 8));
    return row;
}

void ExchangeModel::append(const std::vector<exchange::ExchangePtr>& exchanges) {
    const Sequence firstNew = now_.first + now_.rows.size();
    std::vector<exchange::ExchangePtr> parents; // that a child of this batch says more about
    for (const exchange::ExchangePtr& exchange : exchanges) {
        const auto parent = now_.sequenceOf.find(exchange->parent);
        if (exchange->kind == exchange::Exchange::Kind::AuthSubrequest && parent != now_.sequenceOf.end())
            parents.push_back(now_.store[static_cast<std::size_t>(parent->second - now_.first)]);
        if (isKnown(exchange->id)) {
            update(exchange);
            continue;
        }
        now_.rows.push_back(makeRow(exchange));
        now_.tunnels += isTunnel(now_.rows.back()) ? 1 : 0;
        now_.sequenceOf.emplace(exchange->id, now_.first + now_.rows.size() - 1);
        keep(exchange);
    }
    for (const exchange::ExchangePtr& parent : parents)
        if (isKnown(parent->id))
            update(parent);
    trim();
    insertFrom(std::max(firstNew, now_.first));
    emit countsChanged();
}

// The store makes room for it; rows go with what they are about, and trim() tells the view once a batch.
void ExchangeModel::keep(const exchange::ExchangePtr& exchange) {
    now_.store.add(exchange);
    while (now_.store.size() < now_.rows.size()) {
        now_.sequenceOf.erase(now_.rows.front().id);
        now_.tunnels -= isTunnel(now_.rows.front()) ? 1 : 0;
        now_.rows.pop_front();
        ++now_.first;
    }
}

// A live exchange has gone on, or a child tells the reason of its parent's answer.
void ExchangeModel::update(const exchange::ExchangePtr& exchange) {
    const Sequence sequence = now_.sequenceOf.at(exchange->id);
    capture::Row& row = now_.rows[static_cast<std::size_t>(sequence - now_.first)];
    const std::uint8_t depth = row.depth;
    now_.tunnels -= isTunnel(row) ? 1 : 0;
    row = capture::summarize(*exchange, childrenOf(exchange->id));
    row.depth = depth;
    now_.tunnels += isTunnel(row) ? 1 : 0;
    keep(exchange);
    const int at = position(sequence);
    if (at >= 0)
        emit dataChanged(index(at, 0), index(at, columns - 1));
}

void ExchangeModel::trim() {
    const auto kept = std::lower_bound(now_.shown.begin(), now_.shown.end(), now_.first);
    const int gone = static_cast<int>(kept - now_.shown.begin());
    if (gone == 0)
        return;
    beginRemoveRows({}, 0, gone - 1);
    now_.shown.erase(now_.shown.begin(), kept);
    endRemoveRows();
}

void ExchangeModel::insertFrom(Sequence first) {
    if (scan_)
        return; // the scan comes to them
    std::vector<Sequence> fit;
    for (Sequence at = first; at < now_.first + now_.rows.size(); ++at)
        if (accepts(at))
            fit.push_back(at);
    if (fit.empty())
        return;
    const int from = static_cast<int>(now_.shown.size());
    beginInsertRows({}, from, from + static_cast<int>(fit.size()) - 1);
    now_.shown.insert(now_.shown.end(), fit.begin(), fit.end());
    endInsertRows();
}

bool ExchangeModel::accepts(Sequence sequence) const {
    const auto at = static_cast<std::size_t>(sequence - now_.first);
    const capture::Row& row = now_.rows[at];
    if ((!subrequests_ && row.depth > 0) || (!tunnels_ && isTunnel(row)))
        return false;
    return filter_.needsOnlyRows() ? filter_.matches(row) : filter_.matches(row, *now_.store[at]);
}

void ExchangeModel::clear() {
    beginResetModel();
    cleared_.emplace(std::move(now_));
    now_ = Contents(limit_);
    scan_.reset();
    endResetModel();
    emit countsChanged();
}

void ExchangeModel::undoClear() {
    if (!cleared_)
        return;
    std::vector<exchange::ExchangePtr> since;
    for (std::size_t i = 0; i < now_.store.size(); ++i)
        since.push_back(now_.store[i]);
    beginResetModel();
    now_ = std::move(*cleared_);
    cleared_.reset();
    now_.shown.clear();
    endResetModel();
    append(since);
    refilter();
}

void ExchangeModel::setFilter(capture::Filter filter) {
    filter_ = std::move(filter);
    refilter();
}

void ExchangeModel::setSubrequestsShown(bool shown) {
    subrequests_ = shown;
    refilter();
}

void ExchangeModel::setTunnelsShown(bool shown) {
    tunnels_ = shown;
    refilter();
}

void ExchangeModel::refilter() {
    scan_.reset();
    nextSlice_.stop();
    if (!filter_.needsOnlyRows()) {
        scan_.emplace();
        scan_->next = now_.first;
        emit countsChanged();
        scanSlice();
        return;
    }
    beginResetModel();
    now_.shown.clear();
    for (Sequence at = now_.first; at < now_.first + now_.rows.size(); ++at)
        if (accepts(at))
            now_.shown.push_back(at);
    endResetModel();
    emit countsChanged();
}

// Five milliseconds of it, so that keys and painting come between.
void ExchangeModel::scanSlice() {
    if (!scan_)
        return;
    QElapsedTimer clock;
    clock.start();
    scan_->next = std::max(scan_->next, now_.first);
    const Sequence end = now_.first + now_.rows.size();
    for (std::size_t looked = 0; scan_->next < end; ++scan_->next) {
        if (++looked % rowsBetweenLooks == 0 && clock.elapsed() >= slice) {
            nextSlice_.start();
            return;
        }
        if (accepts(scan_->next))
            scan_->found.push_back(scan_->next);
    }
    beginResetModel();
    now_.shown = std::move(scan_->found);
    now_.shown.erase(now_.shown.begin(), std::lower_bound(now_.shown.begin(), now_.shown.end(), now_.first));
    scan_.reset();
    endResetModel();
    emit countsChanged();
}

int ExchangeModel::position(Sequence sequence) const {
    const auto found = std::lower_bound(now_.shown.begin(), now_.shown.end(), sequence);
    return found == now_.shown.end() || *found != sequence ? -1
                                                           : static_cast<int>(found - now_.shown.begin());
}

const capture::Row* ExchangeModel::rowAt(int row) const {
    if (row < 0 || static_cast<std::size_t>(row) >= now_.shown.size())
        return nullptr;
    const Sequence sequence = now_.shown[static_cast<std::size_t>(row)];
    return sequence < now_.first ? nullptr : &now_.rows[static_cast<std::size_t>(sequence - now_.first)];
}

exchange::ExchangePtr ExchangeModel::exchangeAt(int row) const {
    if (row < 0 || static_cast<std::size_t>(row) >= now_.shown.size())
        return nullptr;
    const Sequence sequence = now_.shown[static_cast<std::size_t>(row)];
    return sequence < now_.first ? nullptr : now_.store[static_cast<std::size_t>(sequence - now_.first)];
}

exchange::ExchangePtr ExchangeModel::find(std::uint64_t id) const {
    return now_.store.find(id);
}

int ExchangeModel::rowOf(std::uint64_t id) const {
    const auto found = now_.sequenceOf.find(id);
    return found == now_.sequenceOf.end() ? -1 : position(found->second);
}

// Children stand behind their parent, and not far.
std::vector<exchange::ExchangePtr> ExchangeModel::childrenOf(std::uint64_t id) const {
    std::vector<exchange::ExchangePtr> out;
    const auto parent = now_.sequenceOf.find(id);
    if (parent == now_.sequenceOf.end())
        return out;
    for (std::size_t at = static_cast<std::size_t>(parent->second - now_.first) + 1; at < now_.rows.size();
         ++at)
        if (now_.rows[at].parent == id)
            out.push_back(now_.store[at]);
        else if (now_.rows[at].depth == 0 && !out.empty())
            break;
        else if (at > static_cast<std::size_t>(parent->second - now_.first) + lately)
            break;
    return out;
}

std::vector<exchange::ExchangePtr> ExchangeModel::shown() const {
    std::vector<exchange::ExchangePtr> out;
    out.reserve(now_.shown.size());
    for (int row = 0; row < rowCount(); ++row)
        if (auto exchange = exchangeAt(row))
            out.push_back(std::move(exchange));
    return out;
}

capture::FilterVocabulary ExchangeModel::vocabulary() const {
    std::set<std::string> hosts, users, headers;
    const std::size_t from = now_.rows.size() > lately ? now_.rows.size() - lately : 0;
    for (std::size_t at = from; at < now_.rows.size(); ++at) {
        hosts.emplace(now_.rows[at].host());
        if (!now_.rows[at].user().empty())
            users.emplace(now_.rows[at].user());
        if (at + 50 < now_.rows.size())
            continue; // heads are read again; the last tell enough
        for (const exchange::Leg& leg : now_.store[at]->attempts)
            for (const http::Header& field : capture::headLines(leg.request.head).fields)
                headers.emplace(field.name);
    }
    return {{hosts.begin(), hosts.end()}, {users.begin(), users.end()}, {headers.begin(), headers.end()}};
}

int ExchangeModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(now_.shown.size());
}

int ExchangeModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : columns;
}

} // namespace gatehouse::live
