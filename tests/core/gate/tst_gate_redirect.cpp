#include <gate/address.h>
#include <gate/goUrl.h>
#include <gate/redirect.h>

#include <QTest>
#include <fstream>

using namespace gatehouse::gate;

namespace {

const std::vector<std::string> whitelist = {"foo.bar",
                                            ".bar.foo",
                                            "port.bar:8080",
                                            ".sub.port.bar:8080",
                                            "anyport.bar:*",
                                            ".sub.anyport.bar:*",
                                            "www.whitelisteddomain.tld",
                                            "*.wildcard.sub.port.bar:8080",
                                            "*.wildcard.sub.anyport.bar:*",
                                            "*.wildcard.bar",
                                            "*.wildcard.proxy.foo.bar"};

// \t, \v, \n, \r, \0 and \xHH in the data file.
std::string unescaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 1 == text.size()) {
            out.push_back(text[i]);
            continue;
        }
        const char c = text[++i];
        const std::string_view from = "tvnrf0";
        const std::string_view to = std::string_view("\t\v\n\r\f\0", 6);
        const auto known = from.find(c);
        out.push_back(known == std::string_view::npos ? c : to[known]);
    }
    return out;
}

} // namespace

class tst_gate_redirect : public QObject {
    Q_OBJECT

private slots:
    void targets_data() {
        QTest::addColumn<std::string>("target");
        QTest::addColumn<bool>("valid");
        std::ifstream file(GATEHOUSE_TEST_DATA "/data/redirects.txt");
        int number = 0;
        for (std::string line; std::getline(file, line);) {
            if (line.size() < 2 || line[0] == '#')
                continue;
            QTest::addRow("%d %s", ++number, line.c_str()) << unescaped(line.substr(2)) << (line[0] == '+');
        }
        QVERIFY(number > 120);
    }

    void targets() {
        QFETCH(std::string, target);
        QFETCH(bool, valid);
        QCOMPARE(validRedirect(target, whitelist), valid);
    }

    void emptyIsInvalid() { QVERIFY(!validRedirect("", whitelist)); }

    void starAloneIsNoWildcard() {
        QVERIFY(!validRedirect("https://any.host/", {"*"}));
        QVERIFY(!validRedirect("https://any.host/", {""}));
        QVERIFY(validRedirect("https://[::1]:8080/", {"[::1]:8080"}));
    }

    void order() { // oauth2-proxy.md 6.1
        std::vector<std::string> rejected;
        const auto target = [&](const RedirectSources& from) {
            return appRedirect(from, "/oauth2", whitelist, rejected);
        };
        RedirectSources from;
        from.uri = "/forwarded";
        from.requestUri = "/own";
        QCOMPARE(target(from), std::string("/forwarded"));
        from.forwarded = true;
        from.forwardedProto = "https";
        from.forwardedHost = "foo.bar";
        QCOMPARE(target(from), std::string("https://foo.bar/forwarded"));
        from.authRequest = "/from-header";
        QCOMPARE(target(from), std::string("/from-header"));
        from.rd = "/from-rd";
        QCOMPARE(target(from), std::string("/from-rd"));
        from.rd = "https://evil.corp/";
        QCOMPARE(target(from), std::string("/from-header"));
        QCOMPARE(rejected, std::vector<std::string>{"rd: https://evil.corp/"});
        RedirectSources prefix;
        prefix.uri = prefix.requestUri = "/oauth2/start";
        QCOMPARE(target(prefix), std::string("/"));
        prefix.uri = prefix.requestUri = "/oauth2x";
        QCOMPARE(target(prefix), std::string("/oauth2x"));
        prefix.uri = "https://foo.bar/whole"; // an absolute, whitelisted X-Forwarded-Uri
        QCOMPARE(target(prefix), std::string("https://foo.bar/whole"));
    }

    void locations_data() {
        QTest::addColumn<std::string>("target");
        QTest::addColumn<std::string>("location");
        const auto row = [](const char* target, const char* location) {
            QTest::newRow(target) << std::string(target) << std::string(location);
        };
        row("/a/b?x=/../y", "/a/b?x=/../y");
        row("/x/.", "/x"); // corrections 7
        row("/x/", "/x/");
        row("rel", "/oauth2/rel");
        row("/\xC3\xA4", "/%c3%a4");
        row("/a\r\nb", "/a  b");
        row("/a\x01", "/a%01");
        row("https://h/a/../b", "https://h/a/../b");
    }

    void locations() {
        QFETCH(std::string, target);
        QFETCH(std::string, location);
        QCOMPARE(redirectLocation(target, "/oauth2/callback"), location);
    }

    void paths() {
        QCOMPARE(canonicalPath("/a//b/./c/../d/"), std::string("/a/b/d/"));
        QCOMPARE(canonicalPath("/.."), std::string("/"));
        QCOMPARE(cleanPath("../a"), std::string("../a"));
        QCOMPARE(cleanPath(""), std::string("."));
        QCOMPARE(htmlEscape("<a href=\"x\">'&"), std::string("&lt;a href=&#34;x&#34;&gt;&#39;&amp;"));
    }

    void addresses() {
        Networks networks;
        QVERIFY(networks.add("10.1.0.0/16") && networks.add("2001:db8::/32") && networks.add("192.168.1.1"));
        QVERIFY(!networks.add("10.1.2.0/16")); // host bits
        QVERIFY(!networks.add("10.1.0.0/33") && !networks.add("010.1.0.0") && !networks.add("x") &&
                !networks.add("10.1.0.0/"));
        const auto has = [&networks](std::string_view text) {
            return networks.contains(parseAddress(text).value());
        };
        QVERIFY(has("10.1.2.3") && has("::ffff:10.1.2.3") && !has("10.2.0.0"));
        QVERIFY(has("2001:db8::1") && !has("2001:db9::1") && has("192.168.1.1") && !has("192.168.1.2"));
        QVERIFY(!parseAddress("[2001:db8::1]") && !parseAddress("1:2:3:4:5:6:7") &&
                !parseAddress("::1%eth0") && !parseAddress("1::2::3"));
        QCOMPARE(addressText(*parseAddress("2001:db8:0:0:1:0:0:1")), std::string("2001:db8::1:0:0:1"));
        QCOMPARE(addressText(*parseAddress("::")), std::string("::"));
        QCOMPARE(addressText(*parseAddress("10.0.0.1")), std::string("10.0.0.1"));
    }
};

QTEST_APPLESS_MAIN(tst_gate_redirect)
#include "tst_gate_redirect.moc"
