// The story by hand: nothing is typed for the person. tests/peers does the same with a real Keycloak's pages.
#include "storyChecks.h"

#include <desk/text.h>

#include <QApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QTcpServer>
#include <QTcpSocket>
#include <browser/browser.h>
#include <browser/chromiumStart.h>
#include <look/state.h>

using namespace gatehouse;
using story::StoryWindow;

namespace {

const QString whoami = QStringLiteral("whoami.domain.tld");

// A service of somebody's own, which can be stopped.
class Service : public QTcpServer {
public:
    Service() {
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket* const socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [socket] {
                if (!socket->readAll().contains("\r\n\r\n"))
                    return;
                socket->write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 15\r\n"
                              "Connection: close\r\n\r\nmy own service\n");
                socket->disconnectFromHost();
            });
        });
        listen(QHostAddress::LocalHost);
    }
};

} // namespace

class TestStoryByHand : public QObject {
    Q_OBJECT

    std::unique_ptr<StoryWindow> at_;

private slots:
    void initTestCase() {
        at_ = std::make_unique<StoryWindow>();
        at_->window().openFile(story::storyLab(at_->home().path()));
        QCOMPARE(at_->window().currentPage(), QStringLiteral("setup"));
    }
    void cleanupTestCase() { at_.reset(); }

    void runsByItsButton() {
        QVERIFY(at_->choose("run.start"));
        QVERIFY(at_->runs());
        at_->window().showPage(QStringLiteral("browser"));
        at_->picture("by-hand-runs");
    }

    void aliceByHand() {
        story::logsInByHand(*at_, QStringLiteral("alice"));
        QVERIFY(at_->pageSays(QStringLiteral("X-Forwarded-Host: ") + whoami));
        QCOMPARE(at_->browser().browser()->url(), QUrl(QStringLiteral("https://whoami.domain.tld/")));
        at_->picture("by-hand-alice");
    }

    void theListIsFilled() { story::listIsFilled(*at_); }
    void theHeaderTableIsRight() { story::headersAreRight(*at_); }
    void bobIsOutsideTheGroup() { story::bobIsRefused(*at_); }

    void aStoppedServiceIsNamed() {
        Service service;
        const QString address = QStringLiteral("127.0.0.1:%1").arg(service.serverPort());
        at_->window().showPage(QStringLiteral("start"));
        QTest::keyClicks(at_->find<QLineEdit>("protectService"), QStringLiteral("http://") + address);
        QTest::keyClicks(at_->find<QLineEdit>("protectHost"), QStringLiteral("app.domain.tld"));
        QVERIFY(at_->click("startProtect"));
        QTRY_VERIFY_WITH_TIMEOUT(at_->desk().engine.running() &&
                                     at_->desk().engine.running()->isLabName("app.domain.tld"),
                                 20'000);
        at_->window().showPage(QStringLiteral("browser"));
        QVERIFY(at_->chooseSession(QStringLiteral("alice")));
        QVERIFY(at_->choose("browser.home")); // the provider knows her from before: single sign-on
        QVERIFY(at_->pageSays(QStringLiteral("my own service")));
        service.close();
        QVERIFY(at_->choose("browser.reload"));
        QVERIFY(at_->pageSays(QStringLiteral("502")));
        auto* const message = at_->find<look::MessageBar>("browser.message");
        QTRY_VERIFY_WITH_TIMEOUT(message->isVisible() && message->message().contains(address), story::glance);
        at_->picture("by-hand-stopped-service");
        QVERIFY(at_->rowOf(QStringLiteral("app.domain.tld"), QStringLiteral("/"), 502) >= 0);
        QTest::mouseClick(message->findChild<QPushButton*>(QStringLiteral("messageBarAction")),
                          Qt::LeftButton);
        QTRY_VERIFY(at_->find<QWidget>("live.title")->isVisible());
        auto* const list = at_->find<QTableView>("live.table");
        QTRY_VERIFY2(list->viewport()->rect().contains(list->visualRect(list->currentIndex()).center()),
                     qPrintable(QString::number(list->currentIndex().row())));
        at_->picture("by-hand-stopped-service-request");
    }
};

int main(int argc, char** argv) {
    browser::prepareChromium({true, false});
    QApplication application(argc, argv);
    TestStoryByHand test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_story_byHand.moc"
