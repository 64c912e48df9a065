#include <engine/wire.h>

#include <array>
#include <asio/read.hpp>
#include <asio/write.hpp>

#ifdef __unix__
#include <poll.h>
#endif

namespace gatehouse::engine {

Wire::Wire(Sweep& sweep, Socket socket) : Swept(sweep), socket_(std::move(socket)) {
    asio::error_code ignored; // a socket that is dead already says so at its first read
    socket_.non_blocking(true, ignored);
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
}

std::string Wire::peerAddress() const {
    asio::error_code error;
    const auto peer = socket_.remote_endpoint(error);
    if (error)
        return {};
    const auto address = peer.address();
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
    return address.to_string();
}

std::uint16_t Wire::peerPort() const {
    asio::error_code error;
    const auto peer = socket_.remote_endpoint(error);
    return error ? std::uint16_t(0) : peer.port();
}

void Wire::swept(SteadyTime now) {
    if (now < deadline_ || ended_ != Ended::Not)
        return;
    if (now != SteadyTime::max() && gentle_) {
        deadline_ = SteadyTime::max();
        late_ = true;
        asio::error_code ignored; // a dead socket ends its operations anyway
        socket_.cancel(ignored);
    } else {
        close(Ended::Deadline); // also when everything is cut: then it is always late enough
    }
}

void Wire::close(Ended why) {
    if (ended_ == Ended::Not)
        ended_ = why;
    deadline_ = SteadyTime::max();
    asio::error_code ignored; // whatever it says, the descriptor is gone
    socket_.close(ignored);
}

Task<std::error_code> Wire::read(ReadBuffer& buffer, std::size_t least) {
    const auto room = buffer.room(least);
    const asio::mutable_buffer into = asio::buffer(room.data(), room.size());
    std::error_code error;
    std::size_t size = 0;
    if (tls_)
        std::tie(error, size) = co_await tls_->async_read_some(into, tupled);
    else
        std::tie(error, size) = co_await socket_.async_read_some(into, tupled);
    buffer.filled(size);
    co_return error;
}

void Wire::cancelRead() {
    asio::error_code ignored; // a dead socket ends its operations anyway
    socket_.cancel(ignored);
}

std::error_code Wire::writeNow(std::string_view& bytes) {
    std::error_code error;
    while (!tls_ && !bytes.empty()) {
        const std::size_t size = socket_.write_some(asio::buffer(bytes.data(), bytes.size()), error);
        if (error == asio::error::would_block || error == asio::error::try_again)
            return {};
        if (error)
            return error;
        bytes.remove_prefix(size);
    }
    return {};
}

Task<std::error_code> Wire::write(std::string_view bytes) {
    std::error_code error = writeNow(bytes);
    if (error || bytes.empty())
        co_return error;
    const asio::const_buffer rest = asio::buffer(bytes.data(), bytes.size());
    std::size_t size = 0;
    if (tls_)
        std::tie(error, size) = co_await asio::async_write(*tls_, rest, tupled);
    else
        std::tie(error, size) = co_await asio::async_write(socket_, rest, tupled);
    co_return error;
}

Task<void> Wire::shutdown() {
    if (tls_ && ended_ == Ended::Not)
        co_await tls_->async_shutdown(tupled);
    asio::error_code ignored; // it may be closed already
    socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
}

Task<void> Wire::finish(SteadyTime deadline) {
    if (ended_ != Ended::Not)
        co_return;
    until(deadline);
    co_await shutdown();
    std::array<char, 4096> unwanted{};
    const asio::mutable_buffer into = asio::buffer(unwanted);
    std::error_code error;
    std::size_t size = 0;
    while (!error && ended_ == Ended::Not)
        std::tie(error, size) = co_await socket_.async_read_some(into, tupled);
}

bool Wire::idleDisturbed() {
    char byte = 0;
    asio::error_code error;
    socket_.receive(asio::buffer(&byte, 1), asio::ip::tcp::socket::message_peek, error);
    return error != asio::error::would_block && error != asio::error::try_again;
}

bool Wire::peerClosed() {
#ifdef POLLRDHUP
    pollfd look{socket_.native_handle(), POLLRDHUP, 0};
    return poll(&look, 1, 0) > 0 && (look.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
#else
    char byte = 0;
    asio::error_code error;
    const std::size_t size =
        socket_.receive(asio::buffer(&byte, 1), asio::ip::tcp::socket::message_peek, error);
    return size == 0 && error != asio::error::would_block && error != asio::error::try_again;
#endif
}

} // namespace gatehouse::engine
