// A provider elsewhere, reached through the proxy: its origin and no other, as the client asked.
#include "fixture.h"

#include <base/encoding.h>

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::engine;
using namespace gatehouse::engine::testing;
using exchange::Exchange;
using exchange::Outcome;

namespace {

// Says what it was sent.
struct Elsewhere : ScriptedServer {
    Elsewhere()
        : ScriptedServer([this](RawSocket& socket) {
              for (Request request = readRequest(socket); !request.head.empty();
                   request = readRequest(socket)) {
                  const std::string said = request.head + request.body;
                  socket.send("HTTP/1.1 200 OK\r\nServer: its own\r\nSet-Cookie: a=1; Secure\r\nSet-Cookie: "
                              "b=2\r\nContent-Length: " +
                              std::to_string(said.size()) + "\r\n\r\n" + said);
              }
          }) {}
    std::string origin(const std::string& host = "127.0.0.1") const {
        return "http://" + host + ":" + std::to_string(port());
    }
};

std::string absolute(const std::string& url, const std::string& fields = {}) {
    return "GET " + url + " HTTP/1.1\r\nHost: elsewhere\r\n" + fields + "\r\n";
}

std::string connectTo(const std::string& authority) {
    return "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n";
}

std::string askProxy(const Fixture& fixture, const std::string& request) {
    RawSocket client = RawSocket::connect(fixture.port("proxy"));
    client.send(request);
    return client.readResponse();
}

} // namespace

class tst_engine_external : public QObject {
    Q_OBJECT

private slots:
    void plainRequestsAreHandedOn() {
        Elsewhere server;
        Fixture fixture({.connectProxy = true, .external = server.origin()});
        const std::string target = "/realms/demo?a=b%20c";
        const std::string answer = askProxy(
            fixture, absolute(server.origin() + target, "Cookie: x=y\r\nProxy-Connection: keep-alive\r\n"
                                                        "Proxy-Authorization: Basic Zm9v\r\n"));
        QCOMPARE(statusOf(answer), 200);
        const std::string seen = server.requests().front();
        QVERIFY2(seen.starts_with("GET " + target + " HTTP/1.1\r\n"), seen.c_str());
        QVERIFY(seen.find("Host: 127.0.0.1:" + std::to_string(server.port()) + "\r\n") != std::string::npos);
        QVERIFY(seen.find("Cookie: x=y\r\n") != std::string::npos);
        QVERIFY2(seen.find("Proxy-") == std::string::npos && seen.find("elsewhere") == std::string::npos &&
                     seen.find("X-Forwarded") == std::string::npos,
                 seen.c_str());
        QVERIFY2(answer.find("Server: its own\r\n") != std::string::npos &&
                     answer.find("Set-Cookie: a=1; Secure\r\n") != std::string::npos &&
                     answer.find("Set-Cookie: b=2\r\n") != std::string::npos,
                 answer.c_str());
        const auto record = fixture.records(1).front();
        QVERIFY(record->kind == Exchange::Kind::Request);
        QVERIFY(record->client.to.party == exchange::Party::Provider);
        QCOMPARE(record->client.to.name, std::string("elsewhere"));
        QCOMPARE(record->attempts.size(), std::size_t(1));
    }

    void formsAndOneConnection() {
        Elsewhere server;
        Fixture fixture({.connectProxy = true, .external = server.origin()});
        RawSocket client = RawSocket::connect(fixture.port("proxy"));
        client.send("POST " + server.origin() +
                    "/login HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\na=b&c");
        QVERIFY(bodyOf(client.readResponse()).ends_with("\r\n\r\na=b&c"));
        client.send(absolute("http://app.domain.tld/")); // and a lab name on the same connection
        QVERIFY(client.readResponse().find("X-Forwarded-Host: app.domain.tld") != std::string::npos);
        client.send(absolute(server.origin() + "/again"));
        QVERIFY(bodyOf(client.readResponse()).starts_with("GET /again "));
    }

    // RFC 6454 section 4: scheme, host and port, all three.
    void nothingButItsOrigin() {
        Elsewhere server, other;
        Fixture fixture({.connectProxy = true, .external = server.origin("localhost")});
        const std::string port = std::to_string(server.port());
        for (const std::string& url :
             {server.origin() + "/", other.origin("localhost") + "/", "https://localhost:" + port + "/",
              std::string("http://localhost/"), server.origin("localhost.") + "/",
              "http://localhost:" + std::to_string(server.port() + 1) + "/"}) {
            const std::string answer = askProxy(fixture, absolute(url));
            QVERIFY2(statusOf(answer) == 404, (url + "\n" + answer).c_str());
        }
        // Who writes another host before an @ or with a control character asks for nothing.
        QCOMPARE(statusOf(askProxy(fixture, absolute("http://localhost:" + port + "@app.domain.tld/"))), 400);
        QCOMPARE(statusOf(askProxy(fixture, absolute("http://app.domain.tld@localhost:" + port + "/"))), 400);
        QCOMPARE(statusOf(askProxy(fixture, connectTo("localhost:" + port))), 403); // bytes in the clear
        QCOMPARE(server.connections() + other.connections(), 0);
        QCOMPARE(statusOf(askProxy(fixture, absolute(server.origin("localhost") + "/"))), 200);
        QCOMPARE(statusOf(askProxy(fixture, absolute(server.origin("LOCALHOST") + "/"))), 200);
    }

