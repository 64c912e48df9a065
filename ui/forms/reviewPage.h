// ReviewPage: what would change, field by field, before the engine gets it.
#pragma once

#include <desk/desk.h>

#include <QWidget>
#include <look/state.h>

class QCheckBox;
class QTreeWidget;
class QStackedWidget;

namespace gatehouse::forms {

class ReviewPage : public QWidget {
    Q_OBJECT
public:
    ReviewPage(desk::Desk& desk, QWidget* parent);

    void refresh();
    // Fields that differ from what runs; 0 while nothing runs.
    int changes() const { return changes_; }
    bool appliesAtOnce() const;
    void apply();

signals:
    void closed();
    void fieldWanted(const QString& path);
    void changesCounted(int changes);
    // What became of an apply, for the bar above the form.
    void said(gatehouse::look::Mood mood, const QString& text, const QString& details);

private:
    void compiled();
    void answered();
    void buildTable();
    void show(const std::string& path, const std::optional<std::string>& before,
              const std::optional<std::string>& after);

    desk::Desk& desk_;
    QLabel *title_, *help_;
    QTreeWidget* table_;
    look::EmptyState* empty_;
    QStackedWidget* stack_;
    QCheckBox* atOnce_;
    QPushButton *apply_, *close_;
    int changes_ = 0;
    bool wantsApply_ = false; // once the lab is compiled
    desk::ArrangementPtr asked_;
};

} // namespace gatehouse::forms
