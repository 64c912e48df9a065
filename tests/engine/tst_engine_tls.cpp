#include "fixture.h"

#include <base/encoding.h>

#include <QTest>
#include <random>

using namespace gatehouse;
using namespace gatehouse::engine;
using namespace gatehouse::engine::testing;

namespace {

exchange::Call callTo(const std::string& url, exchange::Call::Route route) {
    exchange::Call call;
    call.purpose = exchange::Call::Purpose::Rehearsal;
    call.route = route;
    call.url = *http::parseUrl(url);
    return call;
}

// What openssl's s_client sends first, cut short, is enough to begin a handshake.
const std::string helloStart("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11);

std::string connectTo(const std::string& authority, const std::string& fields = {}) {
    return "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n" + fields + "\r\n";
}

} // namespace

class tst_engine_tls : public QObject {
    Q_OBJECT

private slots:
    // Through the real socket: the leaf for this name, issued by the user's authority, verified with it.
    void callsThroughTheListener() {
        Fixture fixture({.https = true});
        for (int i = 0; i < 3; ++i) {
            const auto response = callAndWait(
                fixture.engine(), callTo("https://app.domain.tld/x", exchange::Call::Route::Listeners));
            QVERIFY2(response.has_value(), response ? "" : describe(response.error()).c_str());
            QCOMPARE(response->status, 200);
            QVERIFY(response->body.find("X-Forwarded-Proto: https\r\n") != std::string::npos);
            QVERIFY(response->body.find("X-Forwarded-Port: 443\r\n") != std::string::npos);
        }
        const auto records = fixture.records(3);
        QCOMPARE(records.size(), std::size_t(3)); // the listener's side only
        QVERIFY(records[0]->scheme == "https" && records[0]->listener == "https");
    }

    void callsInProcess() {
        Fixture fixture({.https = true});
        const auto response =
            callAndWait(fixture.engine(), callTo("https://app.domain.tld/x", exchange::Call::Route::Lab));
        QVERIFY2(response.has_value(), response ? "" : describe(response.error()).c_str());
        QCOMPARE(response->status, 200);
        QVERIFY(response->body.find("X-Forwarded-Proto: https\r\n") != std::string::npos);
        const auto service = callAndWait(
            fixture.engine(), callTo("http://app.default.svc.cluster.local/", exchange::Call::Route::Lab));
        QVERIFY2(service.has_value(), service ? "" : describe(service.error()).c_str());
        QVERIFY(service->body.find("X-Forwarded-Proto") == std::string::npos);
        const auto unknown = callAndWait(
            fixture.engine(), callTo("http://none.default.svc.cluster.local/", exchange::Call::Route::Lab));
        QVERIFY(!unknown);
        QCOMPARE(fixture.records(3).size(), std::size_t(3));
    }

    // A name without a leaf of its own gets the default certificate, which is good for nobody.
    void otherNames() {
        Fixture fixture({.https = true});
        auto call = callTo("https://localhost:" + std::to_string(fixture.port("https")) + "/",
                           exchange::Call::Route::Listeners);
        const auto refused = callAndWait(fixture.engine(), call);
        QVERIFY(!refused);
        QVERIFY2(describe(refused.error()).find("not trusted") != std::string::npos,
                 describe(refused.error()).c_str());
        call.skipCertificateCheck = true;
        const auto taken = callAndWait(fixture.engine(), call);
        QVERIFY2(taken.has_value(), taken ? "" : describe(taken.error()).c_str());
        QCOMPARE(taken->status, 404);
    }

    void plainHttpOnTls() {
        Fixture fixture({.https = true});
        RawSocket client = RawSocket::connect(fixture.port("https"));
        client.send(get());
        const std::string response = client.readAll();
        QCOMPARE(statusOf(response), 400);
        QVERIFY(response.find("<center>The plain HTTP request was sent to HTTPS port</center>\r\n") !=
                std::string::npos);
        QCOMPARE(fixture.records(1).size(), std::size_t(1));
    }

