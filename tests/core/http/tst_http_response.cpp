#include <http/parse.h>

#include <QTest>

using namespace gatehouse::http;

namespace {

std::vector<FieldSpan> spans;

auto parse(std::string_view bytes, std::string_view method = "GET", const Limits& limits = {}) {
    return parseResponse(bytes, spans, method, limits);
}

Framing framing(std::string_view bytes, std::string_view method = "GET") {
    return std::get<ParsedResponse>(parse(bytes, method)).framing;
}

bool refused(std::string_view bytes) {
    const auto outcome = parse(bytes);
    const auto* refusal = std::get_if<Refusal>(&outcome);
    return refusal && refusal->status == 502 && refusal->why;
}

} // namespace

class tst_http_response : public QObject {
    Q_OBJECT

private slots:
    void plain() {
        const std::string bytes = "HTTP/1.1 200 All well\r\nContent-Length: 3\r\nX: y\r\n\r\nabc";
        const auto parsed = std::get<ParsedResponse>(parse(bytes));
        QCOMPARE(parsed.view.status, 200);
        QVERIFY(parsed.view.reason == "All well");
        QVERIFY(parsed.view.headers.get("x") == "y");
        QVERIFY(parsed.framing.body == BodyKind::Length && parsed.framing.length == 3);
        QCOMPARE(parsed.size, bytes.size() - 3);
        for (std::size_t size = 0; size < parsed.size; ++size)
            QVERIFY(std::holds_alternative<NeedMore>(parse(std::string_view(bytes).substr(0, size))));
    }

    void reasonMayBeAbsent() {
        QCOMPARE(std::get<ParsedResponse>(parse("HTTP/1.1 204\r\n\r\n")).view.status, 204);
        QCOMPARE(std::get<ParsedResponse>(parse("HTTP/1.1 204 \r\n\r\n")).view.status, 204);
    }

    void bodies() {
        QVERIFY(framing("HTTP/1.1 200 OK\r\n\r\n").body == BodyKind::UntilClose);
        QVERIFY(!framing("HTTP/1.1 200 OK\r\n\r\n").keepAlive);
        QVERIFY(framing("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").body == BodyKind::None);
        QVERIFY(framing("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").keepAlive);
        QVERIFY(framing("HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n").body == BodyKind::Chunked);
        QVERIFY(framing("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "HEAD").body == BodyKind::None);
        QVERIFY(framing("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n").body == BodyKind::None);
        QVERIFY(framing("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n").body == BodyKind::None);
        QVERIFY(framing("HTTP/1.1 200 OK\r\n\r\n", "CONNECT").body == BodyKind::None);
        QVERIFY(
            framing("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
                .upgrade);
        QVERIFY(!framing("HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\n").keepAlive);
        QVERIFY(framing("HTTP/1.0 200 OK\r\nContent-Length: 1\r\nConnection: keep-alive\r\n\r\n").keepAlive);
    }

    void refusals_data() {
        QTest::addColumn<std::string>("bytes");
        const auto row = [](const char* name, std::string bytes) { QTest::newRow(name) << std::move(bytes); };
        row("bare LF", "HTTP/1.1 200 OK\n\n");
        row("no HTTP", "SSH-2.0-OpenSSH\r\n");
        row("HTTP/2", "HTTP/2.0 200 OK\r\n\r\n");
        row("status of four digits", "HTTP/1.1 2000 OK\r\n\r\n");
        row("status below 100", "HTTP/1.1 099 OK\r\n\r\n");
        row("length and coding",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n");
        row("two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n");
        row("other coding", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n");
        row("coding in 1.0", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        row("folded", "HTTP/1.1 200 OK\r\nX: a\r\n b\r\n\r\n");
        row("splitting", "HTTP/1.1 200 OK\r\nX: a\rY: b\r\n\r\n");
        row("NUL in reason", std::string("HTTP/1.1 200 O\0K\r\n\r\n", 20));
        row("reason without end", "HTTP/1.1 200 " + std::string(9000, 'x'));
        row("head without end", "HTTP/1.1 200 OK\r\nX: " + std::string(40000, 'x'));
    }
    void refusals() {
        QFETCH(const std::string, bytes);
        QVERIFY(refused(bytes));
        for (std::size_t size = 0; size < std::min<std::size_t>(bytes.size(), 100); ++size) {
            const auto part = parse(std::string_view(bytes).substr(0, size));
            QVERIFY(!std::holds_alternative<ParsedResponse>(part));
        }
    }
};

QTEST_APPLESS_MAIN(tst_http_response)
#include "tst_http_response.moc"
