#include <lab/differences.h>
#include <lab/document.h>
#include <lab/templates.h>

#include <QTest>

using namespace gatehouse;

namespace {

lab::Document parsed(std::string text) {
    auto checked = lab::Document::parse(std::move(text), "test.gatehouse.yaml");
    return *std::move(checked.value);
}

lab::Document story() {
    return parsed(std::string(lab::templates().front().text));
}

std::vector<std::string> told(const lab::Document& before, const lab::Document& after) {
    std::vector<std::string> out;
    for (const auto& each : lab::differences(before.root(), after.root()))
        out.push_back(each.path + ": " + each.before.value_or("-") + " > " + each.after.value_or("-"));
    return out;
}

constexpr std::string_view realmPath = "/providers/0/realms/0";

} // namespace

class DifferencesTest : public QObject {
    Q_OBJECT

private slots:
    void nothingDiffersFromItself() { QVERIFY(told(story(), story()).empty()); }

    void commentsAndOrderOfKeysAreNoDifference() {
        const auto one = parsed("gatehouse: 1\nname: a # so\nservices:\n  - {name: s, port: 80}\n");
        const auto other = parsed("name: a\ngatehouse: 1\nservices:\n  - {port: 80, name: s}\n");
        QVERIFY(told(one, other).empty());
    }

    void aChangedFieldIsToldWithBoth() {
        const auto before = story();
        const auto after = *before.with("/gates/0/options/scope", Node::scalar("openid"));
        QCOMPARE(told(before, after),
                 std::vector<std::string>{"/gates/0/options/scope: openid email profile > openid"});
    }

    void aListOfTextsIsOneField() {
        const auto before = story();
        const auto after = *before.with("/gates/0/options/allowed-group/1", Node::scalar("admins"));
        QCOMPARE(told(before, after), std::vector<std::string>{"/gates/0/options/allowed-group: "
                                                               "[oauth2-proxy] > [oauth2-proxy, admins]"});
    }

    void aNewObjectIsToldFieldByField() {
        const auto before = story();
        const auto after = *before.with(
            "/services/2", Node::map({{"name", Node::scalar("shop")}, {"port", Node::scalar("8080")}}));
        QCOMPARE(told(before, after),
                 (std::vector<std::string>{"/services/2: - > {name: shop, port: 8080}"}));
    }

    void anObjectBeforeOthersChangesOnlyItself() {
        const auto before = story();
        const auto after = *before.without(std::string(realmPath) + "/users/0");
        for (const std::string& each : told(before, after)) {
            QVERIFY2(each.starts_with(std::string(realmPath) + "/users/0/"), each.c_str());
            QVERIFY2(each.ends_with("> -"), each.c_str());
        }
    }

    void aRenamedObjectIsItself() {
        const auto before = story();
        const auto after = *before.with("/gates/0/name", Node::scalar("door"));
        QCOMPARE(told(before, after), std::vector<std::string>{"/gates/0/name: oauth2-proxy > door"});
    }

    void secretsAreNames() {
        const auto before = story();
        const auto after = *before.with("/gates/0/options/cookie-secret/secret", Node::scalar("other"));
        QCOMPARE(
            told(before, after),
            std::vector<std::string>{"/gates/0/options/cookie-secret/secret: oauth2-proxy-cookie > other"});
    }

    // Everything that an edit does is told, and by its undoing the other way round.
    void whatIsToldIsWhatWasDone() {
        const auto full = story();
        const auto empty = parsed("gatehouse: 1\n");
        const auto there = lab::differences(empty.root(), full.root());
        const auto back = lab::differences(full.root(), empty.root());
        QVERIFY(there.size() > 40);
        QCOMPARE(there.size(), back.size());
        for (std::size_t i = 0; i < there.size(); ++i) {
            QVERIFY(!there[i].before && there[i].after);
            QVERIFY(back[i].before && !back[i].after);
        }
    }
};

QTEST_APPLESS_MAIN(DifferencesTest)
#include "tst_lab_differences.moc"
