#include <app/freePort.h>
#include <app/printProblems.h>
#include <app/serving.h>
#include <charconv>
#include <fmt/core.h>
#include <user/labLoader.h>
#include <user/realmKeyFiles.h>
#include <user/userState.h>

namespace gatehouse::app {

namespace {

using namespace std::chrono_literals;

constexpr auto glance = 300ms; // between two looks at the lab's file
// Exchanges are fetched in bunches: to be woken for each costs both threads more than serving it.
constexpr auto bunch = 16ms;
constexpr auto lastLook = 50ms; // for exchanges that ended while the listeners closed

std::string_view argument(const Error& error, std::string_view name) {
    const auto found = error.args.find(std::string(name));
    return found == error.args.end() ? std::string_view{} : std::string_view(found->second);
}

} // namespace

Result<std::unique_ptr<Serving>> Serving::start(bool anyFreePort, RunVoice& voice) {
    auto authority = user::userAuthority();
    if (!authority)
        return std::unexpected(authority.error());
    auto wakeUp = WakeUp::create();
    if (!wakeUp)
        return std::unexpected(wakeUp.error());
    std::unique_ptr<Serving> out(new Serving(voice));
    out->wakeUp_ = std::move(*wakeUp);
    engine::EngineOptions options;
    options.authority = *authority;
    options.anyFreePort = anyFreePort;
    options.realmKeys = std::make_shared<user::RealmKeyFiles>(user::stateFolder() / "realm-keys", printError);
    auto engine = engine::Engine::start(std::move(options), [wake = out->wakeUp_.get()] { wake->notify(); });
    if (!engine)
        return std::unexpected(engine.error());
    out->engine_ = std::move(*engine);
    return out;
}

Result<engine::Listening> Serving::apply(const std::shared_ptr<const arrangement::Arrangement>& arrangement) {
    auto listening = engine::applyAndWait(*engine_, arrangement);
    if (listening) {
        log(); // what was decided before is redacted by what was secret then
        redact_ = capture::Redactor(*arrangement->secrets, arrangement->secretNames);
    }
    return listening;
}

void Serving::log() {
    const engine::Batch batch = engine_->take();
    for (const auto& exchange : batch.exchanges)
        voice_.exchange(*exchange, redact_);
    if (batch.dropped > 0)
        voice_.dropped(batch.dropped);
}

void Serving::untilAsked(const std::function<void()>& between) {
    while (!wakeUp_->asked()) {
        wakeUp_->wait(glance);
        wakeUp_->wait(bunch); // the engine wakes once, until its exchanges are taken
        log();
        between();
    }
    wakeUp_->letGo(); // who asks twice does not want to wait
    // The listeners close, then the last lines, then the time of grace for whoever is still under way.
    if (auto closed = engine::applyAndWait(*engine_, nullptr); !closed)
        printError(closed.error());
    wakeUp_->wait(lastLook);
    log();
    engine_->stop();
    log(); // who ended in the time of grace
    voice_.stopped();
}

void printApplyError(const Error& error, std::string_view advice) {
    printError(error);
    if (error.what->code != "port-taken")
        return;
    const std::string host(argument(error, "host"));
    const std::string_view port = argument(error, "port");
    std::uint16_t taken = 0;
    std::from_chars(port.data(), port.data() + port.size(), taken);
    if (const std::uint16_t free = freePortFrom(host, static_cast<std::uint16_t>(taken + 1)); free != 0)
        fmt::print(stderr, "    {}:{} is free: {}\n", host, free, advice);
}

} // namespace gatehouse::app
