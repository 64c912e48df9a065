// Scripts by which a shell completes the command line. They are made from the commands' own description, so
// nothing is missing from them.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace gatehouse::app {

struct CompletedOption {
    std::vector<std::string> flags;   // "--format", "-q"
    std::vector<std::string> choices; // of its value
    std::string help;
    bool takesValue = false;
};

struct CompletedCommand {
    std::string name;
    std::string help; // one line
    std::vector<CompletedOption> options;
    std::vector<std::string> words; // subcommands, or what its first argument may be
};

std::vector<CompletedCommand> completedCommands(const CLI::App& root);

std::string bashCompletion(const std::vector<CompletedCommand>& commands);
std::string zshCompletion(const std::vector<CompletedCommand>& commands);
std::string fishCompletion(const std::vector<CompletedCommand>& commands);

} // namespace gatehouse::app
