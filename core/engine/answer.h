// The way of a request through the rooms: who decides, who is asked, who answers.
#pragma once

#include <engine/connect.h>
#include <engine/conversation.h>
#include <engine/reply.h>

namespace gatehouse::engine {

// Answers by `conversation.place`. Never fails: what goes wrong becomes a page and is in the record.
Task<Reply> answer(Conversation& conversation);

Task<Reply> answerThroughIngress(Conversation& conversation);

inline constexpr std::size_t largestAnswerHead = 1024 * 1024; // Go's transport would take 10 MB

// A request in the hands of one who passes it on.
struct Passing {
    const http::RequestView* from = nullptr;
    std::string_view target;
    std::span<const exchange::HeadEdit> edits;
    Manner manner = Manner::Nginx;
    std::chrono::milliseconds connectPatience{5'000};
    std::chrono::milliseconds sendPatience{60'000}; // between two writes
    std::chrono::milliseconds patience{60'000};     // between two reads
    std::size_t headLimit = largestAnswerHead;      // a larger head of the answer is no answer
    // What is tried again after which failure; null: only a pooled connection that was dead already.
    const ingress::UpstreamPolicy* retries = nullptr;
    bool http10 = false;
    bool webSockets = true;
};
Task<Reply> passTo(Conversation& conversation, const arrangement::Backend& backend,
                   const exchange::Destination& to, const Passing& passing);
Task<Reply> passToServer(Conversation& conversation, const ServerAddress& server,
                         const exchange::Destination& to, const Passing& passing);

// How a room in process sees who connects to it.
struct Caller {
    std::string_view address;
    std::uint16_t port = 0;
    bool tls = false;
};
Task<Reply> askGate(Conversation& conversation, std::size_t gate, const http::RequestView& request,
                    const Caller& caller);
Reply askProvider(Conversation& conversation, const arrangement::ProviderPlan& plan,
                  const http::RequestView& request, const Caller& caller);

// The answer's head does not fit into proxy-buffer-size.
Reply tooLargeAnswer(Conversation& conversation, std::size_t leg, Manner manner);

// A page for a request whose body could not be read; abandoned when the client left.
Reply refuseBody(Conversation& conversation, const http::Refusal& why, Manner manner);

inline constexpr std::string_view controllerAddress =
    "127.0.0.1"; // what peers in the cluster see of the ingress
inline constexpr std::uint64_t ownBodyLimit =
    10 * 1024 * 1024; // Keycloak's (quarkus.http.limits.max-body-size)

} // namespace gatehouse::engine
