#include "controls.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QAction>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTabBar>
#include <QTextEdit>
#include <QToolButton>

namespace gatehouse::window::testing {

namespace {

template <class... Kinds>
bool isAny(const QWidget& widget) {
    return (... || (qobject_cast<const Kinds*>(&widget) != nullptr));
}

template <class Kind>
bool isWithin(const QWidget& widget) {
    for (const QWidget* up = widget.parentWidget(); up != nullptr; up = up->parentWidget())
        if (qobject_cast<const Kind*>(up) != nullptr)
            return true;
    return false;
}

bool isQtsOwn(const QWidget& widget) {
    const QString name = widget.objectName();
    return isAny<QScrollBar, QHeaderView, QMenu>(widget) || widget.inherits("QLineEditIconButton") ||
           widget.inherits("QComboBoxPrivateContainer") || widget.inherits("QComboBoxListView") ||
           name.startsWith(QLatin1String("qt_")) || name.startsWith(QLatin1String("Scroll")) ||
           (isAny<QLineEdit>(widget) &&
            (isWithin<QComboBox>(widget) || isWithin<QAbstractSpinBox>(widget))) ||
           widget.inherits("QtWebEngineCore::RenderWidgetHostViewQtDelegateWidget") ||
           widget.inherits("QWebEngineView") || widget.inherits("QQuickWidget");
}

bool hasLinks(const QWidget& widget) {
    const auto* label = qobject_cast<const QLabel*>(&widget);
    return label != nullptr && (label->textInteractionFlags() & Qt::LinksAccessibleByMouse) != 0 &&
           label->text().contains(QLatin1String("<a "));
}

bool canBeTouched(const QWidget& widget) {
    return isAny<QAbstractButton, QLineEdit, QComboBox, QAbstractItemView, QTextEdit, QPlainTextEdit, QTabBar,
                 QAbstractSpinBox, QAbstractSlider>(widget) ||
           (widget.focusPolicy() & Qt::TabFocus) != 0 || hasLinks(widget);
}

} // namespace

std::vector<QWidget*> controls(QWidget& seen) {
    std::vector<QWidget*> out;
    for (QWidget* each : seen.findChildren<QWidget*>())
        if (each->isVisible() && each->window() == seen.window() && !isQtsOwn(*each) && canBeTouched(*each))
            out.push_back(each);
    return out;
}

QString place(const QWidget& control) {
    QString where;
    for (const QWidget* up = control.parentWidget(); up != nullptr && where.isEmpty();
         up = up->parentWidget())
        if (!up->objectName().isEmpty() && !up->objectName().startsWith(QLatin1String("qt_")))
            where = up->objectName();
    const QString name = control.objectName().isEmpty() ? QStringLiteral("(no name)") : control.objectName();
    return QStringLiteral("%1 %2 in %3").arg(QLatin1String(control.metaObject()->className()), name, where);
}

QString spokenName(QWidget& control) {
    QAccessibleInterface* const told = QAccessible::queryAccessibleInterface(&control);
    return told == nullptr ? QString() : told->text(QAccessible::Name);
}

QString helpOf(const QWidget& control) {
    if (!control.toolTip().isEmpty())
        return control.toolTip();
    if (!control.accessibleDescription().isEmpty())
        return control.accessibleDescription();
    if (const auto* tabs = qobject_cast<const QTabBar*>(&control);
        tabs != nullptr && tabs->parentWidget() != nullptr)
        return tabs->parentWidget()->toolTip();
    return {};
}

bool isInMenu(const QWidget& control) {
    const auto* button = qobject_cast<const QToolButton*>(&control);
    if (button == nullptr || button->defaultAction() == nullptr)
        return false;
    for (const QObject* user : button->defaultAction()->associatedObjects())
        if (qobject_cast<const QMenu*>(user) != nullptr)
            return true;
    return false;
}

} // namespace gatehouse::window::testing
