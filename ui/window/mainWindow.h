// MainWindow: rail, pages, what goes on beside them, status. It knows its pages by name only; `app` puts the
// panels in.
#pragma once

#include <desk/desk.h>

#include <QMainWindow>
#include <QMap>
#include <look/actions.h>
#include <look/state.h>
#include <window/palette.h>
#include <window/rail.h>
#include <window/runControl.h>

class QSplitter;
class QStackedWidget;

namespace gatehouse::window {

class HelpDock;
class ProblemsPanel;
class StartPage;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(desk::Desk& desk);
    ~MainWindow() override;

    look::Actions& actions() { return actions_; }
    // Pages in the order of the rail. `help` is one sentence.
    void addPage(const QString& name, const QString& icon, const QString& text, const QString& help,
                 QWidget* page);
    // The live requests: a page of their own, and beside the browser.
    void setRequests(QWidget* requests);
    void finish(); // after the last page: menus, tool bar, the state it had last time
    void showPage(const QString& name);
    QString currentPage() const { return rail_->current(); }

    void openFile(const QString& file);
    void openTemplate(const QString& name);
    void protect(const QString& url, const QString& host);
    void runDemo();
    // A file or a folder of Kubernetes manifests or realm exports, whole or not at all. With a lab open it
    // takes its place as one step, which can be undone.
    void importManifests(const QString& path);

protected:
    void closeEvent(QCloseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void addLabActions();
    void addRunActions();
    void addViewActions();
    void makeMenus();
    void makeToolBar();
    void showState();
    void showTitle();
    void showHelp(const QString& page);
    void setTheme(desk::Settings::Theme theme);
    void openByDialog();
    void importByDialog(bool folder);
    void addImportActions();
    void save(std::function<void()> then = {});
    void saveAs(std::function<void()> then = {});
    bool hasUnsavedWork() const;
    // Asks about unsaved changes, then goes on; not at all when the person says no.
    void unlessUnsaved(std::function<void()> then);
    void say(const Error& error);

    desk::Desk& desk_;
    look::Actions actions_;
    Rail* rail_;
    look::MessageBar* bar_;
    QSplitter* splitter_;
    QStackedWidget* pages_;
    QWidget* requests_ = nullptr;
    StartPage* start_;
    ProblemsPanel* problems_;
    look::Badge* runState_;
    QLabel* labTitle_;
    RunControl run_;
    Palette* palette_ = nullptr;
    HelpDock* help_ = nullptr;
    QMap<QString, QWidget*> pageOf_;
    bool closing_ = false;
    bool demoLogsIn_ = false;
};

} // namespace gatehouse::window
