#include <capture/redactor.h>
#include <engine/engine.h>

#include <CLI/CLI.hpp>
#include <app/commandLine.h>
#include <app/exitCodes.h>
#include <app/fileWatch.h>
#include <app/labLoader.h>
#include <app/requestLog.h>
#include <app/userState.h>
#include <app/wakeUp.h>
#include <cstdio>
#include <fmt/core.h>

namespace gatehouse::app {

namespace {

using namespace std::chrono_literals;

struct Options {
    std::string file;
    bool quiet = false;
    bool verbose = false;
    bool anyPort = false;
    std::vector<std::string> tolerate;
};

void printListening(const engine::Listening& listening) {
    for (const auto& one : listening.listeners)
        fmt::print("  {:12} {}:{}{}\n", one.name, one.host, one.port,
                   one.publicPort == one.port || one.publicPort == 0
                       ? std::string()
                       : fmt::format("  (as port {})", one.publicPort));
}

const engine::Listening::One* listenerFor(const engine::Listening& listening, lab::Listener::Kind kind) {
    for (const auto& one : listening.listeners)
        if (one.kind == kind)
            return &one;
    return nullptr;
}

void printCurl(const arrangement::Arrangement& arrangement, const engine::Listening& listening) {
    const auto* https = listenerFor(listening, lab::Listener::Kind::Https);
    if (https == nullptr || !arrangement.ingress)
        return;
    const auto hosts = arrangement.ingress->hosts();
    if (hosts.empty())
        return;
    const std::string port =
        https->publicPort == 443 || https->publicPort == 0 ? "" : fmt::format(":{}", https->publicPort);
    fmt::print("try it:\n  curl --cacert '{}' --connect-to {}:{}:{}:{} https://{}{}/\n",
               (stateFolder() / "ca.pem").string(), hosts.front(),
               https->publicPort == 0 ? 443 : https->publicPort, https->host, https->port, hosts.front(),
               port);
    if (const auto* proxy = listenerFor(listening, lab::Listener::Kind::Connect))
        fmt::print("a browser: set its HTTPS proxy to {}:{} and let it trust that certificate\n", proxy->host,
                   proxy->port);
}

void printUsers(const Options& options, const LoadedLab& lab) {
    for (const lab::Provider& provider : lab.arrangement->document->lab().providers)
        for (const realm::Realm& realm : provider.realms)
            for (const realm::User& user : realm.users)
                for (const realm::Credential& credential : user.credentials)
                    if (credential.type == "password")
                        fmt::print(
                            "  {}: password by `gatehouse secret {} {}`, code by `gatehouse totp {} {}`\n",
                            user.username, options.file, credential.value.name, options.file, user.username);
}

void printStart(const Options& options, const LoadedLab& lab, const engine::Listening& listening) {
    fmt::print("{} is running\n", lab.arrangement->name);
    printListening(listening);
    printCurl(*lab.arrangement, listening);
    fmt::print("users:\n");
    printUsers(options, lab);
    fmt::print("not rehearsed here:\n");
    for (const std::string& limit : lab.arrangement->notRehearsed)
        fmt::print("  - {}\n", limit);
    std::fflush(stdout);
}

class Running {
public:
    Running(const Options& options, LoadedLab lab, engine::Engine& engine)
        : options_(options), engine_(engine),
          redact_(*lab.arrangement->secrets, lab.arrangement->secretNames) {}

    void log() {
        const engine::Batch batch = engine_.take();
        const Detail detail = options_.quiet     ? Detail::Quiet
                              : options_.verbose ? Detail::All
                                                 : Detail::Requests;
        for (const auto& exchange : batch.exchanges)
            fmt::print("{}", logLines(*exchange, detail, redact_));
        if (batch.dropped > 0)
            fmt::print(stderr, "{} requests came faster than they could be logged\n", batch.dropped);
        std::fflush(stdout);
    }

    void reload() {
        auto loaded = loadLab(options_.file, options_.tolerate);
        printProblems(loaded.problems);
        if (!loaded.value) {
            fmt::print(stderr, "{} has changed and is wrong; the last good arrangement goes on\n",
                       options_.file);
            return;
        }
        if (auto applied = engine::applyAndWait(engine_, loaded.value->arrangement); !applied) {
            printError(applied.error());
            fmt::print(stderr, "the last good arrangement goes on\n");
            return;
        }
        redact_ =
            capture::Redactor(*loaded.value->arrangement->secrets, loaded.value->arrangement->secretNames);
        fmt::print("{} has changed and is applied\n", options_.file);
        std::fflush(stdout);
    }

private:
    const Options& options_;
    engine::Engine& engine_;
    capture::Redactor redact_;
};

gatehouse::Result<std::unique_ptr<engine::Engine>> startEngine(const Options& options, WakeUp& wakeUp) {
    auto authority = userAuthority();
    if (!authority)
        return std::unexpected(authority.error());
    engine::EngineOptions engineOptions;
    engineOptions.authority = *authority;
    engineOptions.anyFreePort = options.anyPort;
    return engine::Engine::start(std::move(engineOptions), [&wakeUp] { wakeUp.notify(); });
}

int run(const Options& options) {
    FileWatch watch(options.file);
    auto loaded = loadLab(options.file, options.tolerate);
    printProblems(loaded.problems);
    if (!loaded.value)
        return exitLab;
    auto wakeUp = WakeUp::create();
    if (!wakeUp) {
        printError(wakeUp.error());
        return exitEnvironment;
    }
    auto started = startEngine(options, **wakeUp);
    if (!started) {
        printError(started.error());
        return exitEnvironment;
    }
    engine::Engine& engine = **started;
    auto listening = engine::applyAndWait(engine, loaded.value->arrangement);
    if (!listening) {
        printError(listening.error());
        fmt::print(stderr, "    --any-port takes free ports instead\n");
        return exitEnvironment;
    }
    printStart(options, *loaded.value, *listening);
    Running running(options, std::move(*loaded.value), engine);
    while (!(*wakeUp)->asked()) {
        (*wakeUp)->wait(300ms);
        running.log();
        if (watch.changed())
            running.reload();
    }
    started->reset(); // graceful, before the last lines
    fmt::print("stopped\n");
    return exitOk;
}

} // namespace

void addRun(CLI::App& root, Action& chosen) {
    auto options = std::make_shared<Options>();
    CLI::App* command =
        root.add_subcommand("run", "Run a lab until Ctrl+C; changes of the file are applied while it runs.\n"
                                   "Example: gatehouse run story.gatehouse.yaml");
    command->add_option("lab", options->file, "The lab's file")->required();
    auto* quiet = command->add_flag("-q,--quiet", options->quiet, "No line for each request");
    command->add_flag("-v,--verbose", options->verbose, "Sub-requests and every decision too")
        ->excludes(quiet);
    command->add_flag("--any-port", options->anyPort, "Take free ports instead of the lab's own");
    command->add_option("--tolerate", options->tolerate,
                        "An option, annotation or field that may be used although it has no effect yet");
    command->callback([&chosen, options] { chosen = [options] { return run(*options); }; });
}

} // namespace gatehouse::app
