// The window, as the command line opens it. In a build without one (GATEHOUSE_UI=OFF) it says so.
#pragma once

#include <string>

namespace gatehouse::app {

struct WindowOptions {
    std::string lab;   // empty: the start page
    bool demo = false; // run the story's lab and log in at once
    bool softwareRendering = false;
    bool browserSandbox = true;
};

bool hasWindow();                             // in this build
bool canShowWindow();                         // there is a display, and a window in this build
int openWindow(const WindowOptions& options); // an exit status, when the window is closed

} // namespace gatehouse::app
