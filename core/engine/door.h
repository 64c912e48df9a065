// Door: one bound socket, and what it means under the arrangement that is in force.
#pragma once

#include <engine/asioTypes.h>
#include <engine/listeners.h>

#include <memory>

namespace gatehouse::engine {

class Door : public std::enable_shared_from_this<Door> {
public:
    Door(Loop& loop, Acceptor acceptor) : loop_(loop), acceptor_(std::move(acceptor)) {}

    void open(std::shared_ptr<const ListenerFacts> facts); // begins to accept; later: what it means now
    void close();
    bool isOpen() const { return open_; }
    const std::shared_ptr<const ListenerFacts>& facts() const { return facts_; }
    std::uint16_t port() const;

private:
    static Task<void> accept(std::shared_ptr<Door> self);

    Loop& loop_;
    Acceptor acceptor_;
    std::shared_ptr<const ListenerFacts> facts_;
    bool open_ = false;
    bool accepting_ = false;
};

} // namespace gatehouse::engine
