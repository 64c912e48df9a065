// What the list says: texts of cells, tool tips, and the sentence that a screen reader hears.
#include <capture/redactor.h>
#include <desk/text.h>

#include <QDateTime>
#include <QLocale>
#include <live/exchangeModel.h>
#include <look/tokens.h>

namespace gatehouse::live {

using desk::qt;

namespace {

constexpr std::int64_t millisecond = 1'000'000, second = 1'000 * millisecond;

look::Token statusToken(int status) {
    if (status == 0 || status >= 500)
        return look::Token::Bad;
    return status >= 400 ? look::Token::Warning : look::Token::Text;
}

QString address(const exchange::Exchange& exchange) {
    if (exchange.method.empty() && !exchange.authority.empty())
        return qt(exchange.authority);
    if (exchange.method.empty())
        return ExchangeModel::tr("(no request that could be read)");
    // Codes and states in queries are secrets; the list is seen by whoever looks over the shoulder.
    static const capture::Redactor places;
    const std::string target = places(exchange.target);
    // CONNECT and absolute targets name the host themselves (RFC 9112 3.2).
    return target.starts_with('/') || target == "*" ? qt(exchange.authority) + qt(target) : qt(target);
}

} // namespace

QString durationText(std::int64_t nanoseconds) {
    const QLocale locale;
    if (nanoseconds >= second)
        return ExchangeModel::tr("%1 s").arg(
            locale.toString(static_cast<double>(nanoseconds) / static_cast<double>(second), 'f', 2));
    const double milliseconds = static_cast<double>(nanoseconds) / static_cast<double>(millisecond);
    return ExchangeModel::tr("%1 ms").arg(locale.toString(milliseconds, 'f', milliseconds < 10 ? 1 : 0));
}

QString sizeText(std::uint64_t bytes) {
    return bytes < 1024 ? ExchangeModel::tr("%1 B").arg(bytes)
                        : QLocale().formattedDataSize(static_cast<qint64>(bytes), 1);
}

QString requestsText(std::size_t count) {
    return count == 1
               ? ExchangeModel::tr("1 request")
               : ExchangeModel::tr("%1 requests").arg(QLocale().toString(static_cast<qulonglong>(count)));
}

QString tunnelsText(std::size_t count) {
    return count == 1 ? ExchangeModel::tr("1 tunnel not shown")
                      : ExchangeModel::tr("%1 tunnels not shown")
                            .arg(QLocale().toString(static_cast<qulonglong>(count)));
}

QString ExchangeModel::reason(const capture::Row& row) const {
    if (row.rule == nullptr)
        return {};
    QString out = desk::translated(row.rule->text);
    if (out.endsWith(QLatin1Char('.')))
        out.chop(1);
    if (!row.detail.empty())
        out += QStringLiteral(": ") + qt(row.detail);
    return out;
}

QString ExchangeModel::spoken(const capture::Row& row, const exchange::Exchange& exchange) const {
    const QString outcome = row.status == 0 ? tr("no answer") : tr("status %1").arg(row.status);
    return tr("%1 %2, %3, %4. %5")
        .arg(qt(exchange.method), address(exchange), outcome,
             desk::translated(capture::row(row.decision).help), reason(row));
}

QVariant ExchangeModel::text(const capture::Row& row, int column, const exchange::Exchange& exchange) const {
    switch (column) {
    case Number:
        return QString::number(row.id);
    case Time:
        return QDateTime::fromMSecsSinceEpoch(row.started / millisecond)
            .toString(QStringLiteral("HH:mm:ss.zzz"));
    case Method:
        return qt(exchange.method);
    case Address:
        return address(exchange);
    case Status:
        return row.live ? tr("open") : row.status == 0 ? tr("none") : QString::number(row.status);
    case Decision:
        return desk::translated(capture::row(row.decision).text);
    case User:
        return qt(row.user());
    case Duration:
        return row.live ? QString() : durationText(row.duration);
    case Size:
        return sizeText(row.size);
    default:
        return {};
    }
}

QVariant ExchangeModel::data(const QModelIndex& index, int role) const {
    const capture::Row* const row = rowAt(index.row());
    const exchange::ExchangePtr exchange = row ? exchangeAt(index.row()) : nullptr;
    if (!exchange)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return text(*row, index.column(), *exchange);
    case Qt::ToolTipRole:
        return index.column() == Decision ? reason(*row) : text(*row, index.column(), *exchange);
    case Qt::AccessibleTextRole:
        return index.column() == Number ? spoken(*row, *exchange) : text(*row, index.column(), *exchange);
    case Qt::TextAlignmentRole:
        if (index.column() == Number || index.column() == Duration || index.column() == Size)
            return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
        return static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter);
    case Qt::ForegroundRole:
        if (index.column() == Status)
            return look::color(statusToken(row->live ? 200 : row->status));
        return look::color(row->depth > 0 || index.column() == Time || index.column() == Number
                               ? look::Token::TextQuiet
                               : look::Token::Text);
    case DepthRole:
        return static_cast<int>(row->depth);
    case DecisionRole:
        return static_cast<int>(row->decision);
    case ReasonRole:
        return reason(*row);
    case LiveRole:
        return row->live;
    default:
        return {};
    }
}

QVariant ExchangeModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columns)
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(
            (section == Number || section == Duration || section == Size ? Qt::AlignRight : Qt::AlignLeft) |
            Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const QString names[] = {tr("#"),        tr("Time"), tr("Method"),   tr("Address"), tr("Status"),
                             tr("Decision"), tr("User"), tr("Duration"), tr("Size")};
    return names[section];
}

} // namespace gatehouse::live
