#include "readable.h"

#include "controls.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QLabel>
#include <QLineEdit>
#include <cmath>
#include <look/tokens.h>

namespace gatehouse::window::testing {

namespace {

constexpr double least = 4.5;
constexpr int mostRows = 60; // of a list

double luminance(const QColor& colour) {
    const auto part = [](double value) {
        return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * part(colour.redF()) + 0.7152 * part(colour.greenF()) + 0.0722 * part(colour.blueF());
}

double contrast(const QColor& a, const QColor& b) {
    const double one = luminance(a), other = luminance(b);
    return (std::max(one, other) + 0.05) / (std::min(one, other) + 0.05);
}

QString tell(const QWidget& widget, const QColor& text, const QColor& ground, const QString& words) {
    return contrast(text, ground) >= least
               ? QString()
               : QStringLiteral("%1: %2 on %3: %4")
                     .arg(place(widget), text.name(), ground.name(), words.left(60));
}

void items(const QAbstractItemView& view, const QModelIndex& parent, QStringList& out) {
    const QAbstractItemModel& model = *view.model();
    for (int row = 0; row < qMin(model.rowCount(parent), mostRows); ++row)
        for (int column = 0; column < model.columnCount(parent); ++column) {
            const QModelIndex index = model.index(row, column, parent);
            const auto brush = index.data(Qt::ForegroundRole).value<QBrush>();
            if (brush.style() != Qt::NoBrush)
                out.append(tell(view, brush.color(), view.palette().color(QPalette::Base),
                                index.data(Qt::DisplayRole).toString()));
            if (column == 0)
                items(view, index, out);
        }
}

} // namespace

QStringList unreadable(QWidget& seen) {
    QStringList out;
    for (QWidget* each : seen.findChildren<QWidget*>()) {
        if (!each->isVisible() || each->window() != seen.window())
            continue;
        const QPalette colours = each->palette();
        const QColor text = colours.color(each->foregroundRole());
        if (const auto* label = qobject_cast<QLabel*>(each); label != nullptr && !label->text().isEmpty())
            out.append(tell(*each, text, colours.color(QPalette::Window), label->text()));
        else if (const auto* button = qobject_cast<QAbstractButton*>(each); button != nullptr)
            out.append(tell(*each, colours.color(QPalette::ButtonText), colours.color(QPalette::Button),
                            button->text()));
        else if (qobject_cast<QLineEdit*>(each) != nullptr)
            out.append(tell(*each, colours.color(QPalette::Text), colours.color(QPalette::Base), {}));
        else if (const auto* view = qobject_cast<QAbstractItemView*>(each);
                 view != nullptr && view->model() != nullptr)
            items(*view, {}, out);
    }
    out.removeAll(QString());
    return out;
}

} // namespace gatehouse::window::testing
