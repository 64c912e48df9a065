// Tunnel: bytes both ways until both ends have said their last.
#pragma once

#include <engine/loop.h>

namespace gatehouse::engine {

struct TunnelCount {
    std::uint64_t fromClient = 0;
    std::uint64_t toClient = 0;
};

// What either side had sent already lies in the buffers. Ends when nothing moved for `idle`, when the wires
// are closed, or when both ends are through. Half-closing is passed on where there is no TLS; whatever came
// before an end is written before the end is passed on, and no side is reset over bytes that nobody wanted.
Task<TunnelCount> tunnel(Loop& loop, Wire& client, ReadBuffer& fromClient, Wire& server,
                         ReadBuffer& fromServer, std::chrono::milliseconds idle);

} // namespace gatehouse::engine
