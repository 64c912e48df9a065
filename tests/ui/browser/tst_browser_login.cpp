#include "lab.h"

#include <crypto/authority.h>
#include <crypto/entropy.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <QWebEnginePage>
#include <QWebEngineView>
#include <browser/browser.h>
#include <browser/chromiumStart.h>
#include <browser/loginRun.h>
#include <signal.h>
#include <user/systemClock.h>

using namespace gatehouse;
using namespace gatehouse::browser;
using namespace gatehouse::browser::testing;

namespace {

constexpr int patience = 45'000; // a busy machine; what matters is printed

} // namespace

class tst_browser_login : public QObject {
    Q_OBJECT

    RunningLab lab;
    Memory used;
    std::unique_ptr<Browser> browser;

    LoginRun::Plan plan(const char* user) {
        return {lab.arrangement(), lab.scenario(user), lab.person(user), false};
    }

    struct End {
        LoginRun::Ending ending = LoginRun::Ending::Failed;
        QString why;
    };
    End wait(LoginRun& run) {
        QSignalSpy ended(&run, &LoginRun::ended);
        if (!run.isOver() && !ended.wait(patience))
            return {LoginRun::Ending::Failed, QStringLiteral("nothing ended")};
        return {ended[0][0].value<LoginRun::Ending>(), ended[0][1].toString()};
    }

    bool loads(const QUrl& url) {
        QSignalSpy ended(browser.get(), &Browser::loadEnded);
        browser->open(url);
        const auto arrived = [&] {
            return std::any_of(ended.begin(), ended.end(), [](const QList<QVariant>& one) {
                return one[0].value<Browser::Ending>() != Browser::Ending::Stopped;
            });
        };
        return QTest::qWaitFor(arrived, patience) &&
               std::none_of(ended.begin(), ended.end(), [](const QList<QVariant>& one) {
                   return one[0].value<Browser::Ending>() == Browser::Ending::Failed;
               });
    }

    QString pageText() {
        QString out;
        bool done = false;
        browser->page().toPlainText([&](const QString& text) {
            out = text;
            done = true;
        });
        return QTest::qWaitFor([&] { return done; }, patience) ? out : QString();
    }

private slots:
    void initTestCase() {
        const Result<void> proxied = useProxy(lab.engine().ownProxyPort());
        QVERIFY(proxied);
        QVERIFY(useProxy(lab.engine().ownProxyPort()));
        QVERIFY(!useProxy(1)); // it has been said, and Chromium listens once
        browser = std::make_unique<Browser>();
        browser->setReach(lab.reach());
        browser->view().resize(1000, 760);
        browser->view().show();
    }

