#include <engine/tunnel.h>

#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>

namespace gatehouse::engine {

namespace {

constexpr std::size_t pieceSize = 64 * 1024;
constexpr auto farewell = std::chrono::milliseconds(2000); // for the peer to see that it is over

struct Side {
    Wire& wire;
    ReadBuffer& buffer;
    bool closing = false; // nothing more is read from it for the other side
};

enum class Stage : std::uint8_t { Passing, Discarding, Over };

struct Direction {
    Side& from;
    Side& to;
    std::uint64_t& count;
    Stage stage = Stage::Passing;
};

class Tunnel {
public:
    Tunnel(Loop& loop, Side client, Side server, std::chrono::milliseconds idle)
        : loop_(loop), client_(client), server_(server), idle_(idle) {}

    Task<TunnelCount> run() {
        touched();
        asio::co_spawn(loop_.io.get_executor(), runBack(), asio::detached);
        co_await relay(there_, back_);
        co_await backOver_.wait();
        client_.wire.close(Ended::Done);
        server_.wire.close(Ended::Done);
        co_return count_;
    }

private:
    // Traffic in either direction keeps both open, as nginx does it.
    void touched() {
        const SteadyTime until = loop_.in(idle_);
        for (Side* const side : {&client_, &server_})
            if (!side->closing)
                side->wire.until(until);
    }

    Task<void> runBack() {
        co_await relay(back_, there_);
        backOver_.open();
    }

    Task<void> relay(Direction& direction, Direction& reverse) {
        std::error_code torn;
        const bool written = co_await pass(direction, torn);
        if (written) {
            direction.stage = Stage::Over;
            co_await sayEnd(direction.to, torn);
            if (reverse.stage == Stage::Discarding)
                direction.to.wire.until(loop_.in(farewell));
            co_return;
        }
        // Nobody takes these bytes any more, but the other direction may still be on its way to `from`:
        // closing now, with something unread, would reset the connection and lose what it has not read yet.
        direction.stage = Stage::Discarding;
        if (reverse.stage == Stage::Over)
            direction.from.wire.until(loop_.in(farewell));
        co_await discard(direction.from);
        direction.stage = Stage::Over;
    }

    // Until `from` has said its last and all of it is written; `torn` if it ended any other way than by
    // saying so. false: `to` takes no more.
    Task<bool> pass(Direction& direction, std::error_code& torn) {
        Side& from = direction.from;
        while (!from.closing || !from.buffer.empty()) {
            if (from.buffer.empty()) {
                const std::error_code ended = co_await from.wire.read(from.buffer, pieceSize);
                if (ended && ended != asio::error::eof && !from.closing)
                    torn = ended;
                if (ended)
                    break;
            } else {
                const std::error_code error = co_await direction.to.wire.write(from.buffer.bytes());
                if (error)
                    co_return false;
                direction.count += from.buffer.size();
                from.buffer.consume(from.buffer.size());
            }
            touched();
        }
        co_return true;
    }

    // A half that ended is passed on as such where both sides can live with it: TLS says its end once for
    // both directions, and to a peer that is gone nothing can be said.
    Task<void> sayEnd(Side& to, const std::error_code& torn) {
        if (!torn && !to.wire.isTls()) {
            co_await to.wire.shutdown();
            co_return;
        }
        to.closing = true;
        to.wire.cancelRead();
        co_await to.wire.finish(loop_.in(farewell));
    }

    static Task<void> discard(Side& from) {
        std::error_code error;
        while (!error) {
            from.buffer.consume(from.buffer.size());
            error = co_await from.wire.read(from.buffer, pieceSize);
        }
    }

    Loop& loop_;
    Side client_;
    Side server_;
    const std::chrono::milliseconds idle_;
    TunnelCount count_;
    Direction there_{client_, server_, count_.fromClient};
    Direction back_{server_, client_, count_.toClient};
    Waiter backOver_{loop_.io};
};

} // namespace

Task<TunnelCount> tunnel(Loop& loop, Wire& client, ReadBuffer& fromClient, Wire& server,
                         ReadBuffer& fromServer, std::chrono::milliseconds idle) {
    const Side nearer{client, fromClient}; // Windows' headers define near and far
    const Side farther{server, fromServer};
    Tunnel passage(loop, nearer, farther, idle);
    co_return co_await passage.run();
}

} // namespace gatehouse::engine
