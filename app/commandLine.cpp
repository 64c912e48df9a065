#include <CLI/CLI.hpp>
#include <app/commandLine.h>
#include <app/exitCodes.h>
#include <app/openWindow.h>
#include <cstring>

namespace gatehouse::app {

namespace {

constexpr const char* introduction =
    "Gatehouse runs single sign-on on your desk: an OpenID provider like Keycloak, the gate that "
    "oauth2-proxy\n"
    "is, the external-auth ingress that ingress-nginx is, and a service behind them. What passes here passes "
    "in\n"
    "the cluster.\n\n"
    "Start here:\n"
    "  gatehouse new story -o story.gatehouse.yaml     a complete lab with comments\n"
    "  gatehouse rehearse story.gatehouse.yaml         log in by password and one-time code, every hop "
    "explained\n"
    "  gatehouse run story.gatehouse.yaml              keep it running for your browser\n"
    "  gatehouse protect http://127.0.0.1:3000 --host app.example.test -o app.gatehouse.yaml";

constexpr const char* closing = "Exit status: 0 as expected; 1 a rehearsal went otherwise; 2 wrong use; 3 "
                                "the lab is missing, unreadable or\n"
                                "wrong; 4 this machine lacks something (`gatehouse doctor`).";

void addCommands(CLI::App& root, Action& chosen) {
    for (const auto add :
         {addNew, addProtect, addRehearse, addRun, addCheck, addExplain, addSchema, addExport, addImport,
          addSecret, addTotp, addCa, addOauth2Proxy, addWhoami, addDoctor, addCompletion, addWindow})
        add(root, chosen);
}

} // namespace

void addLab(CLI::App& command, std::string& file) {
    command.add_option("lab", file, "The lab's file")->required();
}

void addLabOrManifests(CLI::App& command, std::string& file, std::string& manifests) {
    CLI::Option* lab = command.add_option("lab", file, "The lab's file");
    command
        .add_option("-f,--manifests", manifests,
                    "Kubernetes manifests in place of a lab: a file, or a folder with or without a "
                    "kustomization.yaml")
        ->type_name("FILE|DIR")
        ->excludes(lab);
}

void needLabOrManifests(const std::string& file, const std::string& manifests) {
    if (file.empty() && manifests.empty())
        throw CLI::RequiredError("lab, or -f FILE|DIR,");
}

void addTolerate(CLI::App& command, std::vector<std::string>& names) {
    command
        .add_option(
            "--tolerate", names,
            "An option, annotation or field that may be used although it has no effect yet; may be repeated")
        ->type_name("NAME")
        ->allow_extra_args(false);
}

void addFormat(CLI::App& command, std::string& format) {
    command.add_option("--format", format, "text for people, json (alone on standard output) for programs")
        ->check(CLI::IsMember({"text", "json"}))
        ->capture_default_str();
}

int runCommandLine(int argc, char** argv) {
    if (argc > 1 && std::strcmp(argv[1], "oauth2-proxy") == 0)
        return runOauth2Proxy({argv + 2, argv + argc});
    if (argc == 1 && canShowWindow())
        return openWindow({});
    CLI::App root(introduction, "gatehouse");
    root.footer(closing);
    root.set_version_flag("--version", "gatehouse " GATEHOUSE_VERSION);
    root.require_subcommand(1);
    root.set_help_all_flag("--help-all", "The help of every command");
    Action chosen;
    addCommands(root, chosen);
    try {
        root.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const int status = root.exit(error);
        return status == 0 ? exitOk : exitUsage;
    }
    return chosen();
}

} // namespace gatehouse::app
