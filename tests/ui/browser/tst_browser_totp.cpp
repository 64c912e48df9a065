#include "lab.h"

#include <desk/text.h>

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QTest>
#include <QToolButton>
#include <browser/enrolments.h>
#include <browser/providerClock.h>
#include <browser/totpCard.h>
#include <look/tokens.h>
#include <user/systemClock.h>

using namespace gatehouse;
using namespace gatehouse::browser;
using namespace gatehouse::browser::testing;

class tst_browser_totp : public QObject {
    Q_OBJECT

    std::unique_ptr<desk::Desk> desk;
    Enrolments enrolments;
    std::unique_ptr<TotpCard> card;

    template <class T>
    T* find(const char* name) {
        return card->findChild<T*>(QLatin1String(name));
    }
    QString shown() {
        QString text = find<QLabel>("browser.totpCode")->text();
        return text.remove(QChar(QChar::Nbsp)).remove(QLatin1Char(' '));
    }
    // What a phone with that user's key shows; the neighbour counts, for a test may stand at a step's edge.
    bool isCodeOf(const char* user, const QString& code) {
        const rehearsal::Scenario scenario{user, {}, {}, {}};
        const rehearsal::Person person = rehearsal::personOf(*desk->engine.running(), scenario);
        return person.otpKey->reveal([&](std::string_view key) {
            const std::int64_t now = user::systemNow().unixSeconds();
            return desk::utf8(code) == crypto::totp(key, now, person.otpPolicy) ||
                   desk::utf8(code) == crypto::totp(key, now - person.otpPolicy.period, person.otpPolicy);
        });
    }
    void choose(const char* user) {
        auto* users = find<QComboBox>("browser.totpUser");
        users->setFocus();
        for (int i = 0; i < users->count() && users->currentText() != QLatin1String(user); ++i)
            QTest::keyClick(users, Qt::Key_Down);
        for (int i = 0; i < users->count() && users->currentText() != QLatin1String(user); ++i)
            QTest::keyClick(users, Qt::Key_Up);
        QCOMPARE(users->currentText(), QLatin1String(user));
    }
    void photograph(const char* name) {
        const QString folder = qEnvironmentVariable("GATEHOUSE_PICTURES");
        if (folder.isEmpty())
            return;
        for (const auto& [scheme, suffix] :
             {std::pair(look::Scheme::Light, "light"), std::pair(look::Scheme::Dark, "dark")}) {
            look::apply(*qApp, scheme);
            QCoreApplication::processEvents();
            card->grab().save(
                QStringLiteral("%1/codes-%2-%3.png").arg(folder, QLatin1String(name), QLatin1String(suffix)));
        }
        look::apply(*qApp, look::Scheme::Light);
    }

private slots:
    void initTestCase() {
        look::apply(*qApp, look::Scheme::Light);
        desk = std::make_unique<desk::Desk>();
        card = std::make_unique<TotpCard>(*desk, enrolments);
        card->resize(300, 420);
        card->show();
        QVERIFY(QTest::qWaitForWindowActive(card.get()));
    }

    void withoutALab() {
        QVERIFY(!find<QPushButton>("browser.totpCopy")->isEnabled());
        QVERIFY(!find<QComboBox>("browser.totpUser")->isEnabled());
        photograph("no-lab");
        desk->workspace.openText(desk::qt(labText()), QStringLiteral("story"));
        desk->workspace.compile();
        desk->engine.run(desk->workspace.arrangement(), true);
        QTRY_COMPARE_WITH_TIMEOUT(desk->engine.state(), desk::EngineBridge::State::Running, 20'000);
        QCOMPARE(find<QComboBox>("browser.totpUser")->count(), 4);
    }

    void hiddenUntilClicked() {
        choose("alice");
        QVERIFY(!shown().contains(QRegularExpression(QStringLiteral("\\d"))));
        photograph("hidden");
        QTest::mouseClick(find<QLabel>("browser.totpCode"), Qt::LeftButton);
        QVERIFY2(isCodeOf("alice", shown()), qPrintable(shown()));
        QVERIFY(find<QLabel>("browser.totpCode")->text().contains(QChar(QChar::Nbsp))); // grouped
        photograph("shown");
        auto* eye = find<QToolButton>("browser.totpShow");
        eye->setFocus();
        QTest::keyClick(eye, Qt::Key_Space); // the same by key
        QVERIFY(!shown().contains(QRegularExpression(QStringLiteral("\\d"))));
    }

    void anotherUserHasOtherCodes() {
        QTest::mouseClick(find<QLabel>("browser.totpCode"), Qt::LeftButton);
        choose("bob");
        QVERIFY(isCodeOf("bob", shown()) && !isCodeOf("alice", shown()));
        choose("carol"); // who has none
        QVERIFY(!find<QPushButton>("browser.totpCopy")->isEnabled());
        QVERIFY(!shown().contains(QRegularExpression(QStringLiteral("\\d"))));
        photograph("none");
    }

    // Copied without being shown; forgotten in time, unless something else was copied.
    void copyForgets() {
        choose("alice");
        auto* copy = find<QPushButton>("browser.totpCopy");
        auto* timer = find<QTimer>("browser.totpClipboard");
        copy->setFocus();
        QTest::keyClick(copy, Qt::Key_Space);
        QVERIFY(isCodeOf("alice", QApplication::clipboard()->text()));
        QVERIFY(timer->isActive());
        QCOMPARE(timer->intervalAsDuration(), std::chrono::milliseconds(TotpCard::clipboardLife));
        timer->start(1);
        QTRY_VERIFY(QApplication::clipboard()->text().isEmpty());
        QTest::mouseClick(copy, Qt::LeftButton);
        QApplication::clipboard()->setText(QStringLiteral("something else"));
        timer->start(1);
        QTRY_VERIFY(!timer->isActive());
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("something else"));
    }

