// The command line: one file a command under app/commands, each of which adds itself here.
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace gatehouse::app {

int runCommandLine(int argc, char** argv);

// What the command that was named does; its value is the exit status.
using Action = std::function<int()>;

void addRun(CLI::App& root, Action& chosen);
void addRehearse(CLI::App& root, Action& chosen);
void addNew(CLI::App& root, Action& chosen);
void addProtect(CLI::App& root, Action& chosen);
void addCheck(CLI::App& root, Action& chosen);
void addSecret(CLI::App& root, Action& chosen);
void addTotp(CLI::App& root, Action& chosen);
void addCa(CLI::App& root, Action& chosen);

} // namespace gatehouse::app
