#include <engine/answer.h>
#include <engine/rules.h>
#include <engine/sending.h>

namespace gatehouse::engine {

namespace {

using exchange::Leg;
using exchange::Outcome;

// RFC 9110 section 9.2.2; nginx leaves out POST, LOCK and PATCH only, which is less than this for unknown
// methods.
bool isIdempotent(std::string_view method) {
    for (const std::string_view known : {"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"})
        if (method == known)
            return true;
    return false;
}

struct Attempt {
    std::unique_ptr<RemoteAnswer> answer; // null: none came
    bool again = false;                   // safe to try once more
    bool wasReused = false;
    bool abandoned = false;
    int status = 502;
    http::Refusal clientFailed{0, nullptr};
};

class ServerPass {
public:
    ServerPass(Conversation& conversation, const ServerAddress& server, const exchange::Destination& to,
               const Passing& passing)
        : conversation_(conversation), server_(server), to_(to), passing_(passing) {
        hop_.method = passing.from->method;
        hop_.target = passing.target;
        hop_.edits = passing.edits;
        hop_.manner = passing.manner;
        hop_.version = passing.from->version == http::Version::Http10 && isSubrequest()
                           ? http::Version::Http10
                           : http::Version::Http11;
        hop_.upgrade = passing.webSockets && asksForWebSocket(*passing.from, conversation.framing);
    }

    Task<Reply> run() {
        unsigned triesLeft = passing_.tries;
        bool mayReuse = true;
        if (server_.skipCertificateCheck && server_.url.scheme == "https")
            conversation_.note(&rule::certificateUnchecked, Outcome::Note, server_.url.authority());
        for (;;) {
            Attempt attempt = co_await once(mayReuse);
            if (attempt.answer)
                co_return answered(std::move(attempt.answer));
            if (attempt.clientFailed.status > 0 || attempt.clientFailed.why)
                co_return refuseBody(conversation_, attempt.clientFailed, passing_.manner);
            if (!attempt.wasReused)
                --triesLeft;
            mayReuse = false;
            if (attempt.abandoned || !attempt.again || triesLeft == 0)
                co_return failed(attempt);
            conversation_.note(&rule::retry, Outcome::Note, to_.name);
        }
    }

private:
    bool isSubrequest() const {
        return conversation_.record->kind == exchange::Exchange::Kind::AuthSubrequest;
    }

    std::size_t beginLeg() {
        Leg leg;
        leg.to = to_;
        leg.when.started = conversation_.loop.now();
        if (head_.empty())
            head_ = writeRequest(conversation_.arena(), conversation_.loop.scratch, *passing_.from, hop_,
                                 *conversation_.body, edits_);
        leg.request.head = head_.substr(0, head_.size() - 2);
        leg.requestEdits = edits_;
        conversation_.record->attempts.push_back(std::move(leg));
        return conversation_.record->attempts.size() - 1;
    }

    void endLeg(std::size_t index, Error error) {
        Leg& leg = conversation_.leg(index);
        leg.when.done = conversation_.loop.now().steady - leg.when.started.steady;
        leg.error = describe(error);
        failure_ = std::move(error);
        conversation_.note(&rule::upstreamFailed, Outcome::Failed, leg.error);
    }

    Task<Attempt> once(bool mayReuse) {
        Attempt attempt;
        const std::size_t index = beginLeg();
        const bool reuse = mayReuse && canRepeat();
        Result<LinkPtr> link = co_await connect(conversation_.loop, server_, reuse);
        if (!link) {
            attempt.again = true; // nothing was sent
            attempt.status = isTimeout(link.error()) ? 504 : 502;
            endLeg(index, link.error());
            co_return attempt;
        }
        attempt.wasReused = (*link)->reused;
        conversation_.leg(index).to.address = (*link)->address;
        co_await exchangeOver(*link, index, attempt);
        co_return attempt;
    }

    // A request that could not be sent again goes out on a connection that nobody else is about to close.
    bool canRepeat() const { return isIdempotent(hop_.method) && conversation_.body->isHeld(); }

    Task<void> exchangeOver(LinkPtr link, std::size_t index, Attempt& attempt) {
        RequestBody* const body = conversation_.body->any() ? conversation_.body : nullptr;
        auto sending = std::make_shared<Sending>(conversation_.loop.io, link, head_, body,
                                                 sendsChunks(hop_, *conversation_.body));
        startSending(conversation_.loop.io, sending);
        auto answer = std::make_unique<RemoteAnswer>(conversation_.loop, link, sending, passing_.patience);
        conversation_.waitingOn = link->wire.get();
        const std::optional<RemoteAnswer::HeadFailure> failure = co_await answer->readHead(conversation_);
        conversation_.waitingOn = nullptr;
        if (!failure) {
            Leg& leg = conversation_.leg(index);
            leg.when.firstByte = conversation_.loop.now().steady - leg.when.started.steady;
            leg.response.head = answer->head().substr(0, answer->head().size() - 2);
            leg.status = answer->view().status;
            attempt.answer = std::move(answer);
            co_return;
        }
        co_await answer->stopSending();
        attempt.clientFailed = sending->clientFailed;
        attempt.abandoned = link->wire->ended() == Ended::ClientLeft;
        attempt.status = failure->timedOut ? 504 : 502;
        const bool repeatable = isIdempotent(hop_.method) || !sending->started;
        attempt.again = failure->nothingCame && repeatable && conversation_.body->rewind();
        endLeg(index, fail(*failure->why, {}, {}, failure->technical).error());
    }

    Reply answered(std::unique_ptr<RemoteAnswer> answer) {
        Reply reply;
        reply.manner = passing_.manner;
        const bool switched = answer->view().status == 101;
        if (switched && !(hop_.upgrade && answer->framing().upgrade)) {
            conversation_.note(&rule::upgrade, Outcome::Denied,
                               "101 to a request that asked for no WebSocket");
            return page(502, passing_.manner);
        }
        reply.upgraded = switched;
        reply.remote = std::move(answer);
        return reply;
    }

    Reply failed(const Attempt& attempt) {
        Reply reply = page(attempt.status, passing_.manner);
        reply.failure = failure_;
        reply.abandoned = attempt.abandoned;
        if (attempt.abandoned)
            conversation_.note(&rule::clientLeft, Outcome::Failed);
        return reply;
    }

    Conversation& conversation_;
    const ServerAddress& server_;
    const exchange::Destination& to_;
    const Passing& passing_;
    HopRequest hop_;
    std::string_view head_;
    std::vector<exchange::HeadEdit> edits_;
    std::optional<Error> failure_;
};

} // namespace

Task<Reply> passToServer(Conversation& conversation, const ServerAddress& server,
                         const exchange::Destination& to, const Passing& passing) {
    ServerPass pass(conversation, server, to, passing);
    co_return co_await pass.run();
}

Reply refuseBody(Conversation& conversation, const http::Refusal& why, Manner manner) {
    Reply reply = page(why.status == 0 ? 400 : why.status, manner);
    reply.abandoned = why.status == 0;
    const exchange::Rule rule = why.status == 0     ? &rule::clientLeft
                                : why.status == 408 ? &rule::deadline
                                : why.status == 413 ? &rule::bodyLimit
                                                    : &rule::refusedMessage;
    conversation.note(rule, exchange::Outcome::Denied, why.why ? why.why->text : std::string_view{});
    return reply;
}

} // namespace gatehouse::engine
