#include <base/encoding.h>
#include <capture/redactor.h>
#include <crypto/entropy.h>
#include <rehearsal/httpDriver.h>
#include <rehearsal/report.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <app/commandLine.h>
#include <app/exitCodes.h>
#include <app/json.h>
#include <app/printProblems.h>
#include <app/withBrowser.h>
#include <fmt/core.h>
#include <memory>
#include <user/manifests.h>
#include <user/realmKeyFiles.h>
#include <user/systemClock.h>
#include <user/usedCodesFile.h>
#include <user/userState.h>

namespace gatehouse::app {

namespace {

constexpr std::size_t proxyPasswordBytes = 18;

struct Options {
    std::string file;
    std::string manifests; // in place of the file
    rehearsal::Wish wish;
    std::string as, url, expect;
    std::string driver = "http";
    std::string screenshot;
    bool sandbox = true;
    std::string format = "text";
    std::vector<std::string> tolerate;
};

// The engine of one rehearsal, on free ports, and what listens to it.
struct Stage {
    rehearsal::Recorder recorder;
    std::unique_ptr<engine::Engine> engine;
    std::string authorityPem;
    std::string proxyPassword; // of the browser's way in
};

gatehouse::Result<std::unique_ptr<Stage>> openStage(const user::LoadedLab& lab) {
    auto authority = user::userAuthority();
    if (!authority)
        return std::unexpected(authority.error());
    auto stage = std::make_unique<Stage>();
    stage->authorityPem = (*authority)->certificatePem();
    stage->proxyPassword = hex(crypto::systemEntropy()->bytes(proxyPasswordBytes));
    engine::EngineOptions options;
    options.ownProxy = engine::EngineOptions::OwnProxy{0, stage->proxyPassword};
    options.authority = *authority;
    options.anyFreePort = true;
    options.realmKeys = std::make_shared<user::RealmKeyFiles>(user::stateFolder() / "realm-keys", printError);
    auto started =
        engine::Engine::start(std::move(options), [recorder = &stage->recorder] { recorder->wake(); });
    if (!started)
        return std::unexpected(started.error());
    stage->engine = std::move(*started);
    if (auto listening = engine::applyAndWait(*stage->engine, lab.arrangement); !listening)
        return std::unexpected(listening.error());
    return stage;
}

// A provider elsewhere remembers the codes it has seen when this process is gone; the embedded one starts
// afresh.
bool outlivesUs(const arrangement::Arrangement& arrangement) {
    return std::any_of(arrangement.providers.begin(), arrangement.providers.end(),
                       [](const arrangement::ProviderPlan& plan) { return plan.embedded == nullptr; });
}

using Perform = std::function<void(rehearsal::LoginDriver&)>;

// Hands the driver that was asked for to `perform`. False: there is none here, and it has been said.
bool withDriver(const Options& options, const user::LoadedLab& lab, Stage& stage, rehearsal::Clock& clock,
                rehearsal::UsedCodes& usedCodes, const rehearsal::Redact& redact, const Perform& perform) {
    if (options.driver == "http") {
        rehearsal::HttpDriver driver({*stage.engine, stage.recorder, lab.arrangement, clock, usedCodes});
        perform(driver);
        return true;
    }
    const auto done =
        withBrowser({*stage.engine, stage.recorder, lab.arrangement, usedCodes, stage.authorityPem,
                     stage.proxyPassword, options.screenshot, redact, options.sandbox},
                    perform);
    if (!done)
        printError(done.error());
    return done.has_value();
}

std::optional<rehearsal::Report> perform(const Options& options, const user::LoadedLab& lab, Stage& stage,
                                         const std::vector<rehearsal::Scenario>& scenarios) {
    const capture::Redactor redactor(*lab.arrangement->secrets, lab.arrangement->secretNames);
    const rehearsal::Redact redact = [&](std::string_view text) { return redactor(text); };
    user::SystemClock clock(
        [](std::string_view why, std::int64_t seconds) { fmt::print(stderr, "{} ({} s)\n", why, seconds); });
    user::UsedCodesFile usedCodes(outlivesUs(*lab.arrangement) ? user::stateFolder() / "used-codes"
                                                               : std::filesystem::path(),
                                  printError);
    rehearsal::Report report;
    report.notRehearsed = lab.arrangement->notRehearsed;
    const bool played =
        withDriver(options, lab, stage, clock, usedCodes, redact, [&](rehearsal::LoginDriver& driver) {
            for (const rehearsal::Scenario& scenario : scenarios) {
                const auto began = clock.now().steady;
                const auto journey = driver.drive(scenario, rehearsal::personOf(*lab.arrangement, scenario));
                const std::chrono::duration<double> took = clock.now().steady - began;
                report.results.push_back(rehearsal::makeResult(scenario, journey, took.count(), redact));
            }
        });
    return played ? std::optional(std::move(report)) : std::nullopt;
}

int rehearse(Options& options) {
    const auto loaded = options.manifests.empty() ? user::loadLab(options.file, options.tolerate)
                                                  : user::loadManifests(options.manifests, options.tolerate);
    printProblems(loaded.problems);
    if (!loaded.value) {
        if (options.format == "json")
            fmt::print("{}", problemsJson(options.manifests.empty() ? options.file : options.manifests, false,
                                          loaded.problems));
        return failureStatus(loaded.problems);
    }
    const auto scenarios = rehearsal::scenarios(*loaded.value->arrangement, options.wish);
    if (!scenarios) {
        printError(scenarios.error());
        return exitUsage;
    }
    auto stage = openStage(*loaded.value);
    if (!stage) {
        printError(stage.error());
        return exitEnvironment;
    }
    const auto report = perform(options, *loaded.value, **stage, *scenarios);
    if (!report)
        return exitEnvironment;
    fmt::print("{}",
               options.format == "json" ? rehearsal::reportJson(*report) : rehearsal::reportText(*report));
    return report->asExpected() ? exitOk : exitUnexpected;
}

} // namespace

void addRehearse(CLI::App& root, Action& chosen) {
    auto options = std::make_shared<Options>();
    CLI::App* command = root.add_subcommand(
        "rehearse", "Run a lab, log in as its users, and say whether it went as expected and why.\n"
                    "Example: gatehouse rehearse story.gatehouse.yaml --as bob --expect denied");
    addLabOrManifests(*command, options->file, options->manifests);
    CLI::Option* as =
        command->add_option("--as", options->as, "The user who logs in; alone it expects to be allowed");
    CLI::Option* url = command->add_option("--url", options->url, "Where to go (the lab's first address)");
    CLI::Option* expect =
        command->add_option("--expect", options->expect, "allowed, denied, failed, or a verdict's code");
    CLI::Option* driver = command
                              ->add_option("--driver", options->driver,
                                           "How the login is acted out: by requests of our own (http), or by "
                                           "keys and clicks in the embedded browser (chromium)")
                              ->check(CLI::IsMember({"http", "chromium"}))
                              ->capture_default_str();
    command
        ->add_option("--screenshot", options->screenshot,
                     "With --driver chromium: a PNG of the last page; of further users' with -2, -3, …")
        ->type_name("FILE")
        ->needs(driver);
    command
        ->add_flag("!--no-browser-sandbox", options->sandbox,
                   "With --driver chromium, as root: without Chromium's sandbox, which does not hold root")
        ->needs(driver);
    addTolerate(*command, options->tolerate);
    addFormat(*command, options->format);
    command->callback([&chosen, options, as, url, expect] {
        needLabOrManifests(options->file, options->manifests);
        if (as->count() > 0)
            options->wish.as = options->as;
        if (url->count() > 0)
            options->wish.url = options->url;
        if (expect->count() > 0)
            options->wish.expect = options->expect;
        chosen = [options] { return rehearse(*options); };
    });
}

} // namespace gatehouse::app
