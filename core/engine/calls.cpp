#include <base/ascii.h>
#include <engine/calls.h>
#include <engine/listeners.h>
#include <engine/rules.h>

#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>

namespace gatehouse::engine {

namespace {

using exchange::Exchange;
using exchange::Outcome;

constexpr Message answerTooLarge{"answer-too-large",
                                 GH_TEXT("core", "the answer is larger than allowed here"), ""};
constexpr Message answerBroken{"answer-broken", GH_TEXT("core", "the answer broke off before its end"), ""};
constexpr Message malformedCall{"malformed-call", GH_TEXT("core", "the request to {url} is malformed"), ""};
constexpr Message callLoop{"call-loop", GH_TEXT("core", "requests lead to requests without end"),
                           GH_TEXT("core", "Does a server of this lab call itself?")};

bool isClusterName(std::string_view host) {
    return host.ends_with(".svc") || host.ends_with(".svc.cluster.local");
}

bool hasListener(const arrangement::Arrangement& plan, const http::Url& url) {
    const auto kind = url.scheme == "https" ? lab::Listener::Kind::Https : lab::Listener::Kind::Http;
    for (const lab::Listener& listener : plan.listeners)
        if (listener.kind == kind && listener.publicPort == url.port)
            return true;
    return false;
}

// What the asker saw, for the record.
void recordAnswer(Conversation& child, const Reply& reply) {
    exchange::Leg& client = child.record->client;
    HopResponse hop;
    hop.edits = reply.edits;
    hop.manner = reply.manner;
    if (!reply.remote)
        hop.length = reply.held.body.size();
    const std::string_view head =
        writeResponse(child.arena(), child.loop.scratch, reply.view(), hop, client.responseEdits);
    client.response.head = head.substr(0, head.size() - 2);
    client.status = reply.view().status;
}

void recordBody(Conversation& child, const std::string& body, exchange::BodyState state) {
    exchange::Body& kept = child.record->client.response.body;
    kept.size = body.size();
    kept.start = child.arena().keep(std::string_view(body).substr(0, child.loop.options.captureBody));
    kept.state = body.empty() && state == exchange::BodyState::Complete ? exchange::BodyState::None : state;
    if (!child.record->attempts.empty() && child.record->attempts.back().response.body.size == 0)
        child.record->attempts.back().response.body = kept;
}

Result<http::Response> giveUp(Conversation& child, const Error& error) {
    child.record->client.error = describe(error);
    child.note(&rule::upstreamFailed, Outcome::Failed, child.record->client.error);
    child.finish();
    return std::unexpected(error);
}

Task<Result<std::string>> wholeBody(RemoteAnswer& remote) {
    std::string body;
    for (;;) {
        const BodyPiece piece = co_await remote.next();
        if (piece.state == BodyPiece::State::Broken)
            co_return fail(answerBroken);
        body.append(piece.bytes);
        if (body.size() > largestCallBody)
            co_return fail(answerTooLarge);
        if (piece.state == BodyPiece::State::End)
            co_return body;
    }
}

// "METHOD target HTTP/1.1", Host, what the caller says, and a length where there is a body.
std::string_view writeCall(Conversation& child, const exchange::Call& call) {
    std::string& out = child.loop.scratch;
    out.clear();
    out.append(call.request.method).append(" ").append(call.url.target).append(" HTTP/1.1\r\n");
    const http::HeadersView headers = call.request.headers;
    if (!headers.has("Host"))
        out.append("Host: ").append(call.url.authority()).append("\r\n");
    for (const http::Header field : headers)
        if (!equalsIgnoreCase(field.name, "Content-Length"))
            out.append(field.name).append(": ").append(field.value).append("\r\n");
    if (!call.request.body.empty() || call.request.method == "POST")
        out.append("Content-Length: ").append(std::to_string(call.request.body.size())).append("\r\n");
    return child.arena().keep(out.append("\r\n"));
}

Place placeOfCall(Loop& loop, const Origin& origin, const exchange::Call& call, Conversation& child) {
    AtRemote remote;
    remote.caPem = call.caPem;
    remote.skipCertificateCheck = call.skipCertificateCheck;
    remote.timeout = call.timeout;
    if (!origin.plan)
        return remote;
    if (call.route == exchange::Call::Route::Lab) {
        Place place = placeOf(*origin.plan, call.url);
        return std::holds_alternative<AtRemote>(place) ? Place(remote) : place;
    }
    const bool own = origin.plan->isLabName(call.url.host);
    if (!own)
        return remote;
    remote.endpoint = loop.listeners->endpoint(call.url.port, call.url.scheme == "https");
    child.recorded = false; // the listener's side leaves the record
    return remote.endpoint ? Place(remote) : Place(AtNobody{});
}

Task<void> performAll(Loop& loop, Origin origin, std::vector<exchange::Call> calls) {
    for (exchange::Call& call : calls)
        co_await perform(loop, origin, std::move(call)); // its outcome is in its record
}

Task<exchange::Given> satisfy(Conversation& conversation, exchange::Ask& ask, SingleFlight::Held& held) {
    if (auto* const call = std::get_if<exchange::Call>(&ask)) {
        Origin origin;
        origin.plan = conversation.plan;
        origin.generation = conversation.record->generation;
        origin.parent = conversation.record->id;
        origin.depth = conversation.depth + 1;
        exchange::Given given = co_await perform(conversation.loop, std::move(origin), std::move(*call));
        co_return given;
    }
    if (const auto* const lock = std::get_if<exchange::Lock>(&ask)) {
        const bool first = co_await conversation.loop.flights.lock(lock->key);
        if (first)
            held.took(lock->key);
        co_return first;
    }
    held.release(std::get<exchange::Unlock>(ask).key);
    co_return true;
}

} // namespace

Place placeOf(const arrangement::Arrangement& plan, const http::Url& url) {
    if (const auto* const provider = plan.providerAt(url.host, url.port))
        return AtProvider{provider};
    if (plan.isLabName(url.host))
        return hasListener(plan, url) && plan.ingress ? Place(AtIngress{}) : Place(AtNobody{});
    if (const auto* const backend = plan.clusterBackend(url.host, url.port))
        return AtService{backend, url.authority()};
    return isClusterName(url.host) ? Place(AtNobody{}) : Place(AtRemote{});
}

Task<Result<http::Response>> conclude(Conversation& child, Reply& reply) {
    if (reply.failure)
        co_return giveUp(child, *reply.failure);
    recordAnswer(child, reply);
    const http::ResponseView view = reply.view();
    http::Response response;
    response.status = view.status;
    response.reason = view.reason;
    response.headers = exchange::edited(view.headers, reply.edits, exchange::EditedFields::Last);
    response.body = std::move(reply.held.body);
    if (reply.remote) {
        Result<std::string> body = co_await wholeBody(*reply.remote);
        co_await reply.remote->stopSending();
        if (!body)
            co_return giveUp(child, body.error());
        response.body = std::move(*body);
    }
    recordBody(child, response.body, exchange::BodyState::Complete);
    child.finish();
    if (!child.afterwards.empty()) {
        Origin origin{child.plan, child.record->generation, child.record->id, child.depth + 1};
        callAfterwards(child.loop, std::move(origin), std::move(child.afterwards));
    }
    co_return response;
}

Task<Result<http::Response>> perform(Loop& loop, Origin origin, exchange::Call call) {
    Conversation child(loop, origin.plan, origin.generation, Exchange::Kind::BackChannel);
    child.record->parent = origin.parent;
    child.record->scheme = call.url.scheme;
    child.record->authority = call.url.authority();
    child.record->peer = controllerAddress;
    child.url = call.url;
    child.depth = origin.depth;
    child.peerAddress = controllerAddress;
    child.tls = call.url.scheme == "https";
    child.publicPort = call.url.port;
    child.requestId = loop.requestId(child.arena());
    child.place = placeOfCall(loop, origin, call, child);
    child.record->client.to = destinationOf(child);
    const std::string_view head = writeCall(child, call);
    RequestBody body(std::move(call.request.body), call.request.method == "POST");
    child.body = &body;
    if (!child.takeHead(head))
        co_return giveUp(child, fail(malformedCall, {{"url", call.url.origin()}}).error());
    if (origin.depth > deepest)
        co_return giveUp(child, fail(callLoop).error());
    Reply reply = co_await answer(child);
    co_return co_await conclude(child, reply);
}

Task<exchange::Answer> drive(Conversation& conversation, gate::GateFlow& flow, gate::Env& env) {
    SingleFlight::Held held(conversation.loop.flights);
    while (!flow.done()) {
        exchange::Given given = co_await satisfy(conversation, flow.ask(), held);
        env.now = conversation.loop.now();
        flow.give(std::move(given));
    }
    co_return flow.take();
}

void callAfterwards(Loop& loop, Origin origin, std::vector<exchange::Call> calls) {
    if (!calls.empty())
        asio::co_spawn(loop.io.get_executor(), performAll(loop, std::move(origin), std::move(calls)),
                       asio::detached);
}

} // namespace gatehouse::engine
