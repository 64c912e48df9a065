// Edits, rules and trace of the story's lab: each names its rule and the field of the lab it comes from.
#include "arranged.h"

#include <ingress/wire.h>

#include <QTest>
#include <set>

using namespace gatehouse;
using namespace gatehouse::tests;

class tst_ingress_decisions : public QObject {
    Q_OBJECT

    static ingress::Ingress::Input story(const Pairs& controller = {
                                             {"proxy-add-original-uri-header", "true"}}) {
        return input({ingressObject("whoami", "whoami.domain.tld",
                                    {{"auth-url", "https://$host/oauth2/auth"},
                                     {"auth-signin", "https://$host/oauth2/start?rd=$escaped_request_uri"},
                                     {"auth-response-headers", "X-Auth-Request-Email"}},
                                    {path("/", "a")}, 10),
                      ingressObject("gate", "whoami.domain.tld", {}, {path("/oauth2", "oauth2-proxy")}, 20)},
                     controller);
    }

    static const exchange::HeadEdit* edit(const exchange::EditList& edits, std::string_view name) {
        for (const exchange::HeadEdit& one : edits.edits())
            if (one.name == name)
                return &one;
        return nullptr;
    }

private slots:
    void theStory() {
        const auto made = make(story());
        QVERIFY(made.problems.empty());
        const ingress::Ingress& i = **made.value;
        http::Request request{"GET",
                              "/x?a=b&c=d",
                              {{"Host", "whoami.domain.tld"}, {"Cookie", "_oauth2_proxy=s"}, {"X_Bad", "1"}},
                              {}};

        const auto refused = ask(i, request, {401, "", {{"Set-Cookie", "csrf=1"}}, ""}, true);
        QVERIFY(refused->routed.subrequest.has_value());
        QCOMPARE(refused->routed.subrequest->url.text(), "https://whoami.domain.tld/oauth2/auth");
        QCOMPARE(refused->routed.subrequest->method, "GET");
        QCOMPARE(refused->status(), 302);
        QCOMPARE(refused->location(), "https://whoami.domain.tld/oauth2/start?rd=%2Fx%3Fa%3Db%26c%3Dd");
        QCOMPARE(refused->page()->reason, "Moved Temporarily");
        QCOMPARE(refused->page()->body.size(), 138u);
        QVERIFY(refused->page()->headers.view().has("Set-Cookie"));
        QVERIFY(!refused->page()->headers.view().has("Strict-Transport-Security"));

        const auto passed =
            ask(i, request, {202, "", {{"X-Auth-Request-Email", "alice@domain.tld"}}, ""}, true);
        QVERIFY(passed->forward() != nullptr);
        const auto& edits = passed->forward()->requestEdits;
        QCOMPARE(edit(edits, "X-Auth-Request-Email")->value, "alice@domain.tld");
        QCOMPARE(edit(edits, "X-Auth-Request-Email")->from.index, 13u); // the third annotation
        QCOMPARE(edit(edits, "X-Auth-Request-Email")->rule->id, "ingress.auth-response-header");
        QCOMPARE(edit(edits, "X-Original-URI")->from.index, 901u); // the ConfigMap's key
        QCOMPARE(edit(edits, "X-Forwarded-Port")->value, "443");
        QCOMPARE(edit(edits, "X_Bad")->op, exchange::HeadEdit::Op::Remove);
        for (const exchange::HeadEdit& one : edits.edits())
            QVERIFY(one.rule != nullptr);
        std::string head;
        ingress::writeRequestHead("GET", passed->forward()->target, false, request.headers, edits.edits(), {},
                                  head);
        QCOMPARE(QString::fromStdString(head),
                 QStringLiteral(
                     "GET /x?a=b&c=d HTTP/1.1\r\nX-Auth-Request-Email: alice@domain.tld\r\nHost: "
                     "whoami.domain.tld\r\n"
                     "X-Request-ID: 0123456789abcdef0123456789abcdef\r\nX-Real-IP: 192.0.2.7\r\n"
                     "X-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Host: whoami.domain.tld\r\nX-Forwarded-Port: "
                     "443\r\n"
                     "X-Forwarded-Proto: https\r\nX-Forwarded-Scheme: https\r\nX-Original-URI: /x?a=b&c=d\r\n"
                     "X-Scheme: https\r\nCookie: _oauth2_proxy=s\r\n\r\n"));
    }

