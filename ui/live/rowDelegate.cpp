#include <QApplication>
#include <QPainter>
#include <live/exchangeModel.h>
#include <live/rowDelegate.h>

namespace gatehouse::live {

namespace {

constexpr int indent = 18;

// Ground, selection and focus as the style has them; the content is ours.
void paintGround(QPainter* painter, QStyleOptionViewItem option) {
    option.text.clear();
    option.icon = {};
    const QStyle* const style = option.widget ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &option, painter, option.widget);
}

QColor textColour(const QStyleOptionViewItem& option, look::Token otherwise) {
    return look::color(option.state & QStyle::State_Selected ? look::Token::OnSelection : otherwise);
}

} // namespace

look::Mood moodOf(capture::Decision decision) {
    switch (decision) {
    case capture::Decision::Allowed:
    case capture::Decision::Callback:
        return look::Mood::Good;
    case capture::Decision::SignIn:
    case capture::Decision::Login:
        return look::Mood::Busy;
    case capture::Decision::Open:
        return look::Mood::Warning;
    case capture::Decision::Denied:
    case capture::Decision::Failed:
        return look::Mood::Bad;
    default:
        return look::Mood::Neutral;
    }
}

void RowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                        const QModelIndex& index) const {
    if (index.column() == ExchangeModel::Decision)
        paintDecision(painter, option, index);
    else if (index.column() == ExchangeModel::Address)
        paintAddress(painter, option, index);
    else
        QStyledItemDelegate::paint(painter, option, index);
}

void RowDelegate::paintDecision(QPainter* painter, const QStyleOptionViewItem& given,
                                const QModelIndex& index) const {
    QStyleOptionViewItem option = given;
    initStyleOption(&option, index);
    const QString name = option.text;
    paintGround(painter, option);
    const auto decision = static_cast<capture::Decision>(index.data(ExchangeModel::DecisionRole).toInt());
    QRect place = option.rect.adjusted(look::spaceSmall, 0, -look::spaceSmall, 0);
    painter->save();
    painter->setFont(option.font);
    if (decision != capture::Decision::None) {
        const QSize size = look::Badge::sizeFor(option.fontMetrics, name);
        const QRect pill(place.left(), place.center().y() - size.height() / 2 + 1,
                         qMin(size.width(), place.width()), size.height());
        look::Badge::paint(*painter, pill, moodOf(decision), name);
        place.setLeft(pill.right() + look::space);
    }
    painter->setPen(textColour(option, look::Token::TextQuiet));
    const QString reason = index.data(ExchangeModel::ReasonRole).toString();
    painter->drawText(place, Qt::AlignVCenter | Qt::AlignLeft,
                      option.fontMetrics.elidedText(reason, Qt::ElideRight, place.width()));
    painter->restore();
}

void RowDelegate::paintAddress(QPainter* painter, const QStyleOptionViewItem& given,
                               const QModelIndex& index) const {
    QStyleOptionViewItem option = given;
    initStyleOption(&option, index);
    const QString address = option.text;
    paintGround(painter, option);
    const int depth = index.data(ExchangeModel::DepthRole).toInt();
    QRect place = option.rect.adjusted(look::spaceSmall + depth * indent, 0, -look::spaceSmall, 0);
    painter->save();
    painter->setFont(option.font);
    if (depth > 0) { // a corner that leads from the request above
        painter->setPen(textColour(option, look::Token::Line));
        const int x = place.left() - indent / 2 - 2;
        painter->drawLine(x, option.rect.top(), x, option.rect.center().y());
        painter->drawLine(x, option.rect.center().y(), place.left() - look::spaceSmall,
                          option.rect.center().y());
    }
    painter->setPen(textColour(option, depth > 0 ? look::Token::TextQuiet : look::Token::Text));
    painter->drawText(place, Qt::AlignVCenter | Qt::AlignLeft,
                      option.fontMetrics.elidedText(address, Qt::ElideRight, place.width()));
    painter->restore();
}

} // namespace gatehouse::live
