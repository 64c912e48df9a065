// A request as a curl command: what a real shell makes of it is what was in the request.
#include <capture/curl.h>

#include <QProcess>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::capture;

namespace {

std::shared_ptr<exchange::Exchange> sample(std::string_view head, std::string_view body = {}) {
    auto made = std::make_shared<exchange::Exchange>();
    made->method = std::string(head.substr(0, head.find(' ')));
    made->scheme = "https";
    made->authority = "whoami.domain.tld";
    made->target = "/a?b=$(reboot)&c='x'";
    made->client.request.head = head;
    made->client.request.body.start = body;
    made->client.request.body.size = body.size();
    return made;
}

// The arguments that a shell hands to the program.
QStringList argumentsOf(const std::string& command) {
    QProcess shell;
    const std::string script = "curl() { printf '%s\\0' \"$@\"; }\n" + command;
    shell.start("/bin/sh", {"-c", QString::fromStdString(script)});
    if (!shell.waitForFinished())
        return {"the shell did not end"};
    QStringList out = QString::fromUtf8(shell.readAllStandardOutput()).split(QChar(0));
    out.removeLast();
    return out;
}

} // namespace

class CurlTest : public QObject {
    Q_OBJECT
private slots:
    void words_data() {
        QTest::addColumn<QString>("word");
        for (const char* word : {"", "plain", "two words", "it's", "$HOME", "`id`", "a;b|c&d", "\"quoted\"",
                                 "\\", "!history", "line\nend", "-dash", "~", "*?[]{}", "#", "ü", "\t"})
            QTest::newRow(word) << QString::fromUtf8(word);
    }
    void words() {
        QFETCH(QString, word);
        QCOMPARE(argumentsOf("curl " + shellWord(word.toStdString())), QStringList{word});
    }

    void wholeRequest() {
        const auto exchange =
            sample("POST /a HTTP/1.1\r\nHost: whoami.domain.tld\r\nX-Test: it's $(id)\r\n"
                   "Content-Length: 9\r\nAuthorization: Bearer secret-token\r\nX-Empty: \r\n",
                   "a='b'&$PATH");
        const QStringList open = argumentsOf(curlCommand(*exchange, {}));
        QCOMPARE(open, (QStringList{"https://whoami.domain.tld/a?b=$(reboot)&c='x'", "--header",
                                    "X-Test: it's $(id)", "--header", "Authorization: Bearer secret-token",
                                    "--header", "X-Empty;", "--data-raw", "a='b'&$PATH"}));
        const Redactor redact;
        const std::string closed = curlCommand(*exchange, {&redact, "127.0.0.1:8443"});
        QVERIFY(closed.find("secret-token") == std::string::npos);
        QVERIFY(argumentsOf(closed).contains("Authorization: Bearer …"));
        QVERIFY(argumentsOf(closed).contains("::127.0.0.1:8443"));
    }

    void methods() {
        QVERIFY(!argumentsOf(curlCommand(*sample("GET / HTTP/1.1\r\n"), {})).contains("--request"));
        QVERIFY(argumentsOf(curlCommand(*sample("DELETE / HTTP/1.1\r\n"), {})).contains("DELETE"));
        QVERIFY(argumentsOf(curlCommand(*sample("HEAD / HTTP/1.1\r\n"), {})).contains("--head"));
        const auto binary = sample("PUT / HTTP/1.1\r\n", std::string_view("a\0b", 3));
        QVERIFY(!argumentsOf(curlCommand(*binary, {})).contains("--data-raw"));
    }
};

QTEST_APPLESS_MAIN(CurlTest)
#include "tst_capture_curl.moc"
