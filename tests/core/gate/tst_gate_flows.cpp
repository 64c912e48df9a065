#include "desk.h"
#include "scenarioRun.h"

#include <QTest>
#include <fstream>
#include <memory>
#include <optional>

using namespace gatehouse;
using namespace gatehouse::gate;
using namespace gatehouse::gate::test;
using exchange::Call;
using exchange::Given;

class tst_gate_flows : public QObject {
    Q_OBJECT

private slots:
    // Twenty requests with one old cookie: one refresh, the others get its result.
    void refreshIsSingleFlight();
    // The bytes of a recorded login of the real parts: data/recorded.json names where they are from.
    void recordedLogin();
    void memoIsUsedAndChecked();
    void randomCookiesNeverCrash();
};

namespace {

struct Visit {
    explicit Visit(Desk& where, std::string_view theTarget, const std::string& cookie,
                   std::int64_t seconds = noon)
        : desk(where), target(theTarget), trace(arena), entropy(crypto::seededEntropy(5)) {
        headers.add("Host", "whoami.domain.tld:18443");
        if (!cookie.empty())
            headers.add("Cookie", cookie);
        request = {"GET", target, http::Version::Http11, headers.view(), {}};
        env.emplace(Env{{WallTime(std::chrono::seconds(seconds)), {}},
                        *entropy,
                        *desk.state,
                        nullptr,
                        "127.0.0.1",
                        false,
                        arena,
                        trace});
        handled.emplace(desk.gate->handle(request, *env));
    }

    GateFlow* flow() { return std::get_if<GateFlow>(&*handled); }
    exchange::Respond answer() {
        Answer out = flow() == nullptr ? std::move(std::get<Answer>(*handled)) : flow()->take();
        return std::get<exchange::Respond>(std::move(out.what));
    }
    std::string steps() const {
        std::string out;
        for (const exchange::TraceStep& step : trace.steps())
            out += std::string(step.rule->id) + " ";
        return out;
    }

    Desk& desk;
    std::string target;
    Arena arena;
    exchange::Trace trace;
    std::unique_ptr<crypto::Entropy> entropy;
    http::Headers headers;
    http::RequestView request;
    std::optional<Env> env;
    std::optional<std::variant<Answer, GateFlow>> handled;
};

Given reply(const std::string& body) {
    http::Response response;
    response.headers.add("Content-Type", "application/json");
    response.body = body;
    return Given(Result<http::Response>(std::move(response)));
}

std::string cookieOf(const exchange::Respond& answer, std::string_view name) {
    for (const std::string_view line : answer.headers.view().all("Set-Cookie"))
        if (line.starts_with(std::string(name) + "=") && line.find("Max-Age=0") == std::string_view::npos)
            return std::string(line.substr(0, line.find(';')));
    return {};
}

} // namespace

void tst_gate_flows::refreshIsSingleFlight() {
    const Json options = {{"cookie-refresh", "1m"}};
    Desk desk(options);
    desk.state->discovered[std::string(issuer)] = *oidc::parseDiscovery(desk.discovery(Json::object()));
    desk.state->keys[desk.state->discovered[std::string(issuer)].jwksUri] = *oidc::parseKeySet(desk.keys());
    const std::string cookie = desk.sessionCookie({{"age", 3600}, {"refresh", "refresh-1"}});
    std::vector<std::unique_ptr<Visit>> visits;
    for (int i = 0; i < 20; ++i) {
        visits.push_back(std::make_unique<Visit>(desk, "/oauth2/auth", cookie));
        QVERIFY(visits.back()->flow() != nullptr &&
                std::holds_alternative<exchange::Lock>(visits.back()->flow()->ask()));
    }
    GateFlow& first = *visits[0]->flow();
    first.give(true);
    QVERIFY(std::get<Call>(first.ask()).purpose == Call::Purpose::Refresh);
    first.give(reply(desk.tokenAnswer(Json::object())));
    QVERIFY(std::holds_alternative<exchange::Unlock>(first.ask()));
    first.give(true);
    const auto answer = visits[0]->answer();
    QCOMPARE(answer.status, 202);
    const std::string fresh = cookieOf(answer, "_oauth2_proxy");
    QVERIFY(!fresh.empty());
    for (std::size_t i = 1; i < visits.size(); ++i) {
        visits[i]->flow()->give(false);
        QVERIFY(visits[i]->flow()->done());
        const auto other = visits[i]->answer();
        QCOMPARE(other.status, 202);
        QCOMPARE(cookieOf(other, "_oauth2_proxy"), fresh);
    }
    // A straggler asks nobody.
    Visit late(desk, "/oauth2/auth", cookie, noon + 5);
    QVERIFY(late.flow() == nullptr || late.flow()->done());
    // The first was cancelled: the next one is the first.
    Desk other(options);
    auto cancelled = std::make_unique<Visit>(other, "/oauth2/auth", cookie);
    Visit next(other, "/oauth2/auth", cookie);
    cancelled->flow()->give(true);
    cancelled.reset();
    next.flow()->give(false);
    QVERIFY(std::holds_alternative<exchange::Lock>(next.flow()->ask()));
}

