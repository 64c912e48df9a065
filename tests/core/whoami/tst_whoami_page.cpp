// The page against the one that traefik/whoami printed behind nginx and oauth2-proxy, and the other paths.
#include <whoami/whoami.h>

#include <QtTest>

using namespace gatehouse;

namespace {

whoami::Facts facts() {
    return {"whoami", {"127.0.0.1", "::1"}, "127.0.0.1:40312", ""};
}

http::Request request(std::string method, std::string target, http::Headers headers, std::string body = {}) {
    return {std::move(method), std::move(target), std::move(headers), std::move(body)};
}

std::string afterFacts(const std::string& page) {
    return page.substr(page.find("40312\n") + 6);
}

} // namespace

class WhoamiPage : public QObject {
    Q_OBJECT
private slots:
    void printsTheRecordedPage() {
        const http::Headers sent{{"Host", "whoami.domain.tld:18443"},
                                 {"X-Request-ID", "3617e85d3e19ed4adf47ee8934e99c62"},
                                 {"X-Real-IP", "127.0.0.1"},
                                 {"X-Forwarded-For", "127.0.0.1"},
                                 {"X-Forwarded-Host", "whoami.domain.tld:18443"},
                                 {"X-Forwarded-Port", "443"},
                                 {"X-Forwarded-Proto", "https"},
                                 {"X-Forwarded-Scheme", "https"},
                                 {"X-Scheme", "https"},
                                 {"User-Agent", "Mozilla/5.0 (X11)"},
                                 {"Accept", "text/html,*/*;q=0.8"},
                                 {"Accept-Language", "en-US,en;q=0.5"},
                                 {"Accept-Encoding", "identity"},
                                 {"cookie", "_oauth2_proxy=abc"},
                                 {"upgrade-insecure-requests", "1"}};
        const auto answer = whoami::handle(request("GET", "/", sent).view(), facts());
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.headers.view().get("Content-Type"), "text/plain; charset=utf-8");
        QCOMPARE(answer.body,
                 std::string("Hostname: whoami\nIP: 127.0.0.1\nIP: ::1\nRemoteAddr: 127.0.0.1:40312\n"
                             "GET / HTTP/1.1\r\n"
                             "Host: whoami.domain.tld:18443\r\n"
                             "User-Agent: Mozilla/5.0 (X11)\r\n"
                             "Accept: text/html,*/*;q=0.8\r\n"
                             "Accept-Encoding: identity\r\n"
                             "Accept-Language: en-US,en;q=0.5\r\n"
                             "Cookie: _oauth2_proxy=abc\r\n"
                             "Upgrade-Insecure-Requests: 1\r\n"
                             "X-Forwarded-For: 127.0.0.1\r\n"
                             "X-Forwarded-Host: whoami.domain.tld:18443\r\n"
                             "X-Forwarded-Port: 443\r\n"
                             "X-Forwarded-Proto: https\r\n"
                             "X-Forwarded-Scheme: https\r\n"
                             "X-Real-Ip: 127.0.0.1\r\n"
                             "X-Request-Id: 3617e85d3e19ed4adf47ee8934e99c62\r\n"
                             "X-Scheme: https\r\n\r\n"));
    }

    void writesTheRequestAsGoDoes_data() {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("written");
        const QByteArray agent = "User-Agent: Go-http-client/1.1\r\n";
        const auto row = [](const char* name, QByteArray method, QByteArray target, QByteArray field,
                            QByteArray value, QByteArray body, QByteArray written) {
            QTest::newRow(name) << method << target << field << value << body << written;
        };
        row("no user agent", "GET", "/", "Accept", "*/*", "",
            "GET / HTTP/1.1\r\nHost: h\r\n" + agent + "Accept: */*\r\n\r\n");
        row("an empty user agent is not written", "GET", "/", "User-Agent", "", "",
            "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        row("a post without a body has a length", "POST", "/", "Accept", "*/*", "",
            "POST / HTTP/1.1\r\nHost: h\r\n" + agent + "Content-Length: 0\r\nAccept: */*\r\n\r\n");
        row("the body follows", "POST", "/a?b=c", "Content-Length", "3", "xyz",
            "POST /a?b=c HTTP/1.1\r\nHost: h\r\n" + agent + "Content-Length: 3\r\n\r\nxyz");
        row("a chunked body stays chunked", "PUT", "/", "Transfer-Encoding", "chunked", "0123456789abcdefg",
            "PUT / HTTP/1.1\r\nHost: h\r\n" + agent +
                "Transfer-Encoding: chunked\r\n\r\n11\r\n0123456789abcdefg\r\n0\r\n\r\n");
        row("pragma brings cache-control", "GET", "/", "pragma", "no-cache", "",
            "GET / HTTP/1.1\r\nHost: h\r\n" + agent + "Cache-Control: no-cache\r\nPragma: no-cache\r\n\r\n");
        row("connection close is an ordinary field in 1.1", "GET", "/", "connection", "close", "",
            "GET / HTTP/1.1\r\nHost: h\r\n" + agent + "Connection: close\r\n\r\n");
        row("an invalid character in the path is escaped", "GET", "/a\"b%2Fc?\"", "x-y", "z", "",
            "GET /a%22b/c?\" HTTP/1.1\r\nHost: h\r\n" + agent + "X-Y: z\r\n\r\n");
        row("an encoded slash stays", "GET", "/a%2Fb", "x-y", "z", "",
            "GET /a%2Fb HTTP/1.1\r\nHost: h\r\n" + agent + "X-Y: z\r\n\r\n");
    }
    void writesTheRequestAsGoDoes() {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, field);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, written);
        const std::string name = field.toStdString(), text = value.toStdString();
        const http::Headers headers{{"Host", "h"}, {name, text}};
        const auto answer = whoami::handle(
            request(method.toStdString(), target.toStdString(), headers, body.toStdString()).view(), facts());
        QCOMPARE(QByteArray::fromStdString(afterFacts(answer.body)), written);
    }

    void answersEachPath_data() {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("sent");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        const auto row = [](const char* name, QByteArray method, QByteArray target, QByteArray sent,
                            int status, QByteArray type, QByteArray body) {
            QTest::newRow(name) << method << target << sent << status << type << body;
        };
        row("bench", "GET", "/bench", "", 200, "text/plain", "1");
        row("health", "GET", "/health", "", 200, "", "");
        row("health takes a number", "POST", "/health", "503", 200, "", "");
        row("health without a number", "POST", "/health", "", 400, "text/plain; charset=utf-8", "EOF\n");
        row("api", "GET", "/api?a=<b>", "", 200, "application/json",
            "{\"hostname\":\"whoami\",\"ip\":[\"127.0.0.1\",\"::1\"],\"headers\":{\"X-A\":[\"1\","
            "\"2\\u0026\"]},"
            "\"url\":\"/"
            "api?a=\\u003cb\\u003e\",\"host\":\"h\",\"method\":\"GET\",\"remoteAddr\":\"127.0.0.1:40312\"}"
            "\n");
        row("echo without an upgrade", "GET", "/echo", "", 400, "text/plain; charset=utf-8", "Bad Request\n");
        row("data", "GET", "/data?size=30", "", 200, "text/plain; charset=utf-8",
            "|ABCDEFGHIJKLMNOPQRSTUVWXYZ-A|");
        row("data of nothing", "GET", "/data", "", 200, "text/plain; charset=utf-8", "");
        row("a path that is not clean", "GET", "//a/../b/?c=1", "", 301, "text/html; charset=utf-8",
            "<a href=\"/b/?c=1\">Moved Permanently</a>.\n\n");
        row("a broken escape", "GET", "/%zz", "", 400, "text/plain; charset=utf-8", "400 Bad Request");
    }
    void answersEachPath() {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, sent);
        QFETCH(int, status);
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, body);
        const http::Headers headers{{"Host", "h"}, {"x-a", "1"}, {"X-A", "2&"}};
        const auto answer = whoami::handle(
            request(method.toStdString(), target.toStdString(), headers, sent.toStdString()).view(), facts());
        QCOMPARE(answer.status, status);
        QCOMPARE(QByteArray::fromStdString(std::string(answer.headers.view().get("Content-Type"))), type);
        QCOMPARE(QByteArray::fromStdString(answer.body), body);
    }

    void dataIsBounded() {
        const auto answer =
            whoami::handle(request("GET", "/data?size=9000000&unit=TB", {{"Host", "h"}}).view(), facts());
        QCOMPARE(answer.body.size(), std::size_t{8} * 1024 * 1024);
        QVERIFY(answer.body.ends_with('|'));
    }
};

QTEST_APPLESS_MAIN(WhoamiPage)
#include "tst_whoami_page.moc"
