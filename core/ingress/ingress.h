// Ingress: what ingress-nginx's controller 1.15.1 does around external authentication, as decisions.
//
//   routed = ingress.route(request, peer, …);        // which location; redirects and refusals before auth
//   if (routed.subrequest) outcome = (ask the auth-url);    // exactly one answer in the middle
//   answer = ingress.conclude(routed, outcome, …);   // pass on, redirect to sign-in, deny
//   if (auto page = ingress.intercept(routed, …, status))   // the upstream answered: is it replaced?
//   ingress.finish(routed, …, upstream, edits);      // what happens to the upstream's answer on its way back
//   ingress.refuse(routed, …, 502)                   // no usable answer came: nginx's page for it
//
// How heads are put on the wire in nginx's order: ingress/wire.h.
//
// Immutable and thread-free. It never knows that gates exist: auth-url is a URL, a service is a name.
#pragma once

#include <base/now.h>
#include <base/support.h>
#include <exchange/answer.h>
#include <exchange/trace.h>
#include <http/head.h>
#include <lab/lab.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::ingress {

struct Model;    // the generated configuration (ingress/model.h)
struct Location; // one of its location blocks
struct State;    // what route() found out about one request; lies in the arena given to it

struct Peer {
    std::string_view address; // of the TCP connection, without port
    bool tls = false;
    std::uint16_t publicPort = 80; // of the listener: $server_port as the cluster has it
    std::string_view requestId;    // 32 hex digits, made by the engine; the same in auth and upstream request
    std::string_view
        authority; // of an absolute-form target (http::ParsedRequest): it selects the server, not Host
};

