// What make() says about values that the controller drops, refuses or fails open on: which message, at which
// place.
#include "arranged.h"

#include <QTest>
#include <algorithm>

using namespace gatehouse;
using namespace gatehouse::tests;

namespace {

struct Row {
    const char* name; // annotation
    const char* value;
    const char* code; // of the problem
    int status;       // of a request without credentials, after the auth service said 401
};

// Measured on the real controller (corrections 18-25), and the neighbours of those values.
constexpr Row rows[] = {
    {"auth-url", "https://auth.test/%2F", "ingress-dropped", 404},
    {"auth-url", "https://me@auth.test/", "ingress-dropped", 404},
    {"auth-url", "invalid..auth.url", "location-denied", 503},
    {"auth-url", "auth.test/auth", "location-denied", 503},
    {"auth-url", "", "auth-url-empty", 200},
    {"auth-url", "   ", "auth-url-empty", 200},
    {"auth-url", "https://$host/?v=$nosuchvar", "nginx-refuses-configuration", 401},
    {"auth-method", "FETCH", "location-denied", 503},
    {"auth-signin", "https://login.test/%20", "annotation-value-ignored", 401},
    {"auth-signin", "$scheme://$http_host/start", "signin-empty-location", 302},
    {"auth-signin", "https://$host/start?rd=$request_uri", "signin-raw-request-uri", 302},
    {"auth-signin-redirect-param", "a$b", "annotation-value-ignored", 401},
    {"auth-response-headers", "X User;", "location-denied", 503},
    {"auth-request-redirect", "$request_uri", "external-auth-fails-open", 200},
    {"auth-request-redirect", "/a%20b", "external-auth-fails-open", 200},
    {"auth-always-set-cookie", "yes", "external-auth-fails-open", 200},
    {"auth-cache-duration", "200; 5m", "external-auth-fails-open", 200},
    {"auth-cache-duration", "5m 200", "location-denied", 503},
    {"auth-proxy-set-headers", "default/none", "location-denied", 503},
    {"auth-proxy-set-headers", "bare", "location-denied", 503},
    {"auth-proxy-set-headers", "other/map", "location-denied", 503},
    {"auth-proxy-set-headers", "a$b", "annotation-value-ignored", 401},
    {"auth-snippet", "return 200;", "annotation-too-risky", 404},
    {"auth-cache-key", "$cookie_s", "annotation-not-yet", 401},
    {"auth-type", "basic", "annotation-not-yet", 503},
    {"auth-tls-secret", "default/ca", "annotation-not-yet", 403},
    {"auth-urls", "x", "annotation-unknown", 401},
    {"ingress.kubernetes.io/auth-url", "x", "annotation-foreign-prefix", 401},
    {"satisfy", "some", "annotation-value-ignored", 401},
    {"use-regex", "yes", "annotation-value-ignored", 401},
    {"ssl-redirect", "maybe", "annotation-value-ignored", 401},
    {"app-root", "rel", "annotation-value-ignored", 401},
    {"proxy-body-size", "huge", "annotation-value-ignored", 401},
    {"proxy-read-timeout", "60s", "annotation-value-ignored", 401},
    {"backend-protocol", "AJP", "annotation-value-ignored", 401},
    {"enable-global-auth", "nope", "annotation-value-ignored", 401},
    {"upstream-vhost", "a b", "ingress-dropped", 404},
    {"server-alias", "a b;", "ingress-dropped", 404},
    {"temporal-redirect", "https://x.test/$a", "ingress-dropped", 404},
    {"permanent-redirect-code", "999", "annotation-value-ignored", 401},
    {"whitelist-source-range", "10.0.0.0/33", "location-denied", 503},
    {"denylist-source-range", "not-an-address", "location-denied", 503},
    {"custom-headers", "default/none", "location-denied", 503},
    {"limit-rps", "many", "ingress-dropped", 404},
};

const Problem* find(const std::vector<Problem>& problems, std::string_view code) {
    const auto at = std::find_if(problems.begin(), problems.end(),
                                 [code](const Problem& problem) { return problem.error.what->code == code; });
    return at == problems.end() ? nullptr : &*at;
}

std::string allCodes(const std::vector<Problem>& problems) {
    std::string out;
    for (const Problem& problem : problems)
        out += std::string(problem.error.what->code) + " ";
    return out;
}

} // namespace

class tst_ingress_problems : public QObject {
    Q_OBJECT

    static Pairs with(const Row& row) {
        Pairs out;
        if (std::string_view(row.name) != "auth-url")
            out.emplace_back("auth-url", "https://auth.test/auth");
        out.emplace_back(row.name, row.value);
        return out;
    }

private slots:
    void badValues_data() {
        QTest::addColumn<int>("row");
        for (std::size_t i = 0; i < std::size(rows); ++i)
            QTest::newRow((std::string(rows[i].name) + ": " + rows[i].value).c_str()) << static_cast<int>(i);
    }
    void badValues() {
        QFETCH(int, row);
        const Row& r = rows[row];
        const Pairs annotations = with(r);
        const auto made = make(input({ingressObject("i", "app.test", annotations, {path("/", "a")}, 10)}));
        const Problem* problem = find(made.problems, r.code);
        QVERIFY2(problem != nullptr, ("got: " + allCodes(made.problems)).c_str());
        // Its place is the annotation's own line.
        QCOMPARE(problem->error.where.line, static_cast<std::uint32_t>(10 + annotations.size()));
        // Every argument of the text is given, and nothing shows through.
        QVERIFY2(text(problem->error).find('{') == std::string::npos, text(problem->error).c_str());
        QVERIFY2(hint(problem->error).find('{') == std::string::npos, hint(problem->error).c_str());
        QCOMPARE(get(**made.value, "app.test", "/", 401)->status(), r.status);
    }

