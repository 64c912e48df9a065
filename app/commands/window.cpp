#include <CLI/CLI.hpp>
#include <app/commandLine.h>
#include <app/openWindow.h>
#include <memory>

namespace gatehouse::app {

void addWindow(CLI::App& root, Action& chosen) {
    auto options = std::make_shared<WindowOptions>();
    CLI::App* command = root.add_subcommand(
        "window", "Open the window; `gatehouse` alone does the same where there is a display.\n"
                  "Example: gatehouse window story.gatehouse.yaml");
    command->add_option("lab", options->lab, "A lab to open");
    command->add_flag("--demo", options->demo, "Run the story's lab and log in at once");
    command->add_flag("--software-rendering", options->softwareRendering,
                      "Draw without the graphics card: for machines where its driver is broken");
    command->add_flag_callback(
        "--no-browser-sandbox", [options] { options->browserSandbox = false; },
        "Let the embedded browser run as root, where Chromium's sandbox cannot work");
    command->callback([&chosen, options] { chosen = [options] { return openWindow(*options); }; });
}

} // namespace gatehouse::app
