// The build without a window.
#include <app/exitCodes.h>
#include <app/openWindow.h>
#include <cstdio>
#include <fmt/core.h>

namespace gatehouse::app {

bool hasWindow() {
    return false;
}

bool canShowWindow() {
    return false;
}

int openWindow(const WindowOptions&) {
    fmt::print(stderr,
               "error: this gatehouse was built without its window\n"
               "    packaging/bootstrap build makes one with it; `gatehouse --help` has what works here\n");
    return exitEnvironment;
}

} // namespace gatehouse::app
