// ChromiumStart: what has to be true before the first profile of the embedded browser, because Chromium reads
// its flags once. All of it lives in the process's environment, which is where QtWebEngine looks.
#pragma once

#include <base/error.h>

#include <cstdint>
#include <vector>

namespace gatehouse::browser {

struct ChromiumWishes {
    bool softwareRendering = false; // --software-rendering
    bool sandbox = true;            // false: --no-browser-sandbox
};
// Before QApplication, which must not get the user's arguments: behind `--webEngineArgs` Chromium would read
// them. The browser's flags are the product's own: those of the environment are overwritten, and the
// debugging port is off.
void prepareChromium(const ChromiumWishes& wishes);

// What keeps Chromium from starting (Refused) or what was done about this machine (Warning). Ask before the
// first profile: where Chromium refuses, it ends the process.
std::vector<Problem> chromiumProblems();

// Everything Chromium asks for goes to the engine's own CONNECT proxy at this port of 127.0.0.1, loopback
// names too. Before the first profile; the first call counts for the life of the process, and another port
// later is an error that asks for a restart.
Result<void> useProxy(std::uint16_t port);

} // namespace gatehouse::browser
