// keycloak_observations FILE… [--topic T] [--show] [--require topic=percent] [--causes FILE]
//
// Replays what the real Keycloak 26.7.3 answered (data/README.md) through the embedded provider, and prints
// "topic agree/total" lines; with --show each disagreement. --causes names what is out of scope and why: a
// line there that agrees, or that names nothing, is an error, so that the list stays true.
#include "compare.h"
#include "prepare.h"

#include <cstdio>
#include <fstream>
#include <map>
#include <set>

using namespace gatehouse;
using namespace gatehouse::observations;
using Json = nlohmann::ordered_json;

namespace {

struct Options {
    std::vector<std::string> files;
    std::string topic, only, causes;
    bool show = false;
    std::map<std::string, double> required;
};

struct Tally {
    int agree = 0, total = 0, outOfScope = 0;
};

std::optional<Options> parse(int argc, char** argv) {
    Options out;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        const bool more = i + 1 < argc;
        if (word == "--show") {
            out.show = true;
        } else if (word == "--topic" && more) {
            out.topic = argv[++i];
        } else if (word == "--only" && more) {
            out.only = argv[++i];
        } else if (word == "--causes" && more) {
            out.causes = argv[++i];
        } else if (word == "--require" && more) {
            const std::string rule = argv[++i];
            out.required[rule.substr(0, rule.find('='))] = std::stod(rule.substr(rule.find('=') + 1));
        } else if (word.starts_with("--")) {
            return std::nullopt;
        } else {
            out.files.push_back(word);
        }
    }
    if (out.files.empty())
        return std::nullopt;
    return out;
}

std::optional<Json> load(const std::string& path) {
    std::ifstream in(path);
    if (!in)
        return std::nullopt;
    auto json = Json::parse(in, nullptr, false);
    if (json.is_discarded())
        return std::nullopt;
    return json;
}

class Replay {
public:
    explicit Replay(Options options) : options_(std::move(options)) {
        if (!options_.causes.empty())
            if (const auto json = load(options_.causes))
                for (const auto& cause : *json)
                    for (const auto& id : cause["ids"])
                        causes_[id.get<std::string>()] = cause["cause"].get<std::string>();
    }

    void file(const Json& data) {
        const Recording recording{data["header_sets"], data["id_lists"]};
        for (const auto& [topic, observations] : data["observations"].items()) {
            if (!options_.topic.empty() && topic != options_.topic)
                continue;
            std::map<std::string, Stage> stages;
            for (const auto& observation : observations)
                one(recording, data, topic, observation, stages);
        }
    }

    int report() {
        int failed = 0;
        for (const auto& [topic, tally] : tallies_) {
            const double percent = tally.total == 0 ? 0 : 100.0 * tally.agree / tally.total;
            std::printf("%s %d/%d (%.1f %%, out of scope %d)\n", topic.c_str(), tally.agree, tally.total,
                        percent, tally.outOfScope);
            if (const auto need = options_.required.find(topic);
                need != options_.required.end() && percent + 1e-9 < need->second) {
                std::printf("%s: %.1f %% is required\n", topic.c_str(), need->second);
                failed = 1;
            }
        }
        for (const auto& [topic, percent] : options_.required)
            if (!tallies_.contains(topic)) {
                std::printf("%s: required, and no such topic was replayed\n", topic.c_str());
                failed = 1;
            }
        for (const auto& id : stale_) {
            std::printf("%s agrees: take it out of the causes\n", id.c_str());
            failed = 1;
        }
        if (options_.topic.empty() && options_.only.empty())
            for (const auto& [id, cause] : causes_)
                if (!seen_.contains(id)) {
                    std::printf("%s stands in the causes and not in the record\n", id.c_str());
                    failed = 1;
                }
        return failed;
    }

private:
    Options options_;
    std::map<std::string, std::string> causes_;
    std::map<std::string, Tally> tallies_;
    std::vector<std::string> stale_;
    std::set<std::string> seen_;

    Stage& stageOf(const Json& data, const std::string& setup, std::map<std::string, Stage>& stages) {
        auto [at, fresh] = stages.try_emplace(setup);
        if (fresh) {
            at->second.world = worldFromSetup(data["setups"][setup]);
            at->second.browser.emplace(at->second.world);
            if (options_.show)
                for (const auto& problem : at->second.world.problems)
                    std::printf("# %s: %s\n", setup.c_str(), problem.c_str());
        }
        return at->second;
    }

    void one(const Recording& recording, const Json& data, const std::string& topic, const Json& observation,
             std::map<std::string, Stage>& stages) {
        const std::string id = observation["id"].get<std::string>();
        if (!options_.only.empty() && id.find(options_.only) == std::string::npos &&
            !options_.only.starts_with("~"))
            return;
        seen_.insert(id);
        auto& tally = tallies_[topic];
        ++tally.total;
        const auto findings = disagreements(
            recording, stageOf(data, observation["setup"].get<std::string>(), stages), observation);
        const auto cause = causes_.find(id);
        if (findings.empty()) {
            ++tally.agree;
            if (cause != causes_.end())
                stale_.push_back(id);
            return;
        }
        if (cause != causes_.end())
            ++tally.outOfScope;
        if (options_.show) {
            std::printf("%s%s\n", id.c_str(),
                        cause == causes_.end() ? "" : (" [" + cause->second + "]").c_str());
            for (const auto& finding : findings)
                std::printf("    %s\n", finding.c_str());
        }
    }

    static std::vector<std::string> disagreements(const Recording& recording, Stage& stage,
                                                  const Json& observation) {
        if (!stage.world.provider)
            return {"the setup makes no provider"};
        auto& browser = *stage.browser;
        browser.events.clear();
        std::string why = "the preparation is not known";
        const auto sent = prepare(stage, observation, why);
        if (!sent)
            return {why};
        Replayed replayed;
        replayed.preparation = std::exchange(browser.events, {});
        replayed.response = browser.send(*sent);
        auto after = afterwards(stage, observation, replayed.response);
        replayed.events = std::exchange(browser.events, {});
        // The look afterwards signs in again where the session lives: no event of the request.
        if (observation.contains("afterwards"))
            std::erase_if(replayed.events, [](const auto& event) { return event.type == "LOGIN"; });
        auto out = differences(recording, observation, replayed);
        if (!after.empty())
            out.push_back("afterwards: " + after);
        return out;
    }
};

} // namespace

int main(int argc, char** argv) {
    const auto options = parse(argc, argv);
    if (!options) {
        std::fprintf(
            stderr,
            "keycloak_observations FILE... [--topic T] [--show] [--require topic=percent] [--causes FILE]\n");
        return 2;
    }
    Replay replay(*options);
    for (const auto& path : options->files) {
        const auto data = load(path);
        if (!data || !data->contains("observations")) {
            std::fprintf(stderr, "%s is no record of observations\n", path.c_str());
            return 2;
        }
        replay.file(*data);
    }
    return replay.report();
}