    void nextCodeInTheLastSeconds() {
        if (!shown().contains(QRegularExpression(QStringLiteral("\\d"))))
            QTest::mouseClick(find<QLabel>("browser.totpCode"), Qt::LeftButton);
        auto* next = find<QLabel>("browser.totpNext");
        QTRY_VERIFY_WITH_TIMEOUT(!next->text().isEmpty(), 32'000); // once a step
        const QString promised = next->text();
        const QString before = shown();
        photograph("next");
        QTRY_VERIFY_WITH_TIMEOUT(shown() != before, 8'000);
        QVERIFY(promised.endsWith(find<QLabel>("browser.totpCode")->text()));
        QTRY_VERIFY(next->text().isEmpty());
    }

    // Out as a picture, in as a picture and as an address.
    void keysOutAndIn() {
        choose("alice");
        auto* qr = find<QPushButton>("browser.totpQr");
        QTest::mouseClick(qr, Qt::LeftButton);
        const QPixmap picture = find<QLabel>("browser.totpPicture")->pixmap();
        QVERIFY(!picture.isNull() && find<QLabel>("browser.totpPicture")->isVisible());
        photograph("qr");
        QTest::mouseClick(find<QPushButton>("browser.totpAddress"), Qt::LeftButton);
        const QString address = QApplication::clipboard()->text();
        QVERIFY(address.startsWith(QStringLiteral("otpauth://totp/")));

        choose("carol");
        QVERIFY(!find<QLabel>("browser.totpPicture")->isVisible()); // not left standing for another user
        QVERIFY(card->takePicture(picture.toImage()));
        QVERIFY(find<QPushButton>("browser.totpCopy")->isEnabled());
        QVERIFY(isCodeOf("alice", shown())); // it is alice's key that carol got
        enrolments.clear();
        QVERIFY(!find<QPushButton>("browser.totpCopy")->isEnabled());
        QVERIFY(card->takeAddress(address));
        QVERIFY(isCodeOf("alice", shown()));
        enrolments.clear();
    }

    void whatIsNoKey() {
        QVERIFY(!card->takeAddress(QStringLiteral("https://example.org/")));
        QVERIFY(!card->takeAddress(QStringLiteral("otpauth://hotp/a:b?secret=GEZDGNBV&counter=1")));
        QVERIFY(find<look::MessageBar>("browser.totpMessage")->isVisible());
        QImage blank(200, 200, QImage::Format_RGB32);
        blank.fill(Qt::white);
        QVERIFY(!card->takePicture(blank));
        QVERIFY(!card->takePicture(QImage()));
        photograph("no-key");
        find<look::MessageBar>("browser.totpMessage")->quiet();
    }

    void clocks() {
        const WallTime noon{std::chrono::seconds(1'800'000'000)}; // Fri, 15 Jan 2027 08:00:00 GMT
        const auto ahead = [&](const char* date) {
            return ProviderClock::ahead(date, noon, noon + std::chrono::milliseconds(400));
        };
        QVERIFY(ahead("Fri, 15 Jan 2027 08:00:00 GMT") == 0);
        QVERIFY(ahead("Fri, 15 Jan 2027 08:02:00 GMT") == 120);
        QVERIFY(ahead("Fri, 15 Jan 2027 07:59:30 GMT") == -30);
        QVERIFY(!ahead("") && !ahead("yesterday"));
    }

    // Who comes back to the card has to ask again.
    void hiddenAgain() {
        choose("alice");
        if (!shown().contains(QRegularExpression(QStringLiteral("\\d"))))
            QTest::mouseClick(find<QLabel>("browser.totpCode"), Qt::LeftButton);
        card->hide();
        card->show();
        QVERIFY(!shown().contains(QRegularExpression(QStringLiteral("\\d"))));
        desk->settings.setHidesOneTimeCodes(false); // who does not want that
        QVERIFY(shown().contains(QRegularExpression(QStringLiteral("\\d"))));
    }
};

int main(int argc, char** argv) {
    const Surroundings surroundings;
    QApplication application(argc, argv);
    tst_browser_totp test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_browser_totp.moc"
