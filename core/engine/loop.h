// Loop: what everything on the engine thread shares. One a process; nothing in it needs a lock.
#pragma once

#include <engine/asioTypes.h>
#include <engine/engine.h>
#include <engine/pool.h>
#include <engine/recorder.h>
#include <engine/singleFlight.h>
#include <engine/sweep.h>
#include <engine/tlsContexts.h>
#include <gate/gate.h>
#include <provider/provider.h>

#include <asio/executor_work_guard.hpp>
#include <map>
#include <memory>
#include <set>
#include <string>

namespace gatehouse::engine {

class Listeners;
class ClientConnection;

using Plan = std::shared_ptr<const arrangement::Arrangement>;

class Loop {
public:
    Loop(EngineOptions options, std::function<void()> wake);
    ~Loop();

    Now now() const;
    SteadyTime in(std::chrono::milliseconds time) const;
    std::string_view requestId(Arena& arena); // 32 hex digits
    std::string_view date(WallTime now);      // RFC 9110 section 5.6.7, made once a second

    // What a gate or provider learnt lives beside the arrangement, by name.
    gate::GateState& gateState(const std::string& name);
    provider::ProviderState& providerState(const std::string& name);

    const EngineOptions options;
    asio::io_context io{1};
    std::unique_ptr<crypto::Entropy> entropy;
    Sweep sweep;
    Recorder recorder;
    Pool pool;
    TlsContexts tls;
    SingleFlight flights;

    Plan plan; // null: nothing is served
    std::uint32_t generation = 0;
    std::unique_ptr<Listeners> listeners;
    std::set<ClientConnection*> connections;
    bool stopping = false;
    std::string scratch; // for heads under construction; nobody keeps it across a suspension

private:
    std::map<std::string, std::shared_ptr<gate::GateState>, std::less<>> gates_;
    std::map<std::string, std::shared_ptr<provider::ProviderState>, std::less<>> providers_;
    std::string randomBytes_;
    std::size_t randomUsed_ = 0;
    std::int64_t dateSecond_ = -1;
    std::string date_;
};

} // namespace gatehouse::engine