// The auth-url's request, ready but for the client's fields: edits apply to the client's head, nginx's order.
struct Subrequest {
    std::string method = "GET";
    http::Url url;
    exchange::EditList edits;
    bool http10 = false; // proxy-http-version: 1.0
    // auth-keepalive: the connection is kept, and one that closed without an answer is tried once more.
    bool keepalive = false;
    std::chrono::milliseconds timeout{60'000};
    // The answer that needs no asking: the auth-url's own value is one that nginx cannot ask (conclude says
    // 500).
    bool unaskable = false;
};

// How the location wants its upstream spoken to.
struct UpstreamPolicy {
    std::chrono::milliseconds connectTimeout{5'000};
    std::chrono::milliseconds sendTimeout{60'000};
    std::chrono::milliseconds readTimeout{60'000}; // the longest pause; ends idle tunnels too
    std::size_t headLimit = 4 * 1024;              // proxy-buffer-size: a larger head of the answer is 502
    int tries = 3;                                 // proxy-next-upstream-tries; 0 = no bound
    std::chrono::milliseconds retryFor{0};         // proxy-next-upstream-timeout; 0 = no bound
    // proxy-next-upstream, word by word: after what the request is sent once more.
    bool retryBroken = true;        // "error": no connection, or one that broke unanswered
    bool retryTimedOut = true;      // "timeout"
    bool retryInvalid = false;      // "invalid_header": an answer that is none, or whose head is too large
    std::vector<int> retryStatuses; // "http_502" …
    bool retryNonIdempotent = false;
    bool http10 = false; // proxy-http-version: 1.0
};

// large-client-header-buffers: no line may be longer than `line`, all of them than `line` times `lines`.
struct HeadLimits {
    std::size_t line = 8 * 1024;
    std::size_t lines = 4;
};

struct Routed {
    const Location* location = nullptr;     // null: refused before a location was looked for
    const State* state = nullptr;           // never null
    const UpstreamPolicy* policy = nullptr; // null where location is
    std::optional<exchange::Answer> answer; // decided before auth: redirect, 503, 404, 405 …
    std::optional<Subrequest> subrequest;
    bool bufferBody = true; // proxy-request-buffering
    std::uint64_t bodyLimit =
        1024 * 1024; // proxy-body-size; 0 = none. Larger: 413 (before auth if announced)
};

// What the auth-url said. `failed`: no usable answer (connect, time-out, broken head): 500 as nginx says. A
// head larger than proxy-buffer-size is found out by conclude.
struct AuthOutcome {
    bool asked = false;
    bool failed = false;
    http::Response response;
};

class Ingress {
public:
    explicit Ingress(std::unique_ptr<const Model> model); // for make
    ~Ingress();

    struct Input {
        std::vector<lab::KeyValue> controller;
        std::vector<lab::IngressObject> ingresses;
        std::vector<lab::ConfigMap> configMaps;
        std::vector<lab::ServiceRef> servicesWithEndpoints; // what exists; others are 503 before auth
        // Hosts with a usable certificate; wildcards allowed. Others in a `tls` block get the default
        // certificate (and are redirected to https all the same, corrections 10).
        std::vector<std::string> certificateHosts;
        std::string controllerClass = "nginx";
    };
    // Problems: values that the controller drops, refuses or fails open on are warnings at their place.
    // Refused is what makes nginx refuse the whole configuration, and rows marked "not yet" (code
    // "…-not-yet", argument "name"). There is a value even then: who tolerates the latter goes on with it.
    static Checked<std::shared_ptr<const Ingress>> make(Input input,
                                                        const std::function<Place(FieldId)>& place);

    Routed route(const http::RequestView& request, const Peer& peer, Arena& arena,
                 exchange::Trace& trace) const;
    exchange::Answer conclude(const Routed& routed, const http::RequestView& request, const Peer& peer,
                              const AuthOutcome& outcome, Arena& arena, exchange::Trace& trace) const;
    // The upstream answered: edits on its head (HSTS, auth's cookie, proxy-redirect, add-headers, hidden
    // fields). `Server`, `Date` and connection fields are the engine's, with nginx's values.
    void finish(const Routed& routed, const http::RequestView& request, const Peer& peer,
                const AuthOutcome& outcome, const http::ResponseView& upstream, exchange::EditList& edits,
                exchange::Trace& trace) const;
    // custom-http-errors and an upstream's own 401 together with them: what is answered instead of the
    // upstream's.
    std::optional<exchange::Answer> intercept(const Routed& routed, const http::RequestView& request,
                                              const Peer& peer, const AuthOutcome& outcome,
                                              int upstreamStatus, Arena& arena, exchange::Trace& trace) const;
    // nginx's own page: 413 while reading a body, 502 without a usable answer, 504 after a time-out.
    exchange::Answer refuse(const Routed& routed, const http::RequestView& request, const Peer& peer,
                            const AuthOutcome& outcome, int status, Arena& arena,
                            exchange::Trace& trace) const;

    // Does some rule or alias serve this name (lower case, no port)? TLS and CONNECT ask.
    bool serves(std::string_view host) const;
    std::vector<std::string> hosts() const; // as written in the rules, wildcards included
    HeadLimits headLimits() const;          // what is larger is refused before a server is chosen
    // Forward::upstream indexes these.
    const lab::ServiceRef& service(std::size_t upstream) const;

private:
    std::unique_ptr<const Model> model_;
};

struct AnnotationRow {
    std::string_view name; // without the prefix "nginx.ingress.kubernetes.io/"
    std::string_view
        type; // "url", "boolean", "list", "text", "duration", "size", "choice", "integer", "code"
    Support support;
    std::string_view section; // "External authentication", "Forwarding" …
    std::string_view help;
    std::string_view unit;
    std::string_view byDefault;
    std::string_view whenEmpty;
    std::string_view choices;
    std::string_view note;
};
std::span<const AnnotationRow> annotations();   // every annotation of controller 1.15.1
std::span<const AnnotationRow> configMapKeys(); // every ConfigMap key of controller 1.15.1
const AnnotationRow* annotation(std::string_view name);
const AnnotationRow* configMapKey(std::string_view name);

std::span<const exchange::RuleRow> rules();
std::span<const exchange::DifferenceRow> differences();

} // namespace gatehouse::ingress
