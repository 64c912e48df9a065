// oauth2-proxy by its own flags. Exit codes and the words of refusals are the original's (main.go,
// pkg/validation/options.go): flag errors 2 with the usage before them, everything else 1, a signal and
// --help 0.
#include <gate/options.h>

#include <CLI/CLI.hpp>
#include <app/commandLine.h>
#include <app/exitCodes.h>
#include <app/printProblems.h>
#include <app/serving.h>
#include <cstdio>
#include <fmt/core.h>
#include <user/labLoader.h>
#include <user/userState.h>

extern char** environ;

namespace gatehouse::app {

namespace {

constexpr int exitFlags = 2;
constexpr int exitOriginal = 1;

std::vector<std::pair<std::string, std::string>> variables() {
    std::vector<std::pair<std::string, std::string>> out;
    for (char** at = environ; *at != nullptr; ++at) {
        const std::string_view line = *at;
        const auto equals = line.find('=');
        if (line.starts_with("OAUTH2_PROXY_") && equals != std::string_view::npos)
            out.emplace_back(line.substr(0, equals), line.substr(equals + 1));
    }
    return out;
}

void printUsage(std::FILE* to) {
    fmt::print(
        to,
        "Usage of gatehouse oauth2-proxy: the flags of oauth2-proxy 7.15, OAUTH2_PROXY_* in the\n"
        "environment, and --config FILE (TOML). Example:\n"
        "  gatehouse oauth2-proxy --provider=keycloak-oidc --oidc-issuer-url=… --client-id=…\n"
        "      --client-secret=… --cookie-secret=… --email-domain=* --upstream=http://127.0.0.1:3000\n\n");
    std::string_view section;
    for (const gate::OptionRow& row : gate::options()) {
        if (row.section != section)
            fmt::print(to, "{}:\n", row.section);
        section = row.section;
        fmt::print(to, "  --{}{}\n        {}{}{}\n", row.name,
                   row.type == gate::OptionType::Boolean ? "" : " VALUE", row.help,
                   row.byDefault.empty() ? "" : fmt::format(" (default {})", row.byDefault),
                   row.support == Support::Does ? "" : fmt::format(" [{}: {}]", name(row.support), row.note));
    }
}

// pflag's errors come after the usage and end with 2.
bool isOfFlags(const std::vector<Problem>& problems) {
    for (const Problem& problem : problems)
        if (problem.error.what->code.starts_with("flag-"))
            return true;
    return false;
}

void printOriginal(std::string_view prefix, const std::vector<Problem>& problems) {
    for (const Problem& problem : problems) {
        const bool refused = problem.kind == Problem::Kind::Refused;
        fmt::print(stderr, "{}{}{}\n", refused ? prefix : "warning: ", text(problem.error),
                   problem.error.technical.empty() ? "" : fmt::format(" ({})", problem.error.technical));
        if (const std::string advice = hint(problem.error); !advice.empty())
            fmt::print(stderr, "      {}\n", advice);
    }
}

int refuseCommandLine(const std::vector<Problem>& problems) {
    if (isOfFlags(problems)) {
        printUsage(stderr);
        printOriginal("", problems);
        return exitFlags;
    }
    printOriginal("ERROR: ", problems);
    return exitOriginal;
}

int serve(const std::shared_ptr<const arrangement::Arrangement>& plan) {
    const auto voice = textVoice(Detail::Requests);
    auto serving = Serving::start(false, *voice);
    if (!serving) {
        printError(serving.error());
        return exitOriginal;
    }
    const auto listening = (*serving)->apply(plan);
    if (!listening) {
        printApplyError(listening.error(), "give it by --http-address");
        return exitOriginal;
    }
    voice->running({}, *plan, *listening);
    (*serving)->untilAsked([] {});
    return exitOk;
}

int start(gate::CommandLineInput input, bool testOnly) {
    auto read = gate::readCommandLine(input);
    if (!read.value)
        return refuseCommandLine(read.problems);
    printOriginal("", read.problems);
    auto compiled = arrangement::compileGate(*read.value);
    if (!compiled.value) {
        fmt::print(stderr, "invalid configuration:\n");
        printOriginal("  ", compiled.problems);
        return exitOriginal;
    }
    printOriginal("", compiled.problems);
    if (testOnly) {
        fmt::print("configuration is valid\n");
        return exitOk;
    }
    return serve(*compiled.value);
}

} // namespace

int runOauth2Proxy(const std::vector<std::string>& arguments) {
    const gate::ProcessFlags flags = gate::readProcessFlags(arguments);
    if (flags.help) {
        printUsage(stdout);
        return exitOk;
    }
    if (flags.version) {
        fmt::print("oauth2-proxy v7.15 as gatehouse {} does it\n", GATEHOUSE_VERSION);
        return exitOk;
    }
    if (!flags.alphaConfig.empty() || flags.convertToAlpha) {
        fmt::print(stderr,
                   "ERROR: the alpha format of oauth2-proxy's configuration is not read or written yet\n"
                   "      `gatehouse explain alpha-config` tells how far it is.\n");
        return exitOriginal;
    }
    gate::CommandLineInput input{arguments, variables(), {}, flags.config};
    if (!flags.config.empty()) {
        auto toml = user::readFile(flags.config);
        if (!toml) {
            fmt::print(stderr, "ERROR: failed to load config: unable to load config file: open {}: {}\n",
                       flags.config, toml.error().technical);
            return exitOriginal;
        }
        input.toml = std::move(*toml);
    }
    return start(std::move(input), flags.configTest);
}

// For the list of commands and for completion; its arguments never come this way.
void addOauth2Proxy(CLI::App& root, Action& chosen) {
    CLI::App* command = root.add_subcommand(
        "oauth2-proxy", "Run one gate by oauth2-proxy's own flags, environment and TOML file.\n"
                        "Example: gatehouse oauth2-proxy --config oauth2-proxy.cfg --config-test");
    command->callback([&chosen] { chosen = [] { return runOauth2Proxy({}); }; });
}

} // namespace gatehouse::app
