#include <engine/sending.h>
#include <http/body.h>

#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>

namespace gatehouse::engine {

namespace {

std::string framed(std::string_view bytes) {
    std::string out = http::chunkHead(bytes.size());
    out.append(bytes).append(http::chunkEnd);
    return out;
}

// false: the server takes no more. That is no failure yet: it may have answered.
Task<bool> sendBody(Sending& sending) {
    while (sending.body) {
        const BodyPiece piece = co_await sending.body->next();
        if (piece.state == BodyPiece::State::Broken) {
            sending.clientFailed = piece.why;
            sending.link->wire->close(Ended::ClientLeft);
            co_return false;
        }
        std::string chunk;
        std::string_view out = piece.bytes;
        if (sending.chunked && !out.empty())
            out = chunk = framed(out);
        std::error_code error;
        if (!out.empty())
            error = co_await sending.link->wire->write(out);
        if (error)
            co_return false;
        if (piece.state == BodyPiece::State::End)
            break;
    }
    std::error_code error;
    if (sending.chunked)
        error = co_await sending.link->wire->write(http::lastChunk);
    co_return !error;
}

Task<void> sendRest(std::shared_ptr<Sending> sending, std::string_view head) {
    const std::error_code error = co_await sending->link->wire->write(head);
    if (!error)
        sending->complete = co_await sendBody(*sending);
    sending->finished.open();
}

} // namespace

void startSending(asio::io_context& io, const std::shared_ptr<Sending>& sending) {
    std::string_view head = sending->head;
    const std::error_code error = sending->link->wire->writeNow(head);
    sending->started = head.size() < sending->head.size();
    if (error || (head.empty() && !sending->body)) {
        sending->complete = !error;
        sending->finished.open();
        return;
    }
    sending->started = true;
    asio::co_spawn(io.get_executor(), sendRest(sending, head), asio::detached);
}

} // namespace gatehouse::engine
