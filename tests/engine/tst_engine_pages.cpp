#include "fixture.h"

#include <QTest>
#include <algorithm>

using namespace gatehouse;
using namespace gatehouse::engine;
using namespace gatehouse::engine::testing;

namespace {

bool hit(const exchange::Exchange& record, std::string_view rule) {
    return std::any_of(record.trace.begin(), record.trace.end(),
                       [rule](const exchange::TraceStep& step) { return step.rule->id == rule; });
}

std::string post(std::size_t size, bool chunked) {
    const std::string body(size, 'x');
    std::string request = std::string("POST / HTTP/1.1\r\nHost: ") + host + "\r\n";
    if (!chunked)
        return request + "Content-Length: " + std::to_string(size) + "\r\n\r\n" + body;
    char digits[16];
    std::snprintf(digits, sizeof digits, "%zx\r\n", size);
    return request + "Transfer-Encoding: chunked\r\n\r\n" + digits + body + "\r\n0\r\n\r\n";
}

// Says its status in every answer, and remembers what it was sent.
struct StatusServer : ScriptedServer {
    explicit StatusServer(const std::string& status)
        : ScriptedServer([this, status](RawSocket& socket) {
              while (!readRequest(socket).head.empty())
                  socket.send("HTTP/1.1 " + status + "\r\nContent-Length: 7\r\n\r\nservice");
          }) {}
};

} // namespace

// Pages of the controller and of oauth2-proxy about what went wrong behind them.
class tst_engine_pages : public QObject {
    Q_OBJECT

private slots:
    // ngx_http_upstream_intercept_errors: the backend's page is thrown away.
    void customHttpErrors() {
        StatusServer server("503 Service Unavailable");
        Fixture fixture(
            {.backend = backendAt(server.port()), .annotations = {annotation("custom-http-errors", "503")}});
        RawSocket client = fixture.connect();
        for (int i = 0; i < 2; ++i) { // and the connection goes on
            client.send(get());
            const std::string response = client.readResponse();
            QCOMPARE(statusOf(response), 404); // of the controller's default backend
            QVERIFY(response.find("service") == std::string::npos);
            QVERIFY(response.find("<center>nginx</center>") != std::string::npos);
        }
        const auto records = fixture.records(2);
        QCOMPARE(records.size(), std::size_t(2));
        QVERIFY(hit(*records[0], "ingress.custom-error"));
        QCOMPARE(records[0]->attempts.at(0).status, 503);
        QCOMPARE(records[0]->client.status, 404);
        QCOMPARE(server.connections(), 1); // the answer was small: its connection serves on
    }

    void otherStatusesPass() {
        StatusServer server("500 Internal Server Error");
        Fixture fixture(
            {.backend = backendAt(server.port()), .annotations = {annotation("custom-http-errors", "503")}});
        const std::string response = fixture.ask(get());
        QCOMPARE(statusOf(response), 500);
        QCOMPARE(bodyOf(response), std::string("service"));
    }

    // The location's fields are on nginx's own pages too, which end the connection where nginx ends it.
    void ownPages_data() {
        QTest::addColumn<bool>("chunked");
        QTest::addColumn<bool>("buffered");
        QTest::newRow("length") << false << true;
        QTest::newRow("chunked") << true << true;
        QTest::newRow("length streamed") << false << false;
        QTest::newRow("chunked streamed") << true << false;
    }
    void ownPages() {
        QFETCH(const bool, chunked);
        QFETCH(const bool, buffered);
        StatusServer server("200 OK");
        Fixture fixture({.backend = backendAt(server.port()),
                         .annotations = {annotation("proxy-body-size", "10k"),
                                         annotation("proxy-request-buffering", buffered ? "on" : "off"),
                                         annotation("enable-cors", "true")}});
        QCOMPARE(statusOf(fixture.ask(post(10 * 1024, chunked))), 200);
        RawSocket client = fixture.connect();
        client.send(post(200 * 1024, chunked));
        const std::string response = client.readAll(); // closes
        QCOMPARE(statusOf(response), 413);
        QVERIFY(response.find("<h1>413 Request Entity Too Large</h1>") != std::string::npos);
        QVERIFY(response.find("Access-Control-Allow-Origin: *\r\n") != std::string::npos);
        QVERIFY(response.find("Connection: close\r\n") != std::string::npos);
        const auto records = fixture.records(2);
        QCOMPARE(records.size(), std::size_t(2));
        QVERIFY(hit(*records[1], "ingress.body-too-large"));
    }

