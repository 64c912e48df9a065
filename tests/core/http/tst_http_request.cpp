#include "wire.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <random>

using namespace gatehouse::http;
using namespace gatehouse::http::testing;

namespace {

struct Vector {
    QString name;
    std::string bytes;
    bool accept;
};

std::vector<Vector> vectors() {
    QFile file(QStringLiteral(GATEHOUSE_TEST_DATA "/data/http-vectors.json"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    std::vector<Vector> out;
    const QJsonArray rows = QJsonDocument::fromJson(file.readAll()).object().value("vectors").toArray();
    for (const QJsonValue& row : rows)
        out.push_back({row["name"].toString(), row["bytes"].toString().toLatin1().toStdString(),
                       row["want"].toString() == "A"});
    return out;
}

std::string requestLine(std::size_t size) { // without CRLF
    const std::string around = "GET / HTTP/1.1";
    return "GET /" + std::string(size - around.size(), 'a') + " HTTP/1.1";
}

} // namespace

class tst_http_request : public QObject {
    Q_OBJECT

private slots:
    void vectors_data() {
        QTest::addColumn<std::string>("bytes");
        QTest::addColumn<bool>("accept");
        for (const Vector& v : ::vectors())
            QTest::addRow("%s", qPrintable(v.name)) << v.bytes << v.accept;
        QVERIFY(::vectors().size() >= 70);
    }

    // Each vector whole, cut at every byte, byte by byte, and at random places.
    void vectors() {
        QFETCH(const std::string, bytes);
        QFETCH(const bool, accept);
        const WireResult whole = readWhole(bytes);
        const bool connect = bytes.starts_with("CONNECT"); // the parser's caller decides on it
        QCOMPARE(whole.complete, accept || connect);
        QCOMPARE(whole.refused != 0, !accept && !connect);
        for (std::size_t cut = 0; cut <= bytes.size(); ++cut)
            QVERIFY2(readSplit(bytes, {cut}) == whole, qPrintable(QString::number(cut)));
        std::vector<std::size_t> every;
        for (std::size_t i = 1; i < bytes.size(); ++i)
            every.push_back(i);
        QVERIFY(readSplit(bytes, every) == whole);
        std::mt19937 random(7);
        for (int round = 0; round < 50; ++round) {
            std::vector<std::size_t> cuts;
            for (std::size_t i = 1; i < bytes.size(); ++i)
                if (random() % 5 == 0)
                    cuts.push_back(i);
            QVERIFY(readSplit(bytes, cuts) == whole);
        }
    }

    // One byte of a good request replaced by every other byte: whatever it means, the split must not matter.
    void anyByteAnywhere() {
        const std::string good = "POST /a HTTP/1.1\r\nHost: h:1\r\nTransfer-Encoding: chunked\r\n\r\n"
                                 "2;x=y\r\nab\r\n0\r\nT: u\r\n\r\nGET";
        int accepted = 0;
        for (std::size_t at = 0; at < good.size(); ++at)
            for (int byte = 0; byte < 256; ++byte) {
                std::string bytes = good;
                bytes[at] = static_cast<char>(byte);
                const WireResult whole = readWhole(bytes);
                accepted += whole.complete ? 1 : 0;
                for (const std::size_t cut : {at, at + 1, bytes.size() / 2})
                    QVERIFY2(readSplit(bytes, {cut}) == whole,
                             qPrintable(QStringLiteral("%1 %2 %3").arg(at).arg(byte).arg(cut)));
            }
        QVERIFY(accepted > 500 && accepted < 16000);
    }

    void whatIsReadOfARequest() {
        const WireResult result = readWhole("POST /p?q=1 HTTP/1.1\r\nHost: h\r\nX-Y:  v w \t\r\nEmpty:\r\n"
                                            "content-length: 3\r\n\r\nabcGET");
        QVERIFY(result.complete);
        QCOMPARE(result.method, std::string("POST"));
        QCOMPARE(result.target, std::string("/p?q=1"));
        QCOMPARE(result.fields, std::string("Host=h|X-Y=v w|Empty=|content-length=3|"));
        QCOMPARE(result.body, std::string("abc"));
        QCOMPARE(result.rest, std::string("GET"));
    }

    void obsTextPasses() {
        QCOMPARE(readWhole("GET / HTTP/1.1\r\nHost: h\r\nX: \xC3\xA9\xFF\r\n\r\n").fields,
                 std::string("Host=h|X=\xC3\xA9\xFF|"));
    }

    void absoluteForm_data() {
        QTest::addColumn<std::string>("line");
        QTest::addColumn<std::string>("target");
        QTest::addColumn<std::string>("authority");
        QTest::newRow("path") << std::string("GET http://h:81/x?y") << std::string("/x?y")
                              << std::string("h:81");
        QTest::newRow("upper") << std::string("GET HTTPS://H/") << std::string("/") << std::string("H");
        QTest::newRow("no path") << std::string("GET http://h") << std::string("/") << std::string("h");
        QTest::newRow("options") << std::string("OPTIONS http://h") << std::string("*") << std::string("h");
        QTest::newRow("user") << std::string("GET http://u@h/") << std::string() << std::string();
        QTest::newRow("query only") << std::string("GET http://h?x") << std::string() << std::string();
        QTest::newRow("ftp") << std::string("GET ftp://h/") << std::string() << std::string();
        QTest::newRow("star") << std::string("GET *") << std::string() << std::string();
    }
    void absoluteForm() {
        QFETCH(const std::string, line);
        QFETCH(const std::string, target);
        const WireResult result = readWhole(line + " HTTP/1.1\r\nHost: h\r\n\r\n");
        QCOMPARE(result.target, target);
        QCOMPARE(result.refused, target.empty() ? 400 : 0);
        QTEST(result.authority, "authority");
    }

    void status_data() {
        QTest::addColumn<std::string>("head");
        QTest::addColumn<int>("status");
        const auto row = [](const char* name, const char* head, int status) {
            QTest::newRow(name) << std::string(head) << status;
        };
        row("version", "GET / HTTP/1.2\r\nHost: h\r\n\r\n", 505);
        row("unknown coding", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n", 501);
        row("repeated coding",
            "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n"
            "Transfer-Encoding: chunked\r\n\r\n",
            400);
        row("length and coding",
            "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n"
            "Content-Length: 1\r\n\r\n",
            400);
        row("expectation", "POST / HTTP/1.1\r\nHost: h\r\nExpect: bogus\r\n\r\n", 417);
        row("expectation in 1.0", "POST / HTTP/1.0\r\nExpect: bogus\r\n\r\n", 0);
        row("no host in 1.0", "GET / HTTP/1.0\r\n\r\n", 0);
        row("two hosts in 1.0", "GET / HTTP/1.0\r\nHost: h\r\nHost: h\r\n\r\n", 400);
        row("empty host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400);
        row("host with port 0", "GET / HTTP/1.1\r\nHost: h:0\r\n\r\n", 400);
        row("host with slash", "GET / HTTP/1.1\r\nHost: h/x\r\n\r\n", 400);
        row("host IPv6", "GET / HTTP/1.1\r\nHost: [::1]:8443\r\n\r\n", 0);
        row("connect without port", "CONNECT h HTTP/1.1\r\nHost: h\r\n\r\n", 400);
    }
    void status() {
        QFETCH(const std::string, head);
        QTEST(readWhole(head).refused, "status");
    }

    void framing() {
        std::vector<FieldSpan> fields;
        const auto parse = [&fields](std::string_view head) {
            return std::get<ParsedRequest>(parseRequest(head, fields, {})).framing;
        };
        QVERIFY(parse("GET / HTTP/1.1\r\nHost: h\r\n\r\n").keepAlive);
        QVERIFY(!parse("GET / HTTP/1.0\r\n\r\n").keepAlive);
        QVERIFY(parse("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n").keepAlive);
        QVERIFY(!parse("GET / HTTP/1.1\r\nHost: h\r\nConnection: x, Close\r\n\r\n").keepAlive);
        QVERIFY(parse("GET / HTTP/1.1\r\nHost: h\r\nConnection: keep-alive, Upgrade\r\n"
                      "Upgrade: websocket\r\n\r\n")
                    .upgrade);
        QVERIFY(!parse("GET / HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\n\r\n").upgrade);
        QVERIFY(parse("PUT / HTTP/1.1\r\nHost: h\r\nExpect: 100-Continue\r\nContent-Length: 1\r\n\r\n")
                    .expectContinue);
    }

    void limits() {
        const Limits limits{.startLine = 100, .head = 400, .fields = 5};
        const std::string rest = "\r\nHost: h\r\n\r\n";
        QVERIFY(readWhole(requestLine(100) + rest, limits).complete);
        QCOMPARE(readWhole(requestLine(101) + rest, limits).refused, 414);
        QCOMPARE(readWhole(requestLine(1000), limits).refused, 414);
        const std::string line = "GET / HTTP/1.1\r\nHost: h\r\nX: ";
        const std::string fits = line + std::string(400 - line.size() - 4, 'x') + "\r\n\r\n";
        QCOMPARE(fits.size(), std::size_t(400));
        QVERIFY(readWhole(fits, limits).complete);
        const std::string tooLong = line + std::string(400 - line.size() - 3, 'x') + "\r\n\r\n";
        QCOMPARE(readWhole(tooLong, limits).refused, 431);
        std::string many = "GET / HTTP/1.1\r\nHost: h\r\n";
        for (int i = 0; i < 4; ++i)
            many += "A: b\r\n";
        QVERIFY(readWhole(many + "\r\n", limits).complete);
        QCOMPARE(readWhole(many + "A: b\r\n\r\n", limits).refused, 431);
        for (const std::string& bytes : {requestLine(101) + rest, tooLong, fits})
            for (std::size_t cut = 0; cut < bytes.size(); ++cut)
                QVERIFY(readSplit(bytes, {cut}, limits) == readWhole(bytes, limits));
    }

    void everyRefusalHasWords() {
        for (const gatehouse::Message* message : refusals()) {
            QVERIFY(!message->code.empty());
            QVERIFY(!message->text.empty());
        }
    }

    void browserHead() {
        const std::string head =
            "GET /app/index.html?lang=en HTTP/1.1\r\nHost: whoami.domain.tld\r\n"
            "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/126.0.0.0 Safari/537.36\r\n"
            "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
            "Accept-Language: en-GB,en;q=0.9\r\nAccept-Encoding: gzip, deflate, br\r\n"
            "Connection: keep-alive\r\nCookie: _oauth2_proxy=" +
            std::string(330, 'A') + "\r\nSec-Fetch-Mode: navigate\r\n\r\n";
        std::vector<FieldSpan> fields;
        std::size_t parsed = 0;
        QBENCHMARK {
            parsed += std::get<ParsedRequest>(parseRequest(head, fields, {})).size;
        }
        QVERIFY(parsed % head.size() == 0);
    }
};

QTEST_APPLESS_MAIN(tst_http_request)
#include "tst_http_request.moc"
