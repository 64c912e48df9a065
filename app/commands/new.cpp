#include <lab/templates.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <app/commandLine.h>
#include <app/exitCodes.h>
#include <app/output.h>
#include <fmt/core.h>

namespace gatehouse::app {

namespace {

struct Options {
    std::string name;
    std::string file;
    bool force = false;
    bool list = false;
};

int list() {
    for (const lab::Template& one : lab::templates())
        fmt::print("{:12} {}\n", one.name, one.description);
    return exitOk;
}

int create(const Options& options) {
    if (options.list)
        return list();
    const auto templates = lab::templates();
    const auto found = std::find_if(templates.begin(), templates.end(),
                                    [&](const lab::Template& one) { return one.name == options.name; });
    if (found == templates.end()) {
        fmt::print(stderr, "error: there is no template {}; `gatehouse new --list` shows them\n",
                   options.name);
        return exitUsage;
    }
    return writeOutput(options.file, found->text, options.force);
}

} // namespace

void addNew(CLI::App& root, Action& chosen) {
    auto options = std::make_shared<Options>();
    CLI::App* command = root.add_subcommand(
        "new", "Write a lab to start from.\nExample: gatehouse new story -o story.gatehouse.yaml");
    command->add_option("template", options->name, "Which one (--list shows them)")->default_str("story");
    command->add_option("-o,--output", options->file, "The file; without it the lab goes to standard output");
    command->add_flag("--force", options->force, "Overwrite a file that is there");
    command->add_flag("--list", options->list, "List the templates");
    options->name = "story";
    command->callback([&chosen, options] { chosen = [options] { return create(*options); }; });
}

} // namespace gatehouse::app
