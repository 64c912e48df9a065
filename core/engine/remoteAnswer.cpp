#include <engine/remoteAnswer.h>
#include <engine/sending.h>
#include <http/refusals.h>

#include <asio/ssl/error.hpp>

namespace gatehouse::engine {

const Message noAnswer{"no-answer", GH_TEXT("core", "the server closed the connection without an answer"),
                       ""};
const Message answerHeadTooLarge{
    "answer-head-too-large", GH_TEXT("core", "the head of the answer is larger than allowed here"),
    GH_TEXT("core",
            "The annotation proxy-buffer-size raises the limit; session cookies often need 8k or 16k.")};
const Message answerTimeout{"answer-timeout", GH_TEXT("core", "the server did not answer in time"), ""};

namespace {

constexpr std::size_t readSize = 16 * 1024;
constexpr std::size_t bodyReadSize = 64 * 1024;
constexpr unsigned mostInterim = 8;
constexpr std::size_t mostFields = 2000; // originals count bytes only

} // namespace

RemoteAnswer::RemoteAnswer(Loop& loop, LinkPtr link, std::shared_ptr<Sending> sending,
                           std::chrono::milliseconds patience, std::size_t headLimit)
    : loop_(loop), link_(std::move(link)), sending_(std::move(sending)), patience_(patience) {
    limits_.head = headLimit;
    limits_.fields = mostFields;
}

RemoteAnswer::~RemoteAnswer() {
    if (link_)
        link_->wire->close(Ended::Done);
}

Task<std::optional<RemoteAnswer::HeadFailure>> RemoteAnswer::readHead(Conversation& conversation) {
    HeadFailure failure;
    Wire& wire = *link_->wire;
    bool anything = false;
    for (unsigned interim = 0; interim <= mostInterim;) {
        const auto outcome =
            http::parseResponse(link_->buffer.bytes(), fields_, conversation.request.method, limits_);
        if (const auto* const refusal = std::get_if<http::Refusal>(&outcome)) {
            failure.why = refusal->why == &http::refusal::headTooLarge ? &answerHeadTooLarge : refusal->why;
            failure.invalid = true;
            co_return failure;
        }
        if (const auto* const parsed = std::get_if<http::ParsedResponse>(&outcome)) {
            const int status = parsed->view.status;
            const bool final = status >= 200 || status == 101 ||
                               conversation.record->kind == exchange::Exchange::Kind::AuthSubrequest;
            if (final) { // nginx takes a 100 for the auth service's answer, so do we
                head_ = conversation.arena().keep(link_->buffer.bytes().substr(0, parsed->size));
                link_->buffer.consume(parsed->size);
                parsed_ = std::get<http::ParsedResponse>(
                    http::parseResponse(head_, fields_, conversation.request.method, limits_));
                reader_ = http::BodyReader(parsed_.framing, limits_);
                if (reader_.done())
                    complete();
                co_return std::nullopt;
            }
            if (status != 100 && conversation.client)
                co_await conversation.client->interim(parsed->view);
            link_->buffer.consume(parsed->size);
            ++interim;
            continue;
        }
        if (sending_->finished.isOpen()) // before that the sender's patience counts
            wire.until(loop_.in(patience_));
        const std::error_code error = co_await wire.read(link_->buffer, readSize);
        anything = anything || !link_->buffer.empty();
        if (error) {
            failure.timedOut = wire.ended() == Ended::Deadline;
            failure.nothingCame = !anything && !failure.timedOut;
            failure.why = failure.timedOut ? &answerTimeout : &noAnswer;
            failure.technical = error.message();
            co_return failure;
        }
    }
    failure.why = &noAnswer;
    failure.technical = "interim answers only";
    co_return failure;
}

BodyPiece RemoteAnswer::feed() {
    BodyPiece piece;
    link_->buffer.consume(std::exchange(used_, 0));
    if (complete_ || reader_.done()) {
        piece.state = BodyPiece::State::End;
        return piece;
    }
    // Framing without data (a chunk's size) is skipped until there is data, an end, or nothing left.
    while (!link_->buffer.empty()) {
        const auto step = reader_.feed(link_->buffer.bytes());
        if (step.refused) {
            piece.state = BodyPiece::State::Broken;
            return piece;
        }
        bodySize_ += step.data.size();
        if (!step.data.empty()) {
            piece.bytes = step.data;
            used_ = step.consumed; // stays until the piece was used
            return piece;
        }
        link_->buffer.consume(step.consumed);
        if (step.done)
            piece.state = BodyPiece::State::End;
        if (step.done || step.consumed == 0)
            return piece;
    }
    return piece;
}

BodyPiece RemoteAnswer::ready() {
    if (!link_) {
        BodyPiece end;
        end.state = BodyPiece::State::End;
        return end;
    }
    BodyPiece piece = feed();
    if (piece.state == BodyPiece::State::End)
        complete();
    return piece;
}

Task<BodyPiece> RemoteAnswer::next() {
    BodyPiece piece = ready();
    while (piece.state == BodyPiece::State::More && piece.bytes.empty()) {
        link_->wire->until(loop_.in(patience_));
        const std::error_code error = co_await link_->wire->read(link_->buffer, bodyReadSize);
        if (error && link_->buffer.empty()) {
            // RFC 9112 section 8: without a length the end is the end, but not a torn TLS connection.
            const bool whole = error == asio::error::eof && reader_.endOfInput();
            piece.state = whole ? BodyPiece::State::End : BodyPiece::State::Broken;
            link_->wire->close(Ended::Done);
            co_return piece;
        }
        piece = ready();
    }
    co_return piece;
}

void RemoteAnswer::complete() {
    complete_ = true;
    if (!link_ || !parsed_.framing.keepAlive || parsed_.view.status == 101 || !sending_->complete)
        return;
    if (!link_->buffer.empty())
        return; // bytes nobody asked for: whatever they are, they belong to nobody
    loop_.pool.put(std::move(link_), loop_.now().steady);
}

LinkPtr RemoteAnswer::takeLink() {
    return std::move(link_);
}

Task<void> RemoteAnswer::discard() {
    BodyPiece piece = ready();
    while (piece.state == BodyPiece::State::More && !piece.bytes.empty())
        piece = ready();
    co_await stopSending();
}

Task<void> RemoteAnswer::stopSending() {
    if (!sending_->finished.isOpen()) {
        sending_->link->wire->close(Ended::Done);
        if (sending_->body)
            sending_->body->abandon();
        co_await sending_->finished.wait();
    }
}

} // namespace gatehouse::engine
