// A reply on its way to a client: framed for this connection, relayed as it comes, recorded.
#pragma once

#include <engine/reply.h>

namespace gatehouse::engine {

// true: the client has all of it and, when `mayKeep`, the connection can serve the next request.
// What is left of an upgraded connection is the caller's.
Task<bool> writeReply(Wire& client, Conversation& conversation, Reply& reply, bool mayKeep);

} // namespace gatehouse::engine
