#include "fixture.h"

#include <QTest>
#include <future>
#include <thread>

using namespace gatehouse;
using namespace gatehouse::engine;
using namespace gatehouse::engine::testing;

namespace {

struct OkServer : ScriptedServer {
    OkServer()
        : ScriptedServer([this](RawSocket& socket) {
              for (auto request = readRequest(socket); !request.head.empty(); request = readRequest(socket)) {
                  if (request.head.find("websocket") != std::string::npos) {
                      socket.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                                  "Connection: Upgrade\r\n\r\n");
                      for (std::string more = socket.receive(60'000); !more.empty();
                           more = socket.receive(60'000))
                          socket.send(more);
                      return;
                  }
                  socket.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
              }
          }) {}
};

std::string upgradeRequest() {
    return get("/ws", "Connection: Upgrade\r\nUpgrade: websocket\r\n");
}

// Asks on, reconnecting whenever the server says close, until told to stop; counts what went wrong.
struct Load {
    explicit Load(std::uint16_t port) : thread([this, port] { run(port); }) {}
    void finish() {
        stop = true;
        thread.join();
    }
    void run(std::uint16_t port) {
        RawSocket client = RawSocket::connect(port);
        while (!stop) {
            client.send(get());
            const std::string response = client.readResponse();
            ++asked;
            if (statusOf(response) != 200)
                ++failed;
            if (response.find("Connection: close") != std::string::npos || response.empty())
                client = RawSocket::connect(port);
        }
    }
    std::atomic<bool> stop = false;
    std::atomic<std::size_t> asked = 0;
    std::atomic<std::size_t> failed = 0;
    std::thread thread;
};

} // namespace

class tst_engine_apply : public QObject {
    Q_OBJECT

private slots:
    void hundredTimesUnderLoad() {
        OkServer server;
        const PlanParts parts{.backend = backendAt(server.port())};
        Fixture fixture(parts);
        const std::uint16_t port = fixture.port();
        std::vector<RawSocket> tunnels;
        for (int i = 0; i < 5; ++i) {
            tunnels.push_back(fixture.connect());
            tunnels.back().send(upgradeRequest());
            QVERIFY(tunnels.back().readUntil("\r\n\r\n"));
            tunnels.back().held.clear();
        }
        Load one(port);
        Load two(port);
        for (int i = 0; i < 100; ++i) {
            const std::size_t before = one.asked + two.asked;
            QVERIFY(fixture.apply(makePlan(parts)).has_value());
            QCOMPARE(fixture.port(), port);
            RawSocket& tunnel = tunnels[static_cast<std::size_t>(i) % tunnels.size()];
            tunnel.send("ping");
            QVERIFY(tunnel.readUntil("ping"));
            tunnel.held.clear();
            while (one.asked + two.asked == before) // every arrangement serves something
                std::this_thread::yield();
        }
        one.finish();
        two.finish();
        QCOMPARE(one.failed + two.failed, std::size_t(0));
        for (RawSocket& tunnel : tunnels)
            tunnel.close();
        const std::size_t all = one.asked + two.asked + tunnels.size();
        QCOMPARE(fixture.records(all).size(), all);
    }

    // A request under way ends with the arrangement it began with.
    void underWay() {
        std::atomic<bool> go = false;
        ScriptedServer slow([&](RawSocket& socket) {
            slow.readRequest(socket);
            while (!go)
                socket.receive(5);
            socket.send("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nold");
        });
        Fixture fixture({.backend = backendAt(slow.port())});
        RawSocket client = fixture.connect();
        client.send(get());
        while (slow.requests().empty())
            client.receive(5);
        QVERIFY(fixture.apply(makePlan(PlanParts{})).has_value());
        QVERIFY(fixture.ask(get()).find("Hostname: app") != std::string::npos);
        go = true;
        QCOMPARE(bodyOf(client.readResponse()), std::string("old"));
        const auto records = fixture.records(2);
        QVERIFY(records[0]->generation > records[1]->generation);
    }

    void nothingIsServed() {
        Fixture fixture(PlanParts{});
        RawSocket idle = fixture.connect();
        idle.send(get());
        QCOMPARE(statusOf(idle.readResponse()), 200);
        const auto stopped = fixture.apply(nullptr);
        QVERIFY(stopped && stopped->listeners.empty());
        QVERIFY(idle.receive().empty()); // closed
        QVERIFY(fixture.apply(makePlan(PlanParts{})).has_value());
        QCOMPARE(statusOf(fixture.ask(get())), 200);
    }

