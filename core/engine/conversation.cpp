#include <engine/conversation.h>

namespace gatehouse::engine {

using exchange::Party;

Party partyOf(const arrangement::Backend& backend) {
    if (std::holds_alternative<arrangement::GateBackend>(backend))
        return Party::Gate;
    return std::holds_alternative<arrangement::ProviderBackend>(backend) ? Party::Provider : Party::Service;
}

exchange::Destination destinationOf(const Conversation& conversation) {
    const Place& place = conversation.place;
    exchange::Destination to;
    to.address = inProcess;
    if (std::holds_alternative<AtIngress>(place)) {
        to.party = Party::Ingress;
        to.name = "ingress-nginx";
    } else if (const auto* const gate = std::get_if<AtGate>(&place)) {
        to.party = Party::Gate;
        to.name = conversation.plan->gates[gate->gate].gate->name();
    } else if (const auto* const provider = std::get_if<AtProvider>(&place)) {
        to.party = Party::Provider;
        to.name = provider->provider->name;
    } else if (const auto* const service = std::get_if<AtService>(&place)) {
        to.party = partyOf(*service->backend);
        to.name = service->name;
    } else if (const auto* const external = std::get_if<AtExternal>(&place)) {
        to.party = Party::Provider;
        to.name = external->provider->name;
        to.address = external->provider->url.authority();
    } else if (std::holds_alternative<AtRemote>(place)) {
        to.party = Party::Service;
        to.name = to.address = conversation.url.authority();
    } else {
        to.party = Party::Engine;
        to.name = conversation.record->authority;
    }
    return to;
}

Conversation::Conversation(Loop& theLoop, Plan thePlan, std::uint32_t generation,
                           exchange::Exchange::Kind kind)
    : loop(theLoop), plan(std::move(thePlan)), record(std::make_shared<exchange::Exchange>()),
      trace(record->arena) {
    record->id = loop.recorder.nextId();
    record->kind = kind;
    record->generation = generation;
    record->arrangement = plan;
    record->client.when.started = loop.now();
}

bool Conversation::takeHead(std::string_view head) {
    const auto outcome = http::parseRequest(head, fields_, ownLimits);
    const auto* const parsed = std::get_if<http::ParsedRequest>(&outcome);
    if (!parsed)
        return false;
    request = parsed->view;
    framing = parsed->framing;
    record->client.request.head = head.substr(0, head.size() - 2); // the blank line is no part of it
    record->method = request.method;
    record->target = request.target;
    return true;
}

void Conversation::takeParsed(const http::ParsedRequest& parsed, std::string_view arrived,
                              std::string_view kept, const std::vector<http::FieldSpan>& fields) {
    const auto moved = [arrived, kept](std::string_view text) {
        const char* const end = arrived.data() + arrived.size();
        const bool inside = text.data() >= arrived.data() && text.data() + text.size() <= end;
        return inside ? kept.substr(static_cast<std::size_t>(text.data() - arrived.data()), text.size())
                      : text;
    };
    fields_ = fields;
    request = parsed.view;
    request.method = moved(parsed.view.method);
    request.target = moved(parsed.view.target);
    request.headers = {kept.data(), fields_};
    framing = parsed.framing;
    record->client.request.head = kept.substr(0, kept.size() - 2);
    record->method = request.method;
    record->target = request.target;
}

void Conversation::finish() {
    record->trace.assign(trace.steps().begin(), trace.steps().end());
    record->client.request.body = body ? body->captured(arena()) : exchange::Body{};
    for (exchange::Leg& leg : record->attempts)
        leg.request.body = record->client.request.body;
    record->client.when.done = loop.now().steady - record->client.when.started.steady;
    record->live = false;
    loop.recorder.put(std::move(events));
    if (recorded)
        loop.recorder.put(record);
}

} // namespace gatehouse::engine
