#include <http/body.h>

#include <QTest>
#include <random>

using namespace gatehouse::http;

namespace {

std::string chunked(const std::string& body, std::size_t chunk) {
    std::string out;
    for (std::size_t at = 0; at < body.size(); at += chunk) {
        const std::string part = body.substr(at, chunk);
        out += chunkHead(part.size()) + part + std::string(chunkEnd);
    }
    return out + std::string(lastChunk);
}

struct Read {
    std::string body;
    std::size_t consumed = 0;
    bool done = false;
    bool refused = false;
};

Read read(BodyReader reader, std::string_view bytes, std::size_t piece) {
    Read out;
    for (std::size_t at = 0; at < bytes.size() && !out.done && !out.refused; at += piece) {
        std::string_view rest = bytes.substr(at, piece);
        while (!out.done && !out.refused) {
            const auto step = reader.feed(rest);
            out.body.append(step.data);
            out.consumed += step.consumed;
            out.done = step.done;
            out.refused = step.refused != nullptr;
            rest.remove_prefix(step.consumed);
            if (step.consumed == 0)
                break;
        }
    }
    return out;
}

const Framing chunkedFraming{.body = BodyKind::Chunked};

} // namespace

class tst_http_body : public QObject {
    Q_OBJECT

private slots:
    void length() {
        BodyReader reader({.body = BodyKind::Length, .length = 5}, {});
        QVERIFY(!reader.endOfInput());
        const Read whole = read(reader, "abcdeGET", 100);
        QVERIFY(whole.done && whole.body == "abcde" && whole.consumed == 5);
        QVERIFY(read(reader, "abcde", 1).done);
        QVERIFY(!read(reader, "abcd", 1).done);
    }

    void none() { QVERIFY(BodyReader({}, {}).done()); }

    void untilClose() {
        BodyReader reader({.body = BodyKind::UntilClose}, {});
        const Read part = read(reader, "abc", 2);
        QVERIFY(!part.done && part.body == "abc");
        QVERIFY(reader.endOfInput());
    }

    // Every size of chunk against every size of read.
    void chunkSizes() {
        std::mt19937 random(3);
        std::string body;
        for (int i = 0; i < 70'000; ++i)
            body.push_back(static_cast<char>(random()));
        for (const std::size_t chunk : {1U, 2U, 15U, 16U, 255U, 4096U, 65535U, 65536U})
            for (const std::size_t piece : {1U, 3U, 1000U, 16384U, 1'000'000U}) {
                const std::string wire = chunked(body, chunk);
                const Read result = read(BodyReader(chunkedFraming, {}), wire + "GET /", piece);
                QVERIFY(result.done && result.body == body && result.consumed == wire.size());
            }
    }

    void trailersAreDropped() {
        const std::string wire = "1\r\nx\r\n0\r\nContent-Length: 5\r\nX: y\r\n\r\n";
        for (std::size_t piece = 1; piece < wire.size(); ++piece) {
            const Read result = read(BodyReader(chunkedFraming, {}), wire, piece);
            QVERIFY(result.done && result.body == "x" && result.consumed == wire.size());
        }
    }

    void refused_data() {
        QTest::addColumn<std::string>("wire");
        const auto row = [](const char* name, std::string wire) { QTest::newRow(name) << std::move(wire); };
        row("empty size", "\r\n");
        row("size with blank", " 3\r\nabc\r\n");
        row("sign", "+3\r\nabc\r\n");
        row("control in extension", "3;a=\x01\r\nabc\r\n");
        row("CR in extension", "3;a\rb\r\nabc\r\n");
        row("seventeen digits", "00000000000000003\r\nabc\r\n");
        row("too short", "3\r\nab\r\n0\r\n\r\n");
        row("too long", "3\r\nabcd\r\n0\r\n\r\n");
        row("size line too long", "3;" + std::string(255, 'a') + "\r\nabc\r\n0\r\n\r\n");
        row("size line without end", std::string(258, '0'));
        row("trailers too large", "0\r\nX: " + std::string(8200, 'a') + "\r\n\r\n");
        std::string many = "0\r\n";
        for (int i = 0; i < 2000; ++i)
            many += "X: y\r\n";
        row("too many trailers", many + "\r\n");
    }
    void refused() {
        QFETCH(const std::string, wire);
        for (const std::size_t piece : {std::size_t(1), std::size_t(7), wire.size()})
            QVERIFY(read(BodyReader(chunkedFraming, {}), wire, piece).refused);
    }

    void sizeLineAtItsLimit() {
        const std::string wire = "3;" + std::string(254, 'a') + "\r\nabc\r\n0\r\n\r\n";
        QVERIFY(read(BodyReader(chunkedFraming, {}), wire, 1).done);
        QVERIFY(read(BodyReader(chunkedFraming, {}), wire, wire.size()).done);
    }

    void chunkHeads() {
        QVERIFY(chunkHead(1) == "1\r\n");
        QVERIFY(chunkHead(26) == "1a\r\n");
        QVERIFY(chunkHead(65536) == "10000\r\n");
    }
};

QTEST_APPLESS_MAIN(tst_http_body)
#include "tst_http_body.moc"
