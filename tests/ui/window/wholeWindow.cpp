#include "wholeWindow.h"

#include <desk/text.h>
#include <lab/templates.h>

#include <QAction>
#include <QDialog>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>
#include <app/panels.h>
#include <browser/browser.h>
#include <browser/browserPanel.h>
#include <browser/chromiumStart.h>
#include <browser/loginRun.h>
#include <core/capture/storyRun.h>
#include <live/livePanel.h>
#include <look/tokens.h>
#include <user/realmKeyFiles.h>
#include <user/userState.h>

namespace gatehouse::window::testing {

using State = desk::EngineBridge::State;

Surroundings::Surroundings() {
    for (const char* name : {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"})
        qputenv(name, home_.path().toUtf8());
    qputenv("DBUS_SESSION_BUS_ADDRESS", "disabled:");
    qputenv("TZ", "UTC");
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, home_.path());
    browser::prepareChromium({true, false});
}

WholeWindow::WholeWindow() : desk_(std::make_unique<desk::Desk>()) {
    QApplication::setCursorFlashTime(0);
    look::apply(*qobject_cast<QApplication*>(QCoreApplication::instance()), look::Scheme::Light);
    window_ = std::make_unique<MainWindow>(*desk_);
    app::addPanels(*window_, *desk_);
    window_->resize(pageSize);
    window_->show();
    window_->activateWindow();
    if (!QTest::qWaitForWindowActive(window_.get()))
        qFatal("the window does not come up");
    desk_->vault.probe();
    if (!QTest::qWaitFor([this] { return desk_->vault.kind() != desk::SecretVault::Kind::NotYetKnown; }))
        qFatal("the keyring is still asked");
}

WholeWindow::~WholeWindow() {
    window_.reset();
}

browser::BrowserPanel& WholeWindow::browser() {
    return *window_->findChild<browser::BrowserPanel*>();
}

live::LivePanel& WholeWindow::live() {
    return *window_->findChild<live::LivePanel*>();
}

void WholeWindow::press(const char* action) {
    QAction* const found = window_->actions()[QString::fromLatin1(action)];
    if (found == nullptr)
        qFatal("no action %s", action);
    found->trigger();
}

void WholeWindow::check(const char* action, bool on) {
    QAction* const found = window_->actions()[QString::fromLatin1(action)];
    if (found == nullptr)
        qFatal("no action %s", action);
    if (found->isChecked() != on)
        found->trigger();
}

void WholeWindow::click(const char* widget) {
    settle();
    QTest::mouseClick(&find<QWidget>(widget), Qt::LeftButton);
}

void WholeWindow::type(const char* line, const QString& text) {
    auto& edit = find<QLineEdit>(line);
    edit.setFocus();
    edit.clear();
    QTest::keyClicks(&edit, text);
}

void WholeWindow::calm() {
    for (QDialog* dialog : window_->findChildren<QDialog*>()) {
        dialog->close();
        dialog->deleteLater();
    }
    for (QDockWidget* dock : window_->findChildren<QDockWidget*>())
        dock->close();
    auto& palette = find<QLineEdit>("paletteSearch");
    if (palette.isVisible())
        QTest::keyClick(&palette, Qt::Key_Escape);
    check("requests.pause", false);
    find<QLineEdit>("live.filter").clear();
    find<QLineEdit>("forms.search").clear();
    find<QTabBar>("forms.tabs").setCurrentIndex(0);
    check("forms.source", false);
    check("browser.codes", false);
    find<QLineEdit>("protectService").clear();
    find<QLineEdit>("protectHost").clear();
    for (look::MessageBar* bar : window_->findChildren<look::MessageBar*>())
        bar->quiet();
    window_->statusBar()->clearMessage();
    settle();
}

void WholeWindow::settle() {
    for (int i = 0; i < 4; ++i) {
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QCoreApplication::processEvents();
    }
}

void WholeWindow::openText(const QString& text, const QString& name) {
    desk_->workspace.openText(text, name);
    settle();
}

void WholeWindow::openStory() {
    for (const lab::Template& one : lab::templates())
        if (one.name == "story")
            openText(desk::qt(one.text), QStringLiteral("story.gatehouse.yaml"));
    desk_->workspace.compile();
}

void WholeWindow::choose(const char* path, const char* section) {
    window_->showPage(QStringLiteral("setup"));
    settle();
    auto& tree = find<QTreeWidget>("forms.tree");
    for (QTreeWidgetItemIterator each(&tree); *each != nullptr; ++each)
        if ((*each)->data(0, Qt::UserRole).toString() == QLatin1String(path) &&
            (*each)->data(0, Qt::UserRole + 1).toString() == QLatin1String(section)) {
            for (QTreeWidgetItem* up = (*each)->parent(); up != nullptr; up = up->parent())
                up->setExpanded(true);
            tree.scrollToItem(*each);
            QTest::mouseClick(tree.viewport(), Qt::LeftButton, {}, tree.visualItemRect(*each).center());
            settle();
            return;
        }
    qFatal("nothing in the tree at %s", path);
}

void WholeWindow::run() {
    const auto over = [this] {
        return desk_->engine.state() == State::Running || desk_->engine.state() == State::Failed;
    };
    press("run.start");
    if (!QTest::qWaitFor(over, patience))
        qFatal("the lab does not start");
    if (desk_->engine.state() == State::Failed) // somebody holds the lab's ports on this machine
        desk_->engine.run(desk_->workspace.arrangement(), true);
    if (!QTest::qWaitFor([this] { return desk_->engine.state() == State::Running; }, patience))
        qFatal("the lab does not run: %s", qPrintable(desk::whole(desk_->engine.lastError())));
    for (look::MessageBar* bar : window_->findChildren<look::MessageBar*>())
        bar->quiet();
    settle();
}

void WholeWindow::stop() {
    press("run.stop");
    if (!QTest::qWaitFor([this] { return desk_->engine.state() == State::Stopped; }, patience))
        qFatal("the lab does not stop");
    settle();
}

void WholeWindow::logIn(const char* user) {
    emit desk_->navigator.loginWanted(QString::fromLatin1(user));
    if (!QTest::qWaitFor([this] { return browser().login() != nullptr && browser().login()->isOver(); },
                         patience))
        qFatal("the login of %s does not end", user);
    bool there = false, blanked = false;
    // The service's page prints the session cookie: a picture of it must not.
    const QString script = QStringLiteral(
        "(() => { const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);"
        " let seen = false; while (walk.nextNode()) { const before = walk.currentNode.data;"
        " seen = seen || before.includes('X-Forwarded-Host');"
        " walk.currentNode.data = before.replace(/(_oauth2_proxy[A-Za-z0-9_]*=)[^;\\s]+/g, '$1…')"
        ".replace(/(X-Request-Id: )\\S+/, '$1…'); } return seen; })()");
    const auto look = [&] {
        browser().browser()->run(script, [&](const QVariant& seen) {
            blanked = seen.toBool();
            there = true;
        });
        return QTest::qWaitFor([&] { return there; }, patience) && blanked;
    };
    if (!QTest::qWaitFor(look, patience))
        qFatal("%s does not reach the service", user);
    settle();
}

void WholeWindow::tellStory() {
    engine::Batch batch;
    batch.exchanges = storyAtFixedTimes();
    emit desk_->engine.arrived(batch);
    settle();
}

void WholeWindow::selectWhoami() {
    for (const auto& one : storyAtFixedTimes())
        if (one->kind == exchange::Exchange::Kind::Request && one->target == "/" && one->client.status == 200)
            live().showExchange(one->id);
    settle();
}

namespace {

void setTimes(exchange::Leg& leg, std::uint64_t id, int depth) {
    using namespace std::chrono;
    constexpr auto storyTime = 1'800'000'000s;
    leg.when.started.wall = WallTime(storyTime + milliseconds(120 * id + 2 * static_cast<unsigned>(depth)));
    leg.when.started.steady = SteadyTime(milliseconds(120 * id + 2 * static_cast<unsigned>(depth)));
    leg.when.firstByte = microseconds(700 + 37 * id);
    leg.when.done = microseconds(900 + 41 * id);
}

} // namespace

const std::vector<exchange::ExchangePtr>& storyAtFixedTimes() {
    static const std::vector<exchange::ExchangePtr> told = [] {
        const auto& run = capture::testing::storyRun(
            std::make_shared<user::RealmKeyFiles>(user::stateFolder() / "realm-keys", [](const Error& error) {
                qFatal("%s", describe(error).c_str());
            }));
        for (const auto& one : run.exchanges) { // nobody else has them: the story's engine is gone
            auto& mine = const_cast<exchange::Exchange&>(*one);
            setTimes(mine.client, one->id, 0);
            for (exchange::Leg& leg : mine.attempts)
                setTimes(leg, one->id, 1);
        }
        return run.exchanges;
    }();
    return told;
}

} // namespace gatehouse::window::testing
