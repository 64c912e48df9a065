#include <arrangement/secrets.h>
#include <crypto/authority.h>
#include <crypto/entropy.h>
#include <engine/engine.h>
#include <lab/templates.h>
#include <rehearsal/httpDriver.h>

#include <algorithm>
#include <core/capture/storyRun.h>
#include <cstdio>
#include <cstdlib>
#include <set>

namespace gatehouse::capture::testing {

namespace {

[[noreturn]] void giveUp(const std::string& why) {
    std::fprintf(stderr, "the story cannot be run: %s\n", why.c_str());
    std::abort();
}

Now realNow() {
    return {std::chrono::system_clock::now(), std::chrono::steady_clock::now()};
}

class RealClock : public rehearsal::Clock {
public:
    Now now() override { return realNow(); }
    void wait(std::chrono::milliseconds, std::string_view why) override {
        giveUp("nobody should wait here: " + std::string(why)); // each user's codes are used once
    }
};

class CodesOfThisRun : public rehearsal::UsedCodes {
public:
    bool contains(std::string_view key, std::int64_t step) const override {
        return used_.count({std::string(key), step}) > 0;
    }
    void add(std::string_view key, std::int64_t step) override { used_.emplace(key, step); }

private:
    std::set<std::pair<std::string, std::int64_t>> used_;
};

template <class T>
T& need(std::optional<T>& value, const std::vector<Problem>& problems) {
    if (!value)
        giveUp(problems.empty() ? "no value" : describe(problems.front().error));
    return *value;
}

std::shared_ptr<const arrangement::Arrangement> compileStory(StoryRun& out) {
    auto parsed = lab::Document::parse(std::string(lab::templates()[0].text), "story.gatehouse.yaml");
    const auto document =
        std::make_shared<const lab::Document>(std::move(need(parsed.value, parsed.problems)));
    const crypto::SecretString seed("a seed for tests, thirty-two byte");
    arrangement::SecretInput input;
    input.seed = &seed;
    auto secrets = arrangement::resolveSecrets(*document, input);
    need(secrets.value, secrets.problems);
    for (const auto& origin : secrets.value->origins)
        secrets.value->source->find(origin.name)->reveal([&](std::string_view value) {
            out.secrets.emplace_back(origin.name, std::string(value));
        });
    auto compiled = arrangement::compile(document, secrets.value->source, {});
    return need(compiled.value, compiled.problems);
}

std::string fetchKeys(engine::Engine& engine) {
    exchange::Call call;
    call.purpose = exchange::Call::Purpose::Keys;
    call.url = *http::parseUrl("https://keycloak.domain.tld/realms/demo/protocol/openid-connect/certs");
    auto answer = engine::callAndWait(engine, std::move(call));
    if (!answer)
        giveUp(describe(answer.error()));
    return answer->body;
}

StoryRun run(std::shared_ptr<provider::KeyStore> keys) {
    StoryRun out;
    out.arrangement = compileStory(out);
    rehearsal::Recorder recorder;
    engine::EngineOptions options;
    const auto entropy = crypto::systemEntropy();
    options.authority =
        std::make_shared<const crypto::Authority>(crypto::Authority::create(realNow(), *entropy));
    options.anyFreePort = true;
    options.realmKeys = std::move(keys);
    auto engine = engine::Engine::start(std::move(options), [&recorder] { recorder.wake(); });
    if (!engine)
        giveUp(describe(engine.error()));
    if (auto listening = engine::applyAndWait(**engine, out.arrangement); !listening)
        giveUp(describe(listening.error()));
    out.keySet = fetchKeys(**engine);
    RealClock clock;
    CodesOfThisRun codes;
    rehearsal::HttpDriver driver({**engine, recorder, out.arrangement, clock, codes});
    rehearsal::Wish wish;
    std::set<std::uint64_t> seen;
    const auto keep = [&](const exchange::ExchangePtr& one) {
        if (one && seen.insert(one->id).second)
            out.exchanges.push_back(one);
    };
    for (const char* user : {"alice", "bob"}) {
        wish.as = user;
        wish.expect = std::string_view(user) == "alice" ? "allowed" : "denied";
        const auto scenarios = rehearsal::scenarios(*out.arrangement, wish);
        if (!scenarios)
            giveUp(describe(scenarios.error()));
        const auto journey = driver.drive(scenarios->front(), personOf(*out.arrangement, scenarios->front()));
        for (const diagnosis::Step& step : journey.evidence.steps) {
            keep(step.exchange);
            for (const exchange::ExchangePtr& child : step.children)
                keep(child);
        }
        for (const exchange::ExchangePtr& other : recorder.drain(**engine))
            keep(other);
    }
    std::sort(out.exchanges.begin(), out.exchanges.end(),
              [](const auto& a, const auto& b) { return a->id < b->id; });
    return out;
}

} // namespace

exchange::ExchangePtr StoryRun::find(exchange::Exchange::Kind kind, std::string_view target,
                                     std::string_view method, int status) const {
    for (const exchange::ExchangePtr& one : exchanges)
        if (one->kind == kind && std::string_view(one->target).starts_with(target) && one->method == method &&
            (status == 0 || one->client.status == status))
            return one;
    giveUp("no exchange " + std::string(target));
}

std::vector<exchange::ExchangePtr> StoryRun::childrenOf(const exchange::Exchange& parent) const {
    std::vector<exchange::ExchangePtr> out;
    for (const exchange::ExchangePtr& one : exchanges)
        if (one->parent == parent.id)
            out.push_back(one);
    return out;
}

const std::string& StoryRun::secret(std::string_view name) const {
    for (const auto& [known, value] : secrets)
        if (known == name)
            return value;
    giveUp("no secret " + std::string(name));
}

const StoryRun& storyRun(std::shared_ptr<provider::KeyStore> keys) {
    static const StoryRun made = run(std::move(keys));
    return made;
}

} // namespace gatehouse::capture::testing
