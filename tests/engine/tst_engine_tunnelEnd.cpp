#include "fixture.h"
#include "tlsSocket.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::engine;
using namespace gatehouse::engine::testing;

namespace {

constexpr std::string_view switching =
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
constexpr std::size_t manyTunnels = 60;
constexpr std::size_t little = 1000; // lies in the next system's buffers at once

std::string upgradeRequest() {
    return get("/ws", "Connection: Upgrade\r\nUpgrade: websocket\r\n");
}

// Waits for "go", says all it has to say and is gone at once, whatever it was sent meanwhile. Of much,
// whoever closes so loses the rest in his own system already: then it only ends its half, and reads on.
struct HastyServer : ScriptedServer {
    explicit HastyServer(std::size_t size)
        : ScriptedServer([this, size](RawSocket& socket) {
              readRequest(socket);
              socket.send(switching);
              socket.readUntil("go");
              socket.send(std::string(size, 'b'));
              socket.send("ZZ");
              if (size > little) {
                  socket.finishSending();
                  socket.readAll();
              }
          }) {}
};

} // namespace

// What was said before an end arrives, whichever side ended, and however.
class tst_engine_tunnelEnd : public QObject {
    Q_OBJECT

private slots:
    void lastBytesArrive_data() {
        QTest::addColumn<bool>("tls");
        QTest::addColumn<std::size_t>("size");
        QTest::newRow("plain, little") << false << std::size_t(0);
        QTest::newRow("plain, much") << false << std::size_t(300'000);
        QTest::newRow("TLS, little") << true << std::size_t(0);
        QTest::newRow("TLS, much") << true << std::size_t(300'000);
    }
    // The client is slow to read and goes on talking, so that its bytes find the server gone.
    void lastBytesArrive() {
        QFETCH(const bool, tls);
        QFETCH(const std::size_t, size);
        HastyServer server(size);
        Fixture fixture({.backend = backendAt(server.port()), .https = tls});
        const std::string frame(50, 'f');
        if (tls) {
            std::vector<TlsSocket> clients;
            for (std::size_t i = 0; i < manyTunnels; ++i)
                clients.emplace_back(slow(RawSocket::connect(fixture.port("https"))), host);
            chatter(clients, frame);
            for (TlsSocket& client : clients) {
                QCOMPARE(whole(readTalking(client, frame)), size + 2);
                QVERIFY(client.endedProperly());
            }
        } else {
            std::vector<RawSocket> clients;
            for (std::size_t i = 0; i < manyTunnels; ++i)
                clients.push_back(slow(fixture.connect()));
            chatter(clients, frame);
            for (RawSocket& client : clients) {
                QCOMPARE(whole(readTalking(client, frame)), size + 2);
                QVERIFY(!client.wasReset());
                client.close();
            }
        }
        const auto records = fixture.records(manyTunnels);
        QCOMPARE(records.size(), manyTunnels);
        for (const auto& record : records)
            QCOMPARE(record->client.response.body.size, size + 2);
    }

    void lastBytesReachTheServer_data() {
        QTest::addColumn<std::size_t>("size");
        QTest::newRow("little") << little;
        QTest::newRow("much") << std::size_t(300'000);
    }
    // The other way: the client is gone at once, the server slow, and talking to nobody.
    void lastBytesReachTheServer() {
        QFETCH(const std::size_t, size);
        std::atomic<std::size_t> complete = 0;
        ScriptedServer server([&](RawSocket& socket) {
            socket.receiveSlowly();
            server.readRequest(socket);
            socket.send(switching);
            for (std::string more = socket.receive(); !more.empty(); more = socket.receive()) {
                socket.held += more;
                if (size <= little)
                    socket.send(more);
            }
            if (socket.held.size() == size && socket.held.ends_with("ZZ"))
                ++complete;
        });
        Fixture fixture({.backend = backendAt(server.port()), .https = true});
        for (std::size_t i = 0; i < manyTunnels; ++i) {
            TlsSocket client(RawSocket::connect(fixture.port("https")), host);
            QVERIFY(client.send(upgradeRequest()));
            QVERIFY(client.readUntil("\r\n\r\n"));
            QVERIFY(client.send(std::string(size - 2, 'b')));
            QVERIFY(client.send("ZZ"));
            client.finishSending();
            if (size > little)
                client.readAll();
        }
        QCOMPARE(fixture.records(manyTunnels).size(), manyTunnels);
        fixture.stop();
        QCOMPARE(complete.load(), manyTunnels);
    }

    // A client that does not end its side does not hold the tunnel for ever.
    void clientThatStays() {
        HastyServer server(10);
        Fixture fixture({.backend = backendAt(server.port()), .https = true});
        TlsSocket client(RawSocket::connect(fixture.port("https")), host);
        QVERIFY(client.send(upgradeRequest()));
        QVERIFY(client.readUntil("\r\n\r\n"));
        QVERIFY(client.send("go"));
        QCOMPARE(fixture.records(1).size(), std::size_t(1)); // within the time of farewell, not of idleness
        QCOMPARE(whole(client.readAll()), std::size_t(12));
    }

private:
    static RawSocket slow(RawSocket socket) {
        socket.receiveSlowly();
        return socket;
    }

    template <class Socket>
    static void chatter(std::vector<Socket>& clients, const std::string& frame) {
        for (Socket& client : clients)
            client.send(upgradeRequest() + "go");
        for (int round = 0; round < 20; ++round)
            for (Socket& client : clients)
                client.send(frame); // refused sooner or later
    }

    // Reads to the end, and answers whatever comes.
    template <class Socket>
    static std::string readTalking(Socket& client, const std::string& frame) {
        std::string all;
        for (std::string more = client.receive(); !more.empty(); more = client.receive()) {
            all += more;
            client.send(frame);
        }
        return all;
    }

    // Bytes of the tunnel that came, if the last of them are the server's last.
    static std::size_t whole(const std::string& all) {
        const auto head = all.find("\r\n\r\n");
        if (head == std::string::npos)
            return all.ends_with("ZZ") ? all.size() : 0;
        return all.ends_with("ZZ") ? all.size() - head - 4 : 0;
    }
};

QTEST_GUILESS_MAIN(tst_engine_tunnelEnd)
#include "tst_engine_tunnelEnd.moc"
