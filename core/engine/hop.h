// Hop: a request as the next party gets it, and a response as the previous one gets it back. Both are written
// from what came in, the edits of the rooms that decided, and the engine's own edits for what belongs to one
// connection only.
#pragma once

#include <engine/conversation.h>

namespace gatehouse::engine {

// Whose manners a message leaves with.
enum class Manner : std::uint8_t {
    Nginx,   // ingress-nginx's proxy and pages
    Go,      // oauth2-proxy as a reverse proxy and server
    Keycloak // Keycloak's server
};

struct HopRequest {
    std::string_view method;
    std::string_view target;
    http::Version version = http::Version::Http11;
    std::span<const exchange::HeadEdit> edits;
    Manner manner = Manner::Nginx;
    bool withBody = true; // false: the next party is told of none (auth sub-requests)
    bool upgrade = false; // a WebSocket is asked for
    bool noHost = false;  // leave Host as the edits say
};

// Writes the head into the arena (blank line included). `edits` receives what made it from `from`.
std::string_view writeRequest(Arena& arena, std::string& scratch, const http::RequestView& from,
                              const HopRequest& hop, const RequestBody& body,
                              std::vector<exchange::HeadEdit>& edits);
// The body has no length that is known beforehand: it goes out in chunks.
bool sendsChunks(const HopRequest& hop, const RequestBody& body);

struct HopResponse {
    std::span<const exchange::HeadEdit> edits;
    Manner manner = Manner::Nginx;
    std::optional<std::uint64_t> length; // Content-Length to say
    bool chunked = false;
    bool keepAlive = true;
    bool closing = false;  // say so: Connection: close
    bool upgrade = false;  // 101
    std::string_view date; // empty: none is added
};
std::string_view writeResponse(Arena& arena, std::string& scratch, const http::ResponseView& from,
                               const HopResponse& hop, std::vector<exchange::HeadEdit>& edits);

bool asksForWebSocket(const http::RequestView& request, const http::Framing& framing);
std::string httpDate(WallTime time); // RFC 9110 section 5.6.7

} // namespace gatehouse::engine
