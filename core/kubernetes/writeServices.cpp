// Services, the whoamis behind them, and ConfigMaps.

#include <base/ascii.h>
#include <kubernetes/objectSet.h>
#include <kubernetes/writeMessages.h>

#include <algorithm>

namespace gatehouse::kubernetes {

namespace {

constexpr std::string_view whoamiImage = "traefik/whoami:v1.11.0";
constexpr int whoamiPort = 8080; // below 1024 a pod without capabilities may not listen everywhere

// RFC 1123 label, beginning with a letter: what every version of Kubernetes takes for a Service.
bool isLabel(std::string_view name) {
    return !name.empty() && name.size() <= 63 && asciiAlpha(name.front()) && name.back() != '-' &&
           std::ranges::all_of(name,
                               [](char c) { return asciiDigit(c) || c == '-' || (c >= 'a' && c <= 'z'); });
}

// IANA_SVC_NAME: validation.IsValidPortName of k8s.io/apimachinery.
bool isPortName(std::string_view name) {
    return name.size() <= 15 && !name.starts_with('-') && !name.ends_with('-') &&
           name.find("--") == std::string_view::npos && std::ranges::any_of(name, asciiAlpha) &&
           std::ranges::all_of(name,
                               [](char c) { return asciiDigit(c) || c == '-' || (c >= 'a' && c <= 'z'); });
}

bool isDataKey(std::string_view key) {
    return !key.empty() && key.size() <= 253 && key != "." && !key.starts_with("..") &&
           std::ranges::all_of(key, [](char c) {
               return asciiAlpha(c) || asciiDigit(c) || c == '-' || c == '_' || c == '.';
           });
}

const std::string* gateOf(const lab::Service& service) {
    const auto* runs = std::get_if<lab::RunsGate>(&service.runs);
    return runs == nullptr ? nullptr : &runs->gate;
}

Node selectorOf(const lab::Service& service) {
    const std::string* gate = gateOf(service);
    return gate != nullptr ? selectorLabels("oauth2-proxy", *gate) : selectorLabels("whoami", service.name);
}

void checkService(Job& job, const lab::Service& service) {
    if (!isLabel(service.name))
        job.refuse(nameNoLabel,
                   {{"kind", "Service"}, {"name", service.name}, {"reason", "it becomes a name in DNS"}},
                   service.from);
    if (!service.portName.empty() && !isPortName(service.portName))
        job.refuse(portNameRefused, {{"name", service.portName}}, service.from);
    const std::string* gate = gateOf(service);
    if (gate == nullptr)
        return;
    const lab::GateSpec* spec = gateNamed(job.lab, *gate);
    if (spec == nullptr)
        return job.refuse(serviceNoGate, {{"name", service.name}, {"gate", *gate}}, service.from);
    if (spec->namespace_ != service.namespace_)
        job.refuse(gateOtherNamespace,
                   {{"name", service.name},
                    {"namespace", service.namespace_},
                    {"gate", *gate},
                    {"gateNamespace", spec->namespace_}},
                   service.from);
    if (gatePort(*spec) == 0)
        job.refuse(gateUnreachable, {{"gate", *gate}, {"address", optionText(*spec, "http-address")}},
                   spec->from);
}

// All ports of one Service: entries of the lab with the same name.
Node serviceObject(Job& job, const std::vector<const lab::Service*>& entries) {
    const lab::Service& first = *entries.front();
    std::vector<Node> ports;
    for (const lab::Service* entry : entries) {
        checkService(job, *entry);
        if (selectorOf(*entry) != selectorOf(first))
            job.refuse(serviceOfTwo, {{"name", first.name}}, entry->from);
        MapOf port;
        if (!entry->portName.empty())
            port.put("name", entry->portName);
        else if (entries.size() > 1) // several ports need names; this one is read back as none
            port.put("name", "port-" + std::to_string(entry->port));
        ports.push_back(
            port.put("port", number(entry->port)).put("targetPort", "http").put("protocol", "TCP").node());
    }
    const Node labels = withManagedBy(selectorOf(first));
    return MapOf()
        .put("apiVersion", "v1")
        .put("kind", "Service")
        .put("metadata", metadata(first.namespace_, first.name, labels))
        .put("spec", MapOf()
                         .put("type", "ClusterIP")
                         .put("selector", selectorOf(first))
                         .put("ports", Node::list(std::move(ports)))
                         .node())
        .node();
}

// The Services to be written, each with its entries, in the order in which they first stand.
std::vector<std::vector<const lab::Service*>> grouped(const Job& job) {
    std::vector<std::vector<const lab::Service*>> out;
    for (const lab::Service& service : job.lab.services) {
        if (!isOurs(service, job.options))
            continue;
        const auto found = std::ranges::find_if(out, [&](const auto& group) {
            return group.front()->name == service.name && group.front()->namespace_ == service.namespace_;
        });
        if (found == out.end())
            out.push_back({&service});
        else
            found->push_back(&service);
    }
    return out;
}

Node whoamiDeployment(const lab::Service& service) {
    const Node labels = selectorLabels("whoami", service.name);
    const Node all = withManagedBy(labels);
    const Node container = MapOf()
                               .put("name", "whoami")
                               .put("image", std::string(whoamiImage))
                               .put("args", texts({"--port=" + std::to_string(whoamiPort)}))
                               .put("ports", Node::list({MapOf()
                                                             .put("name", "http")
                                                             .put("containerPort", number(whoamiPort))
                                                             .put("protocol", "TCP")
                                                             .node()}))
                               .put("readinessProbe", probe("/health", "HTTP"))
                               .put("securityContext", containerSecurity())
                               .node();
    const Node pod = MapOf()
                         .put("automountServiceAccountToken", truth(false))
                         .put("securityContext", podSecurity())
                         .put("containers", Node::list({container}))
                         .node();
    return MapOf()
        .put("apiVersion", "apps/v1")
        .put("kind", "Deployment")
        .put("metadata", metadata(service.namespace_, service.name, all))
        .put("spec",
             MapOf()
                 .put("replicas", number(1))
                 .put("selector", MapOf().put("matchLabels", labels).node())
                 .put("template",
                      MapOf().put("metadata", MapOf().put("labels", all).node()).put("spec", pod).node())
                 .node())
        .node();
}

Node dataOf(Job& job, const std::vector<lab::KeyValue>& values) {
    MapOf out;
    for (const lab::KeyValue& each : values) {
        if (!isDataKey(each.key))
            job.refuse(keyRefused, {{"name", each.key}}, each.from);
        out.put(each.key, each.value);
    }
    return out.node();
}

Node configMap(Job& job, const std::string& namespaceName, const std::string& name, Node labels,
               const std::vector<lab::KeyValue>& values) {
    return MapOf()
        .put("apiVersion", "v1")
        .put("kind", "ConfigMap")
        .put("metadata", metadata(namespaceName, name, std::move(labels)))
        .put("data", dataOf(job, values))
        .node();
}

} // namespace

std::vector<Node> serviceObjects(Job& job) {
    std::vector<Node> out;
    for (const auto& entries : grouped(job))
        out.push_back(serviceObject(job, entries));
    return out;
}

std::vector<Node> whoamiObjects(Job& job) {
    std::vector<Node> out;
    if (!job.options.whoami)
        return out;
    for (const auto& entries : grouped(job))
        if (std::holds_alternative<lab::RunsEmbedded>(entries.front()->runs))
            out.push_back(whoamiDeployment(*entries.front()));
    return out;
}

std::vector<Node> configMapObjects(Job& job) {
    std::vector<Node> out;
    for (const lab::ConfigMap& map : job.lab.configMaps)
        out.push_back(configMap(job, map.namespace_, map.name, {}, map.data));
    return out;
}

std::vector<Node> ingressNginxObjects(Job& job) {
    if (job.lab.controller.empty())
        return {};
    const Node labels = MapOf()
                            .put(std::string(nameLabel), "ingress-nginx")
                            .put("app.kubernetes.io/component", "controller")
                            .node();
    return {configMap(job, job.options.controllerNamespace, "ingress-nginx-controller", labels,
                      job.lab.controller)};
}

} // namespace gatehouse::kubernetes
