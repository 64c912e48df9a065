#include <engine/answer.h>
#include <engine/rules.h>
#include <engine/sending.h>

#include <algorithm>

namespace gatehouse::engine {

namespace {

using exchange::Leg;
using exchange::Outcome;

// ngx_http_upstream_next: NGX_HTTP_UPSTREAM_FT_NON_IDEMPOTENT.
bool isIdempotentToNginx(std::string_view method) {
    return method != "POST" && method != "LOCK" && method != "PATCH";
}

// RFC 9110 section 9.2.2, as far as Go's transport dares (net/http Request.isReplayable, and PUT, DELETE).
bool isIdempotent(std::string_view method) {
    for (const std::string_view known : {"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"})
        if (method == known)
            return true;
    return false;
}

constexpr int mostTries = 100; // where there is no bound

struct Attempt {
    enum class Failure : std::uint8_t { None, Broken, TimedOut, Invalid };
    std::unique_ptr<RemoteAnswer> answer; // null: none came
    Failure failure = Failure::None;
    bool sent = false;
    bool nothingCame = true;
    bool wasReused = false;
    bool abandoned = false;
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
        const bool http10 =
            passing.http10 || (passing.from->version == http::Version::Http10 && isSubrequest());
        hop_.version = http10 ? http::Version::Http10 : http::Version::Http11;
        hop_.upgrade = passing.webSockets && asksForWebSocket(*passing.from, conversation.framing);
    }

    Task<Reply> run() {
        if (passing_.retries)
            triesLeft_ = passing_.retries->tries > 0 ? passing_.retries->tries : mostTries;
        if (passing_.retries && passing_.retries->retryFor.count() > 0)
            started_ = conversation_.loop.now().steady;
        bool mayReuse = true;
        if (server_.skipCertificateCheck && server_.url.scheme == "https")
            conversation_.note(&rule::certificateUnchecked, Outcome::Note, server_.url.authority());
        for (;;) {
            Attempt attempt = co_await once(mayReuse);
            if (attempt.clientFailed.status > 0 || attempt.clientFailed.why)
                co_return refuseBody(conversation_, attempt.clientFailed, passing_.manner);
            // A pooled connection that was dead already does not count.
            if (!attempt.wasReused || attempt.failure != Attempt::Failure::Broken)
                --triesLeft_;
            mayReuse = false;
            const bool again = mayTryAgain(attempt);
            if (attempt.answer && !again)
                co_return answered(std::move(attempt.answer));
            if (!again)
                co_return failed(attempt);
            if (attempt.answer)
                co_await attempt.answer->discard();
            conversation_.note(&rule::retry, Outcome::Note, to_.name);
        }
    }

private:
    bool isSubrequest() const {
        return conversation_.record->kind == exchange::Exchange::Kind::AuthSubrequest;
    }

    bool mayTryAgain(const Attempt& attempt) {
        if (!isWorthAnother(attempt) || attempt.abandoned || triesLeft_ <= 0)
            return false;
        const auto bound = passing_.retries ? passing_.retries->retryFor : std::chrono::milliseconds(0);
        const bool late = bound.count() > 0 && conversation_.loop.now().steady - started_ >= bound;
        return !late && conversation_.body->rewind();
    }

    // nginx's list where there is one; else what Go's transport does on its own.
    bool isWorthAnother(const Attempt& attempt) const {
        const ingress::UpstreamPolicy* const policy = passing_.retries;
        if (!policy)
            return attempt.failure == Attempt::Failure::Broken && attempt.wasReused && attempt.nothingCame &&
                   isIdempotent(hop_.method);
        if (attempt.sent && !policy->retryNonIdempotent && !isIdempotentToNginx(hop_.method))
            return false;
        switch (attempt.failure) {
        case Attempt::Failure::Broken:
            return policy->retryBroken;
        case Attempt::Failure::TimedOut:
            return policy->retryTimedOut;
        case Attempt::Failure::Invalid:
            return policy->retryInvalid;
        case Attempt::Failure::None:
            break;
        }
        const auto& statuses = policy->retryStatuses;
        return !statuses.empty() &&
               std::find(statuses.begin(), statuses.end(), attempt.answer->view().status) != statuses.end();
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
        Result<LinkPtr> link = co_await connect(conversation_.loop, server_, reuse, passing_.connectPatience);
        if (!link) {
            attempt.failure = isTimeout(link.error()) ? Attempt::Failure::TimedOut : Attempt::Failure::Broken;
            endLeg(index, link.error());
            co_return attempt;
        }
        attempt.sent = true;
        attempt.wasReused = (*link)->reused;
        conversation_.leg(index).to.address = (*link)->address;
        co_await exchangeOver(*link, index, attempt);
        co_return attempt;
    }

    // A request that could not be sent again goes out on a connection that nobody else is about to close.
    bool canRepeat() const { return isIdempotent(hop_.method) && conversation_.body->isHeld(); }

    Task<void> exchangeOver(LinkPtr link, std::size_t index, Attempt& attempt) {
        RequestBody* const body = conversation_.body->any() ? conversation_.body : nullptr;
        auto sending = std::make_shared<Sending>(conversation_.loop, link, head_, body,
                                                 sendsChunks(hop_, *conversation_.body));
        sending->patience = passing_.sendPatience;
        sending->answerPatience = passing_.patience;
        startSending(sending);
        auto answer = std::make_unique<RemoteAnswer>(conversation_.loop, link, sending, passing_.patience,
                                                     passing_.headLimit);
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
        attempt.nothingCame = failure->nothingCame;
        attempt.failure = failure->timedOut  ? Attempt::Failure::TimedOut
                          : failure->invalid ? Attempt::Failure::Invalid
                                             : Attempt::Failure::Broken;
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
        const int status = attempt.failure == Attempt::Failure::TimedOut ? 504 : 502;
        Reply reply = page(status, passing_.manner);
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
    int triesLeft_ = 1;
    SteadyTime started_;
};

} // namespace

Task<Reply> passToServer(Conversation& conversation, const ServerAddress& server,
                         const exchange::Destination& to, const Passing& passing) {
    ServerPass pass(conversation, server, to, passing);
    co_return co_await pass.run();
}

Reply tooLargeAnswer(Conversation& conversation, std::size_t index, Manner manner) {
    Leg& leg = conversation.leg(index);
    leg.error = answerHeadTooLarge.text;
    conversation.note(&rule::upstreamFailed, Outcome::Failed, leg.error);
    Reply reply = page(502, manner);
    reply.failure = fail(answerHeadTooLarge).error();
    return reply;
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
