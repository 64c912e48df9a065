#include <CLI/CLI.hpp>
#include <app/commandLine.h>
#include <app/exitCodes.h>
#include <app/labLoader.h>
#include <fmt/core.h>

namespace gatehouse::app {

namespace {

struct Options {
    std::string file;
    std::vector<std::string> tolerate;
};

int check(const Options& options) {
    const auto loaded = loadLab(options.file, options.tolerate);
    printProblems(loaded.problems);
    if (!loaded.value)
        return exitLab;
    fmt::print("{}: {} with {} remarks\n", options.file, "ready to run", loaded.problems.size());
    return exitOk;
}

} // namespace

void addCheck(CLI::App& root, Action& chosen) {
    auto options = std::make_shared<Options>();
    CLI::App* command =
        root.add_subcommand("check", "Read a lab and report every problem, without running it.");
    command->add_option("lab", options->file, "The lab's file")->required();
    command->add_option("--tolerate", options->tolerate,
                        "An option, annotation or field that may be used although it has no effect yet");
    command->callback([&chosen, options] { chosen = [options] { return check(*options); }; });
}

} // namespace gatehouse::app
