// Listeners: the sockets that clients come to. A socket stays bound across arrangements that both want it.
#pragma once

#include <engine/loop.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse::engine {

// What a listener means under one arrangement; connections keep the one they were accepted with.
struct ListenerFacts {
    Plan plan; // kept by connections whose listener is gone, until they end
    std::uint32_t generation = 0;
    std::string name;
    lab::Listener::Kind kind = lab::Listener::Kind::Http;
    std::optional<std::size_t> gate; // a gate's own listener: index of Arrangement::gates
    bool ownProxy = false;           // EngineOptions::ownProxy
    std::string host;
    std::uint16_t wantedPort = 0;
    std::uint16_t port = 0; // bound
    std::uint16_t publicPort = 0;
    http::Limits limits; // of heads
};

class Door; // one bound socket and its accept loop

class Listeners {
public:
    explicit Listeners(Loop& loop);
    ~Listeners();

    // Binds what `plan` (may be null) wants and is not bound yet. An error: nothing has changed.
    Result<void> prepare(const Plan& plan, std::uint32_t generation);
    // What was prepared becomes what is; what is not wanted any more closes.
    Listening commit();

    // Where clients of that public port come in.
    std::optional<asio::ip::tcp::endpoint> endpoint(std::uint16_t publicPort, bool tls) const;
    std::shared_ptr<Door> door(std::uint16_t publicPort, std::optional<bool> tls = {}) const;
    std::shared_ptr<const ListenerFacts> at(std::uint16_t publicPort, bool tls) const;
    std::uint16_t ownProxyPort() const;

private:
    struct Prepared {
        std::shared_ptr<Door> door;
        std::shared_ptr<const ListenerFacts> facts;
    };
    std::vector<ListenerFacts> wanted(const Plan& plan) const;
    Result<std::shared_ptr<Door>> doorFor(ListenerFacts& facts, const std::vector<Prepared>& taken);

    Loop& loop_;
    std::vector<std::shared_ptr<Door>> doors_;
    std::vector<Prepared> prepared_;
};

} // namespace gatehouse::engine
