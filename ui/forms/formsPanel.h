// FormsPanel: everything of the lab in forms, its text beside them, and the way to the engine.
#pragma once

#include <desk/desk.h>

#include <QWidget>
#include <forms/labEdits.h>
#include <forms/objects.h>
#include <look/actions.h>
#include <look/state.h>
#include <memory>

class QSplitter;
class QStackedWidget;
class QTabBar;
class QToolButton;

namespace gatehouse::forms {

class LabTree;
class ListPage;
class ObjectForm;
class PreviewPage;
class ReviewPage;
class SettingSearch;
class SourceView;

class FormsPanel : public QWidget {
    Q_OBJECT
public:
    FormsPanel(desk::Desk& desk, look::Actions& actions, QWidget* parent = nullptr);
    ~FormsPanel() override;

public slots:
    void showField(const QString& path);  // its form, with the focus in it
    void showPlace(int line, int column); // its line in the source
    void setSourceShown(bool shown);
    void showReview();
    void focusSearch();

private:
    void buildHead();
    void buildCentre();
    void addActions(look::Actions& actions);
    void listen();
    void choose(const std::string& path, const std::string& section);
    void showForm();
    void documentChanged();
    void compiled();
    void followSource(const QString& path);
    void sayRemoved(const QString& title, const std::vector<Use>& uses);
    void sayDraft();
    void say(look::Mood mood, const QString& text, const QString& details = {}, const QString& action = {},
             std::function<void()> run = {});
    void countChanges(int changes);

    desk::Desk& desk_;
    LabEdits edits_;
    LabTree* tree_;
    SettingSearch* search_;
    QToolButton *source_, *review_;
    look::MessageBar* bar_;
    look::MessageBar* draftBar_;
    QTabBar* tabs_;
    QStackedWidget *pages_, *whole_;
    ObjectForm* form_;
    ListPage* list_;
    PreviewPage* preview_;
    ReviewPage* reviewPage_;
    SourceView* text_;
    QSplitter* splitter_;
    look::EmptyState* empty_;
    QAction* sourceAction_ = nullptr;
    std::function<void()> barAction_;
    std::string chosen_;
};

} // namespace gatehouse::forms
