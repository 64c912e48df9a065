// ingress_observations FILE… [--topic T] [--show] [--require TOPIC=PERCENT…] [--known FILE]
//
// Replays what the real ingress-nginx controller 1.15.1 was seen to do, and prints how many observations of
// each topic agree: answer (status, reason, fields, kind of body), requests to the auth service and to the
// services (request line, fields in order). --show prints each disagreement. --known names a file of
// disagreements that are understood
// ("id<TAB>cause"): exit 1 when another one disagrees, or one of them agrees. --require: exit 1 below that
// agreement. Exit 2: a file cannot be read.
#include "compare.h"
#include "manifest.h"

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <iostream>
#include <memory>
#include <set>

using namespace gatehouse;
using namespace gatehouse::observations;

namespace {

struct Options {
    std::vector<std::string> files;
    std::string topic, known;
    bool show = false;
    std::map<std::string, int> required;
};

std::optional<Options> readArguments(int count, char** values) {
    Options out;
    for (int i = 1; i < count; ++i) {
        const std::string argument = values[i];
        const bool takesValue = argument == "--topic" || argument == "--known" || argument == "--require";
        if (takesValue && i + 1 == count)
            return std::nullopt;
        if (argument == "--show") {
            out.show = true;
        } else if (argument == "--topic") {
            out.topic = values[++i];
        } else if (argument == "--known") {
            out.known = values[++i];
        } else if (argument == "--require") {
            const std::string wanted = values[++i];
            const auto equals = wanted.find('=');
            if (equals == std::string::npos)
                return std::nullopt;
            out.required[wanted.substr(0, equals)] = std::atoi(wanted.c_str() + equals + 1);
        } else if (argument.starts_with("--")) {
            return std::nullopt;
        } else {
            out.files.push_back(argument);
        }
    }
    return out.files.empty() ? std::nullopt : std::optional(out);
}

// Configurations of one epoch were loaded together; those of a sequence are the states of one changing set.
class Epochs {
public:
    explicit Epochs(const Observations& data) : data_(data) {}

    const ingress::Ingress& of(const Config& config) {
        const bool sequence = config.epoch.starts_with("sequence");
        const std::string key = sequence ? config.id : "epoch " + config.epoch;
        if (!made_.contains(key)) {
            if (sequence)
                makeSequence(config.epoch);
            else
                makeTogether(config);
        }
        return *made_[key];
    }

private:
    using Made = std::shared_ptr<const ingress::Ingress>;

    static ingress::Ingress::Input inputOf(const Config& config) {
        ingress::Ingress::Input input = baseInput();
        for (const auto& [name, value] : config.controller)
            input.controller.push_back({name, value, true, {}});
        return input;
    }

    static void add(const Config& config, ingress::Ingress::Input& input) {
        if (const auto error = addObjects(config.objects, input))
            std::cerr << config.id << ": " << *error << '\n';
    }

    void makeTogether(const Config& config) {
        ingress::Ingress::Input input = inputOf(config);
        for (const auto& [id, other] : data_.configs)
            if (other.epoch == config.epoch && !other.refusedByServer)
                add(other, input);
        made_["epoch " + config.epoch] = *ingress::Ingress::make(std::move(input), {}).value;
    }

    // Objects that came later are younger, and a configuration that nginx refuses leaves the one before in
    // place.
    void makeSequence(const std::string& epoch) {
        std::map<std::string, std::string> born;
        Made last = *ingress::Ingress::make(baseInput(), {}).value;
        for (const auto& [id, config] : data_.configs) {
            if (config.epoch != epoch)
                continue;
            ingress::Ingress::Input input = inputOf(config);
            add(config, input);
            for (lab::IngressObject& object : input.ingresses)
                object.creationTimestamp =
                    born.emplace(object.name, fmt::format("2026-01-01T00:00:{:02}Z", born.size() * 2))
                        .first->second;
            auto checked = ingress::Ingress::make(std::move(input), {});
            const bool refused =
                std::any_of(checked.problems.begin(), checked.problems.end(), [](const Problem& p) {
                    return p.error.what->code == "nginx-refuses-configuration";
                });
            if (!refused)
                last = *checked.value;
            made_[id] = last;
        }
    }

