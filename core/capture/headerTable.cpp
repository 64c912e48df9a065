#include <arrangement/arrangement.h>
#include <base/ascii.h>
#include <capture/headLines.h>
#include <capture/headerTable.h>
#include <capture/redactor.h>

#include <algorithm>
#include <optional>

namespace gatehouse::capture {

namespace {

using exchange::Exchange;
using exchange::HeadEdit;
using exchange::Leg;
using exchange::Party;

// One message on the way, where it came from, and what the edits between the two say.
struct Stop {
    bool there = false;
    std::string_view head;
    std::optional<Station> from;
    std::vector<std::pair<const Exchange*, const std::vector<HeadEdit>*>> edits;
    Column column;
};

using Stops = std::array<Stop, stations>;

const Leg* lastLeg(const Exchange& exchange, bool gate) {
    const auto found = std::find_if(exchange.attempts.rbegin(), exchange.attempts.rend(),
                                    [gate](const Leg& leg) { return (leg.to.party == Party::Gate) == gate; });
    return found == exchange.attempts.rend() ? nullptr : &*found;
}

const Exchange* authRequest(const std::vector<exchange::ExchangePtr>& children) {
    for (const exchange::ExchangePtr& child : children)
        if (child->kind == Exchange::Kind::AuthSubrequest)
            return child.get();
    return nullptr;
}

Column column(const exchange::Destination& to, std::uint64_t of) {
    Column out;
    out.party = to.party;
    out.name = to.name;
    out.of = of;
    return out;
}

Column asker(const Exchange& exchange, const Exchange* parent) {
    Column out;
    out.name = exchange.peer;
    out.of = exchange.id;
    if (exchange.kind == Exchange::Kind::AuthSubrequest) {
        out.party = Party::Ingress;
        out.name = "ingress-nginx";
    } else if (exchange.kind == Exchange::Kind::BackChannel) {
        const Leg* gate = parent ? lastLeg(*parent, true) : nullptr;
        out.party = parent ? Party::Gate : Party::Engine;
        out.name = gate ? gate->to.name : parent ? parent->client.to.name : std::string();
    }
    return out;
}

void put(Stop& stop, std::string_view head, Column column) {
    stop.there = !head.empty();
    stop.head = head;
    stop.column = std::move(column);
}

// Whoever took the request itself, without handing it on: a gate with a listener, the provider.
void placeTaker(Stops& stops, const Exchange& exchange, std::string_view head) {
    const Party taker = exchange.client.to.party;
    if (taker == Party::Gate)
        put(stops[GateStation], head, column(exchange.client.to, exchange.id));
    else if (exchange.attempts.empty() && (taker == Party::Provider || taker == Party::Service))
        put(stops[UpstreamStation], head, column(exchange.client.to, exchange.id));
}

Stops requestStops(const Exchange& exchange, const Exchange* parent,
                   const std::vector<exchange::ExchangePtr>& children) {
    Stops stops;
    put(stops[ClientStation], exchange.client.request.head, asker(exchange, parent));
    placeTaker(stops, exchange, exchange.client.request.head);
    Stop& gate = stops[GateStation];
    Stop& upstream = stops[UpstreamStation];
    gate.from = upstream.from = ClientStation;
    const Leg* gateLeg = lastLeg(exchange, true);
    const Leg* upstreamLeg = lastLeg(exchange, false);
    if (gateLeg) {
        put(gate, gateLeg->request.head, column(gateLeg->to, exchange.id));
        gate.edits.emplace_back(&exchange, &gateLeg->requestEdits);
    } else if (const Exchange* const asked = authRequest(children)) {
        const Leg* const leg = asked->attempts.empty() ? nullptr : &asked->attempts.back();
        put(gate, leg ? leg->request.head : asked->client.request.head,
            column(leg ? leg->to : asked->client.to, asked->id));
        gate.column.party = Party::Gate; // also one that runs elsewhere, as a service of its own
        gate.edits.emplace_back(asked, &asked->client.requestEdits);
        if (leg)
            gate.edits.emplace_back(asked, &leg->requestEdits);
    }
    if (upstreamLeg) {
        put(upstream, upstreamLeg->request.head, column(upstreamLeg->to, exchange.id));
        upstream.edits.emplace_back(&exchange, &upstreamLeg->requestEdits);
        if (gateLeg || exchange.client.to.party == Party::Gate)
            upstream.from = GateStation;
    }
    if (exchange.kind == Exchange::Kind::AuthSubrequest && parent)
        stops[ClientStation].edits.emplace_back(&exchange, &exchange.client.requestEdits);
    return stops;
}

Stops responseStops(const Exchange& exchange, const Exchange* parent,
                    const std::vector<exchange::ExchangePtr>& children) {
    Stops stops;
    Stop& client = stops[ClientStation];
    Stop& gate = stops[GateStation];
    Stop& upstream = stops[UpstreamStation];
    put(client, exchange.client.response.head, asker(exchange, parent));
    client.edits.emplace_back(&exchange, &exchange.client.responseEdits);
    placeTaker(stops, exchange, exchange.client.response.head);
    if (const Leg* const leg = lastLeg(exchange, false)) {
        put(upstream, leg->response.head, column(leg->to, exchange.id));
        client.from = UpstreamStation;
    }
    if (const Leg* const leg = lastLeg(exchange, true)) {
        put(gate, leg->response.head, column(leg->to, exchange.id));
        gate.edits.emplace_back(&exchange, &leg->responseEdits);
        if (upstream.there)
            gate.from = UpstreamStation;
        client.from = GateStation;
    } else if (const Exchange* const asked = authRequest(children)) {
        const Leg* const asking = asked->attempts.empty() ? nullptr : &asked->attempts.back();
        put(gate, asking ? asking->response.head : asked->client.response.head,
            column(asking ? asking->to : asked->client.to, asked->id));
        gate.column.party = Party::Gate;
    } else if (gate.there) {
        client.from = GateStation;
        if (upstream.there)
            gate.from = UpstreamStation;
    }
    if (!client.from && upstream.there)
        client.from = UpstreamStation;
    if (client.from && !stops[*client.from].there)
        client.from.reset();
    return stops;
}

std::vector<std::string> valuesOf(const HeadLines& lines, std::string_view name) {
    std::vector<std::string> out;
    for (const std::string_view value : lines.all(name))
        out.emplace_back(value);
    return out;
}

std::vector<Cause> causesOf(const Stop& stop, std::string_view name, bool& secret) {
    std::vector<Cause> out;
    for (const auto& [owner, edits] : stop.edits)
        for (const HeadEdit& edit : *edits) {
            if (!equalsIgnoreCase(edit.name, name))
                continue;
            secret = secret || edit.secret;
            Cause cause{edit.rule, edit.op, fieldPath(*owner, edit.from)};
            // A rule that takes away and sets anew is one reason; its last word tells which.
            const auto same = std::find_if(out.begin(), out.end(), [&cause](const Cause& other) {
                return other.rule == cause.rule && other.field == cause.field;
            });
            if (same == out.end())
                out.push_back(std::move(cause));
            else
                same->op = cause.op;
        }
    return out;
}

Change changeBetween(const std::vector<std::string>& before, const std::vector<std::string>& after) {
    if (before.empty())
        return after.empty() ? Change::Absent : Change::Added;
    if (after.empty())
        return Change::Removed;
    return before == after ? Change::Kept : Change::Changed;
}

class Tabulation {
public:
    explicit Tabulation(Stops stops) : stops_(std::move(stops)) {
        for (std::size_t at = 0; at < stations; ++at)
            lines_[at] = headLines(stops_[at].head);
    }

