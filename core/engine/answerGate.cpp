#include <engine/answer.h>
#include <engine/calls.h>

namespace gatehouse::engine {

namespace {

// Go ends no tunnel for being idle; whoever is gone without a word is let go after this.
constexpr auto aDay = std::chrono::hours(24);

// A gate's upstream may be the lab's own service, named as in the cluster.
Task<Reply> passToUpstream(Conversation& conversation, const gate::Upstream& upstream,
                           const Passing& passing) {
    exchange::Destination to;
    to.party = exchange::Party::Service;
    to.name = upstream.id.empty() ? upstream.url.authority() : upstream.id;
    const Place place = placeOf(*conversation.plan, upstream.url);
    if (const auto* const service = std::get_if<AtService>(&place)) {
        to.name = service->name;
        co_return co_await passTo(conversation, *service->backend, to, passing);
    }
    ServerAddress server;
    server.url = upstream.url;
    server.skipCertificateCheck = upstream.skipCertificateCheck;
    co_return co_await passToServer(conversation, server, to, passing);
}

} // namespace

Task<Reply> askGate(Conversation& conversation, std::size_t index, const http::RequestView& request,
                    const Caller& caller) {
    const gate::Gate& gate = *conversation.plan->gates[index].gate;
    gate::Env env{conversation.loop.now(),
                  *conversation.loop.entropy,
                  conversation.loop.gateState(gate.name()),
                  conversation.memo,
                  caller.address,
                  caller.tls,
                  conversation.arena(),
                  conversation.trace};
    std::variant<exchange::Answer, gate::GateFlow> decided = gate.handle(request, env);
    std::optional<exchange::Answer> answer;
    if (auto* const flow = std::get_if<gate::GateFlow>(&decided))
        answer = co_await drive(conversation, *flow, env);
    else
        answer = std::move(std::get<exchange::Answer>(decided));
    for (exchange::Call& call : answer->afterwards)
        conversation.afterwards.push_back(std::move(call));

    Reply reply;
    reply.manner = Manner::Go;
    if (auto* const respond = std::get_if<exchange::Respond>(&answer->what)) {
        reply.held = std::move(*respond);
        co_return reply;
    }
    const auto& forward = std::get<exchange::Forward>(answer->what);
    const gate::Upstream& upstream = gate.upstreams()[forward.upstream];
    Passing passing;
    passing.from = &request;
    passing.target = forward.target;
    passing.edits = forward.requestEdits.edits();
    passing.manner = Manner::Go;
    passing.connectPatience = conversation.loop.options.patience.connect;
    passing.patience = upstream.timeout;
    passing.webSockets = upstream.proxyWebSockets;
    reply = co_await passToUpstream(conversation, upstream, passing);
    reply.tunnelIdle = aDay;
    if (reply.abandoned)
        co_return reply;
    if (reply.own) { // httputil.ReverseProxy's ErrorHandler
        const std::string why = reply.failure ? describe(*reply.failure) : reply.held.reason;
        Reply failed;
        failed.manner = Manner::Go;
        failed.held = gate.upstreamFailed(request, env, why);
        co_return failed;
    }
    const auto edits = forward.responseEdits.edits();
    reply.edits.assign(edits.begin(), edits.end());
    co_return reply;
}

} // namespace gatehouse::engine