    // Only the proxy's clients are sent on: at a lab's own listener an absolute form is a name like any
    // other.
    void onlyThroughTheProxy() {
        Elsewhere server;
        Fixture fixture({.connectProxy = true, .external = server.origin()});
        QVERIFY(statusOf(fixture.ask(absolute(server.origin() + "/"))) != 200);
        QVERIFY(fixture.apply(makePlan({.connectProxy = true}))); // a lab without it
        QCOMPARE(statusOf(askProxy(fixture, absolute(server.origin() + "/"))), 404);
        QCOMPARE(server.connections(), 0);
    }

    void tlsOriginsAreTunnelled() {
        Elsewhere server;
        const std::string port = std::to_string(server.port());
        Fixture fixture({.connectProxy = true, .external = "https://127.0.0.1:" + port});
        QCOMPARE(statusOf(askProxy(fixture, absolute("http://127.0.0.1:" + port + "/"))), 404);
        QCOMPARE(statusOf(askProxy(fixture, absolute("https://127.0.0.1:" + port + "/"))), 404);
        QCOMPARE(server.connections(), 0);
        RawSocket client = RawSocket::connect(fixture.port("proxy"));
        client.send(connectTo("127.0.0.1:" + port));
        QVERIFY(client.readUntil("\r\n\r\n") && statusOf(client.held) == 200);
        client.held.clear();
        client.send(get("/bytes")); // what is spoken in it is the client's affair
        QVERIFY(bodyOf(client.readResponse()).starts_with("GET /bytes "));
    }

    void aDeadOneSaysSo() {
        const std::string port = std::to_string(portOfNobody());
        Fixture fixture({.connectProxy = true, .external = "http://127.0.0.1:" + port});
        QCOMPARE(statusOf(askProxy(fixture, absolute("http://127.0.0.1:" + port + "/"))), 502);
        const auto record = fixture.records(1).front();
        QVERIFY(!record->attempts.empty() && !record->attempts.back().error.empty());
    }

    // Being asked for credentials, and looking at a certificate before it is believed, are no failures.
    void whatBrowsersDoFirstIsNoFailure() {
        EngineOptions options;
        options.ownProxy = EngineOptions::OwnProxy{0, "s3cret"};
        Fixture fixture({.https = true, .connectProxy = true}, options);
        const std::uint16_t port = fixture.engine().ownProxyPort();
        RawSocket asking = RawSocket::connect(port);
        asking.send(connectTo("app.domain.tld:443"));
        const std::string challenge = asking.readResponse();
        QCOMPARE(statusOf(challenge), 407);
        QVERIFY(challenge.find("Proxy-Authenticate: Basic") != std::string::npos);
        asking.close();
        const auto tunnel = [&](std::uint16_t to, const std::string& credentials) {
            RawSocket client = RawSocket::connect(to);
            client.send("CONNECT app.domain.tld:443 HTTP/1.1\r\nHost: app.domain.tld:443\r\n" +
                        (credentials.empty() ? std::string()
                                             : "Proxy-Authorization: Basic " + base64(credentials) + "\r\n") +
                        "\r\n");
            client.readUntil("\r\n\r\n");
            client.send(std::string("\x16\x03\x01\x00\x05hello", 10)); // no handshake comes of it
            client.readAll();
        };
        tunnel(port, "alice:wrong");
        tunnel(port, "alice:s3cret");
        tunnel(fixture.port("proxy"), ""); // somebody else's client: that is worth knowing
        int asked = 0, denied = 0, looked = 0, failed = 0;
        for (const auto& record : fixture.records(6))
            for (const exchange::TraceStep& step : record->trace) {
                asked += step.rule->id == "engine.proxy-credentials" && step.outcome == Outcome::Answered;
                denied += step.rule->id == "engine.connect-proxy" && step.outcome == Outcome::Denied;
                looked += step.rule->id == "engine.certificate-look" && step.outcome == Outcome::Note &&
                          record->kind == Exchange::Kind::Connect;
                failed += step.rule->id == "engine.no-request" && record->kind == Exchange::Kind::Refused;
            }
        QCOMPARE(asked, 1);
        QCOMPARE(denied, 1);
        QCOMPARE(looked, 1);
        QCOMPARE(failed, 1);
    }
};

QTEST_GUILESS_MAIN(tst_engine_external)
#include "tst_engine_external.moc"
