// A TLS client over a RawSocket that believes every certificate.
#pragma once

#include "rawSocket.h"

#include <memory>

struct ssl_st;

namespace gatehouse::engine::testing {

class TlsSocket {
public:
    // Ends the test's process when the handshake fails.
    TlsSocket(RawSocket socket, const std::string& serverName);

    bool send(std::string_view bytes);
    void finishSending();  // close_notify and FIN
    std::string receive(); // empty: the end (see endedProperly) or an error
    bool readUntil(std::string_view end);
    std::string readAll();
    bool endedProperly() const { return proper_; } // by close_notify, not by a torn connection
    std::string held;

private:
    struct Free {
        void operator()(ssl_st* ssl) const;
    };
    RawSocket socket_;
    std::unique_ptr<ssl_st, Free> ssl_;
    bool proper_ = false;
};

} // namespace gatehouse::engine::testing
