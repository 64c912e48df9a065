#include <arrangement/secrets.h>
#include <kubernetes/kubernetes.h>

#include <CLI/CLI.hpp>
#include <app/commandLine.h>
#include <app/exitCodes.h>
#include <app/json.h>
#include <app/output.h>
#include <app/printProblems.h>
#include <fmt/core.h>
#include <user/manifests.h>

namespace gatehouse::app {

namespace {

struct Options {
    std::string source;
    std::string file;
    std::string format = "text";
    bool force = false;
};

void tell(const Options& options, const std::vector<Problem>& problems, bool ok) {
    if (options.format == "json" && toFile(options.file))
        fmt::print("{}", problemsJson(options.source, ok, problems));
    else
        printProblems(problems);
}

// The lab has their names only; the values stay where they were.
void tellSecrets(const crypto::SecretMap& secrets) {
    if (secrets.values.empty())
        return;
    fmt::print(
        stderr,
        "the manifests hold values of secrets, which the lab does not: `run -f` takes them from there; "
        "else set\n");
    for (const auto& [name, value] : secrets.values)
        fmt::print(stderr, "  {}\n", arrangement::environmentName(name));
}

int read(const Options& options) {
    const auto sources = user::readSources(options.source);
    if (!sources) {
        tell(options, {{Problem::Kind::Refused, sources.error()}}, false);
        return exitLab;
    }
    const auto imported = kubernetes::read(*sources, user::nameOfSources(options.source));
    if (!imported.value) {
        tell(options, imported.problems, false);
        return exitLab;
    }
    const int status = writeOutput(options.file, imported.value->text, options.force);
    tell(options, imported.problems, status == exitOk);
    if (status == exitOk && toFile(options.file)) {
        tellSecrets(imported.value->secrets);
        fmt::print(stderr, "{0} is written\n  gatehouse check {0}      says whether it can run\n",
                   options.file);
    }
    return status;
}

} // namespace

void addImport(CLI::App& root, Action& chosen) {
    auto options = std::make_shared<Options>();
    CLI::App* command = root.add_subcommand(
        "import", "Read Kubernetes manifests and realm exports into a lab; what it cannot hold is told with\n"
                  "file and line. Values of secrets never enter the lab.\n"
                  "Example: gatehouse import manifests -o story.gatehouse.yaml");
    command->add_option("source", options->source, "A file, or a folder with or without a kustomization.yaml")
        ->required()
        ->type_name("FILE|DIR");
    command->add_option("-o,--output", options->file,
                        "The lab's file; without it the lab goes to standard output");
    command->add_flag("--force", options->force, "Overwrite a file that is there");
    addFormat(*command, options->format);
    command->callback([&chosen, options] { chosen = [options] { return read(*options); }; });
}

} // namespace gatehouse::app
