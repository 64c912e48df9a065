#include <base/ascii.h>
#include <engine/answer.h>
#include <engine/calls.h>
#include <engine/rules.h>
#include <ingress/wire.h>

namespace gatehouse::engine {

namespace {

using exchange::Outcome;
using ingress::AuthOutcome;

// The sub-request's head: the client's, with the ingress's edits, and no word of a body.
bool writeSubrequest(Conversation& parent, const ingress::Subrequest& asked, Conversation& child) {
    HopRequest hop;
    hop.method = asked.method;
    hop.target = asked.url.target;
    hop.version = asked.http10 ? http::Version::Http10 : http::Version::Http11;
    hop.edits = asked.edits.edits();
    hop.withBody = false;
    const RequestBody none;
    const std::string_view head = writeRequest(child.arena(), parent.loop.scratch, parent.request, hop, none,
                                               child.record->client.requestEdits);
    // What the edits say lies with the parent, who may be gone before the record of the child.
    for (exchange::HeadEdit& edit : child.record->client.requestEdits) {
        edit.name = child.arena().keep(edit.name);
        edit.value = child.arena().keep(edit.value);
    }
    return child.takeHead(head);
}

Task<AuthOutcome> askAuth(Conversation& conversation, const ingress::Subrequest& asked) {
    AuthOutcome outcome;
    outcome.asked = true;
    outcome.failed = true;
    if (conversation.depth >= deepest) {
        conversation.note(&rule::authLoop, Outcome::Failed,
                          asked.url.origin() + std::string(asked.url.path()));
        co_return outcome;
    }
    Conversation child(conversation.loop, conversation.plan, conversation.record->generation,
                       exchange::Exchange::Kind::AuthSubrequest);
    child.arena().expect(copiesOfHead * conversation.record->client.request.head.size() + besideHeads);
    child.record->parent = conversation.record->id;
    child.record->scheme = asked.url.scheme;
    child.record->authority = asked.url.authority();
    child.record->peer = controllerAddress;
    child.url = asked.url;
    child.depth = conversation.depth + 1;
    child.memo = conversation.memo;
    child.peerAddress = controllerAddress;
    child.peerPort = conversation.peerPort;
    child.tls = asked.url.scheme == "https";
    child.publicPort = asked.url.port;
    child.requestId = conversation.loop.requestId(child.arena());
    child.place = placeOf(*conversation.plan, asked.url);
    child.record->client.to = destinationOf(child);
    if (auto* const remote = std::get_if<AtRemote>(&child.place)) {
        remote->timeout = asked.timeout;
        remote->skipCertificateCheck = true; // nginx: proxy_ssl_verify is off
    }
    RequestBody none;
    child.body = &none;
    if (!writeSubrequest(conversation, asked, child)) {
        conversation.note(&rule::refusedMessage, Outcome::Failed, "the sub-request's head is malformed");
        co_return outcome;
    }
    Reply reply = co_await answer(child);
    Result<http::Response> response = co_await conclude(child, reply);
    if (response) {
        outcome.failed = false;
        outcome.response = std::move(*response);
    }
    co_return outcome;
}

class ThroughIngress {
public:
    explicit ThroughIngress(Conversation& conversation) : conversation_(conversation) {
        peer_.address = conversation.peerAddress;
        peer_.tls = conversation.tls;
        peer_.publicPort = conversation.publicPort;
        peer_.requestId = conversation.requestId;
        peer_.authority = conversation.authority;
    }

