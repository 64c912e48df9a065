#include "fixture.h"
#include "tlsSocket.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <random>

using namespace gatehouse;
using namespace gatehouse::engine;
using namespace gatehouse::engine::testing;

namespace {

constexpr std::string_view tooLargePage =
    "<html>\r\n<head><title>400 Request Header Or Cookie Too Large</title></head>\r\n"
    "<body>\r\n<center><h1>400 Bad Request</h1></center>\r\n"
    "<center>Request Header Or Cookie Too Large</center>\r\n"
    "<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";

constexpr auto impatience = std::chrono::milliseconds(300);

EngineOptions impatient() {
    EngineOptions options;
    options.patience.head = impatience;
    options.patience.body = impatience;
    return options;
}

std::vector<std::pair<std::string, bool>> vectors() { // bytes, accepted
    QFile file(QStringLiteral(GATEHOUSE_SOURCE "/tests/core/http/data/http-vectors.json"));
    std::vector<std::pair<std::string, bool>> out;
    if (file.open(QIODevice::ReadOnly))
        for (const QJsonValue& row :
             QJsonDocument::fromJson(file.readAll()).object().value("vectors").toArray())
            out.emplace_back(row["bytes"].toString().toLatin1().toStdString(), row["want"].toString() == "A");
    return out;
}

} // namespace

