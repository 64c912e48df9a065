#include <CLI/CLI.hpp>
#include <algorithm>
#include <app/commandLine.h>
#include <app/exitCodes.h>
#include <app/json.h>
#include <app/printProblems.h>
#include <fmt/core.h>
#include <user/labLoader.h>

namespace gatehouse::app {

namespace {

struct Options {
    std::string file;
    std::string format = "text";
    std::vector<std::string> tolerate;
};

std::string counted(std::ptrdiff_t count, std::string_view what) {
    return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

std::string summary(const std::vector<Problem>& problems) {
    std::string out;
    for (const auto kind : {Problem::Kind::Refused, Problem::Kind::Warning, Problem::Kind::Difference}) {
        const auto count = std::count_if(problems.begin(), problems.end(),
                                         [&](const Problem& problem) { return problem.kind == kind; });
        if (count > 0)
            out += (out.empty() ? "" : ", ") + counted(count, kindName(kind));
    }
    return out.empty() ? "nothing to remark" : out;
}

int check(const Options& options) {
    const auto loaded = user::loadLab(options.file, options.tolerate);
    const bool ok = loaded.value.has_value();
    if (options.format == "json")
        fmt::print("{}", problemsJson(options.file, ok, loaded.problems));
    else {
        printProblems(loaded.problems);
        fmt::print("{}: {}; {}\n", options.file, ok ? "ready to run" : "cannot run",
                   summary(loaded.problems));
    }
    return ok ? exitOk : failureStatus(loaded.problems);
}

} // namespace

void addCheck(CLI::App& root, Action& chosen) {
    auto options = std::make_shared<Options>();
    CLI::App* command =
        root.add_subcommand("check", "Read a lab and report every problem at its place, without running it.\n"
                                     "Exit status 0 when it can run, 3 when not.");
    addLab(*command, options->file);
    addTolerate(*command, options->tolerate);
    addFormat(*command, options->format);
    command->callback([&chosen, options] { chosen = [options] { return check(*options); }; });
}

} // namespace gatehouse::app
