// Ingresses, Services and ConfigMaps as a lab has them.

#include <base/ascii.h>
#include <kubernetes/messages.h>
#include <kubernetes/objectSet.h>
#include <kubernetes/reading.h>

#include <algorithm>

namespace gatehouse::kubernetes {

namespace {

constexpr std::string_view classAnnotation = "kubernetes.io/ingress.class";

// Annotations that others write and that say nothing to a controller. The first may even hold an older
// object with its secrets.
struct LeftOut {
    std::string_view prefix;
    std::string_view reason;
};
constexpr LeftOut leftOut[] = {
    {"kubectl.kubernetes.io/", "kubectl keeps an older object there"},
    {"field.cattle.io/", "Rancher's own"},
    {"cattle.io/", "Rancher's own"},
    {"workload.cattle.io/", "Rancher's own"},
    {"lifecycle.cattle.io/", "Rancher's own"},
    {"objectset.rio.cattle.io/", "Rancher's own"},
    {"authz.management.cattle.io/", "Rancher's own"},
    {"meta.helm.sh/", "Helm's own"},
    {"deployment.kubernetes.io/", "the cluster's own"},
    {"cloud.google.com/neg", "the cluster's own"},
};

Node annotationsOf(Reading& reading, const Node& metadata) {
    Entries out;
    for (auto& [key, value] : entriesOf(metadata["annotations"])) {
        const std::string_view name = key;
        const auto row = std::ranges::find_if(
            leftOut, [name](const LeftOut& each) { return name.starts_with(each.prefix); });
        if (row == std::end(leftOut))
            out.emplace_back(key, Node::scalar(value.text(), true, value.id()));
        else
            reading.atKey(Problem::Kind::Difference, annotationLeftOut,
                          {{"name", key}, {"reason", std::string(row->reason)}}, value.id());
    }
    return Node::map(std::move(out), metadata["annotations"].id());
}

Node withoutResources(const Node& node) {
    if (node.isList()) {
        std::vector<Node> items;
        for (const Node& item : node.items())
            items.push_back(withoutResources(item));
        return Node::list(std::move(items), node.id());
    }
    if (!node.isMap())
        return node;
    Entries entries;
    for (const auto& [key, value] : node.entries())
        if (key != "resource")
            entries.emplace_back(key, withoutResources(*value));
    return Node::map(std::move(entries), node.id());
}

// backend {serviceName, servicePort} → {service: {name, port}} (ingress.md 4.1).
class Upgrade {
public:
    Upgrade(Reading& reading, std::string version) : reading_(reading), version_(std::move(version)) {}

    Node backend(const Node& old) const {
        if (!old.isMap() || (old["serviceName"].isAbsent() && old["servicePort"].isAbsent()))
            return old;
        const Node& port = old["servicePort"];
        MapOf portMap, service;
        if (asInteger(port))
            portMap.put("number", Node::scalar(port.text(), false, port.id()));
        else if (!port.isAbsent())
            portMap.put("name", port);
        if (!old["serviceName"].isAbsent())
            service.put("name", old["serviceName"]);
        if (!portMap.empty())
            service.put("port", portMap.node(port.id()));
        Node out = with(with(old, "serviceName", Node()), "servicePort", Node());
        return with(out, "service", service.node(old.id()));
    }

    Node path(const Node& old) const {
        Node out = with(old, "backend", backend(old["backend"]));
        if (old["pathType"].isAbsent()) {
            reading_.differ(pathTypeAssumed, {{"version", version_}}, old.id());
            out = with(out, "pathType", text("ImplementationSpecific"));
        }
        return out;
    }

    Node spec(const Node& old) const {
        Node out = old;
        if (!old["backend"].isAbsent())
            out = with(with(out, "backend", Node()), "defaultBackend", backend(old["backend"]));
        if (!old["rules"].isList())
            return out;
        std::vector<Node> rules;
        for (const Node& rule : old["rules"].items())
            rules.push_back(
                rule["http"]["paths"].isList()
                    ? with(rule, "http", with(rule["http"], "paths", paths(rule["http"]["paths"])))
                    : rule);
        return with(out, "rules", Node::list(std::move(rules), old["rules"].id()));
    }

private:
    Node paths(const Node& old) const {
        std::vector<Node> out;
        for (const Node& each : old.items())
            out.push_back(each.isMap() ? path(each) : each);
        return Node::list(std::move(out), old.id());
    }

    Reading& reading_;
    std::string version_;
};

Node ingressOf(Reading& reading, const Object& object) {
    const Node& metadata = object.node["metadata"];
    const Node& spec = object.node["spec"];
    return MapOf()
        .put("namespace", text(object.namespaceName, metadata["namespace"].id()))
        .put("name", metadata["name"])
        .add("creationTimestamp", metadata["creationTimestamp"])
        .add("ingressClassName", spec["ingressClassName"])
        .add("annotations", annotationsOf(reading, metadata))
        .add("defaultBackend", withoutResources(spec["defaultBackend"]))
        .add("tls", spec["tls"])
        .add("rules", withoutResources(spec["rules"]))
        .node(object.node.id());
}

bool isController(const Object& map) {
    const Node& labels = map.node["metadata"]["labels"];
    return map.name == "ingress-nginx-controller" || map.name == "nginx-configuration" ||
           map.name == "nginx-ingress-controller" || map.name.ends_with("-ingress-nginx-controller") ||
           (textAt(labels, nameLabel) == "ingress-nginx" &&
            textAt(labels, "app.kubernetes.io/component") == "controller");
}

Node quoted(const Node& map) {
    Entries out;
    for (auto& [key, value] : entriesOf(map))
        out.emplace_back(key, Node::scalar(value.text(), true, value.id()));
    return Node::map(std::move(out), map.id());
}

} // namespace

Node upgradedIngress(Reading& reading, const Node& node, const std::string& version) {
    Node out = with(node, "spec", Upgrade(reading, version).spec(node["spec"]));
    const Node& annotations = node["metadata"]["annotations"];
    const Node& className = annotations[classAnnotation];
    if (!className.isScalar() || !node["spec"]["ingressClassName"].isAbsent())
        return out;
    reading.differ(classMoved, {}, className.id());
    const Node metadata = with(node["metadata"], "annotations", with(annotations, classAnnotation, Node()));
    return with(with(out, "metadata", metadata), "spec", with(out["spec"], "ingressClassName", className));
}

IngressReading readIngresses(Reading& reading) {
    IngressReading out;
    for (const Object& object : reading.objects.ingresses) {
        out.ingresses.push_back(ingressOf(reading, object));
        for (const Node& rule : object.node["spec"]["rules"].items())
            if (const std::string host = textAt(rule, "host"); !host.empty())
                out.hosts.push_back(host);
    }
    return out;
}

ConfigReading readConfigMaps(Reading& reading, const Workloads& workloads) {
    ConfigReading out;
    for (const Object& object : reading.objects.configMaps) {
        const Node& data = object.node["data"];
        if (isController(object) && out.controller.isAbsent())
            out.controller = quoted(data);
        else if (!workloads.usedConfigMaps.contains(object.shown()))
            out.configMaps.push_back(
                MapOf()
                    .put("namespace", text(object.namespaceName, object.node["metadata"]["namespace"].id()))
                    .put("name", object.node["metadata"]["name"])
                    .put("data", quoted(data))
                    .node(object.node.id()));
    }
    return out;
}

} // namespace gatehouse::kubernetes
