#include <lab/document.h>

#include <app/exitCodes.h>
#include <app/output.h>
#include <app/printProblems.h>
#include <cstdio>
#include <filesystem>
#include <fmt/core.h>
#include <user/labLoader.h>

namespace gatehouse::app {

bool toFile(const std::string& file) {
    return !file.empty() && file != "-";
}

int writeOutput(const std::string& file, std::string_view text, bool force) {
    if (!toFile(file)) {
        std::fwrite(text.data(), 1, text.size(), stdout);
        return std::fflush(stdout) == 0 ? exitOk : exitEnvironment;
    }
    if (!force && std::filesystem::exists(file)) {
        fmt::print(stderr, "error: {} is there already; --force overwrites it\n", file);
        return exitUsage;
    }
    if (auto saved = lab::saveWhole(file, text); !saved) {
        printError(saved.error());
        return exitEnvironment;
    }
    return exitOk;
}

} // namespace gatehouse::app
