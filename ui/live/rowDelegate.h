// RowDelegate: paints what is more than text in the list: the indented address of a sub-request, the decision
// as a badge with its reason.
#pragma once

#include <capture/decision.h>

#include <QStyledItemDelegate>
#include <look/state.h>

namespace gatehouse::live {

look::Mood moodOf(capture::Decision decision);

class RowDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

private:
    void paintDecision(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
    void paintAddress(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
};

} // namespace gatehouse::live
