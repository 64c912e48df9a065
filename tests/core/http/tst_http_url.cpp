#include <http/url.h>

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::http;

class tst_http_url : public QObject {
    Q_OBJECT

private slots:
    void parts() {
        const Url url = *parseUrl("HTTPS://Host.Domain.tld:8443/a/b?c=%2f");
        QVERIFY(url.scheme == "https" && url.host == "host.domain.tld" && url.port == 8443 &&
                url.portWritten);
        QVERIFY(url.target == "/a/b?c=%2f" && url.path() == "/a/b" && url.query() == "c=%2f");
        QVERIFY(url.text() == "https://host.domain.tld:8443/a/b?c=%2f");
        QVERIFY(parseUrl("http://h")->text() == "http://h/");
        QVERIFY(parseUrl("http://h?x")->target == "/?x");
        QVERIFY(parseUrl("https://h:443/")->text() == "https://h/");
        QVERIFY(parseUrl("https://h:443/")->portWritten && parseUrl("https://h/")->port == 443);
        QVERIFY(parseUrl("http://[::1]:81/")->authority() == "[::1]:81");
        QVERIFY(parseUrl("http://[::1]/")->host == "::1");
    }

    void refused_data() {
        QTest::addColumn<std::string>("text");
        for (const char* text : {"",
                                 "h",
                                 "//h/",
                                 "ftp://h/",
                                 "http:/h",
                                 "http://",
                                 "http:///x",
                                 "http://u@h/",
                                 "http://u:p@h/",
                                 "http://h/#f",
                                 "http://h/ x",
                                 "http://h/\t",
                                 "http://h:0/",
                                 "http://h:65536/",
                                 "http://h:/",
                                 "http://h:x/",
                                 "http://[::1/",
                                 "http://[x]/",
                                 "http://h/\xC3\xA9",
                                 "http://h\\x/"})
            QTest::newRow(text) << std::string(text);
    }
    void refused() {
        QFETCH(const std::string, text);
        const auto url = parseUrl(text);
        QVERIFY(!url);
        QVERIFY(describe(url.error()).find(":p@") == std::string::npos);
    }

    void resolves_data() {
        QTest::addColumn<std::string>("reference");
        QTest::addColumn<std::string>("wanted");
        const auto row = [](const char* reference, const char* wanted) {
            QTest::newRow(*reference ? reference : "(empty)")
                << std::string(reference) << std::string(wanted);
        };
        // RFC 3986 section 5.4, http instead of its example, without fragments and parameters' curiosities.
        row("g", "http://a/b/c/g");
        row("./g", "http://a/b/c/g");
        row("g/", "http://a/b/c/g/");
        row("/g", "http://a/g");
        row("//g", "http://g/");
        row("?y", "http://a/b/c/d;p?y");
        row("g?y", "http://a/b/c/g?y");
        row("#s", "http://a/b/c/d;p?q");
        row("g#s", "http://a/b/c/g");
        row(";x", "http://a/b/c/;x");
        row("", "http://a/b/c/d;p?q");
        row(".", "http://a/b/c/");
        row("./", "http://a/b/c/");
        row("..", "http://a/b/");
        row("../g", "http://a/b/g");
        row("../..", "http://a/");
        row("../../g", "http://a/g");
        row("../../../g", "http://a/g");
        row("/./g", "http://a/g");
        row("/../g", "http://a/g");
        row("g.", "http://a/b/c/g.");
        row("..g", "http://a/b/c/..g");
        row("./../g", "http://a/b/g");
        row("g/./h", "http://a/b/c/g/h");
        row("g/../h", "http://a/b/c/h");
        row("g?y/../x", "http://a/b/c/g?y/../x");
        row("https://x:444/y", "https://x:444/y");
        row("/a b\xC3\xA9", "http://a/a%20b%C3%A9");
        row("mailto:x", "");
        row("javascript:alert(1)", "");
    }
    void resolves() {
        QFETCH(const std::string, reference);
        const auto url = resolve(*parseUrl("http://a/b/c/d;p?q"), reference);
        QTEST(url ? url->text() : std::string(), "wanted");
    }

    void authorities() {
        QVERIFY(parseAuthority("Host:8443")->host == "host" && parseAuthority("Host:8443")->port == 8443);
        QVERIFY(parseAuthority("h")->port == 0);
        QVERIFY(parseAuthority("[FE80::1]")->host == "fe80::1");
        for (const char* text : {"", ":80", "a@b", "a b", "a/b", "h:99999", "[]", "[::1]x", "h:8o", "h:+8"}) {
            QVERIFY2(!parseAuthority(text), text);
            QVERIFY2(!validAuthority(text), text);
        }
    }

    void percent() {
        QVERIFY(percentEncode("a b/\xFF~") == "a%20b%2F%FF~");
        QVERIFY(percentEncode("a/b", "/") == "a/b");
        QVERIFY(percentDecode("a%20b%2f") == "a b/");
        QVERIFY(!percentDecode("%2") && !percentDecode("%") && !percentDecode("%zz"));
        std::string all;
        for (int i = 0; i < 256; ++i)
            all.push_back(static_cast<char>(i));
        QVERIFY(percentDecode(percentEncode(all)) == all);
    }

    void forms() {
        const Form form = parseForm("a=1&b=x+y%26&a=2&&c&d=%zz&=e");
        QVERIFY((form == Form{{"a", "1"}, {"b", "x y&"}, {"a", "2"}, {"c", ""}, {"d", "%zz"}, {"", "e"}}));
        QVERIFY(formValue(form, "a") == "1" && !formValue(form, "z"));
        QVERIFY(formText({{"a b", "c/d~"}, {"e", "*"}}) == "a+b=c%2Fd~&e=%2A");
        QVERIFY(parseForm(formText(form)) == form);
        QVERIFY(parseForm("").empty());
    }
};

QTEST_APPLESS_MAIN(tst_http_url)
#include "tst_http_url.moc"
