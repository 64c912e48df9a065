// The embedded browser as a rehearsal's driver, in builds that have it.
#pragma once

#include <engine/engine.h>
#include <rehearsal/loginDriver.h>
#include <rehearsal/recorder.h>
#include <rehearsal/report.h>

#include <functional>
#include <memory>
#include <string>

namespace gatehouse::app {

struct BrowserTools {
    engine::Engine& engine; // started with EngineOptions::ownProxy
    rehearsal::Recorder& recorder;
    std::shared_ptr<const arrangement::Arrangement> arrangement;
    rehearsal::UsedCodes& usedCodes;
    std::string authorityPem;
    std::string proxyPassword;
    std::string screenshot; // empty: none
    rehearsal::Redact redact;
    bool sandbox = true;
};

// Calls `perform` with the driver. An error: the browser does not start here, or this build has none.
Result<void> withBrowser(const BrowserTools& tools,
                         const std::function<void(rehearsal::LoginDriver&)>& perform);

} // namespace gatehouse::app
