#include "shownTexts.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QDockWidget>
#include <QGroupBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QScrollArea>
#include <QTabBar>
#include <QToolButton>
#include <look/state.h>

namespace gatehouse::window::testing {

namespace {

constexpr int mostRows = 60; // of a list

// Lists of our own words; the others show what came over the wire or stands in the lab.
bool isOurs(const QAbstractItemView& view) {
    static const QStringList ours{QStringLiteral("forms.tree"), QStringLiteral("paletteList"),
                                  QStringLiteral("problems"), QStringLiteral("clusterFindings"),
                                  QStringLiteral("forms.items")};
    return view.model() != nullptr && ours.contains(view.objectName());
}

class Texts {
public:
    void of(const QWidget& widget) {
        on_ = &widget;
        add("tool tip", widget.toolTip());
        if (const auto* label = qobject_cast<const QLabel*>(&widget))
            add("label", label->text());
        else if (const auto* button = qobject_cast<const QAbstractButton*>(&widget))
            add("button", button->text());
        else if (const auto* line = qobject_cast<const QLineEdit*>(&widget))
            add("placeholder", line->placeholderText());
        else if (const auto* box = qobject_cast<const QGroupBox*>(&widget))
            add("group", box->title());
        else if (const auto* dock = qobject_cast<const QDockWidget*>(&widget))
            add("dock", dock->windowTitle());
        else if (const auto* badge = qobject_cast<const look::Badge*>(&widget))
            add("badge", badge->accessibleName());
        else if (const auto* tabs = qobject_cast<const QTabBar*>(&widget))
            for (int i = 0; i < tabs->count(); ++i)
                add("tab", tabs->tabText(i));
        else if (const auto* header = qobject_cast<const QHeaderView*>(&widget))
            for (int i = 0; i < header->count(); ++i)
                add("header", header->model()->headerData(i, header->orientation()).toString());
        else if (const auto* menus = qobject_cast<const QMenuBar*>(&widget))
            for (const QAction* top : menus->actions())
                menu(*top);
        if (const auto* view = qobject_cast<const QAbstractItemView*>(&widget);
            view != nullptr && isOurs(*view))
            items(*view->model(), {});
        if (!widget.accessibleName().isEmpty() && qobject_cast<const look::Badge*>(&widget) == nullptr)
            add("accessible name", widget.accessibleName());
    }
    std::vector<ShownText> out;

private:
    void add(const char* where, const QString& text) {
        if (!text.trimmed().isEmpty())
            out.push_back({on_, QString::fromLatin1(where), text});
    }
    void items(const QAbstractItemModel& model, const QModelIndex& parent) {
        for (int row = 0; row < qMin(model.rowCount(parent), mostRows); ++row)
            for (int column = 0; column < model.columnCount(parent); ++column) {
                const QModelIndex index = model.index(row, column, parent);
                add("item", index.data(Qt::DisplayRole).toString());
                add("item's tool tip", index.data(Qt::ToolTipRole).toString());
                if (column == 0)
                    items(model, index);
            }
    }
    void menu(const QAction& action) {
        add("menu", action.text());
        add("status tip", action.statusTip());
        if (action.menu() != nullptr)
            for (const QAction* each : action.menu()->actions())
                menu(*each);
    }
    const QWidget* on_ = nullptr;
};

QString withinParents(const QWidget& widget) {
    const QWidget* child = &widget;
    for (const QWidget* up = widget.parentWidget(); up != nullptr && !child->isWindow();
         up = up->parentWidget()) {
        if (const auto* area = qobject_cast<const QAbstractScrollArea*>(up->parentWidget());
            area != nullptr && area->viewport() == up) {
            const int right = widget.mapTo(up, QPoint(widget.width(), 0)).x();
            return area->horizontalScrollBarPolicy() == Qt::ScrollBarAlwaysOff && right > up->width()
                       ? QStringLiteral("is cut at the right by %1").arg(right - up->width())
                       : QString(); // it can be scrolled to
        }
        const QRect place(widget.mapTo(up, QPoint()), widget.size());
        if (!up->rect().contains(place))
            return QStringLiteral("stands outside %1 by %2")
                .arg(up->objectName().isEmpty() ? QLatin1String(up->metaObject()->className())
                                                : up->objectName())
                .arg(qMax(place.right() - up->rect().right(), place.bottom() - up->rect().bottom()));
        child = up;
    }
    return {};
}

QString tooSmall(const QSize& wants, const QSize& has) {
    if (wants.width() <= has.width() && wants.height() <= has.height())
        return {};
    return QStringLiteral("wants %1×%2, has %3×%4")
        .arg(wants.width())
        .arg(wants.height())
        .arg(has.width())
        .arg(has.height());
}

QString cutLabel(const QLabel& label) {
    if (label.text().isEmpty() || !label.pixmap(Qt::ReturnByValue).isNull())
        return {};
    if (label.wordWrap()) {
        if (const int widest = label.minimumSizeHint().width(); widest > label.width())
            return tooSmall({widest, 0}, label.size());
        const int wants = label.heightForWidth(label.width());
        return wants > label.height() ? tooSmall({label.width(), wants}, label.size()) : QString();
    }
    // One that shortens its own text shows the whole in its tool tip.
    if (label.sizePolicy().horizontalPolicy() == QSizePolicy::Ignored && !label.toolTip().isEmpty())
        return {};
    return tooSmall(label.sizeHint(), label.size());
}

QString cutTabs(const QTabBar& tabs) {
    for (const auto* arrow : tabs.findChildren<QToolButton*>())
        if (arrow->isVisible())
            return QStringLiteral("its tabs have to be scrolled");
    return tabs.sizeHint().width() > tabs.width() ? tooSmall(tabs.sizeHint(), tabs.size()) : QString();
}

QString cutHeader(const QHeaderView& header) {
    if (header.orientation() != Qt::Horizontal)
        return {};
    for (int i = 0; i < header.count(); ++i) {
        if (header.isSectionHidden(i) || header.sectionViewportPosition(i) >= header.viewport()->width())
            continue;
        const QString text = header.model()->headerData(i, Qt::Horizontal).toString();
        const int wants = header.fontMetrics().horizontalAdvance(text) + 8;
        if (wants > header.sectionSize(i))
            return QStringLiteral("“%1” wants %2, has %3").arg(text).arg(wants).arg(header.sectionSize(i));
    }
    return {};
}

} // namespace

std::vector<ShownText> shownTexts(QWidget& seen) {
    Texts texts;
    for (const QWidget* each : seen.findChildren<QWidget*>())
        if (each->isVisible() && each->window() == seen.window() &&
            qobject_cast<const QMenu*>(each) == nullptr)
            texts.of(*each);
    return std::move(texts.out);
}

QString cutAt(const QWidget& widget) {
    QString cut;
    if (const auto* label = qobject_cast<const QLabel*>(&widget))
        cut = cutLabel(*label);
    else if (const auto* tabs = qobject_cast<const QTabBar*>(&widget))
        cut = cutTabs(*tabs);
    else if (const auto* header = qobject_cast<const QHeaderView*>(&widget))
        return cutHeader(*header);
    else if (const auto* badge = qobject_cast<const look::Badge*>(&widget))
        cut = tooSmall(badge->sizeHint(), badge->size());
    else if (widget.inherits("QToolBarExtension"))
        cut = QStringLiteral("not everything fits into the tool bar");
    else if (const auto* button = qobject_cast<const QAbstractButton*>(&widget); button != nullptr) {
        if (button->text().isEmpty() || widget.objectName().startsWith(QLatin1String("qt_")))
            return {};
        if (widget.property("iconName").isValid()) { // an entry of the rail draws its own text
            const int wants = widget.fontMetrics().horizontalAdvance(button->text());
            cut = wants > widget.width() - 4 ? tooSmall({wants + 4, 0}, widget.size()) : QString();
        } else if (const auto* tool = qobject_cast<const QToolButton*>(button);
                   tool == nullptr || tool->toolButtonStyle() != Qt::ToolButtonIconOnly ||
                   tool->icon().isNull())
            cut = tooSmall(button->sizeHint(), button->size());
    } else if (const auto* box = qobject_cast<const QComboBox*>(&widget);
               box != nullptr && !box->isEditable()) {
        const int wants = box->fontMetrics().horizontalAdvance(box->currentText()) + 30;
        cut = wants > box->width() ? tooSmall({wants, 0}, box->size()) : QString();
    } else {
        return {};
    }
    return cut.isEmpty() ? withinParents(widget) : cut;
}

} // namespace gatehouse::window::testing
