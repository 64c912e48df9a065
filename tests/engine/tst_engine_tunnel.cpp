#include "fixture.h"

#include <QTest>
#include <random>

using namespace gatehouse;
using namespace gatehouse::engine;
using namespace gatehouse::engine::testing;

namespace {

std::string upgradeRequest(const std::string& protocol = "websocket") {
    return get("/ws", "Connection: keep-alive, Upgrade\r\nUpgrade: " + protocol +
                          "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n");
}

constexpr std::string_view switching =
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";

// Accepts the upgrade and sends back whatever comes.
struct EchoTunnel : ScriptedServer {
    EchoTunnel()
        : ScriptedServer([this](RawSocket& socket) {
              readRequest(socket);
              socket.send(switching);
              socket.send(std::exchange(socket.held, {}));
              for (std::string bytes = socket.receive(60'000); !bytes.empty(); bytes = socket.receive(60'000))
                  socket.send(bytes);
              socket.send("bye");
          }) {}
};

bool open(RawSocket& client) {
    client.send(upgradeRequest());
    if (!client.readUntil("\r\n\r\n"))
        return false;
    const bool switched = client.held.starts_with("HTTP/1.1 101 Switching Protocols\r\n");
    client.held.erase(0, client.held.find("\r\n\r\n") + 4);
    return switched;
}

std::string readExactly(RawSocket& client, std::size_t size) {
    while (client.held.size() < size) {
        const std::string more = client.receive();
        if (more.empty())
            break;
        client.held += more;
    }
    std::string out = client.held.substr(0, size);
    client.held.erase(0, size);
    return out;
}

} // namespace

class tst_engine_tunnel : public QObject {
    Q_OBJECT

private slots:
    void thousandFrames() {
        EchoTunnel server;
        Fixture fixture({.backend = backendAt(server.port())});
        RawSocket client = fixture.connect();
        QVERIFY(open(client));
        std::mt19937 random(2);
        std::uint64_t total = 0;
        for (int i = 0; i < 1000; ++i) {
            const std::string frame(i % 50 == 0 ? 65536 : random() % 300 + 1,
                                    static_cast<char>('a' + i % 26));
            QVERIFY(client.send(frame));
            QCOMPARE(readExactly(client, frame.size()), frame);
            total += frame.size();
        }
        client.finishSending();
        QCOMPARE(client.readAll(), std::string("bye")); // half-closed: the other half still speaks
        const auto records = fixture.records(1);
        QCOMPARE(records.size(), std::size_t(1));
        QVERIFY(records[0]->kind == exchange::Exchange::Kind::Tunnel);
        QCOMPARE(records[0]->client.status, 101);
        QCOMPARE(records[0]->client.response.body.size, total + 3);
        const std::string head = server.requests().front();
        QVERIFY(head.find("Upgrade: websocket\r\n") != std::string::npos);
        QVERIFY(head.find("Connection: upgrade\r\n") != std::string::npos);
    }

    // Bytes that come together with a head belong to the tunnel.
    void bytesGluedToTheHeads() {
        ScriptedServer server([&](RawSocket& socket) {
            server.readRequest(socket);
            socket.send(std::string(switching) + "hello from the server");
            socket.readUntil("client");
            socket.send("got it");
        });
        Fixture fixture({.backend = backendAt(server.port())});
        RawSocket client = fixture.connect();
        client.send(upgradeRequest() + "hello from the client");
        const std::string all = client.readAll();
        QVERIFY(all.ends_with("\r\n\r\nhello from the servergot it"));
    }

    // Shown while it lasts, and once more when it is over, under one id.
    void liveRecord() {
        EchoTunnel server;
        Fixture fixture({.backend = backendAt(server.port())});
        RawSocket client = fixture.connect();
        QVERIFY(open(client));
        std::uint64_t live = 0;
        while (live == 0) {
            for (const auto& exchange : fixture.engine().take().exchanges)
                if (exchange->live)
                    live = exchange->id;
            client.receive(5);
        }
        client.close();
        QCOMPARE(fixture.records(1).front()->id, live);
    }

    void refusedUpgrade() {
        ScriptedServer server([&](RawSocket& socket) {
            while (!server.readRequest(socket).head.empty())
                socket.send("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno");
        });
        Fixture fixture({.backend = backendAt(server.port())});
        RawSocket client = fixture.connect();
        client.send(upgradeRequest());
        QCOMPARE(statusOf(client.readResponse()), 403);
        client.send(get());
        QCOMPARE(statusOf(client.readResponse()), 403);
    }

    void otherProtocolsAreNotPassedOn() {
        ScriptedServer server([&](RawSocket& socket) {
            while (!server.readRequest(socket).head.empty())
                socket.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
        Fixture fixture({.backend = backendAt(server.port())});
        QCOMPARE(statusOf(fixture.ask(upgradeRequest("h2c"))), 200);
        QVERIFY(server.requests().front().find("h2c") == std::string::npos);
    }

    void tornTunnels() {
        EchoTunnel server;
        Fixture fixture({.backend = backendAt(server.port())});
        for (int i = 0; i < 50; ++i) {
            RawSocket client = fixture.connect();
            QVERIFY(open(client));
            client.send("x");
            if (i % 2)
                client.reset();
        }
        QCOMPARE(fixture.records(50).size(), std::size_t(50));
    }

    void endOfTheEngineCutsTunnels() {
        EchoTunnel server;
        Fixture fixture({.backend = backendAt(server.port())});
        RawSocket client = fixture.connect();
        QVERIFY(open(client));
        const auto start = std::chrono::steady_clock::now();
        fixture.stop();
        QVERIFY(client.readAll().empty());
        QVERIFY(std::chrono::steady_clock::now() - start < std::chrono::seconds(4));
    }
};

QTEST_GUILESS_MAIN(tst_engine_tunnel)
#include "tst_engine_tunnel.moc"
