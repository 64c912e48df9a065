#include <engine/clientConnection.h>
#include <engine/door.h>
#include <engine/listeners.h>
#include <engine/portHolder.h>

#include <algorithm>
#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/steady_timer.hpp>

namespace gatehouse::engine {

namespace {

constexpr Message portTaken{"port-taken",
                            GH_TEXT("core", "{name}: port {port} at {host} is held by {holder}"),
                            GH_TEXT("core", "Stop it, or give the listener another port (0: any free one).")};
constexpr Message cannotListen{
    "cannot-listen", GH_TEXT("core", "{name}: cannot listen at {host}:{port}"),
    GH_TEXT("core", "Is the address one of this machine's, and the port above 1023?")};

using asio::ip::tcp;

std::optional<asio::ip::address> bindAddress(const std::string& host) {
    if (host == "localhost")
        return asio::ip::address_v4::loopback();
    if (host.empty())
        return asio::ip::address_v4::any();
    asio::error_code error;
    const auto address = asio::ip::make_address(host, error);
    return error ? std::nullopt : std::optional(address);
}

std::unexpected<Error> refuse(const ListenerFacts& facts, const asio::error_code& error) {
    std::map<std::string, std::string> args{
        {"name", facts.name}, {"host", facts.host}, {"port", std::to_string(facts.wantedPort)}};
    if (error != asio::error::address_in_use)
        return fail(cannotListen, std::move(args), {}, error.message());
    const std::string holder = portHolder(facts.wantedPort);
    args["holder"] = holder.empty() ? "another program" : holder;
    return fail(portTaken, std::move(args), {}, error.message());
}

Result<Acceptor> bind(asio::io_context& io, const ListenerFacts& facts) {
    const auto address = bindAddress(facts.host);
    if (!address)
        return refuse(facts, asio::error::host_not_found);
    const tcp::endpoint endpoint(*address, facts.wantedPort);
    Acceptor acceptor(io.get_executor());
    asio::error_code error;
    acceptor.open(endpoint.protocol(), error);
#ifndef _WIN32 // there it would let others take the port over
    if (!error)
        acceptor.set_option(tcp::acceptor::reuse_address(true), error);
#endif
    if (!error)
        acceptor.bind(endpoint, error);
    if (!error)
        acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error)
        return refuse(facts, error);
    return acceptor;
}

constexpr std::size_t mostFields = 2000; // the originals count bytes only: ingress.many-fields

// nginx: large-client-header-buffers, which the ingress looks at itself. Go: http.DefaultMaxHeaderBytes and
// the bytes that its server allows beyond.
// `plan` is null before any lab: the engine's own proxy is there already.
http::Limits limitsOf(const arrangement::Arrangement* plan, const ListenerFacts& facts) {
    http::Limits limits;
    limits.fields = mostFields;
    if (facts.gate) {
        limits.startLine = limits.head = 1024 * 1024 + 4096;
    } else if (plan && plan->ingress) {
        const ingress::HeadLimits of = plan->ingress->headLimits();
        limits.startLine = of.line;
        limits.head = of.line * (of.lines + 1);
    }
    return limits;
}

// "host:port" of a gate's `listen:`; the arrangement has checked it.
void splitListen(const std::string& listen, ListenerFacts& facts) {
    const auto authority = http::parseAuthority(listen);
    facts.host = authority ? authority->host : "127.0.0.1";
    facts.wantedPort = authority ? authority->port : std::uint16_t(0);
    facts.publicPort = facts.wantedPort;
}

std::vector<ListenerFacts> listenersOf(const arrangement::Arrangement& plan, bool anyFreePort) {
    std::vector<ListenerFacts> all;
    for (const lab::Listener& listener : plan.listeners) {
        ListenerFacts facts;
        facts.name = listener.name;
        facts.kind = listener.kind;
        facts.host = listener.bindHost;
        facts.wantedPort = listener.bindPort;
        facts.publicPort = listener.publicPort;
        all.push_back(std::move(facts));
    }
    for (std::size_t i = 0; i < plan.gates.size(); ++i) {
        if (plan.gates[i].listen.empty())
            continue;
        ListenerFacts facts;
        facts.name = "gate " + plan.gates[i].gate->name();
        facts.gate = i;
        splitListen(plan.gates[i].listen, facts);
        all.push_back(std::move(facts));
    }
    if (anyFreePort)
        for (ListenerFacts& facts : all)
            facts.wantedPort = 0;
    return all;
}

} // namespace

std::uint16_t Door::port() const {
    asio::error_code error;
    const auto endpoint = acceptor_.local_endpoint(error);
    return error ? std::uint16_t(0) : endpoint.port();
}

void Door::open(std::shared_ptr<const ListenerFacts> facts) {
    facts_ = std::move(facts);
    open_ = true;
    if (!std::exchange(accepting_, true))
        asio::co_spawn(loop_.io.get_executor(), accept(shared_from_this()), asio::detached);
}

void Door::close() {
    open_ = false;
    asio::error_code ignored; // whatever it says, the descriptor is gone
    acceptor_.close(ignored);
}

