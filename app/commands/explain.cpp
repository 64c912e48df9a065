#include <CLI/CLI.hpp>
#include <algorithm>
#include <app/commandLine.h>
#include <app/exitCodes.h>
#include <app/json.h>
#include <app/vocabulary.h>
#include <fmt/core.h>

namespace gatehouse::app {

namespace {

struct Options {
    std::string name;
    std::string list;
    std::string format = "text";
};

std::vector<std::string> listable() {
    std::vector<std::string> out{"all", "names"};
    for (const KindName& kind : kindNames())
        out.emplace_back(kind.name);
    return out;
}

std::vector<const Entry*> entriesOf(std::string_view kind) {
    std::vector<const Entry*> out;
    for (const Entry& entry : vocabulary())
        if (kind == "all" || kind == "names" ||
            kindNames()[static_cast<std::size_t>(entry.kind)].name == kind)
            out.push_back(&entry);
    return out;
}

void printEntry(const Entry& entry) {
    fmt::print("{} ({})\n  {}\n", entry.name, words(entry.kind), entry.text);
    for (const auto& [label, value] : entry.facts)
        fmt::print("  {:13} {}\n", std::string(label) + ':', value);
    if (!entry.alsoAs.empty()) {
        fmt::print("  {:13}", "also as:");
        for (const std::string& other : entry.alsoAs)
            fmt::print(" {}", other);
        fmt::print("\n");
    }
}

void printLine(const Entry& entry) {
    const std::string_view support = entry.fact("support");
    fmt::print("{:52} {:8} {}\n", entry.name, support, entry.text);
}

int list(const Options& options) {
    const auto entries = entriesOf(options.list);
    if (options.format == "json") {
        fmt::print("{}", entriesJson(options.list, entries, {}));
        return exitOk;
    }
    for (const Entry* entry : entries)
        if (options.list == "names") // for completion: a name a line
            fmt::print("{}\n", entry->name);
        else
            printLine(*entry);
    return exitOk;
}

void printUnknown(std::string_view asked, const std::vector<std::string_view>& nearest) {
    fmt::print(stderr, "error: nothing here is called {}\n", asked);
    if (nearest.empty()) {
        fmt::print(stderr, "    `gatehouse explain --list all` prints every name\n");
        return;
    }
    fmt::print(stderr, "    did you mean");
    for (const std::string_view near : nearest)
        fmt::print(stderr, " {}{}", near, near == nearest.back() ? "?\n" : ",");
}

int explain(const Options& options) {
    if (!options.list.empty())
        return list(options);
    if (options.name.empty()) {
        fmt::print(stderr, "error: which name? `gatehouse explain --list all` prints every one\n");
        return exitUsage;
    }
    const auto entries = entriesNamed(options.name);
    const auto nearest = entries.empty() ? nearestNames(options.name) : std::vector<std::string_view>();
    if (options.format == "json")
        fmt::print("{}", entriesJson(options.name, entries, nearest));
    else
        for (const Entry* entry : entries) {
            if (entry != entries.front())
                fmt::print("\n");
            printEntry(*entry);
        }
    if (entries.empty())
        printUnknown(options.name, nearest);
    return entries.empty() ? exitUsage : exitOk;
}

} // namespace

void addExplain(CLI::App& root, Action& chosen) {
    auto options = std::make_shared<Options>();
    CLI::App* command = root.add_subcommand(
        "explain",
        "Tell what a name means: an option of oauth2-proxy, an annotation or ConfigMap key of "
        "ingress-nginx,\n"
        "a field of a realm or of a lab, a rule of the log, a difference from the original, a verdict.\n"
        "Example: gatehouse explain auth-signin");
    command->add_option("name", options->name,
                        "The name; a prefix such as -- or nginx.ingress.kubernetes.io/ may stand");
    command->add_option("--list", options->list, "List every name of a kind, with how far it is supported")
        ->check(CLI::IsMember(listable()));
    addFormat(*command, options->format);
    command->allow_extras(); // an option may be given as it is typed elsewhere: --cookie-secret
    command->callback([&chosen, options, command] {
        const auto others = command->remaining();
        if (others.size() == 1 && options->name.empty())
            options->name = others.front();
        else if (!others.empty())
            throw CLI::ExtrasError(command->get_name(), others);
        chosen = [options] { return explain(*options); };
    });
}

} // namespace gatehouse::app
