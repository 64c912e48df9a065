#include <rehearsal/report.h>

#include <QTest>
#include <nlohmann/json.hpp>

using namespace gatehouse;
using namespace gatehouse::rehearsal;

class ReportTest : public QObject {
    Q_OBJECT

private slots:
    void jsonIsVersionedAndHoldsAnyBytes() {
        Report report;
        RehearsalResult result;
        result.as = "alice";
        result.page = "caf\xe9";
        result.ok = true;
        result.upstreamLine = "GET / HTTP/1.1";
        result.upstreamHeaders = {{"Host", "a"}, {"Host", "b"}};
        report.results.push_back(result);
        report.notRehearsed = {"DNS"};
        const auto json = nlohmann::json::parse(reportJson(report));
        QCOMPARE(json["version"].get<int>(), 1);
        QCOMPARE(json["rehearsals"][0]["upstreamRequest"]["headers"].size(), std::size_t{2});
        QCOMPARE(json["rehearsals"][0]["page"].get<std::string>(), std::string("caf\xef\xbf\xbd"));
        QCOMPARE(json["notRehearsed"][0].get<std::string>(), std::string("DNS"));
    }

    void aServiceThatSawNothingIsNull() {
        Report report;
        report.results.emplace_back();
        QVERIFY(nlohmann::json::parse(reportJson(report))["rehearsals"][0]["upstreamRequest"].is_null());
    }

    void oneSurpriseIsEnough() {
        Report report;
        QVERIFY(report.asExpected());
        report.results.resize(2);
        report.results[0].ok = true;
        QVERIFY(!report.asExpected());
    }

    void whatIsNotAsExpectedSaysWhatWasExpected() {
        Report report;
        RehearsalResult result;
        result.expect = "allowed";
        result.outcome = "denied";
        result.code = "wrong-password";
        result.hint = "Compare the password";
        report.results.push_back(result);
        const std::string text = reportText(report);
        QVERIFY(text.find("NOT AS EXPECTED: denied (wrong-password)") != std::string::npos);
        QVERIFY(text.find("expected: allowed") != std::string::npos);
        QVERIFY(text.find("Compare the password") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(ReportTest)
#include "tst_rehearsal_report.moc"
