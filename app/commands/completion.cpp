#include <CLI/CLI.hpp>
#include <app/commandLine.h>
#include <app/completion.h>
#include <app/output.h>

namespace gatehouse::app {

void addCompletion(CLI::App& root, Action& chosen) {
    auto shell = std::make_shared<std::string>();
    CLI::App* command =
        root.add_subcommand("completion", "Print the script by which a shell completes commands.\n"
                                          "Example: source <(gatehouse completion bash)");
    command->add_option("shell", *shell, "bash, zsh or fish")
        ->required()
        ->check(CLI::IsMember({"bash", "zsh", "fish"}));
    command->callback([&chosen, &root, shell] {
        chosen = [&root, shell] {
            const auto commands = completedCommands(root);
            return writeOutput("",
                               *shell == "bash"  ? bashCompletion(commands)
                               : *shell == "zsh" ? zshCompletion(commands)
                                                 : fishCompletion(commands),
                               true);
        };
    });
}

} // namespace gatehouse::app
