// Ingress: what ingress-nginx's controller 1.15.1 does around external authentication, as decisions.
//
//   Routed routed = ingress.route(request, peer, …);        // which location; redirects and refusals before
//   auth if (routed.subrequest) outcome = (ask the auth-url);     // exactly one answer in the middle Answer
//   answer = ingress.conclude(routed, outcome, …);    // pass on, redirect to sign-in, deny
//   ingress.finish(routed, outcome, upstream, edits);        // what happens to the upstream's answer on its
//   way back
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

struct Location; // one location block of the generated configuration (ingress/location.h)

struct Peer {
    std::string_view address; // of the TCP connection, without port
    bool tls = false;
    std::uint16_t publicPort = 80; // of the listener: $server_port as the cluster has it
    std::string_view requestId;    // 32 hex digits, made by the engine; the same in auth and upstream request
};

// The auth-url's request, ready but for the client's fields: edits apply to the client's head, nginx's order.
struct Subrequest {
    std::string method = "GET";
    http::Url url;
    exchange::EditList edits;
    bool http10 = false; // proxy-http-version: 1.0
    std::chrono::milliseconds timeout{60'000};
    bool sendsBody = false; // never in the generated configuration; kept for Lua mode
};

struct Routed {
    const Location* location = nullptr;     // null: nothing matched (404 from the default backend)
    std::optional<exchange::Answer> answer; // decided before auth: redirect, 503, 404, 405 …
    std::optional<Subrequest> subrequest;
    bool bufferBody = true; // proxy-request-buffering
    std::uint64_t bodyLimit =
        1024 * 1024; // proxy-body-size; 0 = none. Larger: 413 (before auth if announced)
};

// What the auth-url said. `failed`: no usable answer (connect, time-out, broken head): 500 as nginx says.
struct AuthOutcome {
    bool asked = false;
    bool failed = false;
    http::Response response;
};

class Ingress {
public:
    struct Input {
        std::vector<lab::KeyValue> controller;
        std::vector<lab::IngressObject> ingresses;
        std::vector<lab::ConfigMap> configMaps;
        std::vector<lab::ServiceRef> servicesWithEndpoints; // what exists; others are 503 before auth
        std::vector<std::string> certificateHosts; // hosts with a usable certificate; wildcards allowed
        std::string controllerClass = "nginx";
    };
    // Problems: values that the controller drops, refuses or fails open on are findings, at their place.
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

    // Does some rule or alias serve this name (lower case, no port)? TLS and CONNECT ask.
    bool serves(std::string_view host) const;
    std::vector<std::string> hosts() const; // as written in the rules, wildcards included
    // Forward::upstream indexes these.
    const lab::ServiceRef& service(std::size_t upstream) const;

    virtual ~Ingress() = default;
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