    Task<Reply> run() {
        const ingress::Ingress& ingress = *conversation_.plan->ingress;
        routed_ = ingress.route(conversation_.request, peer_, conversation_.arena(), conversation_.trace);
        std::optional<exchange::Answer> answer = std::move(routed_.answer);
        if (!answer) {
            if (routed_.subrequest)
                outcome_ = co_await askAuth(conversation_, *routed_.subrequest);
            answer = ingress.conclude(routed_, conversation_.request, peer_, outcome_, conversation_.arena(),
                                      conversation_.trace);
        }
        if (!std::holds_alternative<exchange::Forward>(answer->what))
            co_return respond(std::move(*answer));
        for (exchange::Call& call : answer->afterwards)
            conversation_.afterwards.push_back(std::move(call));
        co_return co_await forward(std::get<exchange::Forward>(answer->what));
    }

private:
    // An answer of the ingress itself.
    Reply respond(exchange::Answer answer) {
        for (exchange::Call& call : answer.afterwards)
            conversation_.afterwards.push_back(std::move(call));
        Reply reply;
        reply.held = std::move(std::get<exchange::Respond>(answer.what));
        reply.closing = ingress::closesAfter(reply.held);
        return reply;
    }

    Reply refuse(int status) {
        return respond(conversation_.plan->ingress->refuse(routed_, conversation_.request, peer_, outcome_,
                                                           status, conversation_.arena(),
                                                           conversation_.trace));
    }

    Task<Reply> forward(const exchange::Forward& forward) {
        Reply reply = co_await pass(forward);
        if (reply.abandoned)
            co_return reply;
        if (reply.own)
            co_return refuse(reply.held.status);
        std::optional<exchange::Answer> instead = conversation_.plan->ingress->intercept(
            routed_, conversation_.request, peer_, outcome_, reply.view().status, conversation_.arena(),
            conversation_.trace);
        if (instead) {
            if (reply.remote)
                co_await reply.remote->discard();
            co_return respond(std::move(*instead));
        }
        decorate(forward, reply);
        co_return reply;
    }

    Task<Reply> pass(const exchange::Forward& forward) {
        const ingress::UpstreamPolicy& policy = *routed_.policy;
        RequestBody& body = *conversation_.body;
        // Chunks cannot be said to HTTP/1.0, so nginx holds such a body all the same.
        if (!body.isHeld() && (routed_.bufferBody || (policy.http10 && !body.size()))) {
            const std::optional<http::Refusal> why = co_await body.collect(routed_.bodyLimit);
            if (why)
                co_return refuseBody(conversation_, *why, Manner::Nginx);
        }
        body.limitTo(routed_.bodyLimit);
        const lab::ServiceRef& service = conversation_.plan->ingress->service(forward.upstream);
        exchange::Destination to;
        to.party = exchange::Party::Service;
        to.name = service.namespace_ + '/' + service.name + ':' +
                  (service.portName.empty() ? std::to_string(service.port) : service.portName);
        Passing passing;
        passing.from = &conversation_.request;
        passing.target = forward.target;
        passing.edits = forward.requestEdits.edits();
        heed(policy, passing);
        const arrangement::Backend* const backend = conversation_.plan->backend(service);
        if (backend)
            to.party = partyOf(*backend);
        const arrangement::Backend none = arrangement::NoBackend{};
        const arrangement::Backend& chosen = backend ? *backend : none;
        co_return co_await passTo(conversation_, chosen, to, passing);
    }

    static void heed(const ingress::UpstreamPolicy& policy, Passing& passing) {
        passing.connectPatience = policy.connectTimeout;
        passing.sendPatience = policy.sendTimeout;
        passing.patience = policy.readTimeout;
        passing.headLimit = policy.headLimit;
        passing.retries = &policy;
        passing.http10 = policy.http10;
    }

    // What happens to the backend's answer on its way back.
    void decorate(const exchange::Forward& forward, Reply& reply) {
        exchange::EditList edits(conversation_.arena());
        edits.append(forward.responseEdits.edits());
        conversation_.plan->ingress->finish(routed_, conversation_.request, peer_, outcome_, reply.view(),
                                            edits, conversation_.trace);
        reply.edits = edits.take();
        reply.manner = Manner::Nginx;
        reply.tunnelIdle = routed_.policy->readTimeout;
    }

    Conversation& conversation_;
    ingress::Peer peer_;
    ingress::Routed routed_;
    AuthOutcome outcome_;
};

} // namespace

Task<Reply> answerThroughIngress(Conversation& conversation) {
    ThroughIngress way(conversation);
    co_return co_await way.run();
}

} // namespace gatehouse::engine
