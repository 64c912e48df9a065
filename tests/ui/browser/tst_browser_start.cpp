#include <QTest>
#include <browser/chromiumStart.h>
#include <unistd.h>

using namespace gatehouse;
using namespace gatehouse::browser;

class tst_browser_start : public QObject {
    Q_OBJECT

private slots:
    void init() {
        qputenv("QTWEBENGINE_CHROMIUM_FLAGS", "--remote-debugging-port=9222 --proxy-server=evil:1");
        qputenv("QTWEBENGINE_REMOTE_DEBUGGING", "9222");
        for (const char* name : {"QTWEBENGINE_DISABLE_SANDBOX", "QT_QUICK_BACKEND", "QT_XCB_GL_INTEGRATION"})
            qunsetenv(name);
    }

    // The environment cannot give Chromium flags, or open its debugging port.
    void theFlagsAreOurs() {
        prepareChromium({});
        const QByteArray flags = qgetenv("QTWEBENGINE_CHROMIUM_FLAGS");
        QVERIFY(!flags.contains("remote-debugging") && !flags.contains("evil"));
        QVERIFY(!qEnvironmentVariableIsSet("QTWEBENGINE_REMOTE_DEBUGGING"));
        QVERIFY(!flags.contains("no-sandbox"));
        QVERIFY(!qEnvironmentVariableIsSet("QTWEBENGINE_DISABLE_SANDBOX"));
    }

    void oneProxyForLife() {
        prepareChromium({});
        QVERIFY(useProxy(4711));
        const QByteArray flags = qgetenv("QTWEBENGINE_CHROMIUM_FLAGS");
        QVERIFY(flags.contains("--proxy-server=127.0.0.1:4711"));
        QVERIFY(flags.contains("--proxy-bypass-list=<-loopback>")); // localhost goes through it too
        QVERIFY(useProxy(4711));
        const Result<void> other = useProxy(4712);
        QVERIFY(!other);
        QCOMPARE(other.error().what->code, std::string_view("browser-other-proxy"));
        QVERIFY(!hint(other.error()).empty());
        QCOMPARE(qgetenv("QTWEBENGINE_CHROMIUM_FLAGS"), flags);
    }

    void softwareRendering() {
        prepareChromium({.softwareRendering = true});
        QCOMPARE(qgetenv("QT_QUICK_BACKEND"), QByteArray("software"));
        QVERIFY(qgetenv("QTWEBENGINE_CHROMIUM_FLAGS").contains("--disable-gpu"));
        init();
        qputenv("QT_XCB_GL_INTEGRATION", "none"); // would crash without it
        prepareChromium({});
        QCOMPARE(qgetenv("QT_QUICK_BACKEND"), QByteArray("software"));
    }

    void rootIsToldWhatToDo() {
        prepareChromium({});
        const auto refuses = [] {
            const std::vector<Problem> problems = chromiumProblems();
            return anyRefused(problems);
        };
        QCOMPARE(refuses(), geteuid() == 0);
        prepareChromium({.sandbox = false});
        QVERIFY(!refuses());
        bool warned = false;
        for (const Problem& problem : chromiumProblems())
            warned |= problem.error.what->code == "browser-no-sandbox";
        QVERIFY(warned); // and it is not silent
    }
};

QTEST_APPLESS_MAIN(tst_browser_start)
#include "tst_browser_start.moc"
