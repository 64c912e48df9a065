// The command line: one file a command under app/commands, each of which adds itself here.
#pragma once

#include <functional>
#include <string>
#include <vector>

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
void addOauth2Proxy(CLI::App& root, Action& chosen);
void addWhoami(CLI::App& root, Action& chosen);
void addExplain(CLI::App& root, Action& chosen);
void addSchema(CLI::App& root, Action& chosen);
void addDoctor(CLI::App& root, Action& chosen);
void addCompletion(CLI::App& root, Action& chosen);
void addWindow(CLI::App& root, Action& chosen);
void addExport(CLI::App& root, Action& chosen);
void addImport(CLI::App& root, Action& chosen);

// `gatehouse oauth2-proxy` with its arguments as they are: the original's flags are not ours to parse.
int runOauth2Proxy(const std::vector<std::string>& arguments);

// Options that several commands have, said in one way.
void addLab(CLI::App& command, std::string& file);
// The same, or manifests by -f. One of them must be given: to be asked in the command's callback, throws as
// CLI11 does.
void addLabOrManifests(CLI::App& command, std::string& file, std::string& manifests);
void needLabOrManifests(const std::string& file, const std::string& manifests);
void addTolerate(CLI::App& command, std::vector<std::string>& names);
void addFormat(CLI::App& command, std::string& format); // text or json

} // namespace gatehouse::app
