// Conversation: one request being answered, whoever asked: a client by its connection, an ingress that asks
// whether a request may pass, a gate that wants a token. All go through the same routing and leave the same
// record.
#pragma once

#include <engine/loop.h>
#include <engine/requestBody.h>
#include <exchange/answer.h>
#include <exchange/exchange.h>
#include <http/parse.h>

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace gatehouse::engine {

inline constexpr std::string_view inProcess = "in process";

// Whom a request is for, before anybody decided anything.
struct AtIngress {};
struct AtGate { // a gate's own listener
    std::size_t gate = 0;
};
struct AtProvider {
    const arrangement::ProviderPlan* provider = nullptr;
};
struct AtService { // named directly: a cluster's service name
    const arrangement::Backend* backend = nullptr;
    std::string name;
};
struct AtExternal { // a provider elsewhere, asked for by a client of the proxy
    const arrangement::ProviderPlan* provider = nullptr;
};
struct AtRemote {
    std::string caPem;
    bool skipCertificateCheck = false;
    std::chrono::milliseconds timeout{60'000};
    std::optional<asio::ip::tcp::endpoint> endpoint; // where to connect instead of looking the name up
};
struct AtNobody { // a lab name at a port that nobody listens at
};
using Place = std::variant<AtNobody, AtIngress, AtGate, AtProvider, AtService, AtExternal, AtRemote>;

// What the arena of a usual record holds: the head as it came and as it went on, and smaller things.
inline constexpr std::size_t copiesOfHead = 2;
inline constexpr std::size_t besideHeads = 4096;

class Conversation;
exchange::Party partyOf(const arrangement::Backend& backend);
// Who answers there, for the record.
exchange::Destination destinationOf(const Conversation& conversation);

// What may be said to the client while its answer is being made.
class InterimSink {
public:
    virtual ~InterimSink() = default;
    virtual Task<void> interim(const http::ResponseView& response) = 0; // 102, 103
};

class Conversation {
public:
    Conversation(Loop& loop, Plan plan, std::uint32_t generation, exchange::Exchange::Kind kind);

    Arena& arena() { return record->arena; }
    exchange::Leg& leg(std::size_t index) { return record->attempts[index]; }
    // Reads `head`, which must lie in the arena. false: it is none (a field with a line break in it …).
    bool takeHead(std::string_view head);
    // The same for a head that was parsed where it arrived: `kept` is its copy in the arena.
    void takeParsed(const http::ParsedRequest& parsed, std::string_view arrived, std::string_view kept,
                    const std::vector<http::FieldSpan>& fields);
    void note(exchange::Rule rule, exchange::Outcome outcome, std::string_view detail = {}) {
        trace.add(rule, outcome, detail);
    }
    // The record is complete; nothing is added afterwards.
    void finish();

    Loop& loop;
    const Plan plan; // what it began with, whatever is applied meanwhile
    std::shared_ptr<exchange::Exchange> record;
    exchange::Trace trace;

    http::RequestView request; // in the arena
    http::Framing framing;
    RequestBody* body = nullptr; // never null once answering
    Place place;
    http::Url url; // calls and remote places

    std::string_view authority; // of an absolute-form target, where it did not become Host; in the arena
    std::string_view peerAddress;
    std::uint16_t peerPort = 0; // 0: none, the asker is one of us
    bool tls = false;
    std::uint16_t publicPort = 80;
    std::string_view requestId;
    gate::Memo* memo = nullptr;
    InterimSink* client = nullptr;
    Wire* waitingOn = nullptr; // closed when the client goes away meanwhile
    unsigned depth = 0;
    bool recorded = true; // false: the other end of it leaves the record
    std::vector<exchange::Call> afterwards;
    std::vector<provider::Event> events;

private:
    std::vector<http::FieldSpan> fields_;
};

// What a request can be limited to when it comes from ourselves.
inline constexpr http::Limits ownLimits{.startLine = 64 * 1024, .head = 512 * 1024, .fields = 2000};

} // namespace gatehouse::engine
