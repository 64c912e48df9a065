// The whole story by forms alone: from an empty lab, with keys and clicks, to a rehearsal that is as
// expected; and undo back to the first text.
#include "deskFixture.h"
#include "storyByForms.h"

#include <lab/templates.h>
#include <rehearsal/httpDriver.h>
#include <rehearsal/report.h>

#include <user/systemClock.h>
#include <user/usedCodesFile.h>
#include <user/userState.h>

using namespace gatehouse;
using forms::DeskFixture;
using forms::StoryByForms;

namespace {

std::string_view emptyLab() {
    for (const auto& each : lab::templates())
        if (each.name == "empty")
            return each.text;
    return {};
}

} // namespace

class StoryTest : public QObject {
    Q_OBJECT

    std::unique_ptr<DeskFixture> at_;
    QString first_;

    void done(const QString& failed) { QVERIFY2(failed.isEmpty(), qPrintable(failed)); }

private slots:
    void initTestCase() {
        at_ = std::make_unique<DeskFixture>();
        at_->open(emptyLab());
        QVERIFY(QTest::qWaitForWindowActive(at_->window.get()));
        first_ = at_->text();
    }
    void cleanupTestCase() { at_.reset(); }

    void listeners() { done(StoryByForms(*at_).listeners()); }
    void providerAndRealm() { done(StoryByForms(*at_).providerAndRealm()); }
    void group() { done(StoryByForms(*at_).group()); }
    void clientWithItsMapper() { done(StoryByForms(*at_).clientWithItsMapper()); }
    void users() { done(StoryByForms(*at_).users()); }
    void gate() { done(StoryByForms(*at_).gate()); }
    void controller() { done(StoryByForms(*at_).controller()); }
    void services() { done(StoryByForms(*at_).services()); }
    void ingresses() { done(StoryByForms(*at_).ingresses()); }
    void rehearsals() { done(StoryByForms(*at_).rehearsals()); }

    // As a person would have written it: an object a line or several, no line that runs out of the window.
    void theTextIsReadable() {
        for (const QString& line : at_->text().split('\n')) {
            QVERIFY2(line.size() <= 125, qPrintable(line));
            QVERIFY2(!line.contains("[{"), qPrintable(line));
        }
    }

    void itCompiles() {
        auto& workspace = at_->desk->workspace;
        QVERIFY(!workspace.hasDraft());
        workspace.compile();
        QStringList refused;
        for (const Problem& problem : workspace.problems())
            if (problem.kind == Problem::Kind::Refused)
                refused.append(desk::qt(describe(problem.error)));
        QVERIFY2(refused.isEmpty(), qPrintable(refused.join('\n') + "\n" + at_->text()));
        QVERIFY(workspace.isArrangementCurrent());
    }

    void itRehearsesAsExpected() {
        const auto arrangement = at_->desk->workspace.arrangement();
        QVERIFY(arrangement != nullptr);
        auto authority = user::userAuthority();
        QVERIFY(authority.has_value());
        rehearsal::Recorder recorder;
        engine::EngineOptions options;
        options.authority = *authority;
        options.anyFreePort = true;
        auto engine = engine::Engine::start(std::move(options), [&recorder] { recorder.wake(); });
        QVERIFY(engine.has_value());
        QVERIFY(engine::applyAndWait(**engine, arrangement).has_value());
        user::SystemClock clock([](std::string_view, std::int64_t) {});
        user::UsedCodesFile used({}, [](const Error&) {});
        rehearsal::HttpDriver driver({**engine, recorder, arrangement, clock, used});
        const auto scenarios = rehearsal::scenarios(*arrangement, {});
        QVERIFY(scenarios.has_value());
        QCOMPARE(scenarios->size(), std::size_t(2));
        rehearsal::Report report;
        for (const auto& scenario : *scenarios) {
            const auto journey = driver.drive(scenario, rehearsal::personOf(*arrangement, scenario));
            report.results.push_back(rehearsal::makeResult(
                scenario, journey, 0, [](std::string_view text) { return std::string(text); }));
        }
        QVERIFY2(report.asExpected(), rehearsal::reportText(report).c_str());
        QCOMPARE(report.results[0].outcome, "allowed");
        QCOMPARE(report.results[1].outcome, "denied");
    }

    void undoLeadsBackToTheFirstText() {
        auto& workspace = at_->desk->workspace;
        int steps = 0;
        while (workspace.canUndo() && ++steps < 1000)
            workspace.undo();
        QCOMPARE(at_->text(), first_);
        QVERIFY2(steps > 50, qPrintable(QString::number(steps)));
    }
};

QTEST_MAIN(StoryTest)
#include "tst_forms_story.moc"
