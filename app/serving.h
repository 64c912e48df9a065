// Serving: an engine in the foreground: a line a request, until SIGINT or SIGTERM asks to end.
#pragma once

#include <capture/redactor.h>
#include <engine/engine.h>

#include <app/runVoice.h>
#include <app/wakeUp.h>
#include <functional>
#include <memory>

namespace gatehouse::app {

class Serving {
public:
    // `voice` outlives it.
    static Result<std::unique_ptr<Serving>> start(bool anyFreePort, RunVoice& voice);

    // Whole or not at all, as engine::Engine::apply.
    Result<engine::Listening> apply(const std::shared_ptr<const arrangement::Arrangement>& arrangement);
    // Logs, and calls `between` at every waking, until somebody asks to end; then ends, last lines included.
    void untilAsked(const std::function<void()>& between);

private:
    explicit Serving(RunVoice& voice) : voice_(voice) {}
    void log();

    RunVoice& voice_;
    capture::Redactor redact_;
    std::unique_ptr<WakeUp> wakeUp_; // the engine wakes it: it goes last
    std::unique_ptr<engine::Engine> engine_;
};

// Says what hinders, who holds a taken port and which one is free; `advice` is how to take another one.
void printApplyError(const Error& error, std::string_view advice);

} // namespace gatehouse::app
