#include <engine/requestBody.h>

#include <algorithm>

namespace gatehouse::engine {

namespace {

constexpr std::size_t mostCaptured = 64 * 1024; // of a body of our own

} // namespace

const Message bodyTooLarge{"body-too-large", GH_TEXT("core", "the request body is larger than allowed here"),
                           GH_TEXT("core", "The annotation proxy-body-size raises the limit.")};
const Message bodySpoolFailed{"body-spool-failed", GH_TEXT("core", "the request body could not be kept"),
                              GH_TEXT("core", "Is the disk of temporary files full?")};

namespace {

constexpr http::Refusal tooLarge{413, &bodyTooLarge};

} // namespace

RequestBody::RequestBody(std::string held, bool announced)
    : announced_(announced || !held.empty()), captureLimit_(mostCaptured),
      captured_(held.substr(0, mostCaptured)), seen_(held.size()) {
    if (!spool_.append(held))
        broken_ = true;
}

RequestBody::RequestBody(BodyStream& stream, const http::Framing& framing, std::size_t captureLimit)
    : captureLimit_(captureLimit) {
    if (framing.body == http::BodyKind::None)
        return;
    stream_ = &stream;
    announced_ = true;
    ended_ = false;
    if (framing.body == http::BodyKind::Length)
        length_ = framing.length;
}

std::optional<std::uint64_t> RequestBody::size() const {
    return stream_ ? length_ : std::optional<std::uint64_t>(spool_.size());
}

void RequestBody::capture(std::string_view bytes) {
    seen_ += bytes.size();
    if (captured_.size() < captureLimit_)
        captured_.append(bytes.substr(0, captureLimit_ - captured_.size()));
}

Task<std::optional<http::Refusal>> RequestBody::collect(std::uint64_t limit) {
    if (limit > 0 && size().value_or(0) > limit)
        co_return http::Refusal(tooLarge);
    limitTo(limit);
    while (stream_) {
        const BodyPiece piece = co_await next();
        if (piece.state == BodyPiece::State::Broken)
            co_return piece.why;
        if (!spool_.append(piece.bytes)) {
            const http::Refusal failed{500, &bodySpoolFailed};
            co_return failed;
        }
        if (piece.state == BodyPiece::State::End)
            stream_ = nullptr;
    }
    spool_.rewind();
    co_return std::nullopt;
}

bool RequestBody::rewind() {
    if (stream_)
        return !streamTouched_;
    spool_.rewind();
    return true;
}

Task<BodyPiece> RequestBody::next() {
    BodyPiece piece;
    if (stream_) {
        streamTouched_ = true;
        piece = co_await stream_->next();
        capture(piece.bytes);
        ended_ = piece.state == BodyPiece::State::End;
        if (limit_ > 0 && seen_ > limit_) {
            piece.state = BodyPiece::State::Broken;
            piece.why = tooLarge;
        }
        broken_ = piece.state == BodyPiece::State::Broken;
        co_return piece;
    }
    piece.bytes = spool_.next();
    if (spool_.failed()) {
        piece.state = BodyPiece::State::Broken;
        piece.why = http::Refusal{500, &bodySpoolFailed};
    } else if (piece.bytes.empty()) {
        piece.state = BodyPiece::State::End;
    }
    co_return piece;
}

exchange::Body RequestBody::captured(Arena& arena) const {
    exchange::Body body;
    body.size = seen_;
    body.start = arena.keep(captured_);
    if (announced_ && seen_ > 0)
        body.state = ended_ ? exchange::BodyState::Complete : exchange::BodyState::Truncated;
    return body;
}

} // namespace gatehouse::engine
