#include <QWidget>
#include <look/actions.h>
#include <look/state.h>

namespace gatehouse::look {

Actions::Actions(QWidget* window) : QObject(window), window_(window) {}

QAction* Actions::make(const Row& row) {
    Q_ASSERT((*this)[row.name] == nullptr);
    rows_.push_back(row);
    auto* action = new QAction(row.text, this);
    action->setObjectName(row.name);
    action->setStatusTip(row.help);
    action->setToolTip(
        row.shortcut.isEmpty()
            ? row.help
            : QStringLiteral("%1 (%2)").arg(row.help, row.shortcut.toString(QKeySequence::NativeText)));
    action->setShortcut(row.shortcut);
    action->setCheckable(row.checkable);
    if (!row.icon.isEmpty())
        action->setIcon(icon(row.icon));
    window_->addAction(action);
    return action;
}

QAction* Actions::add(const Row& row, std::function<void()> run) {
    QAction* action = make(row);
    connect(action, &QAction::triggered, this, [run = std::move(run)] { run(); });
    return action;
}

QAction* Actions::add(const Row& row, std::function<void(bool)> toggled) {
    QAction* action = make(row);
    connect(action, &QAction::toggled, this, [toggled = std::move(toggled)](bool on) { toggled(on); });
    return action;
}

QAction* Actions::operator[](const QString& name) const {
    return findChild<QAction*>(name, Qt::FindDirectChildrenOnly);
}

} // namespace gatehouse::look