    void aliceReachesWhoami() {
        QElapsedTimer time;
        time.start();
        browser->show(QStringLiteral("alice"));
        LoginRun run(*browser, used, plan("alice"));
        QSignalSpy steps(&run, &LoginRun::stepped);
        run.begin();
        const End end = wait(run);
        QVERIFY2(end.ending == LoginRun::Ending::Done, qPrintable(end.why));
        qInfo("from nothing to whoami: %lld ms", time.elapsed());
        QVERIFY(time.elapsed() < 10'000);
        QCOMPARE(browser->url(), QUrl(QString::fromLatin1(whoami)));
        const QString text = pageText();
        QVERIFY2(text.contains(QStringLiteral("Host: whoami.domain.tld")), qPrintable(text));
        QVERIFY(text.contains(QStringLiteral("Cookie: _oauth2_proxy")));
        QVERIFY(text.contains(QStringLiteral("X-Forwarded-Port: 443")));
        QCOMPARE(steps.size(), 3); // opens, password, code
        QCOMPARE(used.steps.size(), std::size_t(1));
    }

    // Who is known already is asked nothing.
    void aSessionIsKept() {
        browser->show(QString());
        browser->show(QStringLiteral("alice"));
        LoginRun run(*browser, used, plan("alice"));
        QSignalSpy steps(&run, &LoginRun::stepped);
        run.begin();
        QVERIFY(wait(run).ending == LoginRun::Ending::Done);
        QCOMPARE(steps.size(), 1); // opens
        QCOMPARE(used.steps.size(), std::size_t(1));
    }

    // Nobody's session knows nothing of alice's.
    void sessionsAreApart() {
        browser->show(QString());
        QVERIFY(loads(QUrl(QString::fromLatin1(whoami))));
        QCOMPARE(browser->url().host(), QStringLiteral("keycloak.domain.tld"));
    }

    // Her next code is another one, though its time has not come: no code is sent twice.
    void aClearedSessionLogsInAgain() {
        browser->show(QStringLiteral("alice"));
        browser->clear(QStringLiteral("alice"));
        LoginRun run(*browser, used, plan("alice"));
        QSignalSpy steps(&run, &LoginRun::stepped);
        run.begin();
        const End end = wait(run);
        QVERIFY2(end.ending == LoginRun::Ending::Done, qPrintable(end.why));
        QCOMPARE(steps.size(), 3);
        QCOMPARE(used.steps.size(), std::size_t(2));
    }

    void bobIsDenied() {
        browser->show(QStringLiteral("bob"));
        LoginRun run(*browser, used, plan("bob"));
        run.begin();
        const End end = wait(run);
        QVERIFY(end.ending == LoginRun::Ending::Stopped);
        QVERIFY2(end.why.contains(QStringLiteral("Forbidden")), qPrintable(end.why));
        QCOMPARE(browser->url().host(), QStringLiteral("whoami.domain.tld"));
        QCOMPARE(run.visits().back().status, 403);
    }

    // The picture is read, the code answered, and the device is the person's from now on.
    void carolEnrolsByThePicture() {
        QVERIFY(lab.person("carol").otpKey == nullptr);
        browser->show(QStringLiteral("carol"));
        LoginRun run(*browser, used, plan("carol"));
        QSignalSpy steps(&run, &LoginRun::stepped);
        run.begin();
        const End end = wait(run);
        QVERIFY2(end.ending == LoginRun::Ending::Done, qPrintable(end.why));
        QVERIFY(run.actor().enrolled());
        QCOMPARE(steps.size(), 3); // opens, password, key and code

        browser->clear(QStringLiteral("carol"));
        LoginRun::Plan again = plan("carol");
        again.person.otpKey = &run.actor().enrolled()->key;
        again.person.otpPolicy = run.actor().enrolled()->policy;
        LoginRun second(*browser, used, std::move(again));
        second.begin();
        const End known = wait(second);
        QVERIFY2(known.ending == LoginRun::Ending::Done, qPrintable(known.why));
    }

    void anUnknownPageStopsInWords() {
        browser->show(QStringLiteral("dave"));
        LoginRun run(*browser, used, plan("dave"));
        run.begin();
        const End end = wait(run);
        QVERIFY(end.ending == LoginRun::Ending::Stopped);
        QVERIFY2(end.why.contains(QStringLiteral("Update password")), qPrintable(end.why));
        // The page stands, for a person to go on.
        QCOMPARE(browser->url().host(), QStringLiteral("keycloak.domain.tld"));
    }

    void stepByStep() {
        browser->clear(QStringLiteral("alice"));
        browser->show(QStringLiteral("alice"));
        LoginRun::Plan slow = plan("alice");
        slow.stepByStep = true;
        LoginRun run(*browser, used, std::move(slow));
        QSignalSpy asked(&run, &LoginRun::asked);
        run.begin();
        QTRY_COMPARE_WITH_TIMEOUT(asked.size(), 1, patience);
        QVERIFY(asked[0][0].toString().contains(QStringLiteral("alice")));
        run.proceed();
        QTRY_COMPARE_WITH_TIMEOUT(asked.size(), 2, patience);
        QSignalSpy ended(&run, &LoginRun::ended);
        run.cancel();
        QCOMPARE(ended.size(), 1);
        run.cancel();
        run.proceed();
        QCOMPARE(ended.size(), 1); // once
        QVERIFY(ended[0][0].value<LoginRun::Ending>() == LoginRun::Ending::Cancelled);
    }

    void aWrongCertificateIsRefused() {
        const auto entropy = crypto::systemEntropy();
        Reach other = lab.reach();
        other.authorityPem = crypto::Authority::create(user::systemNow(), *entropy).certificatePem();
        browser->setReach(other);
        browser->show(QStringLiteral("erin")); // a new session: an accepted one is remembered
        QSignalSpy refused(browser.get(), &Browser::certificateRefused);
        QVERIFY(!loads(QUrl(QString::fromLatin1(whoami))));
        QCOMPARE(refused.size(), 1);
        QCOMPARE(refused[0][0].value<Error>().what->code, std::string_view("server-certificate-untrusted"));
        QVERIFY(refused[0][2].toBool());
        browser->setReach(lab.reach());
        browser->clear(QStringLiteral("erin"));
        QVERIFY(loads(QUrl(QString::fromLatin1(whoami))));
    }

    void nothingOutsideTheLab() {
        browser->show(QStringLiteral("erin"));
        QVERIFY(!browser->reach().has(QUrl(QStringLiteral("https://example.org/"))));
        QVERIFY(!loads(QUrl(QStringLiteral("https://example.org/"))));
        QVERIFY(!loads(QUrl(QStringLiteral("https://127.0.0.1/"))));
        // Names without TLS come to the engine itself, which serves only the lab's.
        QSignalSpy ended(browser.get(), &Browser::loadEnded);
        loads(QUrl(QStringLiteral("http://localhost:%1/").arg(lab.engine().ownProxyPort())));
        QVERIFY(!ended.isEmpty() && (ended.last()[1].toInt() >= 400 ||
                                     ended.last()[0].value<Browser::Ending>() == Browser::Ending::Failed));
    }

    void thePagesProcessIsKilled() {
        browser->show(QStringLiteral("alice"));
        QVERIFY(loads(QUrl(QString::fromLatin1(whoami))));
        QSignalSpy crashed(browser.get(), &Browser::crashed);
        const auto pid = static_cast<pid_t>(browser->page().renderProcessPid());
        QVERIFY(pid > 1);
        QCOMPARE(::kill(pid, SIGKILL), 0);
        QTRY_COMPARE_WITH_TIMEOUT(crashed.size(), 1, patience);
        QVERIFY(loads(QUrl(QString::fromLatin1(whoami)))); // and the next page has another process
        QVERIFY(browser->page().renderProcessPid() != pid);
    }

    // A login ends when its page's process does.
    void killedDuringALogin() {
        browser->clear(QStringLiteral("alice"));
        browser->show(QStringLiteral("alice"));
        LoginRun::Plan slow = plan("alice");
        slow.stepByStep = true;
        LoginRun run(*browser, used, std::move(slow));
        QSignalSpy asked(&run, &LoginRun::asked), ended(&run, &LoginRun::ended);
        run.begin();
        QTRY_COMPARE_WITH_TIMEOUT(asked.size(), 1, patience);
        ::kill(static_cast<pid_t>(browser->page().renderProcessPid()), SIGKILL);
        QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, patience);
        QVERIFY(ended[0][0].value<LoginRun::Ending>() == LoginRun::Ending::Failed);
    }

    void cleanupTestCase() { browser.reset(); }
};

int main(int argc, char** argv) {
    const Surroundings surroundings;
    QApplication application(argc, argv);
    tst_browser_login test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_browser_login.moc"