    void withoutTheKeyThereIsNoOriginalUri() {
        const auto made = make(story({}));
        const auto passed = get(**made.value, "whoami.domain.tld", "/");
        QVERIFY(edit(passed->forward()->requestEdits, "X-Original-URI") == nullptr);
    }

    void aClientCannotBringTheIdentityField() {
        const auto made = make(story());
        http::Request request{
            "GET", "/", {{"Host", "whoami.domain.tld"}, {"x-auth-request-email", "root@domain.tld"}}, {}};
        const auto passed = ask(**made.value, request, {});
        const http::Headers sent = exchange::edited(request.headers, passed->forward()->requestEdits.edits(),
                                                    exchange::EditedFields::First);
        QVERIFY(!sent.view().has("X-Auth-Request-Email"));
    }

    void theTraceReadsLikeAStory() {
        const auto made = make(story());
        const auto passed = get(**made.value, "whoami.domain.tld", "/x");
        std::vector<std::string> ids;
        for (const exchange::TraceStep& step : passed->trace.steps())
            ids.emplace_back(step.rule->id);
        QCOMPARE(ids, (std::vector<std::string>{"ingress.location", "ingress.auth-request",
                                                "ingress.auth-passed", "ingress.forward"}));
        QCOMPARE(passed->trace.steps()[0].from.index, 14u); // the path in the lab
        QCOMPARE(passed->trace.steps()[1].detail, "https://whoami.domain.tld/oauth2/auth");
    }

    void pagesAreNginxs() {
        const auto made = make(story({}));
        const auto lost = get(**made.value, "else.test", "/");
        QCOMPARE(
            QString::fromStdString(lost->page()->body),
            QStringLiteral("<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n<center><h1>404 "
                           "Not Found</h1></center>\r\n"
                           "<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"));
        http::Request chrome{
            "GET",
            "/",
            {{"Host", "else.test"},
             {"User-Agent", "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0"}},
            {}};
        QVERIFY(ask(**made.value, chrome)->page()->body.find("friendly error page") != std::string::npos);
        const auto tokens = make(story({{"server-tokens", "true"}}));
        QVERIFY(get(**tokens.value, "else.test", "/")->page()->body.find("nginx/1.27.1") !=
                std::string::npos);
    }

    void headsThatAreTooLarge() {
        const auto made = make(story({}));
        http::Request request{
            "GET", "/oauth2/", {{"Host", "whoami.domain.tld"}, {"Cookie", std::string(9000, 'c')}}, {}};
        QCOMPARE(ask(**made.value, request)->status(), 400);
        request.headers.set("Cookie", std::string(8000, 'c'));
        QCOMPARE(ask(**made.value, request)->status(), 200);
        const auto wide = make(story({{"large-client-header-buffers", "4 16k"}}));
        request.headers.set("Cookie", std::string(9000, 'c'));
        QCOMPARE(ask(**wide.value, request)->status(), 200);
        QCOMPARE(get(**made.value, "whoami.domain.tld", "/" + std::string(9000, 'x'))->status(), 414);
        // The head of auth-url's answer has proxy-buffer-size to fit in.
        QCOMPARE(ask(**made.value, {"GET", "/", {{"Host", "whoami.domain.tld"}}, {}},
                     {200, "", {{"Set-Cookie", std::string(5000, 'c')}}, ""})
                     ->status(),
                 500);
    }

    void rulesAreUniqueAndSpeak() {
        std::set<std::string_view> ids;
        for (const exchange::RuleRow& row : ingress::rules()) {
            QVERIFY2(ids.insert(row.id).second, std::string(row.id).c_str());
            QVERIFY(row.text.ends_with('.') && !row.source.empty());
        }
        for (const exchange::DifferenceRow& row : ingress::differences())
            QVERIFY(!row.original.empty() && !row.here.empty() && !row.reason.empty());
    }
};

QTEST_APPLESS_MAIN(tst_ingress_decisions)
#include "tst_ingress_decisions.moc"
