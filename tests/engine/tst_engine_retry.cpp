#include "fixture.h"

#include <QTest>
#include <map>

using namespace gatehouse;
using namespace gatehouse::engine;
using namespace gatehouse::engine::testing;

namespace {

enum class Point { AtConnect, AfterHead, AfterRequest, InStatusLine, InFields, InBody, Reset };

std::string request(const std::string& method) {
    const bool body = method == "POST" || method == "PUT" || method == "PATCH";
    return method + " / HTTP/1.1\r\nHost: " + host + "\r\n" +
           (body ? "Content-Length: 4\r\n\r\nbody" : "\r\n");
}

bool mayRepeat(const std::string& method) {
    return method != "POST" && method != "PATCH";
}

constexpr std::string_view good = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

} // namespace

class tst_engine_retry : public QObject {
    Q_OBJECT

private slots:
    // The server answers once, then closes its connection at this point of the second exchange; the
    // connection after that is well again. A request that may have been executed is repeated only if
    // repeating does no harm.
    void closesAtEveryPoint_data() {
        QTest::addColumn<int>("point");
        QTest::addColumn<std::string>("method");
        const std::map<Point, const char*> points{{Point::AtConnect, "idle"},
                                                  {Point::AfterHead, "after head"},
                                                  {Point::AfterRequest, "after request"},
                                                  {Point::InStatusLine, "status"},
                                                  {Point::InFields, "fields"},
                                                  {Point::InBody, "body"},
                                                  {Point::Reset, "reset"}};
        for (const auto& [point, name] : points)
            for (const char* method : {"GET", "HEAD", "OPTIONS", "PUT", "DELETE", "POST", "PATCH"})
                QTest::addRow("%s %s", name, method) << static_cast<int>(point) << std::string(method);
    }
    void closesAtEveryPoint() {
        QFETCH(const int, point);
        QFETCH(const std::string, method);
        std::atomic<int> executed = 0;
        std::atomic<bool> broken = false;
        ScriptedServer server([&](RawSocket& socket) {
            for (;;) {
                const auto got = server.readRequest(socket);
                if (got.head.empty())
                    return;
                const bool probe = got.head.starts_with("GET /probe");
                if (!probe)
                    ++executed;
                if (!probe && !broken.exchange(true)) {
                    switch (static_cast<Point>(point)) {
                    case Point::InStatusLine:
                        socket.send(good.substr(0, 8));
                        return;
                    case Point::InFields:
                        socket.send(good.substr(0, 30));
                        return;
                    case Point::InBody:
                        socket.send(good.substr(0, good.size() - 1));
                        return;
                    case Point::Reset:
                        socket.reset();
                        return;
                    default:
                        return;
                    }
                }
                socket.send(got.head.starts_with("HEAD") ? "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"
                                                         : good);
                if (probe && static_cast<Point>(point) == Point::AtConnect)
                    return; // closes while it is idle in the pool
            }
        });
        Fixture fixture({.backend = backendAt(server.port())});
        RawSocket client = fixture.connect();
        client.send(get("/probe")); // now a connection lies in the pool
        QCOMPARE(statusOf(client.readResponse()), 200);
        if (static_cast<Point>(point) == Point::AtConnect)
            broken = true;

        RawSocket other = fixture.connect();
        other.send(request(method));
        const std::string response = other.readResponse(method == "HEAD");
        const bool answered = static_cast<Point>(point) == Point::AtConnect;
        const bool begun = static_cast<Point>(point) == Point::InBody; // half a head counts as none
        if (answered || (!begun && mayRepeat(method)))
            QCOMPARE(statusOf(response), 200);
        else if (static_cast<Point>(point) != Point::InBody)
            QCOMPARE(statusOf(response), 502);
        QVERIFY(mayRepeat(method) || executed <= 1);
        QVERIFY(executed <= 2);
        const auto records = fixture.records(2);
        QCOMPARE(records.size(), std::size_t(2));
        if (!answered) // there the end may be seen before or after the request is sent
            QCOMPARE(records[1]->attempts.size() > 1, !begun && mayRepeat(method));
        client.send(get("/probe")); // and everything is well afterwards
        QCOMPARE(statusOf(client.readResponse()), 200);
    }

