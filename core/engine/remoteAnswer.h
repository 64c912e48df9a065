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
                 std::chrono::milliseconds patience);
    ~RemoteAnswer(); // a connection that is not wholly used goes no further

    // Reads the head into the arena; interim answers go to the client. An error: none came.
    struct HeadFailure {
        const Message* why = nullptr;
        std::string technical;
        bool timedOut = false;
        bool nothingCame = false; // not one byte: the request may be sent again if its method allows
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
    Task<void> stopSending(); // the answer is over: whatever of the request did not go out is not wanted

private:
    BodyPiece feed();
    void complete();

    Loop& loop_;
    LinkPtr link_;
    std::shared_ptr<Sending> sending_;
    std::chrono::milliseconds patience_;
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

} // namespace gatehouse::engine
