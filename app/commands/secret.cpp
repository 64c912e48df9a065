#include <CLI/CLI.hpp>
#include <app/commandLine.h>
#include <app/exitCodes.h>
#include <app/printProblems.h>
#include <fmt/core.h>
#include <user/labLoader.h>

namespace gatehouse::app {

namespace {

struct Options {
    std::string file;
    std::string name;
};

int showSecret(const Options& options) {
    const auto document = user::loadDocument(options.file);
    if (!document.value) {
        printProblems(document.problems);
        return failureStatus(document.problems);
    }
    const auto secrets = user::loadSecrets(**document.value);
    if (!secrets.value) {
        printProblems(secrets.problems);
        return failureStatus(secrets.problems);
    }
    const crypto::SecretString* secret = secrets.value->source->find(options.name);
    if (secret == nullptr) {
        fmt::print(stderr, "error: {} uses no secret called {}. It uses:", options.file, options.name);
        for (const arrangement::SecretNeed& need : arrangement::secretNeeds(**document.value))
            fmt::print(stderr, " {}", need.name);
        fmt::print(stderr, "\n");
        return exitUsage;
    }
    secret->reveal([](std::string_view value) { fmt::print("{}\n", value); });
    return exitOk;
}

} // namespace

void addSecret(CLI::App& root, Action& chosen) {
    auto options = std::make_shared<Options>();
    CLI::App* command =
        root.add_subcommand("secret", "Show the value of one of a lab's secrets.\n"
                                      "Example: gatehouse secret story.gatehouse.yaml alice-password");
    addLab(*command, options->file);
    command->add_option("name", options->name, "The secret's name, as in {secret: NAME}")->required();
    command->callback([&chosen, options] { chosen = [options] { return showSecret(*options); }; });
}

} // namespace gatehouse::app
