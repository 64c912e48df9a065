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

// nginx's send timer: it runs while the server does not read, not while the client is silent.
Task<std::error_code> write(Sending& sending, std::string_view bytes) {
    Wire& wire = *sending.link->wire;
    wire.until(sending.loop.in(sending.patience));
    co_return co_await wire.write(bytes);
}

// false: the server takes no more. That is no failure yet: it may have answered.
Task<bool> sendBody(Sending& sending) {
    while (sending.body) {
        sending.link->wire->noDeadline(); // the client's own counts
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
            error = co_await write(sending, out);
        if (error)
            co_return false;
        if (piece.state == BodyPiece::State::End)
            break;
    }
    std::error_code error;
    if (sending.chunked)
        error = co_await write(sending, http::lastChunk);
    co_return !error;
}

Task<void> sendRest(std::shared_ptr<Sending> sending, std::string_view head) {
    const std::error_code error = co_await write(*sending, head);
    if (!error)
        sending->complete = co_await sendBody(*sending);
    sending->link->wire->until(sending->loop.in(sending->answerPatience));
    sending->finished.open();
}

} // namespace

void startSending(const std::shared_ptr<Sending>& sending) {
    std::string_view head = sending->head;
    const std::error_code error = sending->link->wire->writeNow(head);
    if (error || (head.empty() && !sending->body)) {
        sending->complete = !error;
        sending->finished.open();
        return;
    }
    asio::co_spawn(sending->loop.io.get_executor(), sendRest(sending, head), asio::detached);
}

} // namespace gatehouse::engine
