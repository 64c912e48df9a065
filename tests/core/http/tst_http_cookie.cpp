#include <http/cookie.h>
#include <http/cookieDate.h>

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::http;

namespace {

const Now now{WallTime(std::chrono::seconds(1'700'000'000)), {}};

Now later(int seconds) {
    return {now.wall + std::chrono::seconds(seconds), {}};
}

std::string after(std::string_view setter, std::initializer_list<std::string_view> lines,
                  std::string_view asked, int seconds = 0) {
    CookieJar jar;
    Headers answer;
    for (const auto line : lines)
        answer.add("Set-Cookie", line);
    jar.take(*parseUrl(setter), answer, now);
    return jar.header(*parseUrl(asked), later(seconds));
}

} // namespace

class tst_http_cookie : public QObject {
    Q_OBJECT

private slots:
    void pairs() {
        const Headers headers{{"Cookie", "a=1; b=\"x y\";c = z ;; d"}, {"X", "y"}, {"cookie", "a=2"}};
        const auto all = cookies(headers);
        QCOMPARE(all.size(), std::size_t(5));
        QVERIFY(all[1].name == "b" && all[1].value == "\"x y\"");
        QVERIFY(all[2].name == "c" && all[2].value == "z");
        QVERIFY(all[3].name == "d" && all[3].value.empty());
        QVERIFY(cookie(headers, "a") == "1" && !cookie(headers, "A"));
        QVERIFY(cookie(headers, "d") == "");
    }

    void setCookie() {
        const auto cookie =
            parseSetCookie("n=v=w; Path=/p; Domain=.Domain.tld; Max-Age=60; HttpOnly; Secure; "
                           "SameSite=lax; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Priority=High");
        QVERIFY(cookie && cookie->name == "n" && cookie->value == "v=w" && cookie->path == "/p");
        QVERIFY(cookie->domain == "domain.tld" && cookie->maxAge == 60 && cookie->httpOnly && cookie->secure);
        QVERIFY(cookie->sameSite == SameSite::Lax);
        QVERIFY(cookie->expires == WallTime(std::chrono::seconds(1'792'567'680)));
        QVERIFY(!parseSetCookie("novalue") && !parseSetCookie("=x") && !parseSetCookie("a=b\x01"));
        QVERIFY(parseSetCookie("a=; Path=x")->path.empty());
        QVERIFY(parseSetCookie("a=b; Max-Age=x")->maxAge == std::nullopt);
        QVERIFY(parseSetCookie("a=b; Max-Age=-1")->maxAge == -1);
        QVERIFY(parseSetCookie("a=b; Max-Age=99999999999999999999")->maxAge > 1'000'000'000);
    }

    void dates() {
        const auto wanted = WallTime(std::chrono::seconds(784'111'777));
        for (const char* text : {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
                                 "Sun Nov  6 08:49:37 1994", "06 nov 94 8:49:37"})
            QVERIFY2(parseCookieDate(text) == wanted, text);
        QVERIFY(parseCookieDate("Thu, 01 Jan 1970 00:00:00 GMT") == WallTime{});
        QVERIFY(parseCookieDate("Fri, 31 Dec 9999 23:59:59 GMT") > wanted);
        for (const char* text : {"", "tomorrow", "Sun, 31 Feb 2024 00:00:00 GMT", "06 Nov 1994",
                                 "06 Nov 1994 24:00:00", "06 Nov 1500 08:49:37"})
            QVERIFY2(!parseCookieDate(text), text);
    }

    void jar_data() {
        QTest::addColumn<std::string>("line");
        QTest::addColumn<std::string>("asked");
        QTest::addColumn<bool>("sent");
        const auto row = [](const char* name, const char* line, const char* asked, bool sent) {
            QTest::newRow(name) << std::string(line) << std::string(asked) << sent;
        };
        const char* home = "https://a.domain.tld/x/y";
        row("same host", "c=v", home, true);
        row("default path", "c=v", "https://a.domain.tld/x", true);
        row("default path, other", "c=v", "https://a.domain.tld/", false);
        row("default path, prefix of a name", "c=v", "https://a.domain.tld/xy", false);
        row("host only", "c=v; Path=/", "https://b.a.domain.tld/", false);
        row("domain", "c=v; Path=/; Domain=domain.tld", "https://b.domain.tld/", true);
        row("domain with dot", "c=v; Path=/; Domain=.domain.tld", "https://domain.tld/", true);
        row("foreign domain", "c=v; Path=/; Domain=other.tld", home, false);
        row("public suffix", "c=v; Path=/; Domain=tld", home, false);
        row("part of a label", "c=v; Path=/; Domain=omain.tld", home, false);
        row("secure to http", "c=v; Path=/; Secure", "http://a.domain.tld/", false);
        row("plain to http", "c=v; Path=/", "http://a.domain.tld/", true);
        row("other port", "c=v; Path=/", "https://a.domain.tld:8443/", true);
        row("SameSite none without secure", "c=v; SameSite=None", home, false);
        row("host prefix", "__Host-c=v; Path=/; Secure", home, true);
        row("host prefix with domain", "__Host-c=v; Path=/; Secure; Domain=domain.tld", home, false);
        row("secure prefix", "__Secure-c=v", home, false);
        row("deleted", "c=v; Max-Age=0", home, false);
        row("expired", "c=v; Expires=Thu, 01 Jan 1970 00:00:00 GMT", home, false);
        row("max-age wins", "c=v; Max-Age=10; Expires=Thu, 01 Jan 1970 00:00:00 GMT", home, true);
    }
    void jar() {
        QFETCH(const std::string, line);
        QFETCH(const std::string, asked);
        QTEST(!after("https://a.domain.tld/x/y", {line}, asked).empty(), "sent");
    }

    void secureCookiesLiveOnThisMachineToo() {
        for (const char* url : {"http://localhost:18080/", "http://127.0.0.1/", "http://k.localhost/"})
            QVERIFY(after(url, {"c=v; Path=/; Secure"}, url) == "c=v");
        for (const char* url : {"http://localhost.domain.tld/", "http://192.168.0.1/"})
            QVERIFY(after(url, {"c=v; Path=/; Secure"}, url).empty());
    }

    void lifeAndOrder() {
        QVERIFY(after("https://h.tld/", {"c=v; Max-Age=10"}, "https://h.tld/", 9) == "c=v");
        QVERIFY(after("https://h.tld/", {"c=v; Max-Age=10"}, "https://h.tld/", 10).empty());
        QVERIFY(after("https://h.tld/", {"a=1; Path=/", "b=2; Path=/p", "c=3; Path=/"}, "https://h.tld/p") ==
                "b=2; a=1; c=3");
        QVERIFY(after("https://h.tld/", {"a=1; Path=/", "b=2; Path=/", "a=3; Path=/"}, "https://h.tld/") ==
                "a=3; b=2");
        QVERIFY(after("https://h.tld/", {"a=1", "a=; Max-Age=0"}, "https://h.tld/").empty());
        QVERIFY(after("http://h.tld/", {"a=1; Secure"}, "https://h.tld/").empty());
    }

    void tooLongForABrowser() {
        const std::string fits = "c=" + std::string(4095, 'v');
        const std::string tooLong = "c=" + std::string(4096, 'v');
        QVERIFY(after("https://h.tld/", {fits}, "https://h.tld/") == fits);
        QVERIFY(after("https://h.tld/", {tooLong}, "https://h.tld/").empty());
    }

    void addresses() {
        QVERIFY(after("http://127.0.0.1/", {"c=v; Domain=127.0.0.1"}, "http://127.0.0.1/") == "c=v");
        QVERIFY(after("http://127.0.0.1/", {"c=v; Domain=0.0.1"}, "http://127.0.0.1/").empty());
    }
};

QTEST_APPLESS_MAIN(tst_http_cookie)
#include "tst_http_cookie.moc"
