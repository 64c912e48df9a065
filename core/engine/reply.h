// Reply: an answer on its way back through those who decided; its body is here, or still beyond a socket.
#pragma once

#include <engine/hop.h>
#include <engine/remoteAnswer.h>

#include <memory>
#include <vector>

namespace gatehouse::engine {

struct Reply {
    http::Response held;                  // without `remote`: all of it
    std::unique_ptr<RemoteAnswer> remote; // else: the head is its, or `held` when edits were applied to it
    bool headReplaced = false;
    Manner manner = Manner::Nginx;
    std::vector<exchange::HeadEdit> edits; // of the outermost room, not applied yet
    bool upgraded = false;                 // a 101 that was asked for: a tunnel follows
    std::optional<Error> failure;          // nobody answered: `held` is only a page about it
    bool abandoned = false;                // the client is gone: nobody to answer
    bool own = false;     // a page of ours about a failure: who passed the request on may have a better one
    bool closing = false; // the client's connection ends with it
    // How long nothing may move in the tunnel that follows.
    std::chrono::milliseconds tunnelIdle{60'000};

    http::ResponseView view() const { return remote && !headReplaced ? remote->view() : held.view(); }
    // Applies the edits, for another room to decide on the result.
    void settle();
};

// nginx's built-in pages, which clients of the controller see.
Reply page(int status, Manner manner = Manner::Nginx);

} // namespace gatehouse::engine
