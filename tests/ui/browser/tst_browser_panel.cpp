#include "lab.h"

#include <desk/text.h>

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMainWindow>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <QToolButton>
#include <QWebEnginePage>
#include <QWebEngineView>
#include <browser/browser.h>
#include <browser/browserPanel.h>
#include <browser/loginRun.h>
#include <look/tokens.h>
#include <signal.h>

using namespace gatehouse;
using namespace gatehouse::browser;
using namespace gatehouse::browser::testing;

namespace {

constexpr int patience = 45'000;

} // namespace

class tst_browser_panel : public QObject {
    Q_OBJECT

    std::unique_ptr<desk::Desk> desk;
    std::unique_ptr<QMainWindow> window;
    look::Actions* actions = nullptr; // the window's child
    BrowserPanel* panel = nullptr;

    template <class T>
    T* find(const char* name) {
        return window->findChild<T*>(QLatin1String(name));
    }
    QString stripText() { return find<QLabel>("browser.loginText")->text(); }
    bool showsEmpty() { return find<QWidget>("browser.empty")->isVisible(); }

    // GATEHOUSE_PICTURES=folder keeps what a person would see, light and dark.
    void photograph(const char* name) {
        const QString folder = qEnvironmentVariable("GATEHOUSE_PICTURES");
        if (folder.isEmpty())
            return;
        for (const auto& [scheme, suffix] :
             {std::pair(look::Scheme::Light, "light"), std::pair(look::Scheme::Dark, "dark")}) {
            look::apply(*qApp, scheme);
            bool drawn = false; // by Chromium, which does not say when
            QTimer::singleShot(400, this, [&] { drawn = true; });
            QTRY_VERIFY(drawn);
            window->grab().save(QStringLiteral("%1/browser-%2-%3.png")
                                    .arg(folder, QLatin1String(name), QLatin1String(suffix)));
        }
        look::apply(*qApp, look::Scheme::Light);
    }

