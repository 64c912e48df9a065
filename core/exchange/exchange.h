// Exchange: everything the engine saw and decided about one request. Immutable once handed out; a live one
// (tunnel, stream, pending) is handed out again with the same id and more in it.
#pragma once

#include <base/arena.h>
#include <base/now.h>
#include <exchange/edit.h>
#include <exchange/trace.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::exchange {

enum class Party : std::uint8_t { Client, Ingress, Gate, Provider, Service, Engine };

struct Destination {
    Party party = Party::Service;
    std::string name;    // "oauth2-proxy", "keycloak", "default/whoami:80"
    std::string address; // "127.0.0.1:3000", or "in process"
};

struct Timing {
    Now started;
    std::chrono::nanoseconds firstByte{0}; // since started; 0 = none came
    std::chrono::nanoseconds done{0};
};

enum class BodyState : std::uint8_t { None, Complete, Truncated, StillOpen };

struct Body {
    std::string_view start; // at most the capture limit
    std::uint64_t size = 0; // all of it, decoded from chunks
    BodyState state = BodyState::None;
};

// One message as it stood on the wire (or would have, in process): start line and fields, CRLF each, blank
// line not included. http::parseRequest and parseResponse read it again.
struct Message {
    std::string_view head;
    Body body;
};

// One conversation: somebody asked somebody. Edits say how the message given was made from the one received.
struct Leg {
    Destination to;
    Message request;
    Message response; // empty head: no answer came
    int status = 0;
    std::vector<HeadEdit> requestEdits;
    std::vector<HeadEdit> responseEdits;
    Timing when;
    std::string error; // why no answer came; empty otherwise
};

struct Exchange {
    enum class Kind : std::uint8_t { Request, AuthSubrequest, BackChannel, Tunnel, Connect, Refused };
    std::uint64_t id = 0;     // monotonic in a process
    std::uint64_t parent = 0; // 0 = a client's own request
    Kind kind = Kind::Request;
    bool live = false;            // more will come under this id
    std::uint32_t generation = 0; // of the arrangement that decided
    std::string scheme;           // of the client's connection
    std::string authority;        // public: host[:port] as the client named it
    std::string peer;             // client address
    std::string listener;
    std::string method;
    std::string target;
    Leg client;                // what the client sent, what it got
    std::vector<Leg> attempts; // towards backends; more than one = retries
    std::vector<TraceStep> trace;
    std::shared_ptr<const void> arrangement; // keeps what rules and fields point to
    Arena arena;                             // keeps every view above
};
using ExchangePtr = std::shared_ptr<const Exchange>;

} // namespace gatehouse::exchange
