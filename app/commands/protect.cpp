#include <base/ascii.h>
#include <lab/forms.h>
#include <lab/templates.h>

#include <CLI/CLI.hpp>
#include <app/commandLine.h>
#include <app/exitCodes.h>
#include <app/output.h>
#include <app/printProblems.h>
#include <fmt/core.h>
#include <user/labLoader.h>

namespace gatehouse::app {

namespace {

struct Options {
    std::string url;
    std::string host;
    std::string file;
    bool force = false;
};

int protect(const Options& options) {
    auto url = http::parseUrl(options.url);
    if (!url) {
        printError(url.error());
        return exitUsage;
    }
    const std::string host = lower(options.host);
    if (!lab::isHost(host) || host.starts_with("*")) {
        fmt::print(
            stderr,
            "error: \"{}\" is no host name\n    one like app.example.test: it is the name that browsers ask "
            "for, here and in the cluster\n",
            options.host);
        return exitUsage;
    }
    const int status = writeOutput(options.file, lab::protectTemplate(*url, host), options.force);
    if (status == exitOk && toFile(options.file))
        fmt::print(stderr,
                   "{} protects {} as https://{}/\n  gatehouse rehearse {}   tries the login\n  gatehouse "
                   "run {}        keeps it running\n",
                   options.file, url->text(), host, options.file, options.file);
    return status;
}

} // namespace

void addProtect(CLI::App& root, Action& chosen) {
    auto options = std::make_shared<Options>();
    CLI::App* command = root.add_subcommand(
        "protect",
        "Write a lab that puts single sign-on in front of a service of yours.\n"
        "Example: gatehouse protect http://127.0.0.1:3000 --host app.example.test -o app.gatehouse.yaml");
    command->add_option("url", options->url, "Where the service runs now")->required();
    command->add_option("--host", options->host, "The public name it gets")->required();
    command->add_option("-o,--output", options->file,
                        "The lab's file; without it the lab goes to standard output");
    command->add_flag("--force", options->force, "Overwrite a file that is there");
    command->callback([&chosen, options] { chosen = [options] { return protect(*options); }; });
}

} // namespace gatehouse::app
