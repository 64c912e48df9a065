#include <base/ascii.h>
#include <desk/text.h>

#include <QFont>
#include <array>
#include <live/headerModel.h>
#include <look/state.h>

namespace gatehouse::live {

using capture::Change;
using desk::qt;

QString changeText(Change change) {
    switch (change) {
    case Change::Added:
        return HeaderModel::tr("added");
    case Change::Removed:
        return HeaderModel::tr("removed");
    case Change::Changed:
        return HeaderModel::tr("changed");
    case Change::Kept:
        return HeaderModel::tr("kept");
    case Change::Origin:
        return HeaderModel::tr("sent");
    case Change::Absent:
        return HeaderModel::tr("not here");
    }
    return {};
}

QString partyText(exchange::Party party) {
    switch (party) {
    case exchange::Party::Client:
        return HeaderModel::tr("Client");
    case exchange::Party::Ingress:
        return HeaderModel::tr("Ingress");
    case exchange::Party::Gate:
        return HeaderModel::tr("Gate");
    case exchange::Party::Provider:
        return HeaderModel::tr("Provider");
    case exchange::Party::Service:
        return HeaderModel::tr("Upstream");
    case exchange::Party::Engine:
        return HeaderModel::tr("Gatehouse");
    }
    return {};
}

look::Token changeToken(Change change) {
    switch (change) {
    case Change::Added:
        return look::Token::Added;
    case Change::Removed:
        return look::Token::Removed;
    case Change::Changed:
        return look::Token::Changed;
    case Change::Absent:
        return look::Token::TextQuiet;
    default:
        return look::Token::Text;
    }
}

QString changeIcon(Change change) {
    switch (change) {
    case Change::Added:
        return QStringLiteral("header-added");
    case Change::Removed:
        return QStringLiteral("header-removed");
    case Change::Changed:
        return QStringLiteral("header-changed");
    default:
        return {};
    }
}

void HeaderModel::show(const Glance& glance, capture::Direction direction) {
    beginResetModel();
    glance_ = glance;
    table_ = glance.exchange
                 ? capture::headerTable(*glance.exchange, glance.parent.get(), glance.children, direction)
                 : capture::HeaderTable();
    stations_.clear();
    for (const capture::Station station :
         {capture::ClientStation, capture::GateStation, capture::UpstreamStation})
        if (table_.columns[station].there)
            stations_.push_back(station);
    choose();
    endResetModel();
}

void HeaderModel::setChangedOnly(bool only) {
    beginResetModel();
    changedOnly_ = only;
    choose();
    endResetModel();
}

void HeaderModel::choose() {
    rows_.clear();
    for (std::size_t at = 0; at < table_.rows.size(); ++at) {
        bool moved = false;
        for (const capture::Cell& cell : table_.rows[at].cells)
            moved = moved || cell.change == Change::Added || cell.change == Change::Removed ||
                    cell.change == Change::Changed;
        if (moved || !changedOnly_)
            rows_.push_back(at);
    }
}

int HeaderModel::hidden() const {
    return static_cast<int>(table_.rows.size() - rows_.size());
}

const capture::HeaderRow* HeaderModel::headerAt(int row) const {
    return row < 0 || static_cast<std::size_t>(row) >= rows_.size()
               ? nullptr
               : &table_.rows[rows_[static_cast<std::size_t>(row)]];
}

QString HeaderModel::stationName(capture::Station station) const {
    return partyText(table_.columns[station].party);
}

// A field that an edit calls secret is one as a whole; of cookies and the like the names may stay.
QString HeaderModel::valueText(const capture::HeaderRow& row, const std::string& value) const {
    const bool whole = row.secret && !capture::isSecretField(lower(row.name));
    return whole ? glance_.secret(value) : glance_.fieldValue(row.name, value);
}

QString HeaderModel::cellText(const capture::HeaderRow& row, capture::Station station) const {
    QStringList values;
    for (const std::string& value : row.cells[station].values)
        values.append(valueText(row, value));
    return values.join(QStringLiteral(" ⏎ "));
}

QString HeaderModel::whatText(const capture::HeaderRow& row) const {
    QString out = row.change == Change::Absent ? tr("not passed on") : changeText(row.change);
    if (row.causes.empty())
        return out;
    const capture::Cause& last = row.causes.back();
    QString words = desk::translated(last.rule->text);
    if (words.endsWith(QLatin1Char('.')))
        words.chop(1);
    return out + QStringLiteral(" · ") + words;
}

QString HeaderModel::details(int at) const {
    const capture::HeaderRow* const row = headerAt(at);
    if (!row)
        return {};
    QStringList lines;
    for (const capture::Station station : stations_) {
        const capture::Cell& cell = row->cells[station];
        lines.append(QStringLiteral("%1: %2").arg(stationName(station), changeText(cell.change)));
        for (const std::string& value : cell.values)
            lines.append(QStringLiteral("    ") + valueText(*row, value));
        for (const capture::Cause& cause : cell.causes)
            lines.append(QStringLiteral("    – ") + desk::translated(cause.rule->text));
    }
    return lines.join(QLatin1Char('\n'));
}

int HeaderModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int HeaderModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(stations_.size()) + 3; // name, stations, what, field
}

