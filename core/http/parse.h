// The strict parser of heads (RFC 9112): what could make two parsers disagree is refused, never repaired.
//
// Refused with 400 (or the status named): bare CR or LF, obs-fold, blanks before the colon, names that are no
// token, CTL/NUL/DEL in values, tabs or double blanks in the request line, targets with CTL, blank, '#' or
// 8-bit bytes, versions other than 1.0 and 1.1 (505), repeated or malformed Content-Length, Content-Length
// together with Transfer-Encoding, Transfer-Encoding that is not exactly one "chunked" (501 for other
// codings) or in HTTP/1.0, missing, repeated or malformed Host (1.1), over-long request lines (414) and heads
// (431), unknown Expect (417). reference: RFC 9112 sections 2-7; test data
// tests/core/http/data/http-vectors.json.
#pragma once

#include <base/message.h>
#include <http/head.h>

#include <cstddef>
#include <cstdint>
#include <variant>

namespace gatehouse::http {

struct Limits {
    std::size_t startLine = 8 * 1024;
    std::size_t head = 32 * 1024;
    std::size_t fields = 100;
    std::size_t chunkLine = 256;
    std::size_t trailers = 8 * 1024;
};

enum class BodyKind : std::uint8_t { None, Length, Chunked, UntilClose };

struct Framing {
    BodyKind body = BodyKind::None;
    std::uint64_t length = 0;
    bool keepAlive = true;       // as the message asks for; the connection decides
    bool expectContinue = false; // requests only
    bool upgrade = false;        // "Connection: upgrade" and an Upgrade field are there
};

struct ParsedRequest {
    RequestView view; // target already in origin-form ("*" for OPTIONS, authority-form for CONNECT)
    std::string_view
        authority;           // of an absolute-form target, which wins over Host (RFC 9112 3.2.2); else empty
    bool asksForTls = false; // the absolute form began with https://
    Framing framing;
    std::size_t size = 0; // bytes of the head, blank line included (and a tolerated leading CRLF)
};

struct ParsedResponse {
    ResponseView view;
    Framing framing;
    std::size_t size = 0;
};

struct NeedMore {};
struct Refusal {
    int status = 400;
    const Message* why = nullptr; // never null
};

// `fields` is the caller's storage for spans; the views point into `bytes` and into it.
std::variant<ParsedRequest, NeedMore, Refusal>
parseRequest(std::string_view bytes, std::vector<FieldSpan>& fields, const Limits& limits);
// `requestMethod` decides on bodies (HEAD, CONNECT). Only refused with 502.
std::variant<ParsedResponse, NeedMore, Refusal> parseResponse(std::string_view bytes,
                                                              std::vector<FieldSpan>& fields,
                                                              std::string_view requestMethod,
                                                              const Limits& limits);

// Every Message a Refusal can carry.
std::vector<const Message*> refusals();

} // namespace gatehouse::http
