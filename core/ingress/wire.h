// Heads as nginx writes them: which framing and connection fields stand where. For the engine's serializer
// and for the test that compares with the real controller.
#pragma once

#include <exchange/answer.h>
#include <exchange/edit.h>
#include <http/head.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace gatehouse::ingress {

// A request to a service or to auth-url: edits, then Content-Length or Transfer-Encoding, then what is left
// of the client's fields without its own framing fields (ngx_http_proxy_create_request).
struct RequestFraming {
    std::optional<std::uint64_t> length; // of the body; none: no body
    bool chunked = false;                // proxy-request-buffering: off and a chunked client
};
void writeRequestHead(std::string_view method, std::string_view target, bool http10, http::HeadersView client,
                      std::span<const exchange::HeadEdit> edits, RequestFraming framing, std::string& out);

// An answer to a client: Server, Date, Content-Type, Content-Length or Transfer-Encoding, Connection, then
// the rest (ngx_http_header_filter). `upstream` is the service's head without its hop-by-hop fields, or
// empty.
struct AnswerFraming {
    std::optional<std::uint64_t> length;
    bool chunked = false;
    bool keepAlive = true;
    bool upgrade = false;       // 101: Connection: upgrade
    std::string_view date = {}; // RFC 9110 5.6.7; empty: no Date line
};
void writeAnswerHead(int status, std::string_view reason, http::HeadersView upstream,
                     std::span<const exchange::HeadEdit> edits, const AnswerFraming& framing,
                     std::string& out);

// nginx's page for a request that the parser refused, before any server was chosen. 431 is 400 there, and so
// is 497, its own number for plain HTTP at a port for https.
exchange::Respond parserRefusal(int status);

// Does nginx end the client connection after this answer of its own?
bool closesAfter(const exchange::Respond& answer);

} // namespace gatehouse::ingress
