// Requests of our own: auth sub-requests, what a gate asks, back-channel logout, what a face asks. Each is a
// conversation with a record of its own, a child of the one it was made for.
#pragma once

#include <engine/answer.h>

namespace gatehouse::engine {

inline constexpr unsigned deepest = 8;
inline constexpr std::size_t largestCallBody = 8 * 1024 * 1024;

// Where a URL leads from inside the lab: a provider, the ingress, a service by its cluster name, or outside.
Place placeOf(const arrangement::Arrangement& plan, const http::Url& url);

// Reads the whole reply, finishes the child's record and gives what the asker sees.
Task<Result<http::Response>> conclude(Conversation& child, Reply& reply);

// For whom a call is made: the plan it goes through, and its place in the records.
struct Origin {
    Plan plan; // null: nothing is served, every name is looked up
    std::uint32_t generation = 0;
    std::uint64_t parent = 0;
    unsigned depth = 0;
};
Task<Result<http::Response>> perform(Loop& loop, Origin origin, exchange::Call call);
// Runs a gate's Flow to its end. Locks that it holds are let go with it.
Task<exchange::Answer> drive(Conversation& conversation, gate::GateFlow& flow, gate::Env& env);

// After an answer is out; failures are recorded only.
void callAfterwards(Loop& loop, Origin origin, std::vector<exchange::Call> calls);

} // namespace gatehouse::engine
