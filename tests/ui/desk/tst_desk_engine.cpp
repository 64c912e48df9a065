// The bridge over a real engine: whole arrangements, real sockets, batches on this thread.
#include <desk/engineBridge.h>
#include <desk/secretVault.h>
#include <desk/text.h>
#include <desk/workspace.h>
#include <lab/templates.h>

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QtTest>

using namespace gatehouse;
using desk::EngineBridge;
using State = EngineBridge::State;

class TestEngine : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    desk::SecretVault vault_;

    desk::ArrangementPtr arrangement(const QString& listeners = QString()) {
        desk::Workspace workspace(vault_);
        for (const auto& one : lab::templates())
            if (one.name == "story")
                workspace.openText(desk::qt(one.text), QStringLiteral("story"));
        if (!listeners.isEmpty() && !workspace.remove(QStringLiteral("/listeners"), QString()))
            return nullptr;
        if (!listeners.isEmpty())
            workspace.setText(workspace.text() + listeners);
        workspace.compile();
        return workspace.arrangement();
    }

    static quint16 portOf(const EngineBridge& bridge, lab::Listener::Kind kind) {
        for (const auto& one : bridge.listening().listeners)
            if (one.kind == kind)
                return one.port;
        return 0;
    }

    static void ask(quint16 port, int times) {
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), port);
        QVERIFY(socket.waitForConnected(5000));
        for (int i = 0; i < times; ++i)
            socket.write("GET / HTTP/1.1\r\nHost: whoami.domain.tld\r\n\r\n");
        QByteArray answers;
        while (answers.count("HTTP/1.1 308") < times && socket.waitForReadyRead(5000))
            answers += socket.readAll();
        QCOMPARE(answers.count("HTTP/1.1 308"), times);
    }

private slots:
    void initTestCase() {
        qputenv("XDG_DATA_HOME", folder_.path().toUtf8());
        qRegisterMetaType<gatehouse::engine::Batch>();
    }

    void runServesAndStopCloses() {
        EngineBridge bridge;
        QCOMPARE(bridge.state(), State::Stopped);
        bridge.run(arrangement(), true);
        QCOMPARE(bridge.state(), State::Starting);
        QTRY_COMPARE(bridge.state(), State::Running);
        const quint16 port = portOf(bridge, lab::Listener::Kind::Http);
        QVERIFY(port != 0);
        const desk::EngineBridge::Proxy proxy = bridge.proxy();
        QVERIFY(proxy.port != 0 && proxy.password.size() >= 32);
        bridge.stop();
        QTRY_COMPARE(bridge.state(), State::Stopped);
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), port);
        QVERIFY(!socket.waitForConnected(2000));
        // A browser knows one proxy for its life: it stays, also when the engine has to start again.
        QCOMPARE(bridge.proxy().port, proxy.port);
        bridge.run(
            arrangement(QStringLiteral("listeners:\n  - {name: http, bind: 127.0.0.1:0, public: 80}\n")),
            false);
        QTRY_COMPARE(bridge.state(), State::Running);
        QCOMPARE(bridge.proxy().port, proxy.port);
        socket.connectToHost(proxy.host, proxy.port);
        QVERIFY(socket.waitForConnected(2000));
    }

    void whatWasSeenArrivesInBatchesOnThisThread() {
        EngineBridge bridge;
        bridge.run(arrangement(), true);
        QTRY_COMPARE(bridge.state(), State::Running);
        std::size_t batches = 0, exchanges = 0;
        QThread* deliveredOn = nullptr;
        connect(&bridge, &EngineBridge::arrived, this, [&](const engine::Batch& batch) {
            ++batches;
            exchanges += batch.exchanges.size();
            deliveredOn = QThread::currentThread();
        });
        constexpr int count = 200;
        ask(portOf(bridge, lab::Listener::Kind::Http), count);
        QTRY_COMPARE(exchanges, std::size_t{count});
        QCOMPARE(deliveredOn, QThread::currentThread());
        QVERIFY2(batches < count / 4, qPrintable(QString::number(batches))); // bunched by the frame
        QCOMPARE(bridge.dropped(), std::uint64_t{0});
    }

    void aRefusedRunLeavesWhatRan() {
        QTcpServer holder;
        QVERIFY(holder.listen(QHostAddress::LocalHost));
        const QString taken = QStringLiteral("listeners:\n  - {name: http, bind: 127.0.0.1:%1, public: 80}\n")
                                  .arg(holder.serverPort());
        QTcpServer finder;
        QVERIFY(finder.listen(QHostAddress::LocalHost));
        const QString open = QStringLiteral("listeners:\n  - {name: http, bind: 127.0.0.1:%1, public: 80}\n")
                                 .arg(finder.serverPort());
        finder.close();

        EngineBridge bridge;
        const auto good = arrangement(open);
        QVERIFY(good != nullptr);
        bridge.run(good);
        QTRY_COMPARE(bridge.state(), State::Running);
        QSignalSpy refused(&bridge, &EngineBridge::refused);
        bridge.run(arrangement(taken));
        QTRY_COMPARE(refused.size(), 1);
        QCOMPARE(bridge.lastError().what->code, "port-taken");
        QCOMPARE(bridge.state(), State::Running);
        QCOMPARE(bridge.running(), good);
        ask(portOf(bridge, lab::Listener::Kind::Http), 1);
    }

    void theLastOfSeveralRunsCounts() {
        EngineBridge bridge;
        const auto first = arrangement(), last = arrangement();
        bridge.run(first, true);
        bridge.run(last, true);
        QTRY_COMPARE(bridge.state(), State::Running);
        QTRY_COMPARE(bridge.running(), last);
    }

    void aBridgeThatGoesWhileItStartsLeavesNothing() {
        for (int i = 0; i < 5; ++i) {
            EngineBridge bridge;
            bridge.run(arrangement(), true);
        }
        QCoreApplication::processEvents();
    }
};

QTEST_GUILESS_MAIN(TestEngine)
#include "tst_desk_engine.moc"
