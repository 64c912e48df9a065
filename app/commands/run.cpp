#include <CLI/CLI.hpp>
#include <app/commandLine.h>
#include <app/exitCodes.h>
#include <app/fileWatch.h>
#include <app/printProblems.h>
#include <app/serving.h>
#include <user/manifests.h>

namespace gatehouse::app {

namespace {

struct Options {
    std::string file;
    std::string manifests; // in place of the file
    std::string format = "text";
    bool quiet = false;
    bool verbose = false;
    bool anyPort = false;
    std::vector<std::string> tolerate;

    const std::string& source() const { return manifests.empty() ? file : manifests; }
    Checked<user::LoadedLab> load() const {
        return manifests.empty() ? user::loadLab(file, tolerate) : user::loadManifests(manifests, tolerate);
    }
    Detail detail() const { return quiet ? Detail::Quiet : verbose ? Detail::All : Detail::Requests; }
};

void reload(const Options& options, Serving& serving, RunVoice& voice) {
    auto loaded = options.load();
    if (!loaded.value) {
        voice.refused(options.source(), loaded.problems);
        return;
    }
    const auto listening = serving.apply(loaded.value->arrangement);
    if (listening) {
        printProblems(loaded.problems);
        voice.applied(options.source(), *listening);
    } else {
        loaded.problems.push_back({Problem::Kind::Refused, listening.error()});
        voice.refused(options.source(), loaded.problems);
    }
}

int run(const Options& options) {
    FileWatch watch(options.file); // before the first reading: what changes from now on is seen
    user::SourceWatch manifests(options.manifests);
    auto loaded = options.load();
    printProblems(loaded.problems);
    if (!loaded.value)
        return failureStatus(loaded.problems);
    const auto voice = options.format == "json" ? jsonVoice(options.detail()) : textVoice(options.detail());
    auto serving = Serving::start(options.anyPort, *voice);
    if (!serving) {
        printError(serving.error());
        return exitEnvironment;
    }
    const auto listening = (*serving)->apply(loaded.value->arrangement);
    if (!listening) {
        printApplyError(listening.error(), "write it as the listener's bind, or take any by --any-port");
        return exitEnvironment;
    }
    voice->running(options.source(), *loaded.value->arrangement, *listening);
    loaded.value.reset();
    (*serving)->untilAsked([&] {
        if (options.manifests.empty() ? watch.changed() : manifests.changed())
            reload(options, **serving, *voice);
    });
    return exitOk;
}

} // namespace

void addRun(CLI::App& root, Action& chosen) {
    auto options = std::make_shared<Options>();
    CLI::App* command = root.add_subcommand(
        "run", "Run a lab until Ctrl+C; changes of the file are applied while it runs, wrong\n"
               "ones are refused and what ran goes on.\n"
               "Example: gatehouse run story.gatehouse.yaml");
    addLabOrManifests(*command, options->file, options->manifests);
    auto* quiet = command->add_flag("-q,--quiet", options->quiet, "No line for each request");
    command->add_flag("-v,--verbose", options->verbose, "Sub-requests and every decision too")
        ->excludes(quiet);
    command->add_flag("--any-port", options->anyPort, "Take free ports instead of the lab's own");
    addTolerate(*command, options->tolerate);
    addFormat(*command, options->format);
    command->callback([&chosen, options] {
        needLabOrManifests(options->file, options->manifests);
        chosen = [options] { return run(*options); };
    });
}

} // namespace gatehouse::app
