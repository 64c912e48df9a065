#include <CLI/CLI.hpp>
#include <app/commandLine.h>
#include <app/exitCodes.h>
#include <app/printProblems.h>
#include <app/serving.h>
#include <user/labLoader.h>

namespace gatehouse::app {

namespace {

// One listener, one service, nothing between.
std::shared_ptr<const arrangement::Arrangement> whoamiAlone(const lab::Listener& listener) {
    auto out = std::make_shared<arrangement::Arrangement>();
    out->name = "whoami";
    out->listeners.push_back(listener);
    arrangement::ServicePlan service;
    service.ref.name = "whoami";
    service.ref.port = 80;
    service.backend = arrangement::WhoamiBackend{"whoami"};
    out->services.push_back(std::move(service));
    out->secrets = std::make_shared<crypto::SecretMap>();
    return out;
}

struct Options {
    std::uint16_t port = 8000;
    std::string host = "127.0.0.1";
    bool quiet = false;
};

int whoami(const Options& options) {
    const auto voice = textVoice(options.quiet ? Detail::Quiet : Detail::Requests);
    auto serving = Serving::start(false, *voice);
    if (!serving) {
        printError(serving.error());
        return exitEnvironment;
    }
    lab::Listener listener;
    listener.name = "http";
    listener.kind = lab::Listener::Kind::Http;
    listener.bindHost = options.host;
    listener.bindPort = options.port;
    const auto plan = whoamiAlone(listener);
    const auto listening = (*serving)->apply(plan);
    if (!listening) {
        printApplyError(listening.error(), "give it by --port");
        return exitEnvironment;
    }
    voice->running({}, *plan, *listening);
    (*serving)->untilAsked([] {});
    return exitOk;
}

} // namespace

void addWhoami(CLI::App& root, Action& chosen) {
    auto options = std::make_shared<Options>();
    CLI::App* command = root.add_subcommand(
        "whoami",
        "Serve whoami alone: it answers with the request as it arrived. Good behind a proxy of yours.\n"
        "Example: gatehouse whoami --port 8000");
    command->add_option("--port", options->port, "Where it listens; 0 takes any free port")
        ->capture_default_str();
    command->add_option("--host", options->host, "At which address of this machine")->capture_default_str();
    command->add_flag("-q,--quiet", options->quiet, "No line for each request");
    command->callback([&chosen, options] { chosen = [options] { return whoami(*options); }; });
}

} // namespace gatehouse::app