    const Observations& data_;
    std::map<std::string, Made> made_;
};

std::optional<std::map<std::string, std::string>> readKnown(const std::string& path) {
    std::map<std::string, std::string> out;
    if (path.empty())
        return out;
    std::ifstream file(path);
    if (!file)
        return std::nullopt;
    for (std::string line; std::getline(file, line);) {
        const auto tab = line.find('\t');
        if (!line.empty() && line.front() != '#' && tab != std::string::npos)
            out[line.substr(0, tab)] = line.substr(tab + 1);
    }
    return out;
}

// Does make() say that API server or webhook refuse the object?
bool saidRefused(const Config& config) {
    ingress::Ingress::Input input = baseInput();
    for (const auto& [name, value] : config.controller)
        input.controller.push_back({name, value, true, {}});
    if (const auto error = addObjects(config.objects, input))
        return false;
    static const std::set<std::string_view> codes{"ingress-dropped", "annotation-too-risky",
                                                  "webhook-refuses", "api-server-refuses"};
    const auto problems = ingress::Ingress::make(std::move(input), {}).problems;
    return std::any_of(problems.begin(), problems.end(),
                       [](const Problem& problem) { return codes.contains(problem.error.what->code); });
}

struct Count {
    int agree = 0;
    int total = 0;
};

class Run {
public:
    Run(const Options& options, const Observations& data, const std::map<std::string, std::string>& known)
        : options_(options), data_(data), known_(known), epochs_(data) {}

    int run() {
        for (const Observation& observation : data_.observations) {
            if (!wanted(observation.topic))
                continue;
            const auto config = data_.configs.find(observation.config);
            if (config == data_.configs.end()) {
                std::cerr << observation.id << ": no configuration " << observation.config << '\n';
                return 2;
            }
            const std::string what = fmt::format("({}) {} {}", observation.config, observation.request.method,
                                                 observation.request.target.substr(0, 80));
            judge(observation.topic, observation.id, what,
                  differences(observation, replay(observation, epochs_.of(config->second))));
        }
        if (wanted("admission"))
            for (const Verdict& verdict : data_.admission)
                admission(verdict);
        report();
        return wrong_ ? 1 : 0;
    }

private:
    bool wanted(const std::string& topic) const { return options_.topic.empty() || options_.topic == topic; }

    void admission(const Verdict& verdict) {
        const auto config = data_.configs.find(verdict.config);
        if (config == data_.configs.end())
            return;
        std::vector<std::string> differing;
        if (saidRefused(config->second) == verdict.allowed)
            differing.push_back(verdict.allowed ? "said to be refused, and was taken"
                                                : "was refused, and nothing is said");
        judge("admission", "admission-" + verdict.config, "tried alone", differing);
    }

    void judge(const std::string& topic, const std::string& id, const std::string& what,
               const std::vector<std::string>& differing) {
        ++topics_[topic].total;
        topics_[topic].agree += differing.empty() ? 1 : 0;
        const auto cause = known_.find(id);
        if (!options_.known.empty() && differing.empty() != (cause == known_.end())) {
            std::cout << id
                      << (differing.empty() ? ": agrees, and is listed as known\n"
                                            : ": disagrees, and is not listed as known\n");
            wrong_ = true;
        }
        if (!options_.show || differing.empty())
            return;
        std::cout << id << ' ' << what << (cause == known_.end() ? "" : "  known: " + cause->second) << '\n';
        for (const std::string& line : differing)
            std::cout << "    " << line.substr(0, 300) << '\n';
    }

    void report() {
        for (const auto& [name, topic] : topics_)
            std::cout << fmt::format("{} {}/{}\n", name, topic.agree, topic.total);
        for (const auto& [name, percent] : options_.required) {
            const Count topic = topics_.contains(name) ? topics_.at(name) : Count{};
            if (topic.total != 0 && topic.agree * 100 >= percent * topic.total)
                continue;
            std::cout << fmt::format("{}: less than {} %\n", name, percent);
            wrong_ = true;
        }
    }

    const Options& options_;
    const Observations& data_;
    const std::map<std::string, std::string>& known_;
    Epochs epochs_;
    std::map<std::string, Count> topics_;
    bool wrong_ = false;
};

} // namespace

int main(int count, char** values) {
    const auto options = readArguments(count, values);
    if (!options) {
        std::cerr << "ingress_observations FILE... [--topic T] [--show] [--known FILE] [--require "
                     "TOPIC=PERCENT]...\n";
        return 2;
    }
    Observations data;
    for (const std::string& file : options->files)
        if (const auto error = load(file, data)) {
            std::cerr << *error << '\n';
            return 2;
        }
    const auto known = readKnown(options->known);
    if (!known) {
        std::cerr << options->known << ": cannot be opened\n";
        return 2;
    }
    return Run(*options, data, *known).run();
}
