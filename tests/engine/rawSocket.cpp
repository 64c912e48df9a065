#include "rawSocket.h"

#include <http/body.h>
#include <http/parse.h>

#include <arpa/inet.h>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace gatehouse::engine::testing {

RawSocket RawSocket::connect(std::uint16_t port) {
    RawSocket socket = tryToConnect(port);
    if (!socket.isOpen()) {
        std::perror("connect");
        std::abort();
    }
    return socket;
}

RawSocket RawSocket::tryToConnect(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    RawSocket socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (::connect(socket.descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        return {};
    const int one = 1;
    setsockopt(socket.descriptor_, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return socket;
}

RawSocket::RawSocket(RawSocket&& other) noexcept
    : held(std::move(other.held)), descriptor_(std::exchange(other.descriptor_, -1)) {}

RawSocket& RawSocket::operator=(RawSocket&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    std::swap(held, other.held);
    return *this;
}

RawSocket::~RawSocket() {
    close();
}

void RawSocket::close() {
    if (descriptor_ >= 0)
        ::close(std::exchange(descriptor_, -1));
}

std::uint16_t RawSocket::localPort() const {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    getsockname(descriptor_, reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin_port);
}

bool RawSocket::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto size = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (size <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(size));
    }
    return true;
}

std::string RawSocket::receive(int milliseconds) {
    pollfd look{descriptor_, POLLIN, 0};
    timedOut_ = poll(&look, 1, milliseconds) == 0;
    if (timedOut_)
        return {};
    std::string bytes(64 * 1024, '\0');
    const auto size = ::recv(descriptor_, bytes.data(), bytes.size(), 0);
    reset_ = size < 0 && errno == ECONNRESET;
    bytes.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    return bytes;
}

void RawSocket::finishSending() {
    ::shutdown(descriptor_, SHUT_WR);
}

void RawSocket::reset() {
    const linger now{1, 0};
    setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    close();
}

void RawSocket::receiveSlowly() {
    const int small = 32 * 1024;
    setsockopt(descriptor_, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
}

bool RawSocket::readUntil(std::string_view end) {
    while (held.find(end) == std::string::npos) {
        const std::string more = receive();
        if (more.empty())
            return false;
        held += more;
    }
    return true;
}

std::string RawSocket::readResponse(bool withoutBody) {
    std::vector<http::FieldSpan> fields;
    http::ParsedResponse parsed;
    for (;;) {
        const auto outcome = http::parseResponse(held, fields, withoutBody ? "HEAD" : "GET", {});
        if (const auto* const found = std::get_if<http::ParsedResponse>(&outcome)) {
            parsed = *found;
            break;
        }
        const std::string more = std::holds_alternative<http::NeedMore>(outcome) ? receive() : std::string();
        if (more.empty())
            return std::exchange(held, {});
        held += more;
    }
    http::BodyReader body(parsed.framing, {});
    std::size_t used = parsed.size;
    while (!body.done()) {
        if (used == held.size()) {
            const std::string more = receive();
            if (more.empty())
                break;
            held += more;
        }
        const auto step = body.feed(std::string_view(held).substr(used));
        used += step.consumed;
        if (step.refused)
            break;
    }
    std::string response = held.substr(0, used);
    held.erase(0, used);
    return response;
}

std::string RawSocket::readAll() {
    for (std::string more = receive(); !more.empty(); more = receive())
        held += more;
    return std::exchange(held, {});
}

int statusOf(std::string_view response) {
    return response.size() > 12 && response.starts_with("HTTP/1.1 ") ? std::atoi(response.data() + 9) : 0;
}

std::string bodyOf(std::string_view response) {
    std::vector<http::FieldSpan> fields;
    const auto outcome = http::parseResponse(response, fields, "GET", {});
    const auto* const parsed = std::get_if<http::ParsedResponse>(&outcome);
    if (!parsed)
        return {};
    http::BodyReader reader(parsed->framing, {});
    std::string body;
    for (std::size_t used = parsed->size; used < response.size() && !reader.done();) {
        const auto step = reader.feed(response.substr(used));
        body.append(step.data);
        used += step.consumed;
        if (step.consumed == 0)
            break;
    }
    return body;
}

} // namespace gatehouse::engine::testing
