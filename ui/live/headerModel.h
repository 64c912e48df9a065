// HeaderModel: the header table of one exchange, one row a name, for a view.
#pragma once

#include <capture/headerTable.h>

#include <QAbstractTableModel>
#include <live/glance.h>
#include <look/tokens.h>
#include <vector>

namespace gatehouse::live {

class HeaderModel : public QAbstractTableModel {
    Q_OBJECT
public:
    // The columns of stations follow Name in the order of the message's way; those without a message are left
    // out.
    enum Role { FieldRole = Qt::UserRole, ChangeRole };

    using QAbstractTableModel::QAbstractTableModel;

    void show(const Glance& glance, capture::Direction direction);
    void setChangedOnly(bool only);

    const capture::HeaderRow* headerAt(int row) const;
    int whatColumn() const { return static_cast<int>(stations_.size()) + 1; }
    int hidden() const;             // rows that were left out because nothing changed
    QString details(int row) const; // all values and reasons of a row, plain text

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    const capture::HeaderTable& table() const { return table_; }
    QString stationName(capture::Station station) const;

private:
    void choose();
    QString valueText(const capture::HeaderRow& row, const std::string& value) const;
    QString cellText(const capture::HeaderRow& row, capture::Station station) const;
    QString whatText(const capture::HeaderRow& row) const;

    Glance glance_;
    capture::HeaderTable table_;
    std::vector<capture::Station> stations_;
    std::vector<std::size_t> rows_; // of table_.rows
    bool changedOnly_ = false;
};

QString changeText(capture::Change change);
QString partyText(exchange::Party party);
look::Token changeToken(capture::Change change);
QString changeIcon(capture::Change change); // of resources/icons; empty: none

} // namespace gatehouse::live
