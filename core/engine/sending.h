// A request on its way to a server, while the answer may come already.
#pragma once

#include <engine/pool.h>
#include <engine/requestBody.h>
#include <engine/waiter.h>

#include <memory>
#include <string_view>

namespace gatehouse::engine {

struct Sending {
    Sending(asio::io_context& io, LinkPtr theLink, std::string_view theHead, RequestBody* theBody,
            bool inChunks)
        : link(std::move(theLink)), head(theHead), body(theBody), chunked(inChunks), finished(io) {}

    LinkPtr link;
    std::string_view head;
    RequestBody* body; // null: none
    bool chunked;
    bool started = false; // a byte went out
    bool complete = false;
    http::Refusal clientFailed{0, nullptr}; // its body broke off on the client's side
    Waiter finished;
};

// Sends what goes without waiting at once; the rest goes on beside the caller.
void startSending(asio::io_context& io, const std::shared_ptr<Sending>& sending);

} // namespace gatehouse::engine