QVariant HeaderModel::data(const QModelIndex& index, int role) const {
    const capture::HeaderRow* const row = headerAt(index.row());
    if (!row)
        return {};
    const int column = index.column();
    const bool isStation = column > 0 && column <= static_cast<int>(stations_.size());
    const bool isField = column == whatColumn() + 1;
    const capture::Station station =
        isStation ? stations_[static_cast<std::size_t>(column - 1)] : capture::ClientStation;
    const Change change = isStation ? row->cells[station].change : row->change;
    std::string field;
    for (const capture::Cause& cause : row->causes)
        if (!cause.field.empty())
            field = cause.field;
    switch (role) {
    case Qt::DisplayRole:
        if (column == 0)
            return qt(row->name);
        if (isStation)
            return change == Change::Absent    ? QStringLiteral("–")
                   : change == Change::Removed ? tr("removed")
                                               : cellText(*row, station);
        return isField ? qt(field) : whatText(*row);
    case Qt::ToolTipRole:
        return isField && !field.empty() ? tr("Show this field of the lab") : details(index.row());
    case Qt::ForegroundRole:
        if (column == 0)
            return look::color(look::Token::Text);
        if (isField)
            return look::color(look::Token::Accent);
        return look::color(changeToken(change));
    case Qt::DecorationRole: {
        const QString name = column == 0 || isField ? QString() : changeIcon(change);
        return name.isEmpty() ? QVariant() : QVariant(look::icon(name, changeToken(change)));
    }
    case Qt::FontRole: {
        QFont font;
        if (column == 0)
            font.setBold(row->change == Change::Added || row->change == Change::Removed ||
                         row->change == Change::Changed);
        else if (isField)
            font.setUnderline(true);
        else if (isStation && change == Change::Removed)
            font.setItalic(true);
        return font;
    }
    case Qt::AccessibleTextRole:
        return column == 0 ? qt(row->name) + QStringLiteral(": ") + whatText(*row) : QVariant();
    case FieldRole:
        return qt(field);
    case ChangeRole:
        return static_cast<int>(change);
    default:
        return {};
    }
}

QVariant HeaderModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    const bool isStation = section > 0 && section <= static_cast<int>(stations_.size());
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && isStation)
        return qt(table_.columns[stations_[static_cast<std::size_t>(section - 1)]].name);
    if (role != Qt::DisplayRole)
        return {};
    if (section == 0)
        return tr("Header");
    if (isStation)
        return stationName(stations_[static_cast<std::size_t>(section - 1)]);
    return section == whatColumn() ? tr("What happened") : tr("Field of the lab");
}

} // namespace gatehouse::live
