// RoomyRows: a tree whose rows have air between them, as tables have.
#pragma once

#include <QStyledItemDelegate>
#include <look/tokens.h>

namespace gatehouse::live {

class RoomyRows : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        QSize size = QStyledItemDelegate::sizeHint(option, index);
        size.setHeight(option.fontMetrics.height() + look::space);
        return size;
    }
};

} // namespace gatehouse::live
