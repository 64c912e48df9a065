#include <engine/tunnel.h>

#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>

namespace gatehouse::engine {

namespace {

constexpr std::size_t pieceSize = 64 * 1024;

struct Both {
    Loop& loop;
    Wire& client;
    Wire& server;
    std::chrono::milliseconds idle;

    // Traffic in either direction keeps both open, as nginx does it.
    void touched() const {
        const SteadyTime until = loop.in(idle);
        client.until(until);
        server.until(until);
    }
    void close() const {
        client.close(Ended::Done);
        server.close(Ended::Done);
    }
};

Task<void> relay(Both both, Wire& from, ReadBuffer& buffer, Wire& to, std::uint64_t& count) {
    std::error_code error;
    while (!error) {
        if (!buffer.empty()) {
            error = co_await to.write(buffer.bytes());
            count += buffer.size();
            buffer.consume(buffer.size());
        } else {
            error = co_await from.read(buffer, pieceSize);
        }
        both.touched();
    }
    // A torn connection tears the other; TLS cannot be closed in one direction while the other is read.
    if (error != asio::error::eof || from.isTls() || to.isTls())
        both.close();
    else
        co_await to.shutdown();
}

Task<void> relayAndOpen(Both both, Wire& from, ReadBuffer& buffer, Wire& to, std::uint64_t& count,
                        Waiter& finished) {
    co_await relay(both, from, buffer, to, count);
    finished.open();
}

} // namespace

Task<TunnelCount> tunnel(Loop& loop, Wire& client, ReadBuffer& fromClient, Wire& server,
                         ReadBuffer& fromServer, std::chrono::milliseconds idle) {
    TunnelCount count;
    Waiter backFinished(loop.io);
    const Both both{loop, client, server, idle};
    both.touched();
    asio::co_spawn(loop.io.get_executor(),
                   relayAndOpen(both, server, fromServer, client, count.toClient, backFinished),
                   asio::detached);
    co_await relay(both, client, fromClient, server, count.fromClient);
    co_await backFinished.wait();
    both.close();
    co_return count;
}

} // namespace gatehouse::engine
