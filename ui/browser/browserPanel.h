// BrowserPanel: the embedded browser as a page of the window: address row, the page or what stands in its
// place, the login under way, one-time codes beside it, developer tools below.
//
// Answers Navigator::urlWanted and loginWanted. Chromium starts when the first lab runs, because only then
// its proxy is there.
#pragma once

#include <desk/desk.h>
#include <rehearsal/authenticator.h>

#include <QUrl>
#include <QWidget>
#include <look/actions.h>
#include <look/state.h>
#include <memory>

class QSplitter;
class QStackedWidget;

namespace gatehouse::user {
class UsedCodesFile;
}

namespace gatehouse::browser {

class AddressBar;
class Browser;
class DevTools;
class Enrolments;
class LoginRun;
class LoginStrip;
class TotpCard;

class BrowserPanel : public QWidget {
    Q_OBJECT
public:
    BrowserPanel(desk::Desk& desk, look::Actions& actions, QWidget* parent = nullptr);
    ~BrowserPanel() override; // the browser before its window

    Browser* browser() const { return browser_.get(); } // null: nothing has run yet
    LoginRun* login() const { return login_.get(); }    // of the last login; null: none yet

    void open(const QUrl& url);
    // Logs in, at once or step by step, in the session of that user.
    void logIn(const QString& user, bool stepByStep);

private:
    void addActions(look::Actions& actions);
    void addPageActions(look::Actions& actions);
    void build(look::Actions& actions);
    void wireBrowser();

    // What stands where the page is: the page, or why there is none.
    void refresh();
    void showPage();
    void say(look::Mood mood, const QString& icon, const QString& title, const QString& text);
    void sayStopped();
    void sayFailedPage(const QString& title, const QString& why);
    bool ensureBrowser();

    void labChanged();
    void lookForTrouble(const engine::Batch& batch);
    void chooseUser(const QString& user);
    void goHome();
    void clearSession();
    void openOutside();
    void toggleTools(bool on);
    void zoom(int steps); // 0: back to 100 %
    void loginEnded(const QString& user);
    QUrl home() const;
    rehearsal::UsedCodes& usedCodes();

    desk::Desk& desk_;
    std::unique_ptr<Enrolments> enrolments_;
    std::unique_ptr<user::UsedCodesFile> usedHere_, usedElsewhere_;
    std::shared_ptr<const arrangement::Arrangement> shownLab_;
    QUrl wanted_; // asked for while there was no browser yet
    QString wantedLogin_;
    QUrl requested_; // the newest page that was asked for
    bool pageFailed_ = false, saysTrouble_ = false;
    int zoomStep_ = 0;

    look::Actions& actions_;
    AddressBar* bar_ = nullptr;
    look::MessageBar* message_ = nullptr;
    QStackedWidget* stack_ = nullptr;
    look::EmptyState* empty_ = nullptr;
    QSplitter *rows_ = nullptr, *columns_ = nullptr;
    LoginStrip* strip_ = nullptr;
    TotpCard* codes_ = nullptr;
    std::unique_ptr<Browser> browser_;
    std::unique_ptr<LoginRun> login_; // goes before the browser
    DevTools* tools_ = nullptr;
};

} // namespace gatehouse::browser
