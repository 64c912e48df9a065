// What the story's decisions cost: route, conclude and finish of one authenticated request, without I/O.
#include "arranged.h"

#include <QElapsedTimer>
#include <QTest>
using namespace gatehouse;
using namespace gatehouse::tests;

class tst_ingress_speed : public QObject {
    Q_OBJECT

private slots:
    void oneAuthenticatedRequest() {
        const auto made =
            make(input({ingressObject("whoami", "whoami.domain.tld",
                                      {{"auth-url", "https://$host/oauth2/auth"},
                                       {"auth-signin", "https://$host/oauth2/start?rd=$escaped_request_uri"}},
                                      {path("/", "a")}),
                        ingressObject("gate", "whoami.domain.tld", {}, {path("/oauth2", "oauth2-proxy")})},
                       {{"proxy-add-original-uri-header", "true"}}));
        const ingress::Ingress& ingress = **made.value;
        const http::Request request{
            "GET",
            "/x?a=b",
            {{"Host", "whoami.domain.tld"},
             {"User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"},
             {"Accept", "text/html,application/xhtml+xml"},
             {"Accept-Language", "en-US,en;q=0.5"},
             {"Accept-Encoding", "gzip, deflate, br"},
             {"Cookie", std::string(4500, 'c')},
             {"Sec-Fetch-Dest", "document"},
             {"Sec-Fetch-Mode", "navigate"}},
            {}};
        const http::RequestView view = request.view();
        const ingress::Peer peer{"192.0.2.7", true, 443, "0123456789abcdef0123456789abcdef", {}};
        ingress::AuthOutcome outcome;
        outcome.asked = true;
        outcome.response.status = 202;
        const http::Response upstream{200, "OK", {{"Content-Type", "text/plain"}}, ""};
        const http::ResponseView upstreamView = upstream.view();

        constexpr int count = 100; // short rounds: the best one was not interrupted
        std::size_t edits = 0;
        double best = 1e9;
        for (int round = 0; round < 1000; ++round) {
            QElapsedTimer timer;
            timer.start();
            for (int i = 0; i < count; ++i) {
                Arena arena(8192);
                exchange::Trace trace(arena);
                const ingress::Routed routed = ingress.route(view, peer, arena, trace);
                const exchange::Answer answer = ingress.conclude(routed, view, peer, outcome, arena, trace);
                exchange::EditList back(arena);
                ingress.finish(routed, view, peer, outcome, upstreamView, back, trace);
                edits += std::get<exchange::Forward>(answer.what).requestEdits.edits().size() +
                         back.edits().size();
            }
            best = std::min(best, static_cast<double>(timer.nsecsElapsed()) / count);
        }
        QVERIFY(edits > 0);
        qInfo("ingress: route + conclude + finish of the story: %.0f ns", best);
        QVERIFY2(best < 50'000, "an order of magnitude slower than ever measured");
    }
};

QTEST_APPLESS_MAIN(tst_ingress_speed)
#include "tst_ingress_speed.moc"
