// Gate: what oauth2-proxy 7.15 does, as decisions. One arrangement serves every use: behind an ingress rule,
// as a reverse proxy of its own, as the auth service of somebody's nginx; that is only which requests are
// routed to it.
//
// A Gate is immutable and shared; what it learns while running (discovery, keys, sessions logged out) is
// GateState, which lives beside the arrangement by gate name and survives a swap. Used from the engine thread
// only.
#pragma once

#include <base/flow.h>
#include <base/now.h>
#include <crypto/entropy.h>
#include <exchange/answer.h>
#include <exchange/trace.h>
#include <gate/options.h>
#include <http/head.h>

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace gatehouse::gate {

struct Session;       // gate/session.h
struct GateState;     // gate/state.h
struct RequestCookie; // gate/setCookie.h
struct OpenedSession; // gate/openedSession.h

// What one client connection remembers, so that a repeated Cookie field costs a comparison instead of a
// decryption.
struct Memo {
    std::string gate;    // whose cookie it was
    std::string cookies; // the exact Cookie field values, joined by '\n'
    std::shared_ptr<const Session> session;
};

struct Env {
    Now now;
    crypto::Entropy& entropy;
    GateState& state;
    Memo* memo = nullptr;         // none: nothing is remembered
    std::string_view peerAddress; // of the TCP connection; in process: what the ingress would have
    bool tls = false;             // the client's connection to this gate
    Arena& arena;                 // of the exchange
    exchange::Trace& trace;
};

using exchange::Answer;
using GateFlow = Flow<Answer, exchange::Ask, exchange::Given>;

struct Upstream {
    std::string id;
    http::Url url;
    bool passHostHeader = true;
    bool proxyWebSockets = true;
    bool skipCertificateCheck = false;
    std::chrono::milliseconds timeout{30'000};
};

class Gate {
public:
    // Every problem of the options at once, each at its place; the wording of refusals is oauth2-proxy's own
    // where it has one (oauth2-proxy.md section 3.10, corrections 1-6).
    static Checked<std::shared_ptr<const Gate>> make(std::string name, Options options,
                                                     const crypto::SecretSource& secrets,
                                                     const std::function<Place(FieldId)>& place);

    // `request`, `env` and what they point to must outlive the Flow. The plain Answer is the hot path.
    std::variant<Answer, GateFlow> handle(const http::RequestView& request, Env& env) const;

    // The answer to the client when the upstream of a Forward could not be reached: the original's 502 page.
    exchange::Respond upstreamFailed(const http::RequestView& request, Env& env, std::string_view why) const;

    // What a session cookie of this gate holds, for a person who looks at it: opened as handle() opens it.
    // None: these cookies have no session of this gate.
    std::optional<OpenedSession> openSession(const std::vector<RequestCookie>& cookies, const Now& now) const;

    // What a login with these claims would come to: the session that it would leave, and whether this gate
    // takes it, by the code that the callback runs. JSON objects: payloads of ID and access token, userinfo
    // answer (asked for only where the ID token lacks a claim). Nothing is asked, nothing is verified.
    struct Admission {
        bool admitted = false;
        std::string user;
        std::string email;
        std::string preferredUsername;
        std::vector<std::string> groups; // Keycloak's roles included: "role:admin"
        bool usesUserinfo = false;
        exchange::Rule rule = nullptr; // why not; none: admitted
        std::string detail;
        FieldId from;
    };
    Result<Admission> admission(std::string_view idToken, std::string_view accessToken,
                                std::string_view userinfo) const;

    // Forward::upstream indexes these.
    const std::vector<Upstream>& upstreams() const;
    const std::string& name() const;
    const Options& options() const;

    virtual ~Gate() = default; // (implementation detail: made by make)
protected:
    Gate() = default;
    struct Impl;
    std::unique_ptr<Impl, void (*)(Impl*)> impl_{nullptr, nullptr};
};

std::shared_ptr<GateState> makeState();

// A form that a gate may look into (net/http Request.ParseForm): handle() wants its body. Every other body is
// the upstream's alone.
bool readsBody(const http::RequestView& request);

std::span<const exchange::RuleRow> rules();
std::span<const exchange::DifferenceRow> differences();

} // namespace gatehouse::gate