class tst_engine_limits : public QObject {
    Q_OBJECT

private slots:
    void tooLarge_data() {
        QTest::addColumn<std::string>("request");
        QTest::addColumn<int>("status");
        const std::string start = std::string("GET / HTTP/1.1\r\nHost: ") + host + "\r\n";
        QTest::newRow("request line") << "GET /" + std::string(9000, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n"
                                      << 414;
        QTest::newRow("head") << start + "X: " + std::string(50'000, 'a') + "\r\n\r\n" << 400;
        QTest::newRow("line") << start + "X: " + std::string(9'000, 'a') + "\r\n\r\n" << 400;
        std::string many = start;
        for (int i = 0; i < 2001; ++i)
            many += "X-" + std::to_string(i) + ": y\r\n";
        QTest::newRow("fields") << many + "\r\n" << 400;
        QTest::newRow("10 MB of fields") << start + std::string(10'000'000, 'a') << 400;
        std::string flood = start;
        while (flood.size() < 10'000'000)
            flood += "Cookie: " + std::string(1000, 'c') + "\r\n";
        QTest::newRow("10 MB of cookies") << flood << 400;
    }
    void tooLarge() {
        QFETCH(const std::string, request);
        Fixture fixture(PlanParts{});
        RawSocket client = fixture.connect();
        client.send(request);
        const std::string response = client.readAll();
        QTEST(statusOf(response), "status");
        if (statusOf(response) == 400) // as the real controller was seen to say it
            QCOMPARE(bodyOf(response), std::string(tooLargePage));
        QVERIFY(response.find("Connection: close\r\n") != std::string::npos);
        const auto records = fixture.records(1);
        QCOMPARE(records.size(), std::size_t(1));
        QVERIFY(records[0]->client.status == statusOf(response));
        QVERIFY(records[0]->client.request.head.size() <= 64 * 1024);
        QCOMPARE(statusOf(fixture.ask(get())), 200);
    }

    // large-client-header-buffers: 431 is no status of nginx's.
    void largerBuffers() {
        Fixture fixture({.controller = {{"large-client-header-buffers", "4 16k", true, {}}}});
        const std::string value(10'000, 'a');
        QCOMPARE(statusOf(fixture.ask(get("/", "X: " + value + "\r\n"))), 200);
        QCOMPARE(statusOf(fixture.ask(get("/" + value))), 200);
        QCOMPARE(statusOf(fixture.ask(get("/", "X: " + value + value + "\r\n"))), 400);
    }

    // A gate's own listener is Go's server: 1 MiB, then 431.
    void largeHeadsAtAGate() {
        ScriptedServer server([&](RawSocket& socket) {
            if (!server.readRequest(socket).head.empty())
                socket.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        });
        Fixture fixture(PlanParts{});
        QVERIFY(fixture.apply(makeGatePlan(server.port())));
        for (const std::size_t size : {std::size_t(60'000), std::size_t(1'100'000)}) {
            RawSocket client = RawSocket::connect(fixture.port("gate oauth2-proxy"));
            client.send(get("/", "X: " + std::string(size, 'a') + "\r\n"));
            const std::string response = client.readResponse();
            QCOMPARE(statusOf(response), size > 1'000'000 ? 431 : 200);
            if (statusOf(response) == 431)
                QCOMPARE(bodyOf(response), std::string("431 Request Header Fields Too Large"));
        }
    }

    // Keycloak's server says it without a word (Vert.x), whoever else listens at the same port.
    void largeHeadsAtAProvider() {
        Fixture fixture({.https = true, .provider = "sso.domain.tld"});
        const auto ask = [&fixture](const std::string& name, const std::string& target, std::size_t field) {
            TlsSocket client(RawSocket::connect(fixture.port("https")), name);
            client.send("GET " + target + " HTTP/1.1\r\nHost: " + name + "\r\nX: " + std::string(field, 'a') +
                        "\r\n\r\n");
            client.finishSending();
            return client.readAll();
        };
        const std::string longTarget = '/' + std::string(5000, 'a');
        QCOMPARE(statusOf(ask("sso.domain.tld", "/", 7000)), 406);
        QCOMPARE(statusOf(ask("sso.domain.tld", longTarget, 10)), 414);
        const std::string response = ask("sso.domain.tld", "/", 30'000);
        QCOMPARE(statusOf(response), 431);
        QVERIFY(bodyOf(response).empty());
        QCOMPARE(statusOf(ask(host, longTarget, 10)), 200);
        QCOMPARE(statusOf(ask(host, "/", 30'000)), 400);
    }

    // Whatever a vector's fate, exactly one record, and a refused one reaches nobody behind.
    void vectorsOnTheWire() {
        ScriptedServer server([&](RawSocket& socket) {
            while (!server.readRequest(socket).head.empty())
                socket.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        });
        const auto all = vectors();
        QVERIFY(all.size() >= 70);
        Fixture fixture({.host = "h", .backend = backendAt(server.port())});
        std::size_t passed = 0;
        for (const auto& [bytes, accepted] : all) {
            RawSocket client = fixture.connect();
            client.send(bytes);
            std::string response = client.readResponse();
            if (statusOf(response) == 100)
                response = client.readResponse();
            const bool elsewhere =
                bytes.find("http://evil") != std::string::npos; // well-formed, and not served
            QVERIFY2((statusOf(response) == 200) == (accepted && !elsewhere), bytes.c_str());
            QVERIFY2(statusOf(response) >= 200, bytes.c_str());
            passed += accepted && !elsewhere ? 1 : 0;
        }
        QCOMPARE(fixture.records(all.size()).size(), all.size());
        QCOMPARE(server.requests().size(), passed);
    }

    void randomBytes() {
        Fixture fixture(PlanParts{});
        std::mt19937 random(11);
        std::size_t sent = 0;
        for (int round = 0; round < 200; ++round) {
            std::string bytes(random() % 400 + 1, '\0');
            for (char& c : bytes)
                c = static_cast<char>(random());
            bytes.front() = '\x01';
            RawSocket client = fixture.connect();
            client.send(bytes);
            QCOMPARE(statusOf(client.readAll()), 400);
            ++sent;
        }
        QCOMPARE(fixture.records(sent).size(), sent);
    }

    void slowHead() {
        Fixture fixture(PlanParts{}, impatient());
        RawSocket client = fixture.connect();
        client.send("GET / HT");
        QCOMPARE(statusOf(client.readAll()), 408);
        QCOMPARE(fixture.records(1).size(), std::size_t(1));
    }

    // The deadline is for the whole head: a byte now and then does not prolong it. Others are served
    // meanwhile.
    void drippingHeads() {
        Fixture fixture(PlanParts{}, impatient());
        std::vector<RawSocket> slow;
        for (int i = 0; i < 200; ++i)
            slow.push_back(fixture.connect());
        const std::string request = get();
        const auto start = std::chrono::steady_clock::now();
        std::size_t at = 0;
        std::size_t served = 0;
        while (std::chrono::steady_clock::now() - start < std::chrono::milliseconds(1000)) {
            if (at + 1 < request.size())
                for (RawSocket& client : slow)
                    client.send(request.substr(at, 1));
            ++at;
            QCOMPARE(statusOf(fixture.ask(request)), 200);
            ++served;
            RawSocket pause = fixture.connect();
            pause.receive(20); // waits for nothing
        }
        for (RawSocket& client : slow)
            QCOMPARE(statusOf(client.readAll()), 408);
        QVERIFY(served > 5);
    }

    void slowBody() {
        Fixture fixture(PlanParts{}, impatient());
        RawSocket client = fixture.connect();
        client.send(std::string("POST / HTTP/1.1\r\nHost: ") + host + "\r\nContent-Length: 10\r\n\r\nabc");
        QCOMPARE(statusOf(client.readAll()), 408);
        QCOMPARE(fixture.records(1).size(), std::size_t(1));
    }

    void clientLeavesInTheMiddle() {
        Fixture fixture(PlanParts{});
        const std::string request =
            std::string("POST / HTTP/1.1\r\nHost: ") + host + "\r\nContent-Length: 10\r\n\r\nabc";
        std::size_t count = 0;
        for (std::size_t cut = 1; cut <= request.size(); cut += 3, ++count) {
            RawSocket client = fixture.connect();
            client.send(request.substr(0, cut));
        }
        const auto records = fixture.records(count);
        QCOMPARE(records.size(), count);
        for (const auto& record : records)
            QVERIFY(!record->client.error.empty());
    }

    void connectionWithoutBytesIsNoRequest() {
        Fixture fixture(PlanParts{});
        for (int i = 0; i < 20; ++i)
            RawSocket client = fixture.connect();
        QCOMPARE(statusOf(fixture.ask(get())), 200);
        QCOMPARE(fixture.records(1).size(), std::size_t(1));
    }

    void silentBackend() {
        ScriptedServer server([&](RawSocket& socket) {
            server.readRequest(socket);
            socket.receive(); // until the engine gives up
        });
        Fixture fixture({.backend = backendAt(server.port()),
                         .annotations = {annotation("proxy-read-timeout", "1"),
                                         annotation("proxy-next-upstream-tries", "2")}});
        const auto start = std::chrono::steady_clock::now();
        QCOMPARE(statusOf(fixture.ask(get())), 504);
        const auto took = std::chrono::steady_clock::now() - start;
        QVERIFY(took >= std::chrono::seconds(2) && took < std::chrono::seconds(6));
        const auto records = fixture.records(1);
        QCOMPARE(records.size(), std::size_t(1));
        QCOMPARE(records[0]->attempts.size(), std::size_t(2)); // "error timeout": the time-out is tried again
        QVERIFY(!records[0]->attempts[1].error.empty());
    }

    void noBackend() {
        const std::uint16_t port = portOfNobody();
        Fixture fixture({.backend = backendAt(port)});
        QCOMPARE(statusOf(fixture.ask(get())), 502);
        const auto records = fixture.records(1);
        QCOMPARE(records[0]->attempts.size(), std::size_t(3)); // as the controller tries
        QVERIFY(records[0]->attempts[0].error.find(std::to_string(port)) != std::string::npos);
    }

    // The client goes away while the backend thinks: the backend is let go, and the record says why.
    void clientLeavesWhileWaiting() {
        ScriptedServer server([&](RawSocket& socket) {
            server.readRequest(socket);
            socket.receive(); // returns when the engine closes
        });
        Fixture fixture({.backend = backendAt(server.port())});
        {
            RawSocket client = fixture.connect();
            client.send(get());
            while (server.requests().empty())
                client.receive(5);
        }
        const auto records = fixture.records(1);
        QCOMPARE(records.size(), std::size_t(1));
        QCOMPARE(records[0]->client.status, 499);
    }
};

QTEST_GUILESS_MAIN(tst_engine_limits)
#include "tst_engine_limits.moc"