Task<void> Door::accept(std::shared_ptr<Door> self) {
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>,
                               Executor>
        breath(self->loop_.io.get_executor());
    while (self->open_) {
        auto [error, socket] = co_await self->acceptor_.async_accept(tupled);
        if (!error && self->open_) {
            ClientConnection::start(self->loop_, std::move(socket), self);
        } else if (self->open_) { // no descriptor left, or the client was gone already
            breath.expires_after(std::chrono::milliseconds(50));
            co_await breath.async_wait(tupled);
        }
    }
}

Listeners::Listeners(Loop& loop) : loop_(loop) {}
Listeners::~Listeners() = default;

Result<std::shared_ptr<Door>> Listeners::doorFor(ListenerFacts& facts, const std::vector<Prepared>& taken) {
    for (const std::shared_ptr<Door>& door : doors_) {
        const ListenerFacts& is = *door->facts();
        const bool same = is.host == facts.host && is.wantedPort == facts.wantedPort &&
                          (facts.wantedPort != 0 || is.name == facts.name);
        const bool used = std::any_of(taken.begin(), taken.end(),
                                      [&door](const Prepared& other) { return other.door == door; });
        if (same && !used)
            return door;
    }
    auto acceptor = bind(loop_.io, facts);
    if (!acceptor)
        return std::unexpected(acceptor.error());
    return std::make_shared<Door>(loop_, std::move(*acceptor));
}

std::vector<ListenerFacts> Listeners::wanted(const Plan& plan) const {
    std::vector<ListenerFacts> all =
        plan ? listenersOf(*plan, loop_.options.anyFreePort) : std::vector<ListenerFacts>();
    if (loop_.options.ownProxy && !loop_.stopping) {
        ListenerFacts facts;
        facts.name = "browser proxy";
        facts.kind = lab::Listener::Kind::Connect;
        facts.host = "127.0.0.1";
        facts.wantedPort = loop_.options.ownProxy->port;
        facts.ownProxy = true;
        all.insert(all.begin(), std::move(facts)); // the first to claim its door
    }
    return all;
}

Result<void> Listeners::prepare(const Plan& plan, std::uint32_t generation) {
    prepared_.clear();
    std::vector<Prepared> all;
    for (ListenerFacts& facts : wanted(plan)) {
        const auto door = doorFor(facts, all);
        if (!door)
            return std::unexpected(door.error()); // what was bound for it closes with `all`
        facts.plan = plan;
        facts.limits = limitsOf(plan.get(), facts);
        facts.generation = generation;
        facts.port = (*door)->port();
        if (facts.publicPort == 0)
            facts.publicPort = facts.port;
        all.push_back({*door, std::make_shared<const ListenerFacts>(facts)});
    }
    prepared_ = std::move(all);
    return {};
}

Listening Listeners::commit() {
    Listening listening;
    std::vector<std::shared_ptr<Door>> doors;
    for (Prepared& one : prepared_) {
        one.door->open(one.facts);
        doors.push_back(one.door);
        if (!one.facts->ownProxy)
            listening.listeners.push_back(
                {one.facts->name, one.facts->kind, one.facts->host, one.facts->port, one.facts->publicPort});
    }
    for (const std::shared_ptr<Door>& door : doors_)
        if (std::find(doors.begin(), doors.end(), door) == doors.end())
            door->close();
    doors_ = std::move(doors);
    prepared_.clear();
    for (ClientConnection* const connection : std::vector(loop_.connections.begin(), loop_.connections.end()))
        connection->retireUnlessOpen();
    return listening;
}

std::uint16_t Listeners::ownProxyPort() const {
    for (const std::shared_ptr<Door>& door : doors_)
        if (door->facts()->ownProxy)
            return door->port();
    return 0;
}

std::shared_ptr<Door> Listeners::door(std::uint16_t publicPort, std::optional<bool> tls) const {
    for (const std::shared_ptr<Door>& door : doors_) {
        const ListenerFacts& facts = *door->facts();
        const bool https = facts.kind == lab::Listener::Kind::Https;
        if (facts.kind != lab::Listener::Kind::Connect && !facts.gate && facts.publicPort == publicPort &&
            (!tls || *tls == https))
            return door;
    }
    return nullptr;
}

std::shared_ptr<const ListenerFacts> Listeners::at(std::uint16_t publicPort, bool tls) const {
    const auto found = door(publicPort, tls);
    return found ? found->facts() : nullptr;
}

std::optional<tcp::endpoint> Listeners::endpoint(std::uint16_t publicPort, bool tls) const {
    const auto facts = at(publicPort, tls);
    const auto address = facts ? bindAddress(facts->host) : std::nullopt;
    if (!address)
        return std::nullopt;
    if (!address->is_unspecified())
        return tcp::endpoint(*address, facts->port);
    return address->is_v6() ? tcp::endpoint(asio::ip::address_v6::loopback(), facts->port)
                            : tcp::endpoint(asio::ip::address_v4::loopback(), facts->port);
}

} // namespace gatehouse::engine
