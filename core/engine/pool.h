// Connections to backends that may be used again: last in, first out, a few seconds at most.
#pragma once

#include <engine/wire.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace gatehouse::engine {

// A connection to a server, and what it sent that nobody read yet.
struct Link {
    std::shared_ptr<Wire> wire;
    ReadBuffer buffer;
    std::string key; // scheme, host, port and what is trusted: whom this connection may speak for
    std::string address;
    bool reused = false;
};
using LinkPtr = std::shared_ptr<Link>;

class Pool final : private Swept {
public:
    explicit Pool(Sweep& sweep) : Swept(sweep) {}

    // nullptr: none that is fit. One that was closed, or where bytes came unasked, is not (response-queue
    // poisoning).
    LinkPtr take(const std::string& key);
    // Only after a complete response to a request that was sent completely.
    void put(LinkPtr link, SteadyTime now);
    void clear() { idle_.clear(); }

private:
    void swept(SteadyTime now) override;

    struct Idle {
        LinkPtr link;
        SteadyTime since;
    };
    std::map<std::string, std::vector<Idle>, std::less<>> idle_;
};

} // namespace gatehouse::engine
