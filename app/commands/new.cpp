#include <lab/templates.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <app/commandLine.h>
#include <app/exitCodes.h>
#include <app/json.h>
#include <app/output.h>
#include <fmt/core.h>

namespace gatehouse::app {

namespace {

struct Options {
    std::string name;
    std::string file;
    std::string format = "text";
    bool force = false;
    bool list = false;
};

int list(std::string_view format) {
    if (format == "json") {
        fmt::print("{}", templatesJson());
        return exitOk;
    }
    for (const lab::Template& one : lab::templates())
        fmt::print("{:12} {}\n", one.name, one.description);
    return exitOk;
}

int create(const Options& options) {
    if (options.list)
        return list(options.format);
    const auto templates = lab::templates();
    const auto found = std::find_if(templates.begin(), templates.end(),
                                    [&](const lab::Template& one) { return one.name == options.name; });
    if (found == templates.end()) {
        fmt::print(stderr, "error: there is no template {}; `gatehouse new --list` shows them\n",
                   options.name);
        return exitUsage;
    }
    const int status = writeOutput(options.file, found->text, options.force);
    if (status == exitOk && toFile(options.file))
        fmt::print(stderr,
                   "{0} is written\n  gatehouse rehearse {0}   logs in and explains every hop\n"
                   "  gatehouse run {0}        keeps it running\n",
                   options.file);
    return status;
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
    addFormat(*command, options->format);
    options->name = "story";
    command->callback([&chosen, options] { chosen = [options] { return create(*options); }; });
}

} // namespace gatehouse::app