    void tornHandshakes() {
        Fixture fixture({.https = true});
        std::mt19937 random(4);
        std::size_t torn = 0;
        for (std::size_t i = 0; i < 100; ++i, ++torn) {
            RawSocket client = RawSocket::connect(fixture.port("https"));
            std::string bytes = helloStart;
            for (std::size_t more = random() % 600; more > 0; --more)
                bytes.push_back(static_cast<char>(random()));
            client.send(bytes);
            if (i % 2)
                client.reset();
        }
        const auto records = fixture.records(torn);
        QVERIFY(records.size() <= torn); // a reset before a byte was read is no request
        for (const auto& record : records)
            QVERIFY(record->kind == exchange::Exchange::Kind::Refused && !record->client.error.empty());
        const auto well = callAndWait(fixture.engine(),
                                      callTo("https://app.domain.tld/", exchange::Call::Route::Listeners));
        QVERIFY(well && well->status == 200);
    }

    void connectProxy() {
        Fixture fixture({.connectProxy = true});
        RawSocket client = RawSocket::connect(fixture.port("proxy"));
        client.send(connectTo("app.domain.tld:80"));
        QVERIFY(client.readUntil("\r\n\r\n"));
        QVERIFY(client.held.starts_with("HTTP/1.1 200 "));
        client.held.clear();
        client.send(get());
        QCOMPARE(statusOf(client.readResponse()), 200);
        client.send(get("/again"));
        QCOMPARE(statusOf(client.readResponse()), 200);
        const auto records = fixture.records(3);
        QVERIFY(records[0]->kind == exchange::Exchange::Kind::Connect);
        QVERIFY(records[1]->kind == exchange::Exchange::Kind::Request && records[1]->listener == "http");
    }

    void connectProxyToTls() {
        Fixture fixture({.https = true, .connectProxy = true});
        RawSocket client = RawSocket::connect(fixture.port("proxy"));
        client.send(connectTo("app.domain.tld:443") + helloStart); // its first bytes come glued to the head
        QVERIFY(client.readUntil("\r\n\r\n"));
        QVERIFY(client.held.starts_with("HTTP/1.1 200 "));
        client.finishSending();
        client.readAll();
        QCOMPARE(fixture.records(2).size(), std::size_t(2));
    }

    void connectRefused_data() {
        QTest::addColumn<std::string>("authority");
        for (const char* authority : {"example.org:443", "127.0.0.1:22", "app.domain.tld:22", "localhost:80"})
            QTest::newRow(authority) << std::string(authority);
    }
    void connectRefused() {
        QFETCH(const std::string, authority);
        Fixture fixture({.https = true, .connectProxy = true});
        RawSocket client = RawSocket::connect(fixture.port("proxy"));
        client.send(connectTo(authority));
        QCOMPARE(statusOf(client.readAll()), 403);
        QCOMPARE(fixture.records(1).size(), std::size_t(1));
    }

    void connectElsewhere() {
        Fixture fixture(PlanParts{});
        RawSocket client = fixture.connect();
        client.send(connectTo("app.domain.tld:80"));
        QCOMPARE(statusOf(client.readAll()), 405);
    }

    void connectTrusted() {
        ScriptedServer server([&](RawSocket& socket) {
            for (std::string bytes = socket.receive(60'000); !bytes.empty(); bytes = socket.receive(60'000))
                socket.send(bytes);
        });
        PlanParts parts{.connectProxy = true};
        parts.trust.push_back({"localhost", server.port(), "", {}});
        Fixture fixture(parts);
        RawSocket client = RawSocket::connect(fixture.port("proxy"));
        client.send(connectTo("localhost:" + std::to_string(server.port())) + "early");
        QVERIFY(client.readUntil("early"));
        client.send("late");
        QVERIFY(client.readUntil("late"));
        client.close();
        QCOMPARE(fixture.records(1).size(), std::size_t(1));
    }

