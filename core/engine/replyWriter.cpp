#include <base/ascii.h>
#include <engine/replyWriter.h>
#include <engine/rules.h>
#include <exchange/snapshot.h>

namespace gatehouse::engine {

namespace {

using exchange::Body;
using exchange::BodyState;
using exchange::Outcome;

constexpr std::size_t enoughAtOnce = 64 * 1024;

class ReplyWriter {
public:
    ReplyWriter(Wire& client, Conversation& conversation, Reply& reply, bool mayKeep)
        : client_(client), conversation_(conversation), reply_(reply), keep_(mayKeep) {}

    Task<bool> run() {
        writeHead();
        bool sent = true;
        if (hasBody_ && reply_.remote)
            sent = co_await relay();
        else if (hasBody_)
            sent = co_await sendHeld();
        else
            sent = co_await flush();
        if (reply_.remote && !reply_.upgraded && !hasBody_)
            reply_.remote->ready(); // lets the connection go back to the pool
        recordBody();
        co_return sent&& keep_;
    }

private:
    // RFC 9112 section 6.3.
    bool mayHaveBody(int status) const {
        return conversation_.request.method != "HEAD" && status >= 200 && status != 204 && status != 304;
    }

    void chooseFraming(HopResponse& hop, const http::ResponseView& view) {
        hasBody_ = mayHaveBody(view.status);
        if (!reply_.remote) {
            if (view.status >= 200 && view.status != 204 && view.status != 304)
                hop.length = reply_.held.body.size();
            hasBody_ = hasBody_ && !reply_.held.body.empty();
            return;
        }
        const http::Framing& framing = reply_.remote->framing();
        if (!hasBody_ || framing.body == http::BodyKind::None) {
            if (reply_.remote->view().headers.has("Content-Length") && view.status != 204)
                hop.length = framing.length; // HEAD and 304 may say how long it would be
            hasBody_ = false;
        } else if (framing.body == http::BodyKind::Length) {
            hop.length = framing.length;
        } else if (conversation_.request.version == http::Version::Http11) {
            hop.chunked = chunked_ = true;
        } else {
            keep_ = false; // the end of the connection is the end of the body
        }
    }

    void writeHead() {
        const http::ResponseView view = reply_.view();
        const Now now = conversation_.loop.now();
        HopResponse hop;
        hop.edits = reply_.edits;
        hop.manner = reply_.manner;
        hop.upgrade = reply_.upgraded;
        hop.date = conversation_.loop.date(now.wall);
        if (!reply_.upgraded)
            chooseFraming(hop, view);
        hop.keepAlive = keep_;
        hop.closing = !keep_;
        exchange::Leg& leg = conversation_.record->client;
        const std::string_view head =
            writeResponse(conversation_.arena(), conversation_.loop.scratch, view, hop, leg.responseEdits);
        leg.response.head = head.substr(0, head.size() - 2);
        leg.status = view.status;
        leg.when.firstByte = now.steady - leg.when.started.steady;
        out_.assign(head);
    }

    Task<bool> flush() {
        const std::error_code error = co_await writeOut();
        out_.clear();
        if (error)
            clientLeft();
        co_return !error;
    }

    Task<std::error_code> writeOut() {
        client_.until(conversation_.loop.in(conversation_.loop.options.patience.answer));
        co_return co_await client_.write(out_);
    }

    void clientLeft() {
        conversation_.record->client.error = "the client left";
        conversation_.note(&rule::clientLeft, Outcome::Failed);
    }

    Task<bool> sendHeld() {
        const std::string& body = reply_.held.body;
        captured_ = body.substr(0, conversation_.loop.options.captureBody);
        size_ = body.size();
        out_.append(body);
        whole_ = co_await flush();
        co_return whole_;
    }

    void take(std::string_view bytes) {
        size_ += bytes.size();
        const std::size_t limit = conversation_.loop.options.captureBody;
        if (captured_.size() < limit)
            captured_.append(bytes.substr(0, limit - captured_.size()));
        if (chunked_ && !bytes.empty())
            out_.append(http::chunkHead(bytes.size())).append(bytes).append(http::chunkEnd);
        else
            out_.append(bytes);
    }

    // What is there goes out with the head; then as it comes, nothing read while something is not yet
    // written.
    Task<bool> relay() {
        RemoteAnswer& remote = *reply_.remote;
        BodyPiece piece = remote.ready();
        bool shown = false;
        for (;;) {
            take(piece.bytes);
            if (piece.state == BodyPiece::State::End)
                break;
            if (piece.state == BodyPiece::State::Broken)
                co_return co_await brokeOff();
            if (!piece.bytes.empty() && out_.size() < enoughAtOnce) {
                piece = remote.ready();
                if (!piece.bytes.empty() || piece.state != BodyPiece::State::More)
                    continue;
            }
            bool flushed = true;
            if (!out_.empty())
                flushed = co_await flush();
            if (!flushed)
                co_return false;
            if (!std::exchange(shown, true))
                showLive();
            conversation_.waitingOn = remote.wire();
            piece = co_await remote.next();
            conversation_.waitingOn = nullptr;
        }
        if (chunked_)
            out_.append(http::lastChunk);
        whole_ = true;
        if (!out_.empty())
            whole_ = co_await flush();
        co_return whole_;
    }

    // A stream may go on for hours: it is shown while it lasts.
    void showLive() {
        const auto type = reply_.view().headers.get("Content-Type");
        if (!startsWithIgnoreCase(type, "text/event-stream"))
            return;
        conversation_.record->live = true;
        conversation_.loop.recorder.put(exchange::snapshot(*conversation_.record));
    }

    Task<bool> brokeOff() {
        conversation_.note(&rule::truncated, Outcome::Failed);
        conversation_.record->client.error = "the backend broke off in the middle of its answer";
        keep_ = false;
        if (!out_.empty())
            co_await flush();
        co_return false; // closing without the last chunk tells the client
    }

    void recordBody() {
        if (!hasBody_)
            return;
        Body body;
        body.start = conversation_.arena().keep(captured_);
        body.size = size_;
        body.state = whole_ ? BodyState::Complete : BodyState::Truncated;
        conversation_.record->client.response.body = body;
        if (reply_.remote && !conversation_.record->attempts.empty()) {
            exchange::Leg& leg = conversation_.record->attempts.back();
            leg.response.body = body;
            leg.when.done = conversation_.loop.now().steady - leg.when.started.steady;
        }
    }

    Wire& client_;
    Conversation& conversation_;
    Reply& reply_;
    bool keep_;
    bool hasBody_ = false;
    bool chunked_ = false;
    bool whole_ = false;
    std::string out_;
    std::string captured_;
    std::uint64_t size_ = 0;
};

} // namespace

Task<bool> writeReply(Wire& client, Conversation& conversation, Reply& reply, bool mayKeep) {
    ReplyWriter writer(client, conversation, reply, mayKeep);
    co_return co_await writer.run();
}

} // namespace gatehouse::engine