    // A response nobody asked for must not become the answer to the next request.
    void unaskedResponse() {
        ScriptedServer server([&](RawSocket& socket) {
            while (!server.readRequest(socket).head.empty())
                socket.send(std::string(good) + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
        });
        Fixture fixture({.backend = backendAt(server.port())});
        for (int i = 0; i < 20; ++i)
            QCOMPARE(bodyOf(fixture.ask(get())), std::string("ok"));
        QCOMPARE(server.connections(), 20);
    }

    // An answer during the upload is relayed, although the server reads no further.
    void earlyAnswer() {
        ScriptedServer server([&](RawSocket& socket) {
            socket.readUntil("\r\n\r\n");
            socket.send("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbig");
            socket.finishSending();
            socket.receive(2000);
        });
        PlanParts parts{.backend = backendAt(server.port())};
        parts.annotations.push_back({"nginx.ingress.kubernetes.io/proxy-request-buffering", "off", true, {}});
        parts.annotations.push_back({"nginx.ingress.kubernetes.io/proxy-body-size", "0", true, {}});
        Fixture fixture(parts);
        RawSocket client = fixture.connect();
        client.send(std::string("PUT / HTTP/1.1\r\nHost: ") + host + "\r\nContent-Length: 50000000\r\n\r\n");
        client.send(std::string(100'000, 'x'));
        const std::string response = client.readResponse();
        QCOMPARE(statusOf(response), 413);
        QCOMPARE(bodyOf(response), std::string("big"));
        QCOMPARE(fixture.records(1).size(), std::size_t(1));
    }

    void malformedAnswers_data() {
        QTest::addColumn<std::string>("answer");
        QTest::newRow("no HTTP") << std::string("SSH-2.0-OpenSSH_9\r\n");
        QTest::newRow("two lengths") << std::string(
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab");
        QTest::newRow("length and chunked") << std::string(
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        QTest::newRow("splitting") << std::string(
            "HTTP/1.1 200 OK\r\nX: a\nSet-Cookie: evil=1\r\nContent-Length: 0\r\n\r\n");
        QTest::newRow("switching unasked") << std::string(
            "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n");
    }
    void malformedAnswers() {
        QFETCH(const std::string, answer);
        ScriptedServer server([&](RawSocket& socket) {
            while (!server.readRequest(socket).head.empty())
                socket.send(answer);
        });
        Fixture fixture({.backend = backendAt(server.port())});
        const std::string response = fixture.ask(get());
        QCOMPARE(statusOf(response), 502);
        QVERIFY(response.find("evil") == std::string::npos);
        QCOMPARE(fixture.records(1).size(), std::size_t(1));
    }

    // A body that breaks off is not passed off as whole.
    void brokenBody_data() {
        QTest::addColumn<std::string>("answer");
        QTest::newRow("length") << std::string("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
        QTest::newRow("chunked") << std::string(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
        QTest::newRow("bad chunk") << std::string(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n");
    }
    void brokenBody() {
        QFETCH(const std::string, answer);
        ScriptedServer server([&](RawSocket& socket) {
            server.readRequest(socket);
            socket.send(answer);
        });
        Fixture fixture({.backend = backendAt(server.port())});
        RawSocket client = fixture.connect();
        client.send(get());
        const std::string response = client.readAll();
        QCOMPARE(statusOf(response), 200);
        QVERIFY(!response.ends_with("0\r\n\r\n"));
        const auto records = fixture.records(1);
        QVERIFY(records[0]->client.response.body.state == exchange::BodyState::Truncated);
    }
};

QTEST_GUILESS_MAIN(tst_engine_retry)
#include "tst_engine_retry.moc"
