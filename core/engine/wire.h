// Wire: one TCP connection, plain or TLS, with a deadline and a reason for its end.
//
// Operations return errors, they throw none. A wire that is closed (by its deadline, by us) ends every
// operation under way with an error; ended() says why. At most one read and one write at a time.
#pragma once

#include <engine/asioTypes.h>
#include <engine/readBuffer.h>
#include <engine/sweep.h>

#include <asio/ssl/stream.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace gatehouse::engine {

enum class Ended : std::uint8_t { Not, Deadline, ClientLeft, Stopped, Done };

class Wire final : private Swept {
public:
    Wire(Sweep& sweep, Socket socket);

    Socket& socket() { return socket_; }
    bool isTls() const { return tls_ != nullptr; }
    std::string peerAddress() const; // without port
    std::uint16_t peerPort() const;
    std::string serverName() const;           // what the TLS client asked for; empty without
    std::string certificateComplaint() const; // why the server's certificate was refused; empty: it was not

    void until(SteadyTime deadline) {
        deadline_ = deadline;
        gentle_ = false;
    }
    // Ends the read under way and nothing else, so that the peer can still be told: see late().
    void readUntil(SteadyTime deadline) {
        deadline_ = deadline;
        gentle_ = true;
        late_ = false;
    }
    bool late() const { return late_; }
    void noDeadline() { deadline_ = SteadyTime::max(); }
    Ended ended() const { return ended_; }
    void close(Ended why);

    // `buffer` holds what of the handshake was read already.
    Task<std::error_code> handshakeAsServer(asio::ssl::context& context, ReadBuffer& buffer);
    // Verifies as the context says; `host` for SNI and the certificate's name.
    Task<std::error_code> handshakeAsClient(asio::ssl::context& context, const std::string& host,
                                            bool verify);

    // Appends to the buffer. 0 bytes never come without an error; asio::error::eof is a proper end,
    // asio::ssl::error::stream_truncated one without close_notify.
    Task<std::error_code> read(ReadBuffer& buffer, std::size_t least);
    // What goes out without waiting, at once; the rest stays in `bytes`.
    void cancelRead(); // ends it with an error; the connection goes on
    std::error_code writeNow(std::string_view& bytes);
    Task<std::error_code> write(std::string_view bytes);
    Task<void> shutdown(); // close_notify where there is TLS, then the sending half
    // The gentle end: the same, then what the peer still sends is read and thrown away until it ends too.
    // Closing with unread bytes would reset the connection, and the peer might lose what it has not read yet.
    Task<void> finish(SteadyTime deadline);

    // Something to read or an end: on an idle pooled wire either makes it useless.
    bool idleDisturbed();
    // The peer has closed its sending side (seen without reading what it sent before, where the system can
    // say).
    bool peerClosed();

private:
    void swept(SteadyTime now) override;

    Socket socket_;
    std::unique_ptr<asio::ssl::stream<Socket&>> tls_;
    SteadyTime deadline_ = SteadyTime::max();
    Ended ended_ = Ended::Not;
    bool gentle_ = false;
    bool late_ = false;
};

} // namespace gatehouse::engine
