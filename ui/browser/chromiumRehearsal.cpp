#include <desk/text.h>
#include <http/parse.h>

#include <QApplication>
#include <QFileInfo>
#include <browser/chromiumRehearsal.h>
#include <browser/chromiumStart.h>
#include <browser/stage.h>
#include <future>
#include <thread>

namespace gatehouse::browser {

namespace {

constexpr std::chrono::milliseconds recordWithin{2000};
constexpr int found = 302, ok = 200;

constexpr Message noProxy{"browser-no-proxy",
                          GH_TEXT("browser", "The engine was started without a proxy for the browser."), ""};

class ChromiumDriver : public rehearsal::LoginDriver {
public:
    ChromiumDriver(const ChromiumTools& tools, Stage& stage) : tools_(tools), stage_(stage) {}

    rehearsal::Journey drive(const rehearsal::Scenario& scenario, const rehearsal::Person& person) override {
        tools_.recorder.drain(tools_.engine);
        tools_.recorder.takeEvents(); // what was before this visit is not its evidence
        rehearsal::Journey journey{
            diagnosis::Evidence{*tools_.arrangement, scenario.as, scenario.url, {}, {}, {}, false, {}}, {}};
        if (scenario.with.delayBeforeCallback > 0) {
            journey.evidence.stoppedBecause =
                "a browser follows the redirect to the callback at once; rehearse this with --driver http";
            return journey;
        }
        Stage::Outcome outcome = play(scenario, person);
        for (std::size_t i = 0; i < outcome.visits.size(); ++i)
            journey.evidence.steps.push_back(stepOf(outcome, i));
        journey.evidence.events = tools_.recorder.takeEvents();
        journey.evidence.otpRefused = outcome.otpRefused;
        journey.evidence.otpStepsOff = outcome.otpStepsOff;
        journey.evidence.stoppedBecause = desk::utf8(outcome.hindrance);
        journey.page = std::move(outcome.content);
        return journey;
    }

private:
    Stage::Outcome play(const rehearsal::Scenario& scenario, const rehearsal::Person& person) {
        std::promise<Stage::Outcome> promise;
        const QString file = screenshotFile();
        QMetaObject::invokeMethod(
            &stage_,
            [&] {
                stage_.play({tools_.arrangement, scenario, person, false}, file, tools_.redact,
                            [&promise](Stage::Outcome outcome) { promise.set_value(std::move(outcome)); });
            },
            Qt::QueuedConnection);
        return promise.get_future().get();
    }

    // shot.png, shot-2.png, …
    QString screenshotFile() {
        ++played_;
        if (tools_.screenshot.empty() || played_ == 1)
            return desk::qt(tools_.screenshot);
        const QFileInfo first(desk::qt(tools_.screenshot));
        const QString suffix = first.suffix().isEmpty() ? QString() : QLatin1Char('.') + first.suffix();
        return first.path() + QLatin1Char('/') + first.completeBaseName() +
               QStringLiteral("-%1").arg(played_) + suffix;
    }

    diagnosis::Step stepOf(const Stage::Outcome& outcome, std::size_t index) {
        const LoginRun::Visit& visit = outcome.visits[index];
        const bool last = index + 1 == outcome.visits.size();
        diagnosis::Step step;
        step.method = visit.method.toStdString();
        step.page = visit.page;
        const auto url = http::parseUrl(visit.url.toEncoded(QUrl::RemoveFragment).toStdString());
        if (url)
            step.url = *url;
        if (url && tools_.arrangement->isLabName(url->host)) {
            auto seen = tools_.recorder.find(tools_.engine, step.method, url->target, recordWithin);
            step.exchange = std::move(seen.own);
            step.children = std::move(seen.children);
        }
        if (step.exchange)
            readAnswer(step);
        else if (visit.stood)
            step.status = visit.status > 0 ? visit.status : ok;
        else if (!last) { // a server outside the lab; Chromium says only that it led on
            step.status = found;
            step.location = outcome.visits[index + 1].url.toEncoded().toStdString();
        } else
            step.failure = desk::utf8(outcome.why);
        return step;
    }

    static void readAnswer(diagnosis::Step& step) {
        step.status = step.exchange->client.status;
        std::vector<http::FieldSpan> fields;
        const std::string head = std::string(step.exchange->client.response.head) + "\r\n";
        const auto outcome = http::parseResponse(head, fields, step.method, {});
        if (const auto* parsed = std::get_if<http::ParsedResponse>(&outcome))
            step.location = parsed->view.headers.get("Location");
    }

    const ChromiumTools& tools_;
    Stage& stage_;
    int played_ = 0;
};

} // namespace

Result<void> withChromium(const ChromiumTools& tools, bool mayLackSandbox,
                          const std::function<void(rehearsal::LoginDriver&)>& perform) {
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    prepareChromium({true, !mayLackSandbox});
    for (const Problem& problem : chromiumProblems())
        if (problem.kind == Problem::Kind::Refused)
            return std::unexpected(problem.error);
    if (tools.engine.ownProxyPort() == 0)
        return fail(noProxy);
    int count = 1;
    char program[] = "gatehouse";
    char* arguments[] = {program, nullptr};
    QApplication application(count, arguments);
    QApplication::setQuitOnLastWindowClosed(false);
    if (auto proxied = useProxy(tools.engine.ownProxyPort()); !proxied)
        return proxied;
    Stage stage({tools.arrangement, tools.authorityPem, desk::qt(tools.proxyPassword)}, tools.usedCodes);
    ChromiumDriver driver(tools, stage);
    std::thread performer([&] {
        perform(driver);
        QMetaObject::invokeMethod(&application, [] { QCoreApplication::quit(); }, Qt::QueuedConnection);
    });
    QApplication::exec();
    performer.join();
    return {};
}

} // namespace gatehouse::browser
