// ProblemsPanel: everything that is wrong with the lab, each with what to do about it and a jump to its line.
#pragma once

#include <desk/desk.h>

#include <QWidget>

class QListWidget;
class QStackedLayout;

namespace gatehouse::look {
class EmptyState;
}

namespace gatehouse::window {

class ProblemsPanel : public QWidget {
    Q_OBJECT
public:
    explicit ProblemsPanel(desk::Desk& desk, QWidget* parent = nullptr);

    // What an import has found, in its own files, above the lab's own problems. Goes with the next import or
    // lab.
    void showImport(const std::vector<Problem>& found);

signals:
    void countChanged(int refused, int all);

private:
    void show();
    void jump(int row);

    void add(const Problem& problem);

    desk::Desk& desk_;
    std::vector<Problem> imported_;
    QListWidget* list_;
    look::EmptyState* none_;
    QStackedLayout* stack_;
};

} // namespace gatehouse::window
