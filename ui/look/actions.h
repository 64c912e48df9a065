// One registry of everything that can be done: menus, toolbars, shortcuts, the palette and the manual page
// are drawn from it. An action is found by its stable name ("lab.open"), which tests use too.
#pragma once

#include <QAction>
#include <QIcon>
#include <QKeySequence>
#include <QObject>
#include <QString>
#include <functional>
#include <vector>

namespace gatehouse::look {

class Actions : public QObject {
    Q_OBJECT
public:
    explicit Actions(QWidget* window); // shortcuts work in this window

    struct Row {
        QString name; // "lab.open": stable, also the QAction's objectName
        QString menu; // "Lab", "Edit", "Run", "View", "Browser", "Requests", "Cluster", "Help": not
                      // translated; empty: none
        QString text; // "&Open…", translated
        QString help; // one sentence, for status bar, palette and manual page
        QString icon; // of resources/icons; empty: none
        QKeySequence shortcut;
        bool checkable = false;
    };
    // Asserts that the name is new.
    QAction* add(const Row& row, std::function<void()> run);
    QAction* add(const Row& row, std::function<void(bool)> toggled);
    QAction* operator[](const QString& name) const; // null: none
    const std::vector<Row>& rows() const { return rows_; }

private:
    QAction* make(const Row& row);
    QWidget* window_;
    std::vector<Row> rows_;
};

} // namespace gatehouse::look