    // proxy-body-size counts before a room in process that would hold more.
    void ownPageBeforeARoomInProcess() {
        Fixture fixture({.annotations = {annotation("proxy-body-size", "10k"),
                                         annotation("proxy-request-buffering", "off")}});
        QCOMPARE(statusOf(fixture.ask(post(10 * 1024, true))), 200);
        QCOMPARE(statusOf(fixture.ask(post(200 * 1024, true))), 413);
    }

    void badGateway() {
        Fixture fixture(
            {.backend = backendAt(portOfNobody()), .annotations = {annotation("enable-cors", "true")}});
        RawSocket client = fixture.connect();
        for (int i = 0; i < 2; ++i) {
            client.send(get());
            const std::string response = client.readResponse();
            QCOMPARE(statusOf(response), 502);
            QVERIFY(response.find("<h1>502 Bad Gateway</h1>") != std::string::npos);
            QVERIFY(response.find("Access-Control-Allow-Origin: *\r\n") != std::string::npos);
            QVERIFY(response.find("Connection: keep-alive\r\n") != std::string::npos);
        }
        QVERIFY(hit(*fixture.records(1).front(), "ingress.own-page"));
    }

    void badGatewayAsCustomError() {
        Fixture fixture(
            {.backend = backendAt(portOfNobody()), .annotations = {annotation("custom-http-errors", "502")}});
        QCOMPARE(statusOf(fixture.ask(get())), 404);
    }

    // oauth2-proxy's own page, not a bare 502.
    void gateWithoutUpstream() {
        Fixture fixture(PlanParts{});
        QVERIFY(fixture.apply(makeGatePlan(portOfNobody())));
        RawSocket client = RawSocket::connect(fixture.port("gate oauth2-proxy"));
        client.send(get());
        const std::string response = client.readResponse();
        QCOMPARE(statusOf(response), 502);
        QVERIFY(response.find("Content-Type: text/html; charset=utf-8\r\n") != std::string::npos);
        QVERIFY(response.find("There was a problem connecting to the upstream server.") != std::string::npos);
        const auto records = fixture.records(1);
        QVERIFY(hit(*records[0], "gate.upstream-unreachable"));
        QVERIFY(!records[0]->attempts.at(0).error.empty());
    }

    void gateWithUpstream() {
        StatusServer server("502 Bad Gateway"); // its own: passed on
        Fixture fixture(PlanParts{});
        QVERIFY(fixture.apply(makeGatePlan(server.port())));
        RawSocket client = RawSocket::connect(fixture.port("gate oauth2-proxy"));
        client.send(get());
        const std::string response = client.readResponse();
        QCOMPARE(statusOf(response), 502);
        QCOMPARE(bodyOf(response), std::string("service"));
    }

    // The host of the first line selects the server; Host goes on as it came (nginx: $http_host).
    void absoluteForm_data() {
        QTest::addColumn<std::string>("target");
        QTest::addColumn<std::string>("hostField");
        QTest::addColumn<int>("status");
        QTest::newRow("same") << std::string("http://app.domain.tld/abs?x=1") << std::string(host) << 200;
        QTest::newRow("spelling and port")
            << std::string("http://APP.domain.tld:81/abs?x=1") << std::string(host) << 200;
        QTest::newRow("other Host") << std::string("http://app.domain.tld/abs?x=1") << std::string("other")
                                    << 200;
        QTest::newRow("other target") << std::string("http://other/abs?x=1") << std::string(host) << 404;
    }
    void absoluteForm() {
        QFETCH(const std::string, target);
        QFETCH(const std::string, hostField);
        StatusServer server("200 OK");
        Fixture fixture({.backend = backendAt(server.port())});
        const std::string response =
            fixture.ask("GET " + target + " HTTP/1.1\r\nHost: " + hostField + "\r\n\r\n");
        QTEST(statusOf(response), "status");
        if (statusOf(response) == 200) {
            QVERIFY(server.requests().at(0).starts_with("GET /abs?x=1 HTTP/1.1\r\n"));
            QVERIFY(server.requests().at(0).find("Host: " + hostField + "\r\n") != std::string::npos);
        } else {
            QVERIFY(server.requests().empty());
        }
        QVERIFY(hit(*fixture.records(1).front(), "engine.absolute-form"));
    }

    // Go's server takes the first line's host for Host.
    void absoluteFormAtAGate() {
        StatusServer server("200 OK");
        Fixture fixture(PlanParts{});
        QVERIFY(fixture.apply(makeGatePlan(server.port())));
        RawSocket client = RawSocket::connect(fixture.port("gate oauth2-proxy"));
        client.send("GET http://named.tld/abs HTTP/1.1\r\nHost: other\r\n\r\n");
        QCOMPARE(statusOf(client.readResponse()), 200);
        QVERIFY(server.requests().at(0).find("Host: named.tld\r\n") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(tst_engine_pages)
#include "tst_engine_pages.moc"
