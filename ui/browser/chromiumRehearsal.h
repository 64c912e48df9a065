// The rehearsal in the embedded browser without a window: the same scenario, the same journey, the same
// evidence of the engine, acted out by real keys and clicks in Chromium.
#pragma once

#include <engine/engine.h>
#include <rehearsal/loginDriver.h>
#include <rehearsal/recorder.h>
#include <rehearsal/report.h>

#include <functional>
#include <memory>
#include <string>

namespace gatehouse::browser {

struct ChromiumTools {
    engine::Engine& engine; // started with EngineOptions::ownProxy
    rehearsal::Recorder& recorder;
    std::shared_ptr<const arrangement::Arrangement> arrangement;
    rehearsal::UsedCodes& usedCodes;
    std::string authorityPem;
    std::string proxyPassword;
    std::string screenshot; // a PNG file, numbered from the second scenario on; empty: none
    rehearsal::Redact redact;
};

// Calls `perform` with the driver, on a thread of its own, and comes back when it has. For a process without
// a QApplication, from its first thread, once. `mayLackSandbox`: as --no-browser-sandbox. An error: Chromium
// cannot start here, and `perform` was not called.
Result<void> withChromium(const ChromiumTools& tools, bool mayLackSandbox,
                          const std::function<void(rehearsal::LoginDriver&)>& perform);

} // namespace gatehouse::browser
