#include <CLI/CLI.hpp>
#include <app/commandLine.h>
#include <app/exitCodes.h>
#include <app/output.h>
#include <app/printProblems.h>
#include <fmt/core.h>
#include <user/labLoader.h>
#include <user/userState.h>

namespace gatehouse::app {

namespace {

int exportCertificate(const std::string& file) {
    auto authority = user::userAuthority();
    if (!authority) {
        printError(authority.error());
        return exitEnvironment;
    }
    return writeOutput(file, (*authority)->certificatePem(), true);
}

int removeIt(bool yes) {
    if (!yes) {
        fmt::print(
            stderr,
            "This forgets the certificate authority; browsers that trust it will not trust the next one.\n"
            "Run it again with --yes.\n");
        return exitUsage;
    }
    auto removed = user::removeAuthority();
    if (!removed) {
        printError(removed.error());
        return exitEnvironment;
    }
    fmt::print("{}\n", *removed ? "The certificate authority is forgotten." : "There was none.");
    return exitOk;
}

} // namespace

void addCa(CLI::App& root, Action& chosen) {
    struct Options {
        std::string file;
        bool yes = false;
    };
    auto options = std::make_shared<Options>();
    CLI::App* command =
        root.add_subcommand("ca", "The certificate authority that signs the lab's host names, yours alone.");
    command->require_subcommand(1);
    CLI::App* exporting = command->add_subcommand(
        "export", "Write its certificate (never its key), for curl --cacert or a browser.");
    exporting->add_option("-o,--output", options->file,
                          "The file; without it the certificate goes to standard output");
    exporting->callback(
        [&chosen, options] { chosen = [options] { return exportCertificate(options->file); }; });
    CLI::App* removing = command->add_subcommand("remove", "Forget it; the next run makes a new one.");
    removing->add_flag("--yes", options->yes, "Do it");
    removing->callback([&chosen, options] { chosen = [options] { return removeIt(options->yes); }; });
}

} // namespace gatehouse::app
