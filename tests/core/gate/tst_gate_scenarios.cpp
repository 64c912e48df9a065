#include "desk.h"
#include "scenarioRun.h"

#include <QDir>
#include <QTest>
#include <algorithm>
#include <fstream>

using namespace gatehouse;
using namespace gatehouse::gate;
using namespace gatehouse::gate::test;

namespace {

std::vector<std::pair<std::string, Json>> scenarios() {
    std::vector<std::pair<std::string, Json>> out;
    const QDir folder(GATEHOUSE_TEST_DATA "/data/scenarios");
    for (const QString& name : folder.entryList({"*.json"})) {
        std::ifstream file(folder.filePath(name).toStdString());
        for (const Json& scenario : Json::parse(file, nullptr, true, true))
            out.emplace_back(name.section('.', 0, 0).toStdString(), scenario);
    }
    return out;
}

} // namespace

class tst_gate_scenarios : public QObject {
    Q_OBJECT

private slots:
    void behaviour_data() {
        QTest::addColumn<std::string>("scenario");
        const auto all = scenarios();
        for (const auto& [topic, scenario] : all)
            QTest::newRow((topic + ": " + scenario.at("name").get<std::string>()).c_str()) << scenario.dump();
        QVERIFY2(all.size() >= 100, std::to_string(all.size()).c_str());
    }

    void behaviour() {
        QFETCH(std::string, scenario);
        const std::string complaints = complaintsOf(Json::parse(scenario));
        QVERIFY2(complaints.empty(), complaints.c_str());
    }

    void refusedOptions_data() {
        QTest::addColumn<std::string>("options");
        QTest::addColumn<std::string>("words");
        std::ifstream file(GATEHOUSE_TEST_DATA "/data/refused.json");
        for (const Json& row : Json::parse(file))
            QTest::newRow(row.at("options").dump().c_str())
                << row.at("options").dump() << row.at("words").get<std::string>();
    }

    void refusedOptions() {
        QFETCH(std::string, options);
        QFETCH(std::string, words);
        const Desk desk(Json::parse(options));
        std::string said;
        for (const Problem& problem : desk.problems)
            if (words.starts_with("warning: ") == (problem.kind == Problem::Kind::Warning))
                said += text(problem.error) + "\n";
        const std::string wanted = words.starts_with("warning: ") ? words.substr(9) : words;
        QVERIFY2(said.find(wanted) != std::string::npos, said.c_str());
        QCOMPARE(desk.made(), words.starts_with("warning: "));
    }

    void everyRuleHasItsOwnId() {
        std::vector<std::string_view> ids;
        for (const exchange::RuleRow& row : rules()) {
            QVERIFY(std::ranges::find(ids, row.id) == ids.end() && row.id.starts_with("gate.") &&
                    !row.source.empty());
            ids.push_back(row.id);
        }
        for (const exchange::DifferenceRow& row : differences())
            QVERIFY(row.id.starts_with("gate.") && !row.reason.empty());
    }
};

QTEST_APPLESS_MAIN(tst_gate_scenarios)
#include "tst_gate_scenarios.moc"
