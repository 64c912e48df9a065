// The story in the real window, by mouse: run the demo, see alice logged in and every request beside the
// page; then bob, who is refused; then the service is gone.
#include <desk/desk.h>
#include <desk/text.h>

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QPushButton>
#include <QTemporaryDir>
#include <QtTest>
#include <app/panels.h>
#include <browser/browser.h>
#include <browser/browserPanel.h>
#include <browser/chromiumStart.h>
#include <browser/loginRun.h>
#include <live/livePanel.h>
#include <look/tokens.h>
#include <window/mainWindow.h>

using namespace gatehouse;
using State = desk::EngineBridge::State;

namespace {

constexpr int patience = 90'000; // Chromium on a busy machine

} // namespace

class TestStoryWindow : public QObject {
    Q_OBJECT

    QTemporaryDir home_;
    std::unique_ptr<desk::Desk> desk_;
    std::unique_ptr<window::MainWindow> window_;
    browser::BrowserPanel* browser_ = nullptr;

    // Pictures for looking at: GATEHOUSE_PICTURES names a folder.
    void picture(const char* name) {
        const QString folder = qEnvironmentVariable("GATEHOUSE_PICTURES");
        if (folder.isEmpty())
            return;
        QDir().mkpath(folder);
        for (int i = 0; i < 5; ++i) // lay out, restyle, paint
            QCoreApplication::processEvents();
        window_->grab().save(QStringLiteral("%1/%2.png").arg(folder, QString::fromLatin1(name)));
    }

    QString pageText() {
        QString out;
        bool come = false;
        browser_->browser()->run(QStringLiteral("document.body ? document.body.innerText : ''"),
                                 [&](const QVariant& text) {
                                     out = text.toString();
                                     come = true;
                                 });
        [&] { QTRY_VERIFY_WITH_TIMEOUT(come, 10'000); }();
        return out;
    }

    int rows() { return window_->findChild<live::LivePanel*>()->model().rowCount(); }

    void loginEnds() {
        QTRY_VERIFY_WITH_TIMEOUT(browser_->login() != nullptr && browser_->login()->isOver(), patience);
    }

private slots:
    void initTestCase() {
        for (const char* name : {"XDG_DATA_HOME", "XDG_CONFIG_HOME"})
            qputenv(name, home_.path().toUtf8());
        desk_ = std::make_unique<desk::Desk>();
        look::apply(*qApp, look::Scheme::Light);
        window_ = std::make_unique<window::MainWindow>(*desk_);
        app::addPanels(*window_, *desk_);
        window_->resize(1280, 800);
        window_->show();
        QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
        browser_ = window_->findChild<browser::BrowserPanel*>();
        QVERIFY(browser_ != nullptr);
    }
    void cleanupTestCase() {
        window_.reset();
        desk_.reset();
    }

    void oneClickLogsAliceIn() {
        QTest::mouseClick(window_->findChild<QPushButton*>(QStringLiteral("startDemo")), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(
            desk_->engine.state() == State::Running || desk_->engine.state() == State::Failed, 20'000);
        if (desk_->engine.state() ==
            State::Failed) // somebody holds the lab's ports on this machine: the bar has the cure
            QTest::mouseClick(window_->findChild<QPushButton*>(QStringLiteral("messageBarAction")),
                              Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(desk_->engine.state(), State::Running, 20'000);
        loginEnds();
        QCOMPARE(browser_->browser()->url(), QUrl(QStringLiteral("https://whoami.domain.tld/")));
        QTRY_VERIFY_WITH_TIMEOUT(pageText().contains(QStringLiteral("X-Forwarded-Host: whoami.domain.tld")),
                                 20'000);
        QCOMPARE(window_->currentPage(), QStringLiteral("browser"));
        QTRY_VERIFY(rows() > 5);
        QCOMPARE(window_->findChild<QComboBox*>(QStringLiteral("browser.user"))->currentText(),
                 QStringLiteral("alice"));
        picture("story-alice");
    }

    void bobIsRefusedByTheGate() {
        emit desk_->navigator.loginWanted(QStringLiteral("bob"));
        loginEnds();
        QTRY_VERIFY_WITH_TIMEOUT(pageText().contains(QStringLiteral("403")) ||
                                     pageText().contains(QStringLiteral("Forbidden")),
                                 20'000);
        picture("story-bob");
    }

    void stopIsSeen() {
        window_->actions()[QStringLiteral("run.stop")]->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(desk_->engine.state(), State::Stopped, 20'000);
        picture("story-stopped");
        window_->showPage(QStringLiteral("requests"));
        picture("story-requests");
        look::apply(*qApp, look::Scheme::Dark);
        picture("story-requests-dark");
    }
};

int main(int argc, char** argv) {
    browser::prepareChromium({true, false});
    QApplication application(argc, argv);
    TestStoryWindow test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_story_window.moc"