    void logIn(const char* user) {
        panel->logIn(QLatin1String(user), false);
        QVERIFY(panel->login() != nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(panel->login()->isOver(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>("browser.loginClose")->isVisible(), patience);
    }

private slots:
    void initTestCase() {
        look::apply(*qApp, look::Scheme::Light);
        desk = std::make_unique<desk::Desk>();
        window = std::make_unique<QMainWindow>();
        actions = new look::Actions(window.get());
        panel = new BrowserPanel(*desk, *actions, window.get());
        window->setCentralWidget(panel);
        window->resize(1280, 720);
        window->show();
        QVERIFY(QTest::qWaitForWindowExposed(window.get()));
    }

    void nothingIsOpen() {
        QVERIFY(showsEmpty() && panel->browser() == nullptr);
        QVERIFY(!(*actions)[QStringLiteral("browser.reload")]->isEnabled());
        QSignalSpy wanted(&desk->navigator, &desk::Navigator::pageWanted);
        QTest::mouseClick(find<QPushButton>("browser.toStart"), Qt::LeftButton);
        QCOMPARE(wanted.size(), 1);
        photograph("no-lab");
    }

    void nothingRuns() {
        desk->workspace.openText(desk::qt(labText()), QStringLiteral("story"));
        desk->workspace.compile();
        QVERIFY(desk->workspace.arrangement() != nullptr);
        QTRY_VERIFY(find<QPushButton>("browser.run") != nullptr);
        photograph("stopped");
    }

    void theLabRuns() {
        desk->engine.run(desk->workspace.arrangement(), true);
        QTRY_COMPARE_WITH_TIMEOUT(desk->engine.state(), desk::EngineBridge::State::Running, patience);
        QTRY_VERIFY(find<QPushButton>("browser.openHome") != nullptr);
        auto* users = find<QComboBox>("browser.user");
        QCOMPARE(users->count(), 5); // nobody, alice, carol, dave, bob
        photograph("running");
    }

    // The other parts of the window ask by the navigator.
    void aliceByTheNavigator() {
        emit desk->navigator.loginWanted(QStringLiteral("alice"));
        QVERIFY(panel->login() != nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(panel->login()->isOver(), patience);
        QTRY_VERIFY2_WITH_TIMEOUT(stripText().contains(QStringLiteral("logged in")), qPrintable(stripText()),
                                  patience);
        QVERIFY(!showsEmpty());
        QCOMPARE(find<QLineEdit>("browser.address")->text(), QString::fromLatin1(whoami));
        QCOMPARE(find<QComboBox>("browser.user")->currentText(), QStringLiteral("alice"));
        QVERIFY((*actions)[QStringLiteral("browser.reload")]->isEnabled());
        photograph("whoami");
    }

    void theAddressLine() {
        auto* address = find<QLineEdit>("browser.address");
        QTest::keyClick(window.get(), Qt::Key_D, Qt::AltModifier);
        QTRY_VERIFY(address->hasFocus());
        QTest::keyClicks(address, QStringLiteral("whoami.domain.tld/elsewhere"));
        QTest::keyClick(address, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(panel->browser()->url(),
                                  QUrl(QStringLiteral("https://whoami.domain.tld/elsewhere")), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!panel->browser()->isLoading(), patience);
        address->setFocus();
        address->selectAll();
        QTest::keyClicks(address, QStringLiteral("https://example.org/"));
        QTest::keyClick(address, Qt::Key_Return);
        QTRY_VERIFY(find<look::MessageBar>("browser.message")->isVisible());
        QVERIFY(find<look::MessageBar>("browser.message")->message().contains(QStringLiteral("example.org")));
        QCOMPARE(panel->browser()->url().host(), QStringLiteral("whoami.domain.tld"));
        photograph("elsewhere");
        find<look::MessageBar>("browser.message")->quiet();
    }

    void backAndForward() {
        QTRY_VERIFY((*actions)[QStringLiteral("browser.back")]->isEnabled());
        (*actions)[QStringLiteral("browser.back")]->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(panel->browser()->url(), QUrl(QString::fromLatin1(whoami)), patience);
        QTRY_VERIFY_WITH_TIMEOUT((*actions)[QStringLiteral("browser.forward")]->isEnabled(), patience);
    }

    void bobIsDenied() {
        logIn("bob");
        QVERIFY2(stripText().contains(QStringLiteral("Forbidden")), qPrintable(stripText()));
        photograph("denied");
    }

    void carolEnrolsAndHerCodesAreOnTheCard() {
        logIn("carol");
        QVERIFY2(stripText().contains(QStringLiteral("logged in")), qPrintable(stripText()));
        (*actions)[QStringLiteral("browser.codes")]->trigger();
        QTRY_VERIFY(find<QWidget>("browser.totp")->isVisible());
        QCOMPARE(find<QComboBox>("browser.totpUser")->currentText(), QStringLiteral("carol"));
        QTRY_VERIFY(find<QPushButton>("browser.totpCopy")->isEnabled());
        QTest::mouseClick(find<QLabel>("browser.totpCode"), Qt::LeftButton);
        QTRY_VERIFY(
            find<QLabel>("browser.totpCode")->text().contains(QRegularExpression(QStringLiteral("\\d"))));
        photograph("codes");
        (*actions)[QStringLiteral("browser.codes")]->trigger();
    }

    void stepByStep() {
        panel->browser()->clear(QStringLiteral("dave"));
        panel->logIn(QStringLiteral("dave"), true);
        auto* next = find<QPushButton>("browser.loginContinue");
        QTRY_VERIFY_WITH_TIMEOUT(next->isVisible(), patience);
        photograph("step");
        QTest::mouseClick(next, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(panel->login()->isOver(), patience);
        QTRY_VERIFY2_WITH_TIMEOUT(stripText().contains(QStringLiteral("Update password")),
                                  qPrintable(stripText()), patience);
        photograph("your-turn");
    }

    void developerTools() {
        (*actions)[QStringLiteral("browser.tools")]->trigger();
        QTRY_VERIFY(find<QWidget>("browser.devTools")->isVisible());
        auto* view = find<QWidget>("browser.devTools")->findChild<QWebEngineView*>();
        QTRY_VERIFY_WITH_TIMEOUT(view->page()->url().scheme() == QStringLiteral("devtools"), patience);
        photograph("tools");
        // The tools follow the session, and a cleared one does not take them along.
        (*actions)[QStringLiteral("browser.clear")]->trigger();
        QVERIFY(panel->browser()->page().devToolsPage() != nullptr);
        (*actions)[QStringLiteral("browser.tools")]->trigger();
        QVERIFY(panel->browser()->page().devToolsPage() == nullptr);
        find<look::MessageBar>("browser.message")->quiet();
    }

    void zoom() {
        (*actions)[QStringLiteral("browser.zoomIn")]->trigger();
        QVERIFY(panel->browser()->view().zoomFactor() > 1.05);
        panel->browser()->clear(QStringLiteral("alice"));
        logIn("alice"); // clicks find their fields at any size
        QVERIFY2(stripText().contains(QStringLiteral("logged in")), qPrintable(stripText()));
        (*actions)[QStringLiteral("browser.zoomReset")]->trigger();
        QCOMPARE(panel->browser()->view().zoomFactor(), 1.0);
    }

    void aKilledPage() {
        ::kill(static_cast<pid_t>(panel->browser()->page().renderProcessPid()), SIGKILL);
        QTRY_VERIFY_WITH_TIMEOUT(showsEmpty(), patience);
        photograph("crashed");
        desk->workspace.compile(); // does not wipe the message away
        QVERIFY(showsEmpty());
        QTest::mouseClick(find<QPushButton>("browser.again"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!showsEmpty() && !panel->browser()->isLoading(), patience);
        QCOMPARE(panel->browser()->url().host(), QStringLiteral("whoami.domain.tld"));
    }

    void outside() {
        (*actions)[QStringLiteral("browser.external")]->trigger();
        QVERIFY(find<look::MessageBar>("browser.message")
                    ->message()
                    .contains(QStringLiteral("whoami.domain.tld")));
        photograph("outside");
        find<look::MessageBar>("browser.message")->quiet();
    }

    void theLabStopsAndRunsAgain() {
        desk->engine.stop();
        QTRY_COMPARE_WITH_TIMEOUT(desk->engine.state(), desk::EngineBridge::State::Stopped, patience);
        QVERIFY(showsEmpty() && !(*actions)[QStringLiteral("browser.login")]->isEnabled());
        desk->engine.run(desk->workspace.arrangement(), true);
        QTRY_COMPARE_WITH_TIMEOUT(desk->engine.state(), desk::EngineBridge::State::Running, patience);
        QTRY_VERIFY(!showsEmpty());
        panel->browser()->clear(QStringLiteral("alice"));
        logIn("alice");
        QVERIFY2(stripText().contains(QStringLiteral("logged in")), qPrintable(stripText()));
    }

    void everyControlHasANameAndHelp() {
        for (QWidget* widget : panel->findChildren<QWidget*>()) {
            const bool control = qobject_cast<QAbstractButton*>(widget) || qobject_cast<QComboBox*>(widget) ||
                                 qobject_cast<QLineEdit*>(widget);
            if (!control || widget->inherits("QWebEngineView") || widget->objectName().startsWith(u"qt_") ||
                widget->parent()->inherits("QLineEdit") || widget->parent()->inherits("QComboBox") ||
                widget->parent()->inherits("gatehouse::look::MessageBar"))
                continue;
            QVERIFY2(!widget->objectName().isEmpty(), widget->metaObject()->className());
            const auto* button = qobject_cast<QAbstractButton*>(widget);
            const bool named =
                !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()) ||
                widget->objectName() == QStringLiteral("browser.totpUser"); // its label's buddy
            QVERIFY2(named, qPrintable(widget->objectName()));
        }
    }

    // Closing during a login leaves nothing behind.
    void closedDuringALogin() {
        panel->browser()->clear(QStringLiteral("alice"));
        panel->logIn(QStringLiteral("alice"), false);
        const auto pid = static_cast<pid_t>(panel->browser()->page().renderProcessPid());
        window.reset();
        desk.reset();
        if (pid > 1)
            QTRY_VERIFY_WITH_TIMEOUT(::kill(pid, 0) != 0, patience);
    }
};

int main(int argc, char** argv) {
    const Surroundings surroundings;
    QApplication application(argc, argv);
    tst_browser_panel test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_browser_panel.moc"
