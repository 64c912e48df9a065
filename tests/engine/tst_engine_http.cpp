#include "fixture.h"

#include <http/body.h>

#include <QTest>
#include <random>

using namespace gatehouse;
using namespace gatehouse::engine;
using namespace gatehouse::engine::testing;

namespace {

lab::KeyValue annotation(const char* name, const char* value) {
    return {std::string("nginx.ingress.kubernetes.io/") + name, value, true, {}};
}

std::string post(const std::string& body, const std::string& fields = {}) {
    return std::string("POST / HTTP/1.1\r\nHost: ") + host + "\r\n" + fields +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string chunks(const std::string& body, std::size_t size) {
    std::string out;
    for (std::size_t at = 0; at < body.size(); at += size)
        out += http::chunkHead(std::min(size, body.size() - at)) + body.substr(at, size) + "\r\n";
    return out + std::string(http::lastChunk);
}

std::string noise(std::size_t size) {
    std::mt19937 random(5);
    std::string out(size, '\0');
    for (char& c : out)
        c = static_cast<char>(random());
    return out;
}

// Says what it got: method, and size of the body.
void echoSize(ScriptedServer& server, RawSocket& socket) {
    for (auto request = server.readRequest(socket); !request.head.empty();
         request = server.readRequest(socket)) {
        const std::string text = request.head.substr(0, request.head.find(' ')) + ' ' +
                                 std::to_string(std::hash<std::string>{}(request.body)) + ' ' +
                                 std::to_string(request.body.size());
        socket.send("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(text.size()) + "\r\n\r\n" + text);
    }
}

std::string told(const std::string& method, const std::string& body) {
    return method + ' ' + std::to_string(std::hash<std::string>{}(body)) + ' ' + std::to_string(body.size());
}

struct EchoServer : ScriptedServer {
    EchoServer() : ScriptedServer([this](RawSocket& socket) { echoSize(*this, socket); }) {}
};

} // namespace

class tst_engine_http : public QObject {
    Q_OBJECT

private slots:
    void keepAlive() {
        EchoServer server;
        Fixture fixture({.backend = backendAt(server.port())});
        RawSocket client = fixture.connect();
        for (int i = 0; i < 1000; ++i) {
            QVERIFY(client.send(get("/" + std::to_string(i))));
            const std::string response = client.readResponse();
            QCOMPARE(statusOf(response), 200);
        }
        QCOMPARE(server.connections(), 1);
        const auto records = fixture.records(1000);
        QCOMPARE(records.size(), std::size_t(1000));
        for (std::size_t i = 0; i < records.size(); ++i) {
            QVERIFY(i == 0 || records[i]->id > records[i - 1]->id);
            QVERIFY(records[i]->target == "/" + std::to_string(i));
            QCOMPARE(records[i]->client.status, 200);
            QCOMPARE(records[i]->attempts.size(), std::size_t(1));
        }
    }

    void pipelining() {
        EchoServer server;
        Fixture fixture({.backend = backendAt(server.port())});
        RawSocket client = fixture.connect();
        std::string all;
        for (int i = 0; i < 100; ++i)
            all += i % 3 == 0 ? post(std::string(static_cast<std::size_t>(i), 'x'))
                              : get("/" + std::to_string(i));
        QVERIFY(client.send(all));
        for (int i = 0; i < 100; ++i) {
            const std::string body =
                i % 3 == 0 ? std::string(static_cast<std::size_t>(i), 'x') : std::string();
            QCOMPARE(bodyOf(client.readResponse()), told(i % 3 == 0 ? "POST" : "GET", body));
        }
        QCOMPARE(fixture.records(100).size(), std::size_t(100));
    }

    // A request cut at any place is answered as if it had come at once.
    void splits() {
        EchoServer server;
        Fixture fixture({.backend = backendAt(server.port())});
        const std::string request = post("hello", "X-Y: z\r\n");
        RawSocket client = fixture.connect();
        for (std::size_t cut = 1; cut < request.size(); ++cut) {
            client.send(request.substr(0, cut));
            client.send(request.substr(cut));
            QCOMPARE(bodyOf(client.readResponse()), told("POST", "hello"));
        }
        QCOMPARE(fixture.records(request.size() - 1).size(), request.size() - 1);
    }

    void chunkedUpload_data() {
        QTest::addColumn<int>("chunk");
        QTest::addColumn<bool>("buffered");
        for (const bool buffered : {true, false})
            for (const int chunk : {1, 7, 4096, 65536})
                QTest::addRow("%d %s", chunk, buffered ? "buffered" : "streamed") << chunk << buffered;
    }
    void chunkedUpload() {
        QFETCH(const int, chunk);
        QFETCH(const bool, buffered);
        EchoServer server;
        PlanParts parts{.backend = backendAt(server.port())};
        if (!buffered)
            parts.annotations.push_back(annotation("proxy-request-buffering", "off"));
        Fixture fixture(parts);
        const std::string body = noise(chunk == 1 ? 3000 : 300'000);
        RawSocket client = fixture.connect();
        for (int round = 0; round < 3; ++round) {
            QVERIFY(client.send(std::string("POST / HTTP/1.1\r\nHost: ") + host +
                                "\r\nTransfer-Encoding: chunked\r\n\r\n"));
            QVERIFY(client.send(chunks(body, static_cast<std::size_t>(chunk))));
            QCOMPARE(bodyOf(client.readResponse()), told("POST", body));
        }
        const std::string head = server.requests().front();
        QCOMPARE(head.find("Content-Length: " + std::to_string(body.size())) != std::string::npos, buffered);
        QCOMPARE(head.find("Transfer-Encoding: chunked") != std::string::npos, !buffered);
    }

    // Larger than what is kept in memory.
    void spooledUpload() {
        EchoServer server;
        Fixture fixture(
            {.backend = backendAt(server.port()), .annotations = {annotation("proxy-body-size", "8m")}});
        const std::string body = noise(5'000'000);
        RawSocket client = fixture.connect();
        QVERIFY(client.send(post(body)));
        QCOMPARE(bodyOf(client.readResponse()), told("POST", body));
        const auto records = fixture.records(1);
        QCOMPARE(records.front()->client.request.body.size, std::uint64_t(5'000'000));
        QVERIFY(records.front()->client.request.body.start.size() <= 64 * 1024);
    }

    void download_data() {
        QTest::addColumn<std::string>("framing");
        QTest::newRow("length") << std::string("length");
        QTest::newRow("chunked") << std::string("chunked");
        QTest::newRow("until close") << std::string("close");
    }
    void download() {
        QFETCH(const std::string, framing);
        const std::string body = noise(2'000'000);
        ScriptedServer server([&](RawSocket& socket) {
            while (!server.readRequest(socket).head.empty()) {
                if (framing == "length")
                    socket.send("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) +
                                "\r\n\r\n" + body);
                else if (framing == "chunked")
                    socket.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks(body, 5000));
                else
                    socket.send("HTTP/1.1 200 OK\r\n\r\n" + body), socket.close();
                if (framing == "close")
                    return;
            }
        });
        Fixture fixture({.backend = backendAt(server.port())});
        RawSocket client = fixture.connect();
        client.receiveSlowly();
        for (int round = 0; round < 2; ++round) {
            client.send(get());
            const std::string response = client.readResponse();
            QVERIFY(bodyOf(response) == body);
        }
        const auto records = fixture.records(2);
        QCOMPARE(records.size(), std::size_t(2));
        QCOMPARE(records[0]->client.response.body.size, std::uint64_t(body.size()));
        QVERIFY(records[0]->client.response.body.state == exchange::BodyState::Complete);
        QCOMPARE(server.connections(), framing == "close" ? 2 : 1);
    }

    void oldClients() {
        ScriptedServer server([&](RawSocket& socket) {
            while (!server.readRequest(socket).head.empty())
                socket.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" +
                            chunks("hello world", 4));
        });
        Fixture fixture({.backend = backendAt(server.port())});
        RawSocket client = fixture.connect();
        client.send(std::string("GET / HTTP/1.0\r\nHost: ") + host + "\r\n\r\n");
        const std::string response = client.readAll();
        QVERIFY(response.ends_with("\r\n\r\nhello world"));
        QVERIFY(response.find("chunked") == std::string::npos);
    }

    void head() {
        ScriptedServer server([&](RawSocket& socket) {
            while (!server.readRequest(socket).head.empty())
                socket.send("HTTP/1.1 200 OK\r\nContent-Length: 12345\r\n\r\n");
        });
        Fixture fixture({.backend = backendAt(server.port())});
        RawSocket client = fixture.connect();
        for (int i = 0; i < 3; ++i) {
            client.send(std::string("HEAD / HTTP/1.1\r\nHost: ") + host + "\r\n\r\n");
            const std::string response = client.readResponse(true);
            QCOMPARE(statusOf(response), 200);
            QVERIFY(response.find("Content-Length: 12345\r\n") != std::string::npos);
        }
        QCOMPARE(server.connections(), 1);
    }

    void expectContinue() {
        EchoServer server;
        Fixture fixture({.backend = backendAt(server.port())});
        RawSocket client = fixture.connect();
        client.send(std::string("PUT / HTTP/1.1\r\nHost: ") + host +
                    "\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
        QVERIFY(client.readUntil("\r\n\r\n"));
        QVERIFY(client.held == "HTTP/1.1 100 Continue\r\n\r\n");
        client.held.clear();
        client.send("hello");
        QCOMPARE(bodyOf(client.readResponse()), told("PUT", "hello"));
        QVERIFY(server.requests().front().find("Expect") == std::string::npos);
        client.send(get("/again"));
        QCOMPARE(statusOf(client.readResponse()), 200);
    }

    // The final answer instead of a 100; nothing of the body is wanted.
    void expectAndRefuse() {
        EchoServer server;
        Fixture fixture({.backend = backendAt(server.port())});
        RawSocket client = fixture.connect();
        client.send(std::string("PUT / HTTP/1.1\r\nHost: ") + host +
                    "\r\nExpect: 100-continue\r\nContent-Length: 2000000\r\n\r\n");
        const std::string response = client.readAll();
        QCOMPARE(statusOf(response), 413);
        QVERIFY(response.find("Connection: close\r\n") != std::string::npos);
        QCOMPARE(server.connections(), 0);
    }

    void interimAnswers() {
        ScriptedServer server([&](RawSocket& socket) {
            while (!server.readRequest(socket).head.empty())
                socket.send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
                            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        });
        Fixture fixture({.backend = backendAt(server.port())});
        RawSocket client = fixture.connect();
        client.send(get());
        QCOMPARE(statusOf(client.readResponse()), 103);
        QCOMPARE(bodyOf(client.readResponse()), std::string("ok"));
    }

    void bodyLimit() {
        EchoServer server;
        Fixture fixture(
            {.backend = backendAt(server.port()), .annotations = {annotation("proxy-body-size", "1k")}});
        QCOMPARE(bodyOf(fixture.ask(post(std::string(1024, 'x')))), told("POST", std::string(1024, 'x')));
        QCOMPARE(statusOf(fixture.ask(post(std::string(1025, 'x')))), 413);
        const std::string chunked =
            std::string("POST / HTTP/1.1\r\nHost: ") + host + "\r\nTransfer-Encoding: chunked\r\n\r\n";
        QCOMPARE(statusOf(fixture.ask(chunked + chunks(std::string(1025, 'x'), 100))), 413);
        QCOMPARE(statusOf(fixture.ask(post(std::string(3'000'000, 'x')))), 413);
        QCOMPARE(server.requests().size(), std::size_t(1));
        QCOMPARE(fixture.records(4).size(), std::size_t(4));
    }

    void hopByHopFields() {
        EchoServer server;
        Fixture fixture({.backend = backendAt(server.port())});
        fixture.ask(get("/",
                        "Connection: keep-alive, X-Hop\r\nKeep-Alive: 5\r\nTE: trailers\r\nX-Hop: stays\r\n"
                        "Upgrade: h2c\r\nX-Other: v\r\n"));
        const std::string head = server.requests().front();
        for (const char* gone : {"Keep-Alive", "TE:", "Upgrade", "h2c"})
            QVERIFY2(head.find(gone) == std::string::npos, gone);
        QVERIFY(head.find("X-Hop: stays\r\n") != std::string::npos); // as nginx, which looks at no list
        QVERIFY(head.find("X-Other: v\r\n") != std::string::npos);
    }

    // Behind the controller a pod sees the controller, from a port of its own.
    void whoamiSeesAPort() {
        Fixture fixture(PlanParts{});
        RawSocket client = fixture.connect();
        client.send(get());
        const std::string line = "RemoteAddr: 127.0.0.1:" + std::to_string(client.localPort()) + "\n";
        QVERIFY(bodyOf(client.readResponse()).find(line) != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(tst_engine_http)
#include "tst_engine_http.moc"
