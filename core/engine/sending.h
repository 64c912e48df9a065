// A request on its way to a server, while the answer may come already.
#pragma once

#include <engine/loop.h>
#include <engine/requestBody.h>
#include <engine/waiter.h>

#include <memory>
#include <string_view>

namespace gatehouse::engine {

struct Sending {
    Sending(Loop& theLoop, LinkPtr theLink, std::string_view theHead, RequestBody* theBody, bool inChunks)
        : loop(theLoop), link(std::move(theLink)), head(theHead), body(theBody), chunked(inChunks),
          finished(theLoop.io) {}

    Loop& loop;

    LinkPtr link;
    std::string_view head;
    RequestBody* body; // null: none
    bool chunked;
    std::chrono::milliseconds patience{60'000};       // between two writes
    std::chrono::milliseconds answerPatience{60'000}; // from the last write on
    bool complete = false;
    http::Refusal clientFailed{0, nullptr}; // its body broke off on the client's side
    Waiter finished;
};

// Sends what goes without waiting at once; the rest goes on beside the caller.
void startSending(const std::shared_ptr<Sending>& sending);

} // namespace gatehouse::engine
