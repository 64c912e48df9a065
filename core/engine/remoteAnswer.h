// The answer of a server beyond a socket: its head, and its body as it comes.
#pragma once

#include <engine/conversation.h>
#include <http/body.h>

#include <memory>

namespace gatehouse::engine {

struct Sending; // the request on its way (sending.h)

class RemoteAnswer {
public:
    RemoteAnswer(Loop& loop, LinkPtr link, std::shared_ptr<Sending> sending,
                 std::chrono::milliseconds patience, std::size_t headLimit);
    ~RemoteAnswer(); // a connection that is not wholly used goes no further

    // Reads the head into the arena; interim answers go to the client. An error: none came.
    struct HeadFailure {
        const Message* why = nullptr;
        std::string technical;
        bool timedOut = false;
        bool nothingCame = false; // not one byte
        bool invalid = false;     // no head of an answer, or one that is too large
    };
    Task<std::optional<HeadFailure>> readHead(Conversation& conversation);

    const http::ResponseView& view() const { return parsed_.view; }
    const http::Framing& framing() const { return parsed_.framing; }
    std::string_view head() const { return head_; }

    // What is there already; More with no bytes: nothing yet.
    BodyPiece ready();
    Task<BodyPiece> next();

    // For a 101: the connection and what came after the head.
    LinkPtr takeLink();
    Wire* wire() const { return link_ ? link_->wire.get() : nullptr; }
    std::uint64_t bodySize() const { return bodySize_; }
    Task<void> discard();     // its body is not wanted; what of it is there already is read
    Task<void> stopSending(); // the answer is over: whatever of the request did not go out is not wanted

private:
    BodyPiece feed();
    void complete();

    Loop& loop_;
    LinkPtr link_;
    std::shared_ptr<Sending> sending_;
    std::chrono::milliseconds patience_;
    http::Limits limits_;
    http::ParsedResponse parsed_;
    std::vector<http::FieldSpan> fields_;
    std::string_view head_;
    http::BodyReader reader_;
    std::size_t used_ = 0; // of the buffer, by the piece given out last
    std::uint64_t bodySize_ = 0;
    bool complete_ = false;
};

extern const Message noAnswer;
extern const Message answerTimeout;
extern const Message answerHeadTooLarge;

} // namespace gatehouse::engine
