#include <exchange/snapshot.h>

namespace gatehouse::exchange {

namespace {

// Moves every view of a copied value into the copy's own arena.
class Rehouse {
public:
    explicit Rehouse(Arena& arena) : arena_(arena) {}

    void operator()(Leg& leg) {
        (*this)(leg.request);
        (*this)(leg.response);
        (*this)(leg.requestEdits);
        (*this)(leg.responseEdits);
    }
    void operator()(TraceStep& step) { step.detail = arena_.keep(step.detail); }

private:
    void operator()(Message& message) {
        message.head = arena_.keep(message.head);
        message.body.start = arena_.keep(message.body.start);
    }
    void operator()(std::vector<HeadEdit>& edits) {
        for (HeadEdit& edit : edits) {
            edit.name = arena_.keep(edit.name);
            edit.value = arena_.keep(edit.value);
        }
    }

    Arena& arena_;
};

} // namespace

ExchangePtr snapshot(const Exchange& live) {
    auto copy = std::make_shared<Exchange>();
    copy->id = live.id;
    copy->parent = live.parent;
    copy->kind = live.kind;
    copy->live = live.live;
    copy->generation = live.generation;
    copy->scheme = live.scheme;
    copy->authority = live.authority;
    copy->peer = live.peer;
    copy->listener = live.listener;
    copy->method = live.method;
    copy->target = live.target;
    copy->client = live.client;
    copy->attempts = live.attempts;
    copy->trace = live.trace;
    copy->arrangement = live.arrangement;
    Rehouse rehouse(copy->arena);
    rehouse(copy->client);
    for (Leg& leg : copy->attempts)
        rehouse(leg);
    for (TraceStep& step : copy->trace)
        rehouse(step);
    return copy;
}

} // namespace gatehouse::exchange