void tst_gate_flows::recordedLogin() {
    std::ifstream file(GATEHOUSE_TEST_DATA "/data/recorded.json");
    const Json recorded = Json::parse(file);
    Desk desk(recorded.at("options"));
    QVERIFY(desk.made());
    const std::string base = recorded.at("options").at("oidc-issuer-url").get<std::string>();
    const Json discovery = {{"issuer", base},
                            {"authorization_endpoint", base + "/protocol/openid-connect/auth"},
                            {"token_endpoint", base + "/protocol/openid-connect/token"},
                            {"jwks_uri", base + "/protocol/openid-connect/certs"}};
    for (const Json& login : recorded.at("logins")) {
        Visit start(desk, "/oauth2/start?rd=%2F", "");
        if (start.flow() != nullptr)
            start.flow()->give(reply(discovery.dump()));
        const auto begun = start.answer();
        QCOMPARE(begun.status, recorded.at("start").at("status").get<int>());
        const std::string location(begun.headers.view().get("Location"));
        const auto parameters = http::parseForm(location.substr(location.find('?') + 1));
        std::string shown = replacedAll(
            location, http::formText({{"", *http::formValue(parameters, "state")}}).substr(1), "{state}");
        shown = replacedAll(shown, *http::formValue(parameters, "code_challenge"), "{code_challenge}");
        QCOMPARE(shown, recorded.at("start").at("location").get<std::string>());
        const std::string csrf = cookieOf(begun, "_oauth2_proxy_csrf");
        QCOMPARE(static_cast<int>(csrf.size() - csrf.find('=') - 1),
                 recorded.at("start").at("cookieLength").get<int>());
        QVERIFY(std::string(begun.headers.view().get("Set-Cookie"))
                    .ends_with(recorded.at("start").at("attributes").get<std::string>()));
        for (const auto& [name, value] : recorded.at("start").at("headers").items())
            QCOMPARE(std::string(begun.headers.view().get(name)), value.get<std::string>());

        Visit callback(desk,
                       "/oauth2/callback?state=" +
                           http::percentEncode(*http::formValue(parameters, "state")) + "&code=abc",
                       csrf);
        QVERIFY(callback.flow() != nullptr &&
                std::get<Call>(callback.flow()->ask()).purpose == Call::Purpose::Token);
        callback.flow()->give(
            reply(desk.tokenAnswer({{"id", login.at("claims")}, {"access", login.at("claims")}})));
        if (!callback.flow()->done())
            callback.flow()->give(reply(desk.keys()));
        const auto done = callback.answer();
        QCOMPARE(done.status, login.at("status").get<int>());
        QCOMPARE(std::string(done.headers.view().get("Location")), login.at("location").get<std::string>());
        std::vector<std::string> lines;
        for (const std::string_view line : done.headers.view().all("Set-Cookie"))
            lines.push_back(std::string(line.substr(0, line.find('='))) +
                            std::string(line.substr(line.find(';'))));
        QCOMPARE(lines, login.at("setCookies").get<std::vector<std::string>>());
        for (const Json& part : login.value("contains", Json::array()))
            QVERIFY2(done.body.find(part.get<std::string>()) != std::string::npos, done.body.c_str());
        QVERIFY2(callback.steps().find(login.at("rule").get<std::string>()) != std::string::npos,
                 callback.steps().c_str());
        if (done.status != 302)
            continue;
        Visit auth(desk, "/oauth2/auth", cookieOf(done, "_oauth2_proxy"));
        QVERIFY(auth.flow() == nullptr);
        const auto passed = auth.answer();
        QCOMPARE(passed.status, 202);
        for (const auto& [name, value] : login.at("auth").items())
            QCOMPARE(std::string(passed.headers.view().get(name)), value.get<std::string>());
        Visit out(desk, "/oauth2/sign_out?rd=%2F", cookieOf(done, "_oauth2_proxy"));
        const auto gone = out.answer();
        QCOMPARE(gone.status, 302);
        QCOMPARE(gone.body.size(), std::size_t{24});
        QCOMPARE(std::string(gone.headers.view().get("Set-Cookie")),
                 std::string("_oauth2_proxy=; Path=/; Max-Age=0; HttpOnly; Secure"));
    }
}

