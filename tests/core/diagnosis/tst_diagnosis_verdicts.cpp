#include <diagnosis/verdict.h>

#include <QTest>
#include <set>

using namespace gatehouse;
using namespace gatehouse::diagnosis;

namespace {

const arrangement::Arrangement nothing;

Evidence visit(std::string user, std::vector<Step> steps) {
    Evidence evidence{nothing, std::move(user), {}, std::move(steps), {}, {}, false, {}};
    return evidence;
}

exchange::ExchangePtr seen(exchange::Party party, int status, std::string error = {}) {
    auto out = std::make_shared<exchange::Exchange>();
    exchange::Leg leg;
    leg.to = {party, "default/whoami:80", "127.0.0.1:9"};
    leg.status = error.empty() ? status : 0;
    leg.error = std::move(error);
    out->attempts.push_back(std::move(leg));
    out->client.status = status;
    return out;
}

Step step(int status, exchange::ExchangePtr exchange, std::string path = "/") {
    Step out;
    out.method = "GET";
    out.url = {"https", "whoami.domain.tld", 443, false, std::move(path)};
    out.status = status;
    out.exchange = std::move(exchange);
    return out;
}

Step page(int status, std::string message) {
    Step out = step(status, seen(exchange::Party::Provider, status));
    out.page.messages.push_back(std::move(message));
    return out;
}

std::string codeOf(const Evidence& evidence) {
    return std::string(judge(evidence).code());
}

} // namespace

class VerdictTest : public QObject {
    Q_OBJECT

private slots:
    void codesAreUniqueAndEveryDenialHasAHint() {
        std::set<std::string_view> codes;
        for (const VerdictRow& row : verdicts()) {
            QVERIFY2(codes.insert(row.message.code).second, row.message.code.data());
            QVERIFY2(row.outcome == VerdictOutcome::Allowed || !row.message.hint.empty(),
                     row.message.code.data());
        }
    }

    void expectationsAreOutcomesOrCodes() {
        QVERIFY(isExpectation("denied"));
        QVERIFY(isExpectation("user-not-in-group"));
        QVERIFY(!isExpectation("maybe"));
        const Verdict verdict{diagnosis::verdict("wrong-otp"), {}};
        QVERIFY(matches(verdict, "denied"));
        QVERIFY(matches(verdict, "wrong-otp"));
        QVERIFY(!matches(verdict, "failed"));
    }

    void theServicesAnswerIsAllowed() {
        QCOMPARE(codeOf(visit("alice", {step(200, seen(exchange::Party::Service, 200))})),
                 std::string("allowed"));
    }

    void aServiceThatIsDownIsNamed() {
        const Evidence evidence =
            visit("alice", {step(502, seen(exchange::Party::Service, 502, "connection refused"))});
        const Verdict verdict = judge(evidence);
        QCOMPARE(std::string(verdict.code()), std::string("service-down"));
        QVERIFY(verdict.text().find("default/whoami:80") != std::string::npos);
        QVERIFY(verdict.text().find("connection refused") != std::string::npos);
    }

    void pagesOfTheProviderAreRead_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("code");
        QTest::newRow("password") << 200 << "Invalid username or password." << "wrong-password";
        QTest::newRow("redirect uri")
            << 400 << "Invalid parameter: redirect_uri" << "redirect-uri-unregistered";
        QTest::newRow("client") << 400 << "Client not found." << "client-unknown";
        QTest::newRow("disabled") << 200 << "Account is disabled, contact your administrator."
                                  << "user-disabled";
        QTest::newRow("anything else") << 500 << "Internal trouble" << "provider-refused";
    }
    void pagesOfTheProviderAreRead() {
        QFETCH(int, status);
        QFETCH(QString, message);
        QFETCH(QString, code);
        QCOMPARE(codeOf(visit("alice", {page(status, message.toStdString())})), code.toStdString());
    }

    void aRefusedCodeIsToldFromAClockThatIsOff() {
        Evidence evidence = visit("alice", {page(200, "Invalid authenticator code.")});
        evidence.otpRefused = true;
        QCOMPARE(codeOf(evidence), std::string("wrong-otp"));
        evidence.otpStepsOff = 4;
        QCOMPARE(codeOf(evidence), std::string("authenticator-clock-off"));
        QVERIFY(judge(evidence).text().find("120 seconds") != std::string::npos);
        evidence.otpStepsOff = 0;
        QCOMPARE(codeOf(evidence), std::string("otp-used"));
    }

    void whatTheGateRefusesByScopeIsReadAtItsCallback() {
        Step callback =
            step(403, seen(exchange::Party::Gate, 403),
                 "/oauth2/callback?error=invalid_scope&error_description=Invalid+scopes%3A+openid+groups");
        QCOMPARE(codeOf(visit("alice", {callback})), std::string("scope-unknown"));
    }

    void noAnswerAtAllIsUnreachable() {
        Step none = step(0, nullptr);
        none.failure = "connection refused";
        QCOMPARE(codeOf(visit("alice", {none})), std::string("unreachable"));
    }

    void circlesAreCounted() {
        std::vector<Step> steps(12, step(302, seen(exchange::Party::Gate, 302)));
        QCOMPARE(codeOf(visit("alice", steps)), std::string("redirect-loop"));
    }

    void nothingKnownFallsBackWithoutACrash() {
        QVERIFY(!codeOf(visit("", {})).empty());
        QCOMPARE(codeOf(visit("alice", {step(418, seen(exchange::Party::Provider, 418))})),
                 std::string("provider-refused"));
    }
};

QTEST_APPLESS_MAIN(VerdictTest)
#include "tst_diagnosis_verdicts.moc"
