#include "fixture.h"

#include <QTest>
#include <atomic>
#include <cstdio>
#include <unistd.h>

using namespace gatehouse;
using namespace gatehouse::engine;
using namespace gatehouse::engine::testing;

namespace {

constexpr std::uint64_t pieceSize = 64 * 1024;
// A gigabyte goes through in about a second where nobody else wants the processor; on a busy machine of two
// cores that is ten, so a quarter of it must do.
constexpr std::uint64_t total = 256ULL * 1024 * 1024;
constexpr std::uint64_t slowly = 4ULL * 1024 * 1024; // of it, with a pause after every piece
constexpr std::int64_t mostGrowth = 32LL * 1024 * 1024;

std::int64_t residentBytes() {
    long pages = 0;
    long resident = 0;
    std::FILE* const file = std::fopen("/proc/self/statm", "r");
    if (file) {
        if (std::fscanf(file, "%ld %ld", &pages, &resident) != 2)
            resident = 0;
        std::fclose(file);
    }
    return static_cast<std::int64_t>(resident) * sysconf(_SC_PAGESIZE);
}

// The highest growth since it was made, of the looks taken.
class Growth { // used by two threads
public:
    void look() {
        const std::int64_t now = residentBytes() - before_;
        if (now > most_)
            most_ = now;
    }
    std::int64_t most() const { return most_; }

private:
    const std::int64_t before_ = residentBytes();
    std::atomic<std::int64_t> most_ = 0;
};

// Reads to the end, slow at first; what nobody can hold must wait at its source.
std::uint64_t readSlowly(RawSocket& from, std::uint64_t size, Growth& growth) {
    ScriptedServer silent([](RawSocket& socket) { socket.receive(); });
    RawSocket nothing = RawSocket::connect(silent.port()); // to wait for
    std::uint64_t got = 0;
    while (got < size) {
        const std::string piece = from.receive();
        if (piece.empty())
            break;
        got += piece.size();
        growth.look();
        if (got < slowly)
            nothing.receive(5);
    }
    return got;
}

} // namespace

// Bodies much larger than what may be held: neither side's speed becomes this process's memory.
class tst_engine_memory : public QObject {
    Q_OBJECT

private slots:
    void slowReaderOfAFastService_data() {
        QTest::addColumn<bool>("chunked");
        QTest::newRow("length") << false;
        QTest::newRow("chunked") << true;
    }
    void slowReaderOfAFastService() {
        QFETCH(const bool, chunked);
        const std::string piece(pieceSize, 'x');
        ScriptedServer server([&](RawSocket& socket) {
            server.readRequest(socket);
            socket.send(chunked ? std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                                : "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(total) + "\r\n\r\n");
            bool takes = true;
            for (std::uint64_t sent = 0; sent < total && takes; sent += piece.size()) {
                takes = !chunked || socket.send("10000\r\n");
                takes = takes && socket.send(piece) && (!chunked || socket.send("\r\n"));
            }
            if (chunked)
                socket.send("0\r\n\r\n");
        });
        Fixture fixture({.backend = backendAt(server.port())});
        fixture.ask("GET /warm HTTP/1.0\r\n\r\n");
        Growth growth;
        RawSocket client = fixture.connect();
        client.receiveSlowly();
        client.send(get("/", "Connection: close\r\n"));
        QVERIFY(readSlowly(client, total, growth) >= total);
        QVERIFY2(growth.most() < mostGrowth, std::to_string(growth.most()).c_str());
        std::printf("grew by %lld KiB\n", static_cast<long long>(growth.most() / 1024));
        client.close();
        const auto records = fixture.records(2);
        QCOMPARE(records.size(), std::size_t(2));
        QCOMPARE(records[1]->client.response.body.size, total);
        QVERIFY(records[1]->client.response.body.start.size() <= 64 * 1024);
    }

    void slowServiceBehindAFastClient_data() {
        QTest::addColumn<bool>("held");
        QTest::newRow("streamed") << false;
        QTest::newRow("held in a file") << true;
    }
    void slowServiceBehindAFastClient() {
        QFETCH(const bool, held);
        const std::uint64_t size = held ? total / 4 : total;
        Growth growth;
        std::atomic<std::uint64_t> got = 0;
        ScriptedServer server([&](RawSocket& socket) {
            socket.receiveSlowly();
            socket.readUntil("\r\n\r\n");
            got = socket.held.size() - socket.held.find("\r\n\r\n") - 4;
            got += readSlowly(socket, size - got, growth);
            socket.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        });
        Fixture fixture({.backend = backendAt(server.port()),
                         .annotations = {annotation("proxy-body-size", "0"),
                                         annotation("proxy-request-buffering", held ? "on" : "off")}});
        RawSocket client = fixture.connect();
        client.send(std::string("POST / HTTP/1.1\r\nHost: ") + host +
                    "\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n");
        const std::string piece(pieceSize, 'x');
        for (std::uint64_t sent = 0; sent < size; sent += piece.size()) {
            QVERIFY(client.send(piece));
            growth.look();
        }
        QCOMPARE(statusOf(client.readResponse()), 200);
        QCOMPARE(got.load(), size);
        QVERIFY2(growth.most() < mostGrowth, std::to_string(growth.most()).c_str());
        std::printf("grew by %lld KiB\n", static_cast<long long>(growth.most() / 1024));
        QCOMPARE(fixture.records(1).at(0)->client.request.body.size, size);
    }

    // Far more than the ten megabytes that oauth2-proxy would read of a form: it is none, so it streams.
    void uploadThroughAGate() {
        constexpr std::uint64_t size = total / 4;
        Growth growth;
        std::atomic<std::uint64_t> got = 0;
        ScriptedServer server([&](RawSocket& socket) {
            socket.receiveSlowly();
            socket.readUntil("\r\n\r\n");
            got = socket.held.size() - socket.held.find("\r\n\r\n") - 4;
            got += readSlowly(socket, size - got, growth);
            socket.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        });
        Fixture fixture({});
        const auto listening = fixture.apply(makeGatePlan(server.port()));
        QVERIFY2(listening, listening ? "" : describe(listening.error()).c_str());
        RawSocket client = RawSocket::connect(fixture.port("gate oauth2-proxy"));
        client.send(std::string("POST /upload HTTP/1.1\r\nHost: ") + host +
                    "\r\nContent-Type: application/octet-stream\r\nContent-Length: " + std::to_string(size) +
                    "\r\n\r\n");
        const std::string piece(pieceSize, 'x');
        for (std::uint64_t sent = 0; sent < size; sent += piece.size())
            QVERIFY(client.send(piece));
        QCOMPARE(statusOf(client.readResponse()), 200);
        QCOMPARE(got.load(), size);
        QVERIFY2(growth.most() < mostGrowth, std::to_string(growth.most()).c_str());
    }
};

QTEST_GUILESS_MAIN(tst_engine_memory)
#include "tst_engine_memory.moc"
