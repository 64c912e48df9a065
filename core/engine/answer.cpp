#include <engine/answer.h>
#include <engine/calls.h>
#include <engine/rules.h>
#include <whoami/whoami.h>

namespace gatehouse::engine {

namespace {

using exchange::Destination;
using exchange::Leg;
using exchange::Outcome;
using exchange::Party;

// Of an answer from within, which says no date in its record.
constexpr std::size_t dateLine = std::string_view("Date: Tue, 24 Nov 2026 13:09:44 GMT\r\n").size();

constexpr Message notServed{
    "not-served", GH_TEXT("core", "nothing of this lab answers at {address}"),
    GH_TEXT("core", "Is the name spelt right, and is there a listener for its port?")};

Reply nobody(Conversation& conversation) {
    const std::string& asked = conversation.record->authority;
    conversation.note(&rule::notServed, Outcome::Answered, asked);
    Reply reply = page(404);
    reply.failure = fail(notServed, {{"address", asked}}).error();
    return reply;
}

// A message to a room in process: written and read again, so that the room sees what it would see on a wire.
struct InProcess {
    std::size_t leg = 0;
    std::vector<http::FieldSpan> fields;
    http::RequestView request;
    bool readable = false;
};

InProcess enter(Conversation& conversation, const Destination& to, const Passing& passing) {
    InProcess in;
    HopRequest hop;
    hop.method = passing.from->method;
    hop.target = passing.target;
    hop.edits = passing.edits;
    hop.manner = passing.manner;
    hop.upgrade = passing.webSockets && asksForWebSocket(*passing.from, conversation.framing);
    Leg leg;
    leg.to = to;
    leg.to.address = inProcess;
    leg.when.started = conversation.loop.now();
    const std::string_view head = writeRequest(conversation.arena(), conversation.loop.scratch, *passing.from,
                                               hop, *conversation.body, leg.requestEdits);
    leg.request.head = head.substr(0, head.size() - 2);
    in.leg = conversation.record->attempts.size();
    conversation.record->attempts.push_back(std::move(leg));
    const auto outcome = http::parseRequest(head, in.fields, ownLimits);
    if (const auto* const parsed = std::get_if<http::ParsedRequest>(&outcome)) {
        in.request = parsed->view;
        in.request.body = conversation.body->inMemory();
        in.readable = true;
    }
    return in;
}

// The room's answer as it would have gone over the wire, for the record.
void leave(Conversation& conversation, std::size_t index, const Reply& reply) {
    Leg& leg = conversation.leg(index);
    const http::ResponseView view = reply.view();
    HopResponse hop;
    hop.manner = reply.manner == Manner::Nginx ? Manner::Go : reply.manner;
    hop.edits = reply.edits;
    if (!reply.remote)
        hop.length = reply.held.body.size();
    const std::string_view head =
        writeResponse(conversation.arena(), conversation.loop.scratch, view, hop, leg.responseEdits);
    leg.response.head = head.substr(0, head.size() - 2);
    leg.response.body.size = reply.held.body.size();
    leg.response.body.start = conversation.arena().keep(
        std::string_view(reply.held.body).substr(0, conversation.loop.options.captureBody));
    leg.response.body.state =
        reply.held.body.empty() ? exchange::BodyState::None : exchange::BodyState::Complete;
    leg.status = view.status;
    leg.when.done = conversation.loop.now().steady - leg.when.started.steady;
    leg.when.firstByte = leg.when.done;
}

Reply unreadable(Conversation& conversation) {
    conversation.note(&rule::refusedMessage, Outcome::Failed, "the edited head is malformed");
    return page(500);
}

Reply askWhoami(const http::RequestView& request, const std::string& hostname, const Caller& caller) {
    Reply reply;
    reply.manner = Manner::Go;
    whoami::Facts facts;
    facts.hostname = hostname;
    facts.addresses = {"127.0.0.1", "::1"};
    const bool v6 = caller.address.find(':') != std::string_view::npos;
    facts.remoteAddress = (v6 ? '[' + std::string(caller.address) + ']' : std::string(caller.address)) + ':' +
                          std::to_string(caller.port);
    reply.held = whoami::handle(request, facts);
    return reply;
}

bool forwardedAsTls(const http::RequestView& request) {
    return request.headers.get("X-Forwarded-Proto") == "https";
}

Task<Reply> askRoom(Conversation& conversation, const arrangement::Backend& backend, const InProcess& in) {
    Caller caller;
    // Behind the ingress a pod sees the controller, from a port that is as good as the client's own.
    const bool direct = std::holds_alternative<AtService>(conversation.place) && conversation.client;
    caller.address = direct ? conversation.peerAddress : controllerAddress;
    caller.port = conversation.peerPort;
    if (const auto* const gate = std::get_if<arrangement::GateBackend>(&backend))
        co_return co_await askGate(conversation, gate->gate, in.request, caller);
    if (const auto* const provider = std::get_if<arrangement::ProviderBackend>(&backend)) {
        caller.tls = forwardedAsTls(in.request);
        co_return askProvider(conversation, conversation.plan->providers[provider->provider], in.request,
                              caller);
    }
    co_return askWhoami(in.request, std::get<arrangement::WhoamiBackend>(backend).hostname, caller);
}

// Who answers in process reads a whole body, but a gate looks into forms only: what else it passes on
// streams.
bool readsBody(const arrangement::Backend& backend, const http::RequestView& request) {
    return !std::holds_alternative<arrangement::GateBackend>(backend) || gate::readsBody(request);
}

Task<std::optional<Reply>> holdBody(Conversation& conversation, Manner manner) {
    std::optional<Reply> refused;
    if (conversation.body->isHeld())
        co_return refused;
    const std::optional<http::Refusal> why = co_await conversation.body->collect(ownBodyLimit);
    if (why)
        refused = refuseBody(conversation, *why, manner);
    co_return refused;
}

Task<Reply> answerGate(Conversation& conversation, std::size_t gate) {
    std::optional<Reply> refused;
    if (gate::readsBody(conversation.request))
        refused = co_await holdBody(conversation, Manner::Go);
    if (refused)
        co_return std::move(*refused);
    conversation.request.body = conversation.body->inMemory();
    Caller caller;
    caller.address = conversation.peerAddress;
    caller.tls = conversation.tls;
    co_return co_await askGate(conversation, gate, conversation.request, caller);
}

Task<Reply> answerProvider(Conversation& conversation, const arrangement::ProviderPlan& plan) {
    std::optional<Reply> refused = co_await holdBody(conversation, Manner::Keycloak);
    if (refused)
        co_return std::move(*refused);
    conversation.request.body = conversation.body->inMemory();
    Caller caller;
    caller.address = conversation.peerAddress;
    caller.tls = conversation.tls;
    co_return askProvider(conversation, plan, conversation.request, caller);
}

Task<Reply> answerService(Conversation& conversation, const AtService& service) {
    Destination to;
    to.party = Party::Service;
    to.name = service.name;
    Passing passing;
    passing.from = &conversation.request;
    passing.target = conversation.request.target;
    passing.connectPatience = conversation.loop.options.patience.connect;
    passing.patience = conversation.loop.options.patience.answer;
    co_return co_await passTo(conversation, *service.backend, to, passing);
}

// As it came: what a provider elsewhere is sent is the client's own request.
Task<Reply> answerExternal(Conversation& conversation, const arrangement::ProviderPlan& provider) {
    ServerAddress server;
    server.url.scheme = provider.url.scheme;
    server.url.host = provider.url.host;
    server.url.port = provider.url.port;
    Passing passing;
    passing.from = &conversation.request;
    passing.target = conversation.request.target;
    passing.manner = Manner::Go;
    passing.connectPatience = conversation.loop.options.patience.connect;
    passing.patience = conversation.loop.options.patience.answer;
    const Destination to = destinationOf(conversation);
    co_return co_await passToServer(conversation, server, to, passing);
}

Task<Reply> answerRemote(Conversation& conversation, const AtRemote& remote) {
    ServerAddress server;
    server.url = conversation.url;
    server.caPem = remote.caPem;
    server.skipCertificateCheck = remote.skipCertificateCheck;
    server.endpoint = remote.endpoint;
    Destination to;
    to.party = Party::Service;
    to.name = conversation.url.authority();
    Passing passing;
    passing.from = &conversation.request;
    passing.target = conversation.request.target;
    passing.connectPatience = conversation.loop.options.patience.connect;
    passing.patience = remote.timeout;
    co_return co_await passToServer(conversation, server, to, passing);
}

} // namespace

Task<Reply> answer(Conversation& conversation) {
    const Place& place = conversation.place;
    if (std::holds_alternative<AtIngress>(place))
        co_return co_await answerThroughIngress(conversation);
    if (const auto* const gate = std::get_if<AtGate>(&place))
        co_return co_await answerGate(conversation, gate->gate);
    if (const auto* const provider = std::get_if<AtProvider>(&place))
        co_return co_await answerProvider(conversation, *provider->provider);
    if (const auto* const service = std::get_if<AtService>(&place))
        co_return co_await answerService(conversation, *service);
    if (const auto* const external = std::get_if<AtExternal>(&place))
        co_return co_await answerExternal(conversation, *external->provider);
    if (const auto* const remote = std::get_if<AtRemote>(&place))
        co_return co_await answerRemote(conversation, *remote);
    co_return nobody(conversation);
}

Task<Reply> passTo(Conversation& conversation, const arrangement::Backend& backend, const Destination& to,
                   const Passing& passing) {
    if (std::holds_alternative<arrangement::NoBackend>(backend)) {
        conversation.note(&rule::upstreamFailed, Outcome::Answered, to.name);
        co_return page(503, passing.manner);
    }
    if (const auto* const remote = std::get_if<arrangement::RemoteBackend>(&backend)) {
        ServerAddress server;
        server.url = remote->url;
        server.skipCertificateCheck = remote->skipCertificateCheck;
        co_return co_await passToServer(conversation, server, to, passing);
    }
    std::optional<Reply> refused;
    if (readsBody(backend, *passing.from))
        refused = co_await holdBody(conversation, passing.manner);
    if (refused)
        co_return std::move(*refused);
    const InProcess in = enter(conversation, to, passing);
    if (!in.readable)
        co_return unreadable(conversation);
    Reply reply = co_await askRoom(conversation, backend, in);
    leave(conversation, in.leg, reply);
    const std::size_t headSize = conversation.leg(in.leg).response.head.size() + dateLine;
    if (headSize > passing.headLimit) {
        if (reply.remote)
            co_await reply.remote->stopSending();
        co_return tooLargeAnswer(conversation, in.leg, passing.manner);
    }
    if (!reply.edits.empty())
        reply.settle();
    reply.manner = passing.manner;
    co_return reply;
}

Reply askProvider(Conversation& conversation, const arrangement::ProviderPlan& plan,
                  const http::RequestView& request, const Caller& caller) {
    provider::Env env{conversation.loop.now(),
                      *conversation.loop.entropy,
                      conversation.loop.providerState(plan.name),
                      caller.address,
                      caller.tls,
                      conversation.arena(),
                      conversation.trace,
                      &conversation.events};
    exchange::Answer answer = plan.embedded->handle(request, env);
    Reply reply;
    reply.manner = Manner::Keycloak;
    if (auto* const respond = std::get_if<exchange::Respond>(&answer.what))
        reply.held = std::move(*respond);
    else
        reply = page(500, Manner::Keycloak); // a provider has nobody to forward to
    for (exchange::Call& call : answer.afterwards)
        conversation.afterwards.push_back(std::move(call));
    return reply;
}

} // namespace gatehouse::engine
