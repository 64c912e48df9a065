// A TCP socket as simple as it gets: what a test sends is what goes over the wire.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gatehouse::engine::testing {

class RawSocket {
public:
    RawSocket() = default;
    explicit RawSocket(int descriptor) : descriptor_(descriptor) {}
    static RawSocket connect(std::uint16_t port);      // 127.0.0.1; ends the test's process when it cannot
    static RawSocket tryToConnect(std::uint16_t port); // not open when nobody listens
    RawSocket(RawSocket&& other) noexcept;
    RawSocket& operator=(RawSocket&& other) noexcept;
    ~RawSocket();

    int descriptor() const { return descriptor_; }
    bool isOpen() const { return descriptor_ >= 0; }
    std::uint16_t localPort() const;
    bool send(std::string_view bytes); // all of them; false: the peer takes no more
    // Up to 64 KiB that arrive within the time; empty: the end, an error, or nothing came (see timedOut).
    std::string receive(int milliseconds = 10'000);
    bool timedOut() const { return timedOut_; }
    bool wasReset() const { return reset_; }
    void finishSending(); // FIN
    void reset();         // RST instead of FIN when it closes
    void close();
    void receiveSlowly(); // a small receive buffer, so that the sender has to wait

    // Reads on until `end` was seen (all of what was read is kept in `held`), or the peer closes.
    bool readUntil(std::string_view end);
    // One response: head, then its body by Content-Length or chunks or, without either, until the end.
    std::string readResponse(bool withoutBody = false);
    std::string readAll(); // until the peer closes
    std::string held;      // came and was not used

private:
    int descriptor_ = -1;
    bool timedOut_ = false;
    bool reset_ = false;
};

int statusOf(std::string_view response);
std::string bodyOf(std::string_view response); // decoded when it is chunked

} // namespace gatehouse::engine::testing
