// Known traps: what a set says that goes wrong in a cluster, as far as it can be seen without one. What the
// controller makes of annotations is ingress's to say and comes first.

#include <base/ascii.h>
#include <gate/options.h>
#include <ingress/ingress.h>
#include <kubernetes/objectSet.h>
#include <kubernetes/trapMessages.h>
#include <kubernetes/traps.h>

#include <algorithm>
#include <set>

namespace gatehouse::kubernetes {

namespace {

constexpr std::string_view annotationPrefix = "nginx.ingress.kubernetes.io/";

bool isLoopback(std::string_view host) {
    return host == "localhost" || host.starts_with("127.") || host == "::1" || host == "[::1]";
}

std::string hostOf(std::string_view url) {
    if (const auto scheme = url.find("://"); scheme != std::string_view::npos)
        url.remove_prefix(scheme + 3);
    const auto end = url.find_first_of("/?#");
    std::string_view authority = url.substr(0, end);
    if (const auto at = authority.rfind('@'); at != std::string_view::npos)
        authority.remove_prefix(at + 1);
    if (authority.starts_with('['))
        return std::string(authority.substr(0, authority.find(']') + 1));
    return std::string(authority.substr(0, authority.find(':')));
}

FieldId at(const lab::GateSpec& gate, std::string_view option) {
    const lab::Setting* found = setting(gate, option);
    return found == nullptr ? gate.from : found->from;
}

bool given(const lab::GateSpec& gate, std::string_view option) {
    const lab::Setting* found = setting(gate, option);
    return found != nullptr && (found->secret || (!found->values.empty() && !found->values.front().empty()));
}

// What ingress says of the same objects when it is made; rows that the desk does not do yet are the real
// controller's business.
void askIngress(Job& job) {
    ingress::Ingress::Input input;
    input.controller = job.lab.controller;
    input.ingresses = job.lab.ingresses;
    input.configMaps = job.lab.configMaps;
    for (const lab::Service& service : job.lab.services)
        input.servicesWithEndpoints.push_back({service.namespace_, service.name, service.port, {}});
    for (const lab::IngressObject& object : job.lab.ingresses)
        for (const lab::IngressTls& tls : object.tls)
            input.certificateHosts.insert(input.certificateHosts.end(), tls.hosts.begin(), tls.hosts.end());
    auto made =
        ingress::Ingress::make(std::move(input), [&job](FieldId id) { return job.document.place(id); });
    for (Problem& problem : made.problems) {
        const std::string_view code = problem.error.what->code;
        if (code.ends_with("-not-yet") || code == "service-without-endpoints")
            continue;
        job.problems.push_back(std::move(problem));
    }
}

class GateTraps {
public:
    GateTraps(Job& job, const lab::GateSpec& gate) : job_(job), gate_(gate) {}

    void find() {
        address();
        proxy();
        cookies();
        files();
        upstreams();
        headers();
    }

private:
    void warn(const Message& what, std::string_view option, Job::Args args = {}) {
        args["gate"] = gate_.name;
        job_.warn(what, std::move(args), at(gate_, option));
    }

    void address() {
        const std::string address = optionText(gate_, "http-address");
        if (!gateHasTls(gate_) && isLoopback(hostOf(address)))
            warn(listensOnLoopback, "http-address", {{"address", address}});
    }

    bool behindIngress() const {
        return std::ranges::any_of(job_.lab.services, [this](const lab::Service& service) {
            const auto* runs = std::get_if<lab::RunsGate>(&service.runs);
            return runs != nullptr && runs->gate == gate_.name;
        });
    }

    void proxy() {
        if (!behindIngress())
            return;
        if (!optionFlag(gate_, "reverse-proxy"))
            warn(reverseProxyMissing, "reverse-proxy");
        else if (!given(gate_, "trusted-proxy-ip"))
            warn(everyProxyTrusted, "reverse-proxy");
        for (const std::string_view option : {"skip-auth-route", "skip-auth-regex"})
            if (given(gate_, option) && onlyStatic())
                warn(skipRouteUnseen, option, {{"option", std::string(option)}});
    }

    bool onlyStatic() const {
        const lab::Setting* found = setting(gate_, "upstream");
        return found != nullptr && std::ranges::all_of(found->values, [](const std::string& each) {
                   return each.starts_with("static://");
               });
    }

    void cookies() {
        if (!optionFlag(gate_, "cookie-secure"))
            warn(cookieInsecure, "cookie-secure");
        if (lower(optionText(gate_, "cookie-samesite")) == "none" && !optionFlag(gate_, "cookie-secure"))
            warn(sameSiteNone, "cookie-samesite");
        if (lower(optionText(gate_, "cookie-samesite")) == "strict")
            warn(sameSiteStrict, "cookie-samesite");
        const std::string refresh = optionText(gate_, "cookie-refresh");
        if (!refresh.empty() && refresh != "0" && refresh != "0s" && refresh != "0h0m0s" &&
            optionText(gate_, "session-store-type") != "redis")
            warn(refreshPerReplica, "cookie-refresh");
    }

    void files() {
        for (const lab::Setting& each : gate_.options) {
            const gate::OptionRow* row = gate::option(each.name);
            if (row != nullptr && row->type == gate::OptionType::File && given(gate_, each.name))
                warn(fileNotInPod, each.name,
                     {{"option", each.name}, {"file", each.values.empty() ? "" : each.values.front()}});
        }
    }

    void upstreams() {
        const lab::Setting* found = setting(gate_, "upstream");
        if (found == nullptr)
            return;
        for (const std::string& each : found->values)
            if (isLoopback(hostOf(each)))
                warn(upstreamLoopback, "upstream", {{"url", each}});
    }

    void headers() {
        const bool tokens =
            optionFlag(gate_, "pass-access-token") || optionFlag(gate_, "set-authorization-header");
        if (tokens && behindIngress() && !bufferRaised())
            warn(buffersSmall,
                 optionFlag(gate_, "pass-access-token") ? "pass-access-token" : "set-authorization-header");
    }

    bool bufferRaised() const {
        const auto raises = [](const lab::KeyValue& each) {
            return each.key == "proxy-buffer-size" ||
                   each.key == std::string(annotationPrefix) + "proxy-buffer-size";
        };
        return std::ranges::any_of(job_.lab.controller, raises) ||
               (!job_.lab.ingresses.empty() &&
                std::ranges::all_of(job_.lab.ingresses, [&](const lab::IngressObject& object) {
                    return std::ranges::any_of(object.annotations, raises);
                }));
    }

    Job& job_;
    const lab::GateSpec& gate_;
};

void clusterTraps(Job& job) {
    if (!job.options.secretValues && (!gateSecrets(job).empty()))
        job.differ(secretsToFill, {}, {});
    for (const lab::Provider& provider : job.lab.providers)
        if (!provider.realms.empty())
            job.differ(keycloakNeeded,
                       {{"provider", provider.name},
                        {"namespace", job.options.keycloakNamespace},
                        {"url", provider.url.text()}},
                       provider.urlFrom);
    for (const lab::Service& service : job.lab.services)
        if (!isOurs(service, job.options))
            job.differ(
                serviceExpected,
                {{"name", service.namespace_ + "/" + service.name}, {"port", std::to_string(service.port)}},
                service.from);
}

} // namespace

void findTraps(Job& job) {
    askIngress(job);
    for (const lab::GateSpec& gate : job.lab.gates)
        GateTraps(job, gate).find();
    ingressTraps(job);
    clusterTraps(job);
}

} // namespace gatehouse::kubernetes