    HeaderTable run(Direction direction) {
        HeaderTable out;
        out.direction = direction;
        for (std::size_t at = 0; at < stations; ++at) {
            out.columns[at] = stops_[at].column;
            out.columns[at].there = stops_[at].there;
            out.columns[at].line = lines_[at].startLine;
        }
        const bool backwards = direction == Direction::Response;
        const std::array<Station, stations> order =
            backwards ? std::array{UpstreamStation, GateStation, ClientStation}
                      : std::array{ClientStation, GateStation, UpstreamStation};
        for (const Station at : order)
            for (const http::Header& field : lines_[at].fields)
                addRow(out.rows, field.name);
        const Station end = lastThere(order);
        for (HeaderRow& row : out.rows)
            fill(row, end);
        return out;
    }

private:
    Station lastThere(const std::array<Station, stations>& order) const {
        Station end = order.front();
        for (const Station at : order)
            if (stops_[at].there)
                end = at;
        return end;
    }

    static void addRow(std::vector<HeaderRow>& rows, std::string_view name) {
        for (const HeaderRow& row : rows)
            if (equalsIgnoreCase(row.name, name))
                return;
        HeaderRow row;
        row.name = name;
        row.secret = isSecretField(lower(name));
        rows.push_back(std::move(row));
    }

    void fill(HeaderRow& row, Station end) {
        for (std::size_t at = 0; at < stations; ++at) {
            Cell& cell = row.cells[at];
            const Stop& stop = stops_[at];
            if (!stop.there)
                continue;
            cell.values = valuesOf(lines_[at], row.name);
            cell.causes = causesOf(stop, row.name, row.secret);
            const bool follows = stop.from && stops_[*stop.from].there;
            if (follows)
                cell.change = changeBetween(valuesOf(lines_[*stop.from], row.name), cell.values);
            else
                cell.change = cell.values.empty() ? Change::Absent : Change::Origin;
            if (cell.change == Change::Absent || (cell.change == Change::Kept && at != end))
                cell.causes.clear();
        }
        row.change = row.cells[end].change;
        row.causes = row.cells[end].causes;
    }

    Stops stops_;
    std::array<HeadLines, stations> lines_;
};

} // namespace

std::string_view name(Change change) {
    switch (change) {
    case Change::Absent:
        return "absent";
    case Change::Origin:
        return "sent";
    case Change::Kept:
        return "kept";
    case Change::Added:
        return "added";
    case Change::Removed:
        return "removed";
    case Change::Changed:
        return "changed";
    }
    return "";
}

std::string fieldPath(const exchange::Exchange& exchange, FieldId from) {
    if (!from || !exchange.arrangement)
        return {};
    const auto& arrangement = *static_cast<const arrangement::Arrangement*>(exchange.arrangement.get());
    return arrangement.document ? arrangement.document->place(from).field : std::string();
}

HeaderTable headerTable(const exchange::Exchange& exchange, const exchange::Exchange* parent,
                        const std::vector<exchange::ExchangePtr>& children, Direction direction) {
    const bool request = direction == Direction::Request;
    return Tabulation(request ? requestStops(exchange, parent, children)
                              : responseStops(exchange, parent, children))
        .run(direction);
}

} // namespace gatehouse::capture
