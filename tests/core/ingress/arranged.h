// Ingresses for tests, written in one line; what route and conclude say to one request.
#pragma once

#include <ingress/ingress.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse::tests {

using Pairs = std::vector<std::pair<std::string, std::string>>;

// FieldIds count up from `first`: the object, then each annotation, then each path; place() turns them into
// lines.
inline lab::IngressObject ingressObject(std::string name, std::string host, Pairs annotations,
                                        std::vector<lab::IngressPath> paths, std::uint32_t first = 100) {
    lab::IngressObject out;
    out.name = std::move(name);
    out.ingressClassName = "nginx";
    out.from = {first};
    std::uint32_t next = first;
    for (auto& [key, value] : annotations) {
        const bool whole = key.find('/') != std::string::npos;
        out.annotations.push_back(
            {whole ? key : "nginx.ingress.kubernetes.io/" + key, value, true, {++next}});
    }
    for (lab::IngressPath& path : paths)
        path.from = {++next};
    out.rules.push_back({std::move(host), std::move(paths), {first}});
    return out;
}

inline lab::IngressPath path(std::string text, std::string service,
                             lab::PathType type = lab::PathType::Prefix) {
    return {std::move(text), type, {"default", std::move(service), 80, {}}, {}};
}

inline ingress::Ingress::Input input(std::vector<lab::IngressObject> ingresses,
                                     const Pairs& controller = {}) {
    ingress::Ingress::Input out;
    out.ingresses = std::move(ingresses);
    std::uint32_t next = 900;
    for (const auto& [key, value] : controller)
        out.controller.push_back({key, value, true, {++next}});
    for (const char* name : {"a", "b", "c", "oauth2-proxy"}) {
        out.servicesWithEndpoints.push_back({"default", name, 80, {}});
        out.servicesWithEndpoints.push_back({"default", name, 4180, {}});
    }
    return out;
}

inline Place place(FieldId id) {
    return {"lab.yaml", id.index, 1, "/field/" + std::to_string(id.index)};
}

inline Checked<std::shared_ptr<const ingress::Ingress>> make(ingress::Ingress::Input from) {
    return ingress::Ingress::make(std::move(from), place);
}

// One request from beginning to end; the auth service answers `auth`.
struct Asked {
    Arena arena;
    exchange::Trace trace{arena};
    ingress::Routed routed;
    ingress::AuthOutcome outcome;
    exchange::Answer answer;

    const exchange::Respond* page() const { return std::get_if<exchange::Respond>(&answer.what); }
    const exchange::Forward* forward() const { return std::get_if<exchange::Forward>(&answer.what); }
    int status() const { return page() != nullptr ? page()->status : 200; }
    std::string location() const { return std::string(page()->headers.view().get("Location")); }
};

inline std::unique_ptr<Asked> ask(const ingress::Ingress& ingress, const http::Request& request,
                                  const http::Response& auth = {}, bool tls = false) {
    auto out = std::make_unique<Asked>();
    const http::RequestView view = request.view();
    const ingress::Peer peer{
        "192.0.2.7", tls, static_cast<std::uint16_t>(tls ? 443 : 80), "0123456789abcdef0123456789abcdef", {}};
    out->routed = ingress.route(view, peer, out->arena, out->trace);
    if (out->routed.subrequest) {
        out->outcome.asked = true;
        out->outcome.response = auth;
    }
    out->answer = ingress.conclude(out->routed, view, peer, out->outcome, out->arena, out->trace);
    return out;
}

inline std::unique_ptr<Asked> get(const ingress::Ingress& ingress, std::string_view host, std::string target,
                                  int authStatus = 200, bool tls = false) {
    http::Response auth;
    auth.status = authStatus;
    return ask(ingress, http::Request{"GET", std::move(target), {{"Host", host}}, {}}, auth, tls);
}

// Name of the service that answers, or the status of a page.
inline std::string serves(const ingress::Ingress& ingress, std::string_view host, std::string target) {
    const auto asked = get(ingress, host, std::move(target));
    return asked->forward() != nullptr ? ingress.service(asked->forward()->upstream).name
                                       : std::to_string(asked->status());
}

} // namespace gatehouse::tests
