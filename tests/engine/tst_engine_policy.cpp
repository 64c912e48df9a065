#include "fixture.h"

#include <QTest>
#include <arpa/inet.h>
#include <future>
#include <sys/socket.h>

using namespace gatehouse;
using namespace gatehouse::engine;
using namespace gatehouse::engine::testing;

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::string_view good = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

// A listener whose queue is full answers no connection: the next one waits.
class FullListener {
public:
    FullListener();
    std::uint16_t port() const { return port_; }

private:
    RawSocket listener_;
    std::vector<RawSocket> queued_;
    std::uint16_t port_ = 0;
};

// Answers the requests of each connection by the next text of the list; empty: closes without a word.
struct Answers : ScriptedServer {
    explicit Answers(std::vector<std::string> list)
        : ScriptedServer([this, texts = std::move(list)](RawSocket& socket) {
              while (!readRequest(socket).head.empty()) {
                  const std::size_t index = std::min<std::size_t>(at_++, texts.size() - 1);
                  if (texts[index].empty())
                      return;
                  socket.send(texts[index]);
              }
          }) {}

private:
    std::atomic<std::size_t> at_ = 0;
};

std::string status(int code) {
    return "HTTP/1.1 " + std::to_string(code) + " Whatever\r\nContent-Length: 0\r\n\r\n";
}

} // namespace

FullListener::FullListener() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    listener_ = RawSocket(descriptor);
    ::bind(descriptor, reinterpret_cast<const sockaddr*>(&address), size);
    ::listen(descriptor, 0);
    ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    for (int i = 0; i < 4; ++i) {
        const int one = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        ::connect(one, reinterpret_cast<const sockaddr*>(&address), size);
        queued_.emplace_back(one);
    }
}

// Annotations about how the service is spoken to, seen on the wire.
class tst_engine_policy : public QObject {
    Q_OBJECT

private slots:
    void connectTimeout() {
        FullListener listener;
        Fixture fixture({.backend = backendAt(listener.port()),
                         .annotations = {annotation("proxy-connect-timeout", "1"),
                                         annotation("proxy-next-upstream", "error")}});
        const auto start = Clock::now();
        QCOMPARE(statusOf(fixture.ask(get())), 504);
        const auto took = Clock::now() - start;
        QVERIFY(took >= std::chrono::seconds(1) && took < std::chrono::seconds(4));
        QCOMPARE(fixture.records(1).at(0)->attempts.size(), std::size_t(1));
    }

    // The server reads nothing of a body that is larger than what lies in buffers.
    void sendTimeout() {
        std::promise<void> over;
        ScriptedServer server([&](RawSocket& socket) {
            socket.readUntil("\r\n\r\n");
            over.get_future().wait();
        });
        Fixture fixture(
            {.backend = backendAt(server.port()),
             .annotations = {annotation("proxy-send-timeout", "1"), annotation("proxy-body-size", "0"),
                             annotation("proxy-next-upstream", "off")}});
        RawSocket client = fixture.connect();
        const std::size_t size = 32 * 1024 * 1024;
        client.send(std::string("PUT / HTTP/1.1\r\nHost: ") + host +
                    "\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n");
        client.send(std::string(size, 'x'));
        const auto start = Clock::now();
        const int status = statusOf(client.readResponse());
        over.set_value();
        QCOMPARE(status, 504);
        QVERIFY(Clock::now() - start < std::chrono::seconds(5));
    }

    // An upload that takes longer than proxy-read-timeout is no silence of the server.
    void slowUploadIsNoReadTimeout() {
        ScriptedServer server([&](RawSocket& socket) {
            if (!server.readRequest(socket).head.empty())
                socket.send(good);
        });
        Fixture fixture({.backend = backendAt(server.port()),
                         .annotations = {annotation("proxy-read-timeout", "1"),
                                         annotation("proxy-request-buffering", "off")}});
        RawSocket client = fixture.connect();
        client.send(std::string("PUT / HTTP/1.1\r\nHost: ") + host + "\r\nContent-Length: 5\r\n\r\n");
        for (int i = 0; i < 5; ++i) {
            client.receive(500); // time passes
            client.send("x");
        }
        QCOMPARE(statusOf(client.readResponse()), 200);
    }

