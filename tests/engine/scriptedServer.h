// A server that does what the test says: every connection runs the script in a thread of its own.
#pragma once

#include "rawSocket.h"

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace gatehouse::engine::testing {

class ScriptedServer {
public:
    using Script = std::function<void(RawSocket&)>;

    explicit ScriptedServer(Script script);
    ~ScriptedServer(); // waits for the scripts to end

    std::uint16_t port() const { return port_; }
    int connections() const { return connections_; }
    std::vector<std::string> requests() const; // heads that readRequest() has read
    // Head and body (by Content-Length or chunks, decoded) of the next request; empty: none comes any more.
    struct Request {
        std::string head;
        std::string body;
    };
    Request readRequest(RawSocket& socket);
    void answer(Script script); // from the next connection on

private:
    void accept();

    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<int> connections_ = 0;
    mutable std::mutex mutex_;
    Script script_;
    std::vector<std::string> requests_;
    std::vector<std::thread> threads_;
    std::vector<int> open_;
    std::thread acceptor_;
};

} // namespace gatehouse::engine::testing