void tst_gate_flows::memoIsUsedAndChecked() {
    Desk desk({{"set-xauthrequest", "true"}, {"cookie-expire", "2h"}});
    const std::string cookie = desk.sessionCookie({{"age", 3600}});
    Memo memo;
    const auto visit = [&](const std::string& value, std::int64_t seconds) {
        Arena arena;
        exchange::Trace trace(arena);
        const auto entropy = crypto::seededEntropy(1);
        Env env{{WallTime(std::chrono::seconds(seconds)), {}},
                *entropy,
                *desk.state,
                &memo,
                "127.0.0.1",
                false,
                arena,
                trace};
        http::Headers headers{{"Host", "a"}, {"Cookie", value}};
        http::RequestView request{"GET", "/oauth2/auth", http::Version::Http11, headers.view(), {}};
        const auto handled = desk.gate->handle(request, env);
        return std::get<exchange::Respond>(std::get<Answer>(handled).what).status;
    };
    QCOMPARE(visit(cookie, noon), 202);
    const auto first = memo.session;
    QVERIFY(first != nullptr);
    QCOMPARE(visit(cookie, noon + 10), 202);
    QVERIFY(memo.session == first);
    QCOMPARE(visit(cookie + "x", noon), 401); // other bytes, another look
    QVERIFY(memo.session == nullptr);
    QCOMPARE(visit(cookie, noon), 202);
    QCOMPARE(visit(cookie, noon + 3600), 401); // exactly cookie-expire old: remembered or not
    memo.session = first;
    memo.gate = "another gate";
    memo.cookies = "forged";
    QCOMPARE(visit("forged", noon), 401);
}

void tst_gate_flows::randomCookiesNeverCrash() {
    Desk desk({{"cookie-refresh", "1m"}, {"cookie-csrf-per-request", "true"}});
    const auto entropy = crypto::seededEntropy(99);
    const std::string good = desk.sessionCookie({{"age", 10}});
    for (int i = 0; i < 3000; ++i) {
        std::string cookie = good;
        const std::string noise = entropy->bytes(6);
        const std::size_t at =
            16 + (static_cast<std::uint8_t>(noise[0]) * 256U + static_cast<std::uint8_t>(noise[1])) %
                     (cookie.size() - 16);
        cookie[at] = noise[2];
        if (i % 3 == 0)
            cookie = "_oauth2_proxy=" + entropy->bytes(40) + "; _oauth2_proxy_csrf=" + entropy->bytes(20);
        Visit visit(desk,
                    i % 2 == 0
                        ? "/oauth2/auth"
                        : "/oauth2/callback?state=" + http::percentEncode(entropy->bytes(12)) + ":x&code=1",
                    cookie);
        if (visit.flow() == nullptr)
            QVERIFY(visit.answer().status >= 200);
    }
}

QTEST_APPLESS_MAIN(tst_gate_flows)
#include "tst_gate_flows.moc"
