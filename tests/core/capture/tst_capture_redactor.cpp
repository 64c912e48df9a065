#include <base/encoding.h>
#include <capture/redactor.h>

#include <QTest>
using namespace gatehouse;
using namespace gatehouse::capture;

class RedactorTest : public QObject {
    Q_OBJECT

private slots:
    void placesOfSecretsAreKnown_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* text, const char* expected) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(expected);
        };
        row("cookies keep their names", "Cookie: _oauth2_proxy=abc|1|x; theme=dark\r\nHost: h",
            "Cookie: _oauth2_proxy=…; theme=…\r\nHost: h");
        row("set-cookie keeps attributes", "Set-Cookie: a=secret; Path=/; HttpOnly",
            "Set-Cookie: a=…; Path=/; HttpOnly");
        row("an emptied cookie stays empty", "Set-Cookie: a=; Path=/; Max-Age=0",
            "Set-Cookie: a=; Path=/; Max-Age=0");
        row("authorization keeps its scheme", "Authorization: Bearer abc.def\nX: 1",
            "Authorization: Bearer …\nX: 1");
        row("authorization without scheme", "authorization: abc", "authorization: …");
        row("query", "https://h/cb?state=xyz&code=1.2.3&iss=https%3A%2F%2Fk",
            "https://h/cb?state=…&code=…&iss=https%3A%2F%2Fk");
        row("a longer name is another name", "https://h/?barcode=1&error_code=2",
            "https://h/?barcode=1&error_code=2");
        row("form", "username=alice&password=p%26w&credentialId=", "username=alice&password=…&credentialId=");
        row("json", "{\"access_token\":\"a\\\"b\",\"expires_in\":300,\"id_token\" : \"c\"}",
            "{\"access_token\":\"…\",\"expires_in\":300,\"id_token\" : \"…\"}");
        row("jwt anywhere", "it was eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln, yes", "it was …, yes");
        row("plain text stays", "GET /a?b=c&d=%2F HTTP/1.1", "GET /a?b=c&d=%2F HTTP/1.1");
    }
    void placesOfSecretsAreKnown() {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QCOMPARE(QString::fromStdString(Redactor()(text.toStdString())), expected);
    }

    void theLedgerFindsValuesInEveryForm() {
        crypto::SecretMap secrets;
        const std::string value = "p@ss w/rd+1";
        secrets.values.emplace("one", crypto::SecretString(value));
        const Redactor redact(secrets, {"one", "unknown"});
        for (const std::string& form : {value, std::string("p%40ss%20w%2Frd%2B1"),
                                        std::string("p%40ss+w%2Frd%2B1"), base64(value), base64Url(value)})
            QCOMPARE(redact("before " + form + " after"), std::string("before … after"));
    }

    void aShortValueTakesNoWordsAway() {
        Redactor redact;
        redact.learn(crypto::SecretString("a"));
        QCOMPARE(redact("banana"), std::string("banana"));
    }

    void whatIsCutOffInTheMiddleStillEnds() {
        const std::string text = "{\"access_token\":\"abc\\";
        for (std::size_t size = 0; size <= text.size(); ++size)
            Redactor()(text.substr(0, size));
        QCOMPARE(Redactor()("Cookie: a="), std::string("Cookie: a="));
        QCOMPARE(Redactor()("Cookie:"), std::string("Cookie:"));
    }
};

QTEST_APPLESS_MAIN(RedactorTest)
#include "tst_capture_redactor.moc"
