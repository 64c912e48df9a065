// One request on its way to a decision before authentication (nginx's phases up to access).
#pragma once

#include <ingress/answers.h>
#include <ingress/model.h>

namespace gatehouse::ingress {

class Router {
public:
    Router(const Model& model, const http::RequestView& request, const Peer& peer, Arena& arena,
           exchange::Trace& trace);
    Routed route();

private:
    using Decided = std::optional<exchange::Answer>;
    // nginx's phases in order; the first that answers ends it.
    Decided requestLine();
    Decided serverPhase();
    Decided findLocationPhase();
    Decided rewritePhase();
    Decided accessPhase();

    void readFields();
    void readHost();
    void readForwarded();
    void realIp();
    bool blocked(const std::vector<BlockedField>& list, std::string_view field) const;
    Decided wwwRedirect();
    Decided rewriteRedirect();
    Decided toHttps();
    std::optional<std::uint64_t> announcedLength() const;
    void askAuth(Routed& routed);
    AnswerContext context() const { return {model_, location_, state_, nothingAsked_, arena_, trace_}; }

    const Model& model_;
    const http::RequestView& request_;
    const Peer& peer_;
    Arena& arena_;
    exchange::Trace& trace_;
    State& state_; // in the arena
    const Server* server_ = nullptr;
    const Location* location_ = nullptr;
    bool addSlash_ = false;
    bool addressPasses_ = false; // satisfy: any, and the address is allowed
    std::size_t headBytes_ = 0, longestLine_ = 0;
    std::string_view forwardedHost_, forwardedProto_, forwardedPort_;
    bool hasForwardedHost_ = false, hasForwardedProto_ = false, hasForwardedPort_ = false;
    static const AuthOutcome nothingAsked_;
};

// Applies proxy_set_header lines to a request: fields with a value are set, empty ones take the client's
// away.
void applyFields(const std::vector<FieldTemplate>& fields, const State& state, exchange::EditList& edits,
                 Arena& arena);
// Fields that nginx drops for their name.
void dropInvalidNames(const Model& model, const State& state, exchange::EditList& edits);
bool validName(std::string_view name, const Settings& settings);

} // namespace gatehouse::ingress
