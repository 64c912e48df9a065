// Header table: one exchange as Client | Gate | Upstream, one row a header name, with what happened to it on
// the way, the rule that did it and the field of the lab that the rule came from.
//
// The Gate column is the gate's side wherever it stands: asked by the ingress's sub-request, in the middle of
// the way, or as the one who was called. The reasons are the edits that the serializer applied: there is no
// second bookkeeping.
#pragma once

#include <exchange/exchange.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::capture {

enum class Direction : std::uint8_t { Request, Response };

enum class Change : std::uint8_t {
    Absent,  // not here, and not taken away on the way here
    Origin,  // this message began here
    Kept,    // as it came (an edit may have said the same again)
    Added,   // was not there before
    Removed, // was there before
    Changed  // another value, or another number of values
};
std::string_view name(Change change); // "kept", "added", …

struct Cause {
    exchange::Rule rule = nullptr; // never null
    exchange::HeadEdit::Op op = exchange::HeadEdit::Op::Set;
    std::string field; // path in the lab: "/gates/0/options/scope"; empty: from no field
};

struct Cell {
    Change change = Change::Absent;
    std::vector<std::string> values; // raw; several fields of one name stay several
    std::vector<Cause> causes;       // what the edits on the way here say about this name, in order
};

enum Station : std::size_t { ClientStation, GateStation, UpstreamStation, stations };

struct Column {
    bool there = false; // a message stood here
    exchange::Party party = exchange::Party::Client;
    std::string name;     // "oauth2-proxy", "default/whoami:80"; of the client: its address
    std::string line;     // start line
    std::uint64_t of = 0; // the exchange that the message belongs to: the sub-request, for the gate's
};

struct HeaderRow {
    std::string name; // as first seen
    bool secret = false;
    std::array<Cell, stations> cells;
    // What became of it in the end, at the far end of the direction.
    Change change = Change::Absent;
    std::vector<Cause> causes;
};

struct HeaderTable {
    Direction direction = Direction::Request;
    std::array<Column, stations> columns;
    std::vector<HeaderRow> rows;
};

// `parent` is null for a client's own request; `children` are its sub-requests and back-channel calls.
HeaderTable headerTable(const exchange::Exchange& exchange, const exchange::Exchange* parent,
                        const std::vector<exchange::ExchangePtr>& children, Direction direction);

// The path of a lab's field that a rule of this exchange came from; empty: none.
std::string fieldPath(const exchange::Exchange& exchange, FieldId from);

} // namespace gatehouse::capture