    void goodValuesSayNothing() {
        const auto made =
            make(input({ingressObject("i", "app.test",
                                      {{"auth-url", "https://$host/oauth2/auth"},
                                       {"auth-signin", "https://$host/oauth2/start?rd=$escaped_request_uri"},
                                       {"auth-response-headers", "X-User, X-Email"},
                                       {"auth-always-set-cookie", "1"},
                                       {"auth-cache-duration", "200 202 401 5m"},
                                       {"whitelist-source-range", "10.0.0.0/8, 2001:db8::/32, 192.0.2.1"},
                                       {"proxy-body-size", "8m"}},
                                      {path("/", "a")})},
                       {{"use-forwarded-headers", "true"}, {"proxy-real-ip-cidr", "10.0.0.0/8"}}));
        QCOMPARE(allCodes(made.problems), "");
    }

    void configMap_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("code");
        const auto row = [](const char* key, const char* value, const char* code) {
            QTest::newRow((std::string(key) + ": " + value).c_str()) << key << value << code;
        };
        row("global-auth-url", "https://invalid..auth", "global-auth-fails-open");
        row("global-auth-url", "auth.test", "global-auth-fails-open");
        row("global-auth-method", "FETCH", "config-map-value-ignored");
        row("global-auth-signin", "login", "config-map-value-ignored");
        row("global-auth-response-headers", "X-A,b c", "config-map-value-ignored");
        row("use-forwarded-headers", "maybe", "config-map-value-ignored");
        row("proxy-connect-timeout", "5s", "config-map-value-ignored");
        row("http-redirect-code", "418", "config-map-value-ignored");
        row("custom-http-errors", "42", "config-map-value-ignored");
        row("annotations-risk-level", "extreme", "config-map-value-ignored");
        row("use-forwarded-header", "true", "config-map-key-unknown");
        row("use-proxy-protocol", "true", "config-map-key-not-yet");
        row("proxy-real-ip-cidr", "everywhere", "nginx-refuses-configuration");
        row("add-headers", "default/none", "config-map-missing");
        row("large-client-header-buffers", "4", "nginx-refuses-configuration");
    }
    void configMap() {
        QFETCH(QString, key);
        QFETCH(QString, value);
        QFETCH(QString, code);
        const auto made = make(input({ingressObject("i", "app.test", {}, {path("/", "a")})},
                                     {{"hsts", "true"}, {key.toStdString(), value.toStdString()}}));
        const Problem* problem = find(made.problems, code.toStdString());
        QVERIFY2(problem != nullptr, allCodes(made.problems).c_str());
        QCOMPARE(problem->error.where.line, 902u); // the second entry
        QVERIFY2(text(problem->error).find('{') == std::string::npos, text(problem->error).c_str());
    }

    void everythingIsSaidAtOnce() {
        const auto made = make(input({ingressObject("i", "app.test",
                                                    {{"auth-url", "bad%url"},
                                                     {"auth-method", "X"},
                                                     {"ssl-redirect", "no"},
                                                     {"upstream-vhost", "a b"},
                                                     {"unheard-of", "1"}},
                                                    {path("/x y", "a")})},
                                     {{"hsts", "perhaps"}, {"unheard-of", "1"}}));
        for (const char* code : {"ingress-dropped", "annotation-value-ignored", "annotation-unknown",
                                 "webhook-refuses", "config-map-value-ignored", "config-map-key-unknown"})
            QVERIFY2(find(made.problems, code) != nullptr, code);
        QVERIFY(made.problems.size() >= 7);
    }

    void aForeignClassIsNotServed() {
        auto object = ingressObject("i", "app.test", {}, {path("/", "a")});
        object.ingressClassName = "traefik";
        const auto made = make(input({object}));
        QVERIFY(find(made.problems, "ingress-class") != nullptr);
        QCOMPARE(serves(**made.value, "app.test", "/"), "404");
    }

    void aMissingServiceIsSaid() {
        const auto made = make(input(
            {ingressObject("i", "app.test", {{"auth-url", "https://auth.test/"}}, {path("/", "gone")}, 10)}));
        const Problem* problem = find(made.problems, "service-without-endpoints");
        QVERIFY(problem != nullptr);
        QCOMPARE(problem->error.where.line, 12u);
        QVERIFY(text(problem->error).find("default/gone:80") != std::string::npos);
        QCOMPARE(serves(**made.value, "app.test", "/"), "503"); // before authentication
    }

    void aMissingCertificateIsSaid() {
        auto object = ingressObject("i", "app.test", {}, {path("/", "a")});
        object.tls.push_back({{"app.test"}, "cert", {77}});
        auto in = input({object});
        QCOMPARE(find(make(in).problems, "default-certificate")->error.where.line, 77u);
        in.certificateHosts = {"*.test"};
        QVERIFY(find(make(in).problems, "default-certificate") == nullptr);
        QCOMPARE(get(**make(in).value, "app.test", "/x")->location(), "https://app.test/x");
    }
};

QTEST_APPLESS_MAIN(tst_ingress_problems)
#include "tst_ingress_problems.moc"
