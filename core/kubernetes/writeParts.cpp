// What several kinds of objects have in common.

#include <base/ascii.h>
#include <gate/options.h>
#include <kubernetes/objectSet.h>
#include <kubernetes/writeMessages.h>
#include <lab/forms.h>

#include <algorithm>
#include <set>

namespace gatehouse::kubernetes {

Node metadata(const std::string& namespaceName, const std::string& name, Node labels, Node annotations) {
    return MapOf()
        .add("namespace", namespaceName)
        .put("name", name)
        .add("labels", std::move(labels))
        .add("annotations", std::move(annotations))
        .node();
}

Node selectorLabels(std::string_view application, const std::string& instance) {
    return MapOf()
        .put(std::string(nameLabel), std::string(application))
        .put(std::string(instanceLabel), instance)
        .node();
}

Node withManagedBy(const Node& labels) {
    return with(labels, managedByLabel, text(std::string(managedByUs)));
}

Node podSecurity() {
    return MapOf()
        .put("runAsNonRoot", truth(true))
        .put("runAsUser", number(2000))
        .put("runAsGroup", number(2000))
        .put("seccompProfile", MapOf().put("type", "RuntimeDefault").node())
        .node();
}

Node containerSecurity() {
    return MapOf()
        .put("allowPrivilegeEscalation", truth(false))
        .put("readOnlyRootFilesystem", truth(true))
        .put("capabilities", MapOf().put("drop", texts({"ALL"})).node())
        .node();
}

Node probe(const std::string& path, std::string_view scheme) {
    MapOf get;
    get.put("path", path).put("port", "http");
    if (scheme != "HTTP")
        get.put("scheme", std::string(scheme));
    return MapOf().put("httpGet", get.node()).node();
}

Node secretObject(Job& job, const std::string& namespaceName, const std::string& name,
                  const std::vector<std::string>& keys) {
    MapOf data;
    for (const std::string& key : keys) {
        std::string value;
        if (job.options.secretValues) {
            const crypto::SecretString* known = job.secrets == nullptr ? nullptr : job.secrets->find(key);
            if (known == nullptr)
                job.refuse(secretValueMissing, {{"name", key}}, {});
            else
                known->reveal([&value](std::string_view bytes) { value = bytes; });
        }
        data.put(key, value);
    }
    return MapOf()
        .put("apiVersion", "v1")
        .put("kind", "Secret")
        .put("metadata", metadata(namespaceName, name,
                                  MapOf().put(std::string(managedByLabel), std::string(managedByUs)).node()))
        .put("type", "Opaque")
        .put("stringData", data.node())
        .node();
}

const lab::GateSpec* gateNamed(const lab::Lab& lab, std::string_view name) {
    const auto found = std::ranges::find(lab.gates, name, &lab::GateSpec::name);
    return found == lab.gates.end() ? nullptr : &*found;
}

const lab::Setting* setting(const lab::GateSpec& gate, std::string_view option) {
    const auto found = std::ranges::find(gate.options, option, &lab::Setting::name);
    return found == gate.options.end() ? nullptr : &*found;
}

std::string optionText(const lab::GateSpec& gate, std::string_view option) {
    const lab::Setting* found = setting(gate, option);
    if (found != nullptr && !found->values.empty())
        return found->values.front();
    const gate::OptionRow* row = gate::option(option);
    return row == nullptr || found != nullptr ? std::string() : std::string(row->byDefault);
}

bool optionFlag(const lab::GateSpec& gate, std::string_view option) {
    const std::string value = lower(optionText(gate, option));
    return value == "true" || value == "1" || value == "t";
}

bool gateHasTls(const lab::GateSpec& gate) {
    return !optionText(gate, "tls-cert-file").empty();
}

std::uint16_t gatePort(const lab::GateSpec& gate) {
    std::string address = optionText(gate, gateHasTls(gate) ? "https-address" : "http-address");
    if (const auto scheme = address.find("://"); scheme != std::string::npos) {
        if (address.starts_with("unix") || address.starts_with("fd"))
            return 0;
        address.erase(0, scheme + 3);
    }
    const auto parsed = lab::toAddress(address);
    return parsed ? parsed->port : std::uint16_t{0};
}

bool isOurs(const lab::Service& service, const ExportOptions& options) {
    if (std::holds_alternative<lab::RunsGate>(service.runs))
        return true;
    return options.whoami && std::holds_alternative<lab::RunsEmbedded>(service.runs);
}

// tryReadVariableName of k8s.io/kubernetes/third_party/forked/golang/expansion: $$ is $, $(NAME) a value,
// any other $ stays.
std::string escapedForExpansion(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        out += text[i];
        if (text[i] == '$' && i + 1 < text.size() && (text[i + 1] == '$' || text[i + 1] == '('))
            out += '$';
    }
    return out;
}

std::vector<Node> namespaceObjects(Job& job) {
    static constexpr std::string_view theirs[] = {"default", "kube-system", "kube-public", "kube-node-lease"};
    std::vector<std::string> names;
    std::set<std::string> seen, foreign; // foreign: pods of somebody else are in it
    const auto add = [&](const std::string& name) {
        if (std::ranges::find(theirs, name) == std::end(theirs) && name != job.options.controllerNamespace &&
            name != job.options.keycloakNamespace && seen.insert(name).second)
            names.push_back(name);
    };
    for (const lab::GateSpec& gate : job.lab.gates)
        add(gate.namespace_);
    for (const lab::IngressObject& ingress : job.lab.ingresses)
        add(ingress.namespace_);
    for (const lab::Service& service : job.lab.services) {
        add(service.namespace_);
        if (!isOurs(service, job.options))
            foreign.insert(service.namespace_);
    }
    for (const lab::ConfigMap& map : job.lab.configMaps)
        add(map.namespace_);
    std::vector<Node> out;
    for (const std::string& name : names) {
        const std::string key =
            std::string("pod-security.kubernetes.io/") + (foreign.contains(name) ? "warn" : "enforce");
        const Node labels = withManagedBy(MapOf().put(key, "restricted").node());
        out.push_back(MapOf()
                          .put("apiVersion", "v1")
                          .put("kind", "Namespace")
                          .put("metadata", metadata({}, name, labels))
                          .node());
    }
    return out;
}

} // namespace gatehouse::kubernetes
