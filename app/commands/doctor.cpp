#include <CLI/CLI.hpp>
#include <app/commandLine.h>
#include <app/doctor.h>
#include <app/exitCodes.h>
#include <app/json.h>
#include <fmt/core.h>

namespace gatehouse::app {

namespace {

int doctor(std::string_view format) {
    const std::vector<Finding> findings = examine();
    if (format == "json")
        fmt::print("{}", findingsJson(findings));
    else
        for (const Finding& finding : findings) {
            fmt::print("{:8} {}\n", name(finding.state), finding.what);
            if (!finding.cure.empty())
                fmt::print("           → {}\n", finding.cure);
        }
    return allWell(findings) ? exitOk : exitEnvironment;
}

} // namespace

void addDoctor(CLI::App& root, Action& chosen) {
    auto format = std::make_shared<std::string>("text");
    CLI::App* command = root.add_subcommand(
        "doctor", "Look at this machine: what is missing, and what to do about each missing thing.\n"
                  "Exit status 0 when labs can run here, 4 when not.");
    addFormat(*command, *format);
    command->callback([&chosen, format] { chosen = [format] { return doctor(*format); }; });
}

} // namespace gatehouse::app