    // Whole or not at all, and who holds the port is said.
    void takenPort() {
        ScriptedServer holder([](RawSocket&) {});
        EngineOptions options;
        Fixture fixture(PlanParts{}, options);
        auto started = Engine::start({}, {});
        QVERIFY(started.has_value());
        auto plan = std::make_shared<arrangement::Arrangement>(*makePlan(PlanParts{}));
        plan->listeners.front().bindPort = holder.port();
        const auto listening = applyAndWait(**started, plan);
        QVERIFY(!listening);
        const std::string text = describe(listening.error());
        QVERIFY2(text.find(std::to_string(holder.port())) != std::string::npos, text.c_str());
        QVERIFY2(text.find("tst_engine_appl") != std::string::npos, text.c_str()); // comm has 15 letters
        QCOMPARE(statusOf(fixture.ask(get())), 200);
    }

    // A lab whose second listener cannot be bound leaves the first as it was.
    void halfBound() {
        ScriptedServer holder([](RawSocket&) {});
        auto engine = Engine::start({}, {});
        auto plan = std::make_shared<arrangement::Arrangement>(*makePlan(PlanParts{}));
        const auto first = applyAndWait(**engine, plan);
        QVERIFY(first.has_value());
        auto wrong = std::make_shared<arrangement::Arrangement>(*plan);
        lab::Listener second = wrong->listeners.front();
        second.name = "second";
        second.bindPort = holder.port();
        wrong->listeners.push_back(second);
        QVERIFY(!applyAndWait(**engine, wrong));
        RawSocket client = RawSocket::connect(first->listeners.front().port);
        client.send(get());
        QCOMPARE(statusOf(client.readResponse()), 200);
    }

    // The engine goes away in the middle of everything, and nothing hangs or leaks.
    void endUnderLoad() {
        OkServer server;
        for (int round = 0; round < 10; ++round) {
            Fixture fixture({.backend = backendAt(server.port())});
            std::vector<RawSocket> clients;
            for (int i = 0; i < 20; ++i) {
                clients.push_back(fixture.connect());
                clients.back().send(i % 4 == 0 ? upgradeRequest() : get().substr(0, i % 4 == 1 ? 10 : 1000));
            }
            fixture.stop();
        }
    }

    void pendingRecordsAreBounded() {
        EngineOptions options;
        options.pendingLimit = 200'000;
        Fixture fixture(PlanParts{}, options);
        RawSocket client = fixture.connect();
        for (int i = 0; i < 200; ++i) {
            client.send(get());
            client.readResponse();
        }
        const Batch batch = fixture.engine().take();
        QVERIFY(batch.dropped > 0);
        QVERIFY(batch.exchanges.size() + batch.dropped >= 199);
    }

    // What ends in the time of grace is recorded like everything else.
    void requestsThatEndWhileTheEngineStops() {
        std::promise<void> asked;
        std::promise<void> go;
        ScriptedServer server([&](RawSocket& socket) {
            if (server.readRequest(socket).head.empty())
                return;
            asked.set_value();
            go.get_future().wait();
            socket.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        });
        Fixture fixture({.backend = backendAt(server.port())});
        RawSocket client = fixture.connect();
        client.send(get("/slow"));
        asked.get_future().wait();
        std::thread stopping([&] { fixture.stop(); });
        while (RawSocket::tryToConnect(fixture.port()).isOpen()) // until the listener is closed: it does stop
            client.receive(5);
        go.set_value();
        QCOMPARE(statusOf(client.readAll()), 200);
        stopping.join();
        const auto records = fixture.records(1);
        QCOMPARE(records.size(), std::size_t(1));
        QVERIFY(records[0]->target == "/slow" && records[0]->client.status == 200);
    }

    void afterTheEnd() {
        const auto engine = Engine::start({}, [] {});
        QVERIFY(engine.has_value());
        (*engine)->stop();
        (*engine)->stop();
        QVERIFY(!applyAndWait(**engine, nullptr));
        exchange::Call call;
        call.url = *http::parseUrl("http://127.0.0.1:1/");
        QVERIFY(!callAndWait(**engine, call));
        QVERIFY((*engine)->take().exchanges.empty());
    }
};

QTEST_GUILESS_MAIN(tst_engine_apply)
#include "tst_engine_apply.moc"