    void connectCredentials() {
        EngineOptions options;
        options.connectCredentials = "user:s3cret";
        Fixture fixture({.connectProxy = true}, options);
        for (const bool right : {false, true}) {
            RawSocket client = RawSocket::connect(fixture.port("proxy"));
            client.send(connectTo("app.domain.tld:80", "Proxy-Authorization: Basic " +
                                                           base64(right ? "user:s3cret" : "user:wrong") +
                                                           "\r\n"));
            QVERIFY(client.readUntil("\r\n\r\n"));
            QCOMPARE(statusOf(client.held), right ? 200 : 407);
        }
    }

    // There before any lab, through every change of lab and after it, at one port, with one password.
    void ownProxy() {
        EngineOptions options;
        options.ownProxy = EngineOptions::OwnProxy{0, "s3cret"};
        Fixture fixture({.connectProxy = true}, options);
        const std::uint16_t port = fixture.engine().ownProxyPort();
        QVERIFY(port != 0 && port != fixture.port("proxy"));
        const auto ask = [port](const std::string& credentials) {
            RawSocket client = RawSocket::connect(port);
            client.send(
                connectTo("app.domain.tld:80", "Proxy-Authorization: Basic " + base64(credentials) + "\r\n"));
            return client.readUntil("\r\n\r\n") ? statusOf(client.held) : 0;
        };
        QCOMPARE(ask("alice:s3cret"), 200);
        QCOMPARE(ask("bob:s3cret"), 200);
        QCOMPARE(ask("bob:S3cret"), 407);
        QCOMPARE(ask("s3cret"), 407);
        const auto listening = fixture.apply(makePlan({.host = "other.domain.tld"}));
        QVERIFY(listening);
        QCOMPARE(listening->listeners.size(), std::size_t(1)); // a lab's own ones only
        QCOMPARE(ask("alice:s3cret"), 403);
        QVERIFY(fixture.apply(nullptr));
        QCOMPARE(ask("alice:s3cret"), 403);
        QVERIFY(fixture.apply(makePlan({})));
        QCOMPARE(ask("alice:s3cret"), 200);
        QCOMPARE(fixture.engine().ownProxyPort(), port);
    }

    void ownProxyAtAWantedPort() {
        EngineOptions options;
        options.ownProxy = EngineOptions::OwnProxy{0, "s3cret"};
        auto first = Engine::start(options, [] {});
        QVERIFY(first);
        options.ownProxy->port = (*first)->ownProxyPort();
        const auto second = Engine::start(options, [] {});
        QVERIFY(!second && second.error().what->code == "port-taken");
        first->reset();
        const auto third = Engine::start(options, [] {});
        QVERIFY(third);
        QCOMPARE((*third)->ownProxyPort(), options.ownProxy->port);
    }

    // A browser shows its credentials only to who asks for them.
    void ownProxyAsksPlainRequestsToo() {
        EngineOptions options;
        options.ownProxy = EngineOptions::OwnProxy{0, "s3cret"};
        Fixture fixture(PlanParts{}, options);
        const std::string request = "GET http://app.domain.tld/ HTTP/1.1\r\nHost: app.domain.tld\r\n";
        RawSocket stranger = RawSocket::connect(fixture.engine().ownProxyPort());
        stranger.send(request + "\r\n");
        const std::string refused = stranger.readAll();
        QCOMPARE(statusOf(refused), 407);
        QVERIFY(refused.find("Proxy-Authenticate: Basic") != std::string::npos);
        RawSocket known = RawSocket::connect(fixture.engine().ownProxyPort());
        known.send(request + "Proxy-Authorization: Basic " + base64("alice:s3cret") + "\r\n\r\n");
        const std::string response = known.readResponse();
        QCOMPARE(statusOf(response), 200);
        QVERIFY(response.find("Proxy-Authorization") == std::string::npos);
    }

    void plainRequestToTheProxy() {
        Fixture fixture({.connectProxy = true});
        RawSocket client = RawSocket::connect(fixture.port("proxy"));
        client.send("GET http://app.domain.tld/ HTTP/1.1\r\nHost: other\r\n\r\n");
        const std::string response = client.readResponse();
        QCOMPARE(statusOf(response), 200);
        QVERIFY(response.find("Host: app.domain.tld\r\n") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(tst_engine_tls)
#include "tst_engine_tls.moc"
