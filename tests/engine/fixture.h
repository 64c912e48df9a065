// An engine with an arrangement of one ingress host, and everything it recorded.
#pragma once

#include "rawSocket.h"
#include "scriptedServer.h"

#include <engine/engine.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace gatehouse::engine::testing {

inline constexpr const char* host = "app.domain.tld";

struct PlanParts {
    std::string host = testing::host;
    arrangement::Backend backend = arrangement::WhoamiBackend{"app"};
    std::vector<lab::KeyValue> annotations;
    std::vector<lab::KeyValue> controller; // the ConfigMap's keys
    bool https = false;
    bool connectProxy = false;
    std::string provider; // host of an embedded provider without realms; needs https
    std::vector<lab::Trust> trust;
    std::string external; // URL of a provider elsewhere
};
std::shared_ptr<const arrangement::Arrangement> makePlan(const PlanParts& parts);
// A gate with a listener of its own ("gate oauth2-proxy") that lets everybody pass to the server there.
std::shared_ptr<const arrangement::Arrangement> makeGatePlan(std::uint16_t upstreamPort,
                                                             const std::vector<std::string>& moreFlags = {});
lab::KeyValue annotation(const std::string& name, const std::string& value);
std::uint16_t portOfNobody();
arrangement::Backend backendAt(std::uint16_t port);

class Fixture {
public:
    explicit Fixture(const PlanParts& parts, EngineOptions options = {});
    ~Fixture();

    Engine& engine() { return *engine_; }
    std::uint16_t port(const std::string& listener = "http") const;
    RawSocket connect() const { return RawSocket::connect(port()); }
    // One request on a connection of its own; the whole answer.
    std::string ask(const std::string& request) const;
    Result<Listening> apply(std::shared_ptr<const arrangement::Arrangement> plan);
    void stop(); // destroys the engine

    // All finished records so far, once there are at least `count` (or ten seconds have passed).
    std::vector<exchange::ExchangePtr> records(std::size_t count);

private:
    void collect();

    std::mutex mutex_;
    std::condition_variable woken_;
    bool awake_ = false;
    std::vector<exchange::ExchangePtr> finished_;
    Listening listening_;
    std::unique_ptr<Engine> engine_;
};

std::string get(const std::string& target = "/", const std::string& fields = {});

} // namespace gatehouse::engine::testing
