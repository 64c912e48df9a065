// The body of a request: held (collected into a spool, or given as a string), or still streaming from its
// client.
#pragma once

#include <engine/asioTypes.h>
#include <engine/spool.h>
#include <exchange/exchange.h>
#include <http/parse.h>

#include <cstdint>
#include <optional>
#include <string>

namespace gatehouse::engine {

struct BodyPiece {
    enum class State : std::uint8_t { More, End, Broken };
    std::string_view bytes; // until the next call
    State state = State::More;
    http::Refusal why{0, nullptr}; // Broken by the client: status to answer with; 0 = it left
};

// Body bytes as they arrive.
class BodyStream {
public:
    virtual ~BodyStream() = default;
    virtual Task<BodyPiece> next() = 0;
    virtual void abandon() = 0; // a next() under way ends as Broken
};

class RequestBody {
public:
    RequestBody() = default; // none
    // announced: its length is said even when it is 0.
    RequestBody(std::string held, bool announced);
    RequestBody(BodyStream& stream, const http::Framing& framing, std::size_t captureLimit);

    bool any() const { return stream_ || spool_.size() > 0; }
    bool isHeld() const { return !stream_; }
    // What Content-Length says, or what is held; nullopt while a chunked body is streaming.
    std::optional<std::uint64_t> size() const;
    // There was a Content-Length or a chunked coding, if only of nothing.
    bool announced() const { return announced_; }
    std::string_view inMemory() const { return spool_.memory(); }

    // More than that is refused with 413 while it is read. 0: no limit. The smallest of several counts.
    void limitTo(std::uint64_t limit) {
        if (limit > 0 && (limit_ == 0 || limit < limit_))
            limit_ = limit;
    }
    // Reads the stream into the spool. limit 0: none. The refusal says why it could not.
    Task<std::optional<http::Refusal>> collect(std::uint64_t limit);

    bool rewind(); // false: it is a stream of which something was read
    Task<BodyPiece> next();
    void abandon() {
        if (stream_)
            stream_->abandon();
    }

    // For the record: the first bytes, and how many there were.
    exchange::Body captured(Arena& arena) const;

private:
    void capture(std::string_view bytes);

    BodyStream* stream_ = nullptr;
    bool streamTouched_ = false;
    bool announced_ = false;
    bool broken_ = false;
    std::optional<std::uint64_t> length_;
    Spool spool_;
    std::size_t captureLimit_ = 0;
    std::uint64_t limit_ = 0;
    std::string captured_;
    std::uint64_t seen_ = 0;
    bool ended_ = true;
};

extern const Message bodyTooLarge;
extern const Message bodySpoolFailed;

} // namespace gatehouse::engine