    void readTimeoutInTheMiddleOfABody() {
        ScriptedServer server([&](RawSocket& socket) {
            server.readRequest(socket);
            socket.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
            socket.receive(); // until the engine gives up
        });
        Fixture fixture(
            {.backend = backendAt(server.port()), .annotations = {annotation("proxy-read-timeout", "1")}});
        RawSocket client = fixture.connect();
        client.send(get());
        const auto start = Clock::now();
        QVERIFY(client.readAll().ends_with("abc"));
        QVERIFY(Clock::now() - start < std::chrono::seconds(4));
    }

    void readTimeoutEndsIdleTunnels() {
        ScriptedServer server([&](RawSocket& socket) {
            server.readRequest(socket);
            socket.send(
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
            socket.readUntil("no such text");
        });
        Fixture fixture(
            {.backend = backendAt(server.port()), .annotations = {annotation("proxy-read-timeout", "1")}});
        RawSocket client = fixture.connect();
        client.send(get("/", "Connection: Upgrade\r\nUpgrade: websocket\r\n"));
        QVERIFY(client.readUntil("\r\n\r\n"));
        const auto start = Clock::now();
        for (int i = 0; i < 4; ++i) { // traffic keeps it open
            client.receive(400);
            QVERIFY(client.timedOut());
            client.send("x");
        }
        QVERIFY(client.receive().empty() && !client.timedOut());
        const auto took = Clock::now() - start;
        QVERIFY(took > std::chrono::milliseconds(2000) && took < std::chrono::seconds(6));
    }

    void bodySize_data() {
        QTest::addColumn<std::string>("limit");
        QTest::addColumn<std::size_t>("size");
        QTest::addColumn<int>("status");
        QTest::newRow("default") << std::string() << std::size_t(1024 * 1024) << 200;
        QTest::newRow("over default") << std::string() << std::size_t(1024 * 1024 + 1) << 413;
        QTest::newRow("2m") << std::string("2m") << std::size_t(2 * 1024 * 1024) << 200;
        QTest::newRow("none") << std::string("0") << std::size_t(3 * 1024 * 1024) << 200;
        QTest::newRow("100") << std::string("100") << std::size_t(101) << 413;
    }
    void bodySize() {
        QFETCH(const std::string, limit);
        QFETCH(const std::size_t, size);
        Answers server({std::string(good)});
        PlanParts parts{.backend = backendAt(server.port())};
        if (!limit.empty())
            parts.annotations.push_back(annotation("proxy-body-size", limit));
        Fixture fixture(parts);
        QTEST(statusOf(fixture.ask(std::string("POST / HTTP/1.1\r\nHost: ") + host + "\r\nContent-Length: " +
                                   std::to_string(size) + "\r\n\r\n" + std::string(size, 'x'))),
              "status");
    }

    // proxy-buffer-size: the famous 502 behind large session cookies.
    void headOfTheAnswer_data() {
        QTest::addColumn<std::string>("limit");
        QTest::addColumn<int>("status");
        QTest::newRow("default") << std::string() << 502;
        QTest::newRow("8k") << std::string("8k") << 200;
    }
    void headOfTheAnswer() {
        QFETCH(const std::string, limit);
        Answers server({"HTTP/1.1 200 OK\r\nSet-Cookie: a=" + std::string(5000, 'x') +
                        "\r\nContent-Length: 2\r\n\r\nok"});
        PlanParts parts{.backend = backendAt(server.port())};
        if (!limit.empty())
            parts.annotations.push_back(annotation("proxy-buffer-size", limit));
        Fixture fixture(parts);
        QTEST(statusOf(fixture.ask(get())), "status");
        QCOMPARE(fixture.records(1).at(0)->attempts.size(), std::size_t(1)); // not tried again by default
    }

    void nextUpstream_data() {
        QTest::addColumn<std::string>("words");
        QTest::addColumn<std::string>("tries");
        QTest::addColumn<std::string>("method");
        QTest::addColumn<QStringList>("answers"); // of the server, in order; "": closes
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("attempts");
        const auto row = [](const char* name, const char* words, const char* tries, const char* method,
                            const QStringList& answers, int code, int attempts) {
            QTest::newRow(name) << std::string(words) << std::string(tries) << std::string(method) << answers
                                << code << attempts;
        };
        row("by default", "", "", "GET", {"", "", "200"}, 200, 3);
        row("three at most", "", "", "GET", {"", "", "", "200"}, 502, 3);
        row("never a POST", "", "", "POST", {"", "200"}, 502, 1);
        row("a POST if told", "error non_idempotent", "", "POST", {"", "200"}, 200, 2);
        row("more tries", "", "5", "GET", {"", "", "", "", "200"}, 200, 5);
        row("as many as it takes", "", "0", "GET", {"", "", "", "", "", "", "200"}, 200, 7);
        row("one try", "", "1", "GET", {"", "200"}, 502, 1);
        row("off", "error off", "", "GET", {"", "200"}, 502, 1);
        row("not after an error", "timeout", "", "GET", {"", "200"}, 502, 1);
        row("after a status", "error http_503", "", "GET", {"503", "200"}, 200, 2);
        row("the last status stays", "error http_503", "2", "GET", {"503", "503", "200"}, 503, 2);
        row("other statuses", "error http_503", "", "GET", {"502", "200"}, 502, 1);
        row("after nonsense", "invalid_header", "", "GET", {"nonsense", "200"}, 200, 2);
    }
    void nextUpstream() {
        QFETCH(const std::string, words);
        QFETCH(const std::string, tries);
        QFETCH(const std::string, method);
        QFETCH(const QStringList, answers);
        QFETCH(const int, attempts);
        std::vector<std::string> texts;
        for (const QString& answer : answers)
            texts.push_back(answer.isEmpty()       ? std::string()
                            : answer == "nonsense" ? std::string("nonsense\r\n\r\n")
                                                   : status(answer.toInt()));
        Answers server(texts);
        PlanParts parts{.backend = backendAt(server.port())};
        if (!words.empty())
            parts.annotations.push_back(annotation("proxy-next-upstream", words));
        if (!tries.empty())
            parts.annotations.push_back(annotation("proxy-next-upstream-tries", tries));
        Fixture fixture(parts);
        QTEST(statusOf(fixture.ask(method + " / HTTP/1.1\r\nHost: " + host + "\r\n" +
                                   (method == "POST" ? "Content-Length: 2\r\n\r\nhi" : "\r\n"))),
              "status");
        QCOMPARE(static_cast<int>(fixture.records(1).at(0)->attempts.size()), attempts);
    }

    void nextUpstreamTimeout() {
        ScriptedServer server([&](RawSocket& socket) {
            server.readRequest(socket);
            socket.receive(); // until the engine gives up
        });
        Fixture fixture({.backend = backendAt(server.port()),
                         .annotations = {annotation("proxy-read-timeout", "1"),
                                         annotation("proxy-next-upstream-timeout", "1")}});
        QCOMPARE(statusOf(fixture.ask(get())), 504);
        QCOMPARE(fixture.records(1).at(0)->attempts.size(), std::size_t(1));
    }

    void httpVersion() {
        Answers server({std::string(good)});
        Fixture fixture({.backend = backendAt(server.port()),
                         .annotations = {annotation("proxy-http-version", "1.0"),
                                         annotation("proxy-request-buffering", "off")}});
        QCOMPARE(statusOf(fixture.ask(std::string("POST / HTTP/1.1\r\nHost: ") + host +
                                      "\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n")),
                 200);
        const std::string head = server.requests().at(0);
        QVERIFY(head.starts_with("POST / HTTP/1.0\r\n"));
        QVERIFY(head.find("Content-Length: 2\r\n") != std::string::npos); // chunks cannot be said to 1.0
    }
};

QTEST_GUILESS_MAIN(tst_engine_policy)
#include "tst_engine_policy.moc"
