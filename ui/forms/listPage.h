// ListPage: the objects of one list, when the list itself is chosen.
#pragma once

#include <forms/labEdits.h>
#include <look/state.h>

class QListWidget;
class QPushButton;
class QStackedWidget;

namespace gatehouse::forms {

class ListPage : public QWidget {
    Q_OBJECT
public:
    ListPage(LabEdits& edits, QWidget* parent);
    void open(const std::string& list);
    void refresh();
    const std::string& list() const { return list_; }

signals:
    void openWanted(const QString& path);
    void addWanted();

private:
    LabEdits& edits_;
    std::string list_;
    QLabel *title_, *help_;
    QStackedWidget* stack_;
    QListWidget* items_;
    look::EmptyState* empty_;
};

} // namespace gatehouse::forms
