// Engine: runs an arrangement. The only room with sockets, TLS and threads: one thread, one event loop.
//
// It lives as long as the process; Run and Stop are apply(). Everything public here may be called from any
// thread; Done callbacks and `wake` run on the engine thread and must return at once.
#pragma once

#include <arrangement/arrangement.h>
#include <base/error.h>
#include <crypto/authority.h>
#include <exchange/answer.h>
#include <exchange/exchange.h>
#include <provider/provider.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse::engine {

struct EngineOptions {
    std::shared_ptr<const crypto::Authority> authority; // leaves for lab names
    bool anyFreePort = false; // `rehearse`: every listener binds port 0 of its host; public ports stay
    std::size_t captureBody = 64 * 1024; // bytes kept of each body
    std::size_t pendingLimit =
        64 * 1024 * 1024; // bytes of exchanges waiting for take(); older ones are dropped and counted
    bool capture = true;
    std::shared_ptr<provider::KeyStore> realmKeys; // of embedded realms over restarts; null: made anew
    // Proxy-Authorization that the CONNECT listener demands ("user:password"); empty = none.
    std::string connectCredentials;

    // A CONNECT proxy of the process's own, for an embedded browser, which learns its proxy's address once.
    // It is at 127.0.0.1 from start to end whatever lab runs (without one it refuses every name), and is no
    // listener of a lab: Listening does not name it. Any user name will do with its password, so that each
    // profile of a browser can have one of its own.
    struct OwnProxy {
        std::uint16_t port = 0; // 0: any free one
        std::string password;
    };
    std::optional<OwnProxy> ownProxy;

    // How long a client may take; what exceeds it is answered with 408 or closed.
    struct Patience {
        std::chrono::milliseconds handshake{10'000};
        std::chrono::milliseconds head{60'000}; // all of it, from its first byte
        std::chrono::milliseconds body{60'000}; // between two reads
        std::chrono::milliseconds idle{75'000}; // between two requests
        // Where no ingress says otherwise (proxy-connect-timeout, proxy-read-timeout).
        std::chrono::milliseconds connect{5'000};
        std::chrono::milliseconds answer{60'000}; // between two reads from a backend
    } patience;                                   // nginx's and ingress-nginx's defaults
};

struct Listening {
    struct One {
        std::string name;
        lab::Listener::Kind kind;
        std::string host;
        std::uint16_t port = 0;       // bound
        std::uint16_t publicPort = 0; // as clients of the cluster would say
    };
    std::vector<One> listeners; // gates with `listen:` included, named "gate NAME"
};

struct Batch {
    std::vector<exchange::ExchangePtr> exchanges; // in the order they finished; live ones repeat
    std::vector<provider::Event> events;
    std::uint64_t dropped = 0; // since the last take()
};

template <class T>
using Done = std::function<void(Result<T>)>;

class Engine {
public:
    // `wake`: something is there to take(); called at most once until the next take().
    static Result<std::unique_ptr<Engine>> start(EngineOptions options, std::function<void()> wake);
    virtual ~Engine() = default; // stops, if that was not done before
    // Gracefully (5 s), then cuts; blocks until everything is at its end. What ended meanwhile can be taken
    // afterwards; whatever is asked for afterwards fails.
    virtual void stop() = 0;

    // Whole or not at all: when a listener cannot be bound the old arrangement goes on. Requests and tunnels
    // under way keep the arrangement they began with. nullptr: stop serving.
    virtual void apply(std::shared_ptr<const arrangement::Arrangement> arrangement, Done<Listening> done) = 0;
    // No redirects are followed; the response body is whole (limit 8 MiB).
    virtual void call(exchange::Call call, Done<http::Response> done) = 0;
    virtual Batch take() = 0;
    virtual std::uint16_t ownProxyPort() const = 0; // 0: EngineOptions wants none
};

// Blocking forms for callers without an event loop.
Result<Listening> applyAndWait(Engine& engine, std::shared_ptr<const arrangement::Arrangement> arrangement);
Result<http::Response> callAndWait(Engine& engine, exchange::Call call);

std::span<const exchange::RuleRow> rules();

} // namespace gatehouse::engine
