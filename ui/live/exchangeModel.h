// ExchangeModel: the list of what was captured, newest last, bounded by bytes, with a filter of its own.
//
// Rows are numbered over all times (sequence); what the filter lets through is an index of such numbers, so
// that a new filter is one pass and a reset, appending is one insert a batch, and making room is one removal
// at the front. A filter that reads heads or bodies is applied in slices between two frames.
#pragma once

#include <capture/filter.h>
#include <capture/row.h>
#include <capture/store.h>

#include <QAbstractTableModel>
#include <QTimer>
#include <deque>
#include <optional>
#include <unordered_map>
#include <vector>

namespace gatehouse::live {

class ExchangeModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Number, Time, Method, Address, Status, Decision, User, Duration, Size, columns };
    enum Role {
        DepthRole = Qt::UserRole, // int
        DecisionRole,             // capture::Decision as int
        ReasonRole,               // QString
        LiveRole                  // bool
    };

    explicit ExchangeModel(std::size_t limitBytes, QObject* parent = nullptr);

    // In the order in which they are to stand: parents before children. Known ones take their former place.
    void append(const std::vector<exchange::ExchangePtr>& exchanges);

    // Undo brings back what was there, before what has come since.
    void clear();
    std::size_t cleared() const { return cleared_ ? cleared_->rows.size() : 0; }
    bool canUndoClear() const { return cleared_.has_value(); }
    void undoClear();
    void forgetCleared() { cleared_.reset(); }

    void setFilter(capture::Filter filter);
    const capture::Filter& filter() const { return filter_; }
    bool isFiltering() const { return scan_.has_value(); }
    void setSubrequestsShown(bool shown);
    bool subrequestsShown() const { return subrequests_; }
    // Connections that a client opens through the proxy before it asks for anything; refused ones always
    // show.
    void setTunnelsShown(bool shown);
    std::size_t tunnelsHidden() const { return tunnels_ ? 0 : now_.tunnels; }

    std::size_t total() const { return now_.rows.size(); }
    std::uint64_t dropped() const { return now_.store.dropped(); }
    std::size_t bytes() const { return now_.store.bytes(); }

    const capture::Row* rowAt(int row) const;           // null: no such row
    exchange::ExchangePtr exchangeAt(int row) const;    // null: no such row
    exchange::ExchangePtr find(std::uint64_t id) const; // null: not (any more)
    int rowOf(std::uint64_t id) const;                  // -1: not there, or filtered out
    std::vector<exchange::ExchangePtr> childrenOf(std::uint64_t id) const;
    std::vector<exchange::ExchangePtr> shown() const; // what the filter lets through, in order
    bool isKnown(std::uint64_t id) const { return now_.sequenceOf.count(id) > 0; }

    // Hosts, users and header names seen lately, for completion.
    capture::FilterVocabulary vocabulary() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

signals:
    void countsChanged(); // total, shown, dropped or isFiltering

private:
    using Sequence = std::uint64_t;
    struct Contents {
        explicit Contents(std::size_t limit) : store(limit) {}
        capture::Store store;
        std::deque<capture::Row> rows; // row i of the store is rows[i]
        Sequence first = 0;            // of rows.front()
        std::unordered_map<std::uint64_t, Sequence> sequenceOf;
        std::deque<Sequence> shown; // ascending
        std::size_t tunnels = 0;    // of rows
    };
    struct Scan { // a filter that is being applied
        Sequence next = 0;
        std::deque<Sequence> found;
    };

    capture::Row makeRow(const exchange::ExchangePtr& exchange) const;
    void keep(const exchange::ExchangePtr& exchange);
    void update(const exchange::ExchangePtr& exchange);
    void trim();
    void insertFrom(Sequence first);
    bool accepts(Sequence sequence) const;
    void refilter();
    void scanSlice();
    int position(Sequence sequence) const; // in shown; -1: filtered out
    QVariant text(const capture::Row& row, int column, const exchange::Exchange& exchange) const;
    QString reason(const capture::Row& row) const;
    QString spoken(const capture::Row& row, const exchange::Exchange& exchange) const;

    std::size_t limit_;
    Contents now_;
    std::optional<Contents> cleared_;
    capture::Filter filter_;
    bool subrequests_ = true, tunnels_ = true;
    std::optional<Scan> scan_;
    QTimer nextSlice_;
};

// "12 ms", "1.5 s"; "4.2 KiB"; "1 request"
QString durationText(std::int64_t nanoseconds);
QString sizeText(std::uint64_t bytes);
QString requestsText(std::size_t count);
QString tunnelsText(std::size_t count); // that are not shown

} // namespace gatehouse::live
