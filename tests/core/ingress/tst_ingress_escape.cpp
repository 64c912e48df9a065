// $escaped_request_uri and the escaping of rewritten paths, every character of printable ASCII (corrections
// 4).
#include "arranged.h"

#include <ingress/normalise.h>

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::tests;

class tst_ingress_escape : public QObject {
    Q_OBJECT

    // Measured on the real controller, one request a character.
    static constexpr std::string_view literal =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
        "!$'()*,-.@_`|~";

    static std::string percent(char c) {
        static constexpr std::string_view digits = "0123456789ABCDEF";
        const auto byte = static_cast<unsigned char>(c);
        return {'%', digits[byte >> 4], digits[byte & 15]};
    }

private slots:
    void everyPrintableCharacter() {
        for (int code = 0x20; code < 0x7F; ++code) {
            const char c = static_cast<char>(code);
            std::string out;
            ingress::escapeArgument({&c, 1}, out);
            const std::string wanted =
                literal.find(c) == std::string_view::npos ? percent(c) : std::string(1, c);
            QCOMPARE(QString::fromStdString(out), QString::fromStdString(wanted));
        }
    }

    void everyByteAboveAscii() {
        for (int code = 0x80; code < 0x100; ++code) {
            const char c = static_cast<char>(code);
            std::string out;
            ingress::escapeArgument({&c, 1}, out);
            QCOMPARE(out, percent(c));
        }
    }

    void theSignInRedirectCarriesIt() {
        const auto made =
            make(input({ingressObject("i", "app.test",
                                      {{"auth-url", "https://$host/oauth2/auth"},
                                       {"auth-signin", "https://$host/oauth2/start?rd=$escaped_request_uri"}},
                                      {path("/", "a")})}));
        for (int code = 0x21; code < 0x7F; ++code) {
            const char c = static_cast<char>(code);
            if (c == '#' || c == '%') // ends the address; begins an escape
                continue;
            const std::string target = std::string("/x?") + c;
            const auto asked = get(**made.value, "app.test", target, 401, true);
            const std::string escaped =
                literal.find(c) == std::string_view::npos ? percent(c) : std::string(1, c);
            QCOMPARE(asked->status(), 302);
            QCOMPARE(asked->location(), "https://app.test/oauth2/start?rd=%2Fx%3F" + escaped);
        }
    }

    void rewrittenPathsAreEscapedAnew() {
        const auto made =
            make(input({ingressObject("i", "app.test", {{"rewrite-target", "/$1"}, {"use-regex", "true"}},
                                      {path("/rw/(.*)", "a", lab::PathType::ImplementationSpecific)})}));
        const auto target = [&](const char* from) {
            return get(**made.value, "app.test", from)->forward()->target;
        };
        QCOMPARE(target("/rw/x%2Fy"), "/x/y");
        QCOMPARE(target("/rw/a%20b%25c?q=%20"), "/a%20b%25c?q=%20");
        QCOMPARE(target("/rw/%3F%23%22%3C%3E"), "/%3F%23%22%3C%3E");
        QCOMPARE(target("/rw/%C3%BC;+@:&=$,!*(')"), "/%C3%BC;+@:&=$,!*(')");
    }
};

QTEST_APPLESS_MAIN(tst_ingress_escape)
#include "tst_ingress_escape.moc"
