#include <engine/connect.h>

#include <asio/ip/tcp.hpp>

namespace gatehouse::engine {

namespace {

constexpr Message noSuchHost{"no-such-host", GH_TEXT("core", "the name {host} is not known"),
                             GH_TEXT("core", "Is it spelt right, and is there a network?")};
constexpr Message cannotConnect{"cannot-connect", GH_TEXT("core", "nothing answers at {address}"),
                                GH_TEXT("core", "Is the server running, and is the port the right one?")};
constexpr Message connectTimeout{"connect-timeout",
                                 GH_TEXT("core", "{address} did not accept a connection in time"), ""};
constexpr Message handshakeFailed{"tls-handshake-failed", GH_TEXT("core", "no TLS connection with {address}"),
                                  GH_TEXT("core", "Is it an https server?")};
constexpr Message certificateRefused{
    "certificate-refused", GH_TEXT("core", "the certificate of {address} is not trusted: {reason}"),
    GH_TEXT("core", "Name its authority in `trust:`, or repair the certificate.")};

using Endpoints = std::vector<asio::ip::tcp::endpoint>;
using Resolver = asio::ip::basic_resolver<asio::ip::tcp, Executor>;

std::string text(const asio::ip::tcp::endpoint& endpoint) {
    const std::string address = endpoint.address().to_string();
    return (endpoint.address().is_v6() ? '[' + address + ']' : address) + ':' +
           std::to_string(endpoint.port());
}

Task<Result<Endpoints>> lookUp(Loop& loop, const ServerAddress& server) {
    Endpoints endpoints;
    asio::error_code error;
    const auto literal = asio::ip::make_address(server.url.host, error);
    if (server.endpoint) {
        endpoints.push_back(*server.endpoint);
    } else if (!error) {
        endpoints.emplace_back(literal, server.url.port);
    } else if (server.url.host ==
               "localhost") { // RFC 6761 section 6.3: no question asked; servers listen at either
        endpoints.emplace_back(asio::ip::address_v4::loopback(), server.url.port);
        endpoints.emplace_back(asio::ip::address_v6::loopback(), server.url.port);
    } else {
        Resolver resolver(loop.io.get_executor());
        const std::string port = std::to_string(server.url.port);
        const auto [unknown, found] = co_await resolver.async_resolve(server.url.host, port, tupled);
        if (unknown)
            co_return fail(noSuchHost, std::map<std::string, std::string>{{"host", server.url.host}}, Place{},
                           unknown.message());
        for (const auto& entry : found)
            endpoints.push_back(entry.endpoint());
    }
    co_return endpoints;
}

std::unexpected<Error> refuse(const Message& why, const std::string& address, const std::string& technical,
                              const std::string& reason = {}) {
    return fail(why, {{"address", address}, {"reason", reason}}, {}, technical);
}

Task<Result<void>> secure(Loop& loop, const ServerAddress& server, Link& link) {
    const Result<asio::ssl::context*> context = loop.tls.client(server.caPem);
    if (!context)
        co_return std::unexpected(context.error());
    link.wire->until(loop.in(loop.options.patience.handshake));
    const std::error_code error =
        co_await link.wire->handshakeAsClient(**context, server.url.host, !server.skipCertificateCheck);
    if (!error)
        co_return Result<void>();
    const std::string complaint = link.wire->certificateComplaint();
    if (!complaint.empty())
        co_return refuse(certificateRefused, server.url.authority(), error.message(), complaint);
    co_return refuse(handshakeFailed, server.url.authority(), error.message());
}

} // namespace

std::string ServerAddress::key() const {
    std::string out = url.origin();
    if (endpoint)
        out += " at " + text(*endpoint);
    if (skipCertificateCheck)
        out += " unchecked";
    return out.append(" ").append(caPem);
}

Task<Result<LinkPtr>> connect(Loop& loop, const ServerAddress& server, bool mayReuse,
                              std::chrono::milliseconds patience) {
    const std::string key = server.key();
    if (mayReuse)
        if (LinkPtr idle = loop.pool.take(key))
            co_return idle;
    const Result<Endpoints> endpoints = co_await lookUp(loop, server);
    if (!endpoints)
        co_return std::unexpected(endpoints.error());
    Error last = refuse(cannotConnect, server.url.authority(), {}).error();
    for (const asio::ip::tcp::endpoint& endpoint : *endpoints) {
        auto link = std::make_shared<Link>();
        Socket socket(loop.io.get_executor());
        asio::error_code opened;
        socket.open(endpoint.protocol(), opened);
        link->wire = std::make_shared<Wire>(loop.sweep, std::move(socket));
        link->key = key;
        link->address = text(endpoint);
        link->wire->until(loop.in(patience));
        const auto [error] = co_await link->wire->socket().async_connect(endpoint, tupled);
        if (error) {
            const bool late = link->wire->ended() == Ended::Deadline;
            last = refuse(late ? connectTimeout : cannotConnect, link->address, error.message()).error();
            continue;
        }
        if (server.url.scheme == "https") {
            const Result<void> secured = co_await secure(loop, server, *link);
            if (!secured)
                co_return std::unexpected(secured.error());
        }
        co_return link;
    }
    co_return std::unexpected(last);
}

bool isTimeout(const Error& error) {
    return error.what == &connectTimeout;
}

} // namespace gatehouse::engine
