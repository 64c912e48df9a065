#include <CLI/CLI.hpp>
#include <app/commandLine.h>
#include <app/exitCodes.h>

namespace gatehouse::app {

namespace {

constexpr const char* introduction =
    "Gatehouse runs single sign-on on your desk: an OpenID provider like Keycloak, the gate that "
    "oauth2-proxy is,\n"
    "the external-auth ingress that ingress-nginx is, and a service behind them. What passes here passes in "
    "the cluster.\n\n"
    "Start here:\n"
    "  gatehouse new story -o story.gatehouse.yaml     a complete lab with comments\n"
    "  gatehouse rehearse story.gatehouse.yaml         log in by password and one-time code, every hop "
    "explained\n"
    "  gatehouse run story.gatehouse.yaml              keep it running for your browser\n"
    "  gatehouse protect http://127.0.0.1:3000 --host app.example.test -o app.gatehouse.yaml";

} // namespace

int runCommandLine(int argc, char** argv) {
    CLI::App root(introduction, "gatehouse");
    root.set_version_flag("--version", "gatehouse " GATEHOUSE_VERSION);
    root.require_subcommand(1);
    root.set_help_all_flag("--help-all", "The help of every command");
    Action chosen;
    for (const auto add : {addNew, addRehearse, addRun, addProtect, addCheck, addSecret, addTotp, addCa})
        add(root, chosen);
    try {
        root.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const int status = root.exit(error);
        return status == 0 ? exitOk : exitUsage;
    }
    return chosen();
}

} // namespace gatehouse::app
