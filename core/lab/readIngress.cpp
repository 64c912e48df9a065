#include <lab/readIngress.h>
#include <lab/readings.h>

namespace gatehouse::lab {

namespace {

constexpr Message pathWithoutSlash{
    "path-without-slash", GH_TEXT("core", "path \"{value}\" of type {type} does not begin with a slash"),
    GH_TEXT("core", "write \"/{value}\", or pathType: ImplementationSpecific")};
constexpr Message backendNoService{"backend-no-service", GH_TEXT("core", "this backend names no service"),
                                   GH_TEXT("core", "write service: {name: NAME, port: {number: 80}}")};
constexpr Message backendNoPort{"backend-no-port",
                                GH_TEXT("core", "the port of service {name} has no number and no name"),
                                GH_TEXT("core", "write port: {number: 80} or port: {name: http}")};
constexpr Message backendTwoPorts{"backend-two-ports",
                                  GH_TEXT("core", "the port of service {name} has a number and a name"),
                                  GH_TEXT("core", "Kubernetes takes only one of them: leave one out")};

class Reader {
public:
    Reader(std::string namespaceName, realm::Findings& findings)
        : namespace_(std::move(namespaceName)), findings_(findings) {}

    ServiceRef backend(const Node& node) {
        ServiceRef out;
        out.namespace_ = namespace_;
        const Node& service = node["service"];
        if (!service.isMap()) {
            if (node.isMap() && node["resource"].isAbsent())
                findings_.refuse(backendNoService, node, {});
            return out;
        }
        out.name = textOf(service["name"]);
        const Node& port = service["port"];
        out.port = portOf(port["number"], 0);
        out.portName = textOf(port["name"]);
        if (port.isMap() && out.port == 0 && out.portName.empty() && !port["number"].isScalar())
            findings_.refuse(backendNoPort, port, {{"name", out.name}});
        if (out.port != 0 && !out.portName.empty())
            findings_.refuse(backendTwoPorts, port, {{"name", out.name}});
        return out;
    }

    IngressPath path(const Node& node) {
        IngressPath out;
        out.from = node.id();
        out.path = textOf(node["path"], "/");
        const std::string type = textOf(node["pathType"], "Prefix");
        out.pathType = type == "Exact"                    ? PathType::Exact
                       : type == "ImplementationSpecific" ? PathType::ImplementationSpecific
                                                          : PathType::Prefix;
        if (out.pathType != PathType::ImplementationSpecific && !out.path.starts_with('/'))
            findings_.refuse(pathWithoutSlash, node["path"], {{"value", out.path}, {"type", type}});
        out.backend = backend(node["backend"]);
        return out;
    }

    IngressRule rule(const Node& node) {
        IngressRule out;
        out.from = node.id();
        out.host = textOf(node["host"]);
        for (const Node& each : itemsOf(node["http"]["paths"]))
            out.paths.push_back(path(each));
        return out;
    }

private:
    std::string namespace_;
    realm::Findings& findings_;
};

IngressTls readTls(const Node& node) {
    IngressTls out;
    out.from = node.id();
    for (const Node& host : itemsOf(node["hosts"]))
        out.hosts.push_back(textOf(host));
    out.secretName = textOf(node["secretName"]);
    return out;
}

} // namespace

IngressObject readIngress(const Node& node, realm::Findings& findings) {
    IngressObject out;
    out.from = node.id();
    out.namespace_ = textOf(node["namespace"], "default");
    out.name = textOf(node["name"]);
    out.creationTimestamp = textOf(node["creationTimestamp"]);
    out.ingressClassName = textOf(node["ingressClassName"]);
    out.annotations = readKeyValues(node["annotations"]);
    for (const Node& tls : itemsOf(node["tls"]))
        out.tls.push_back(readTls(tls));
    Reader reader(out.namespace_, findings);
    for (const Node& rule : itemsOf(node["rules"]))
        out.rules.push_back(reader.rule(rule));
    if (!node["defaultBackend"].isAbsent())
        out.defaultBackend = reader.backend(node["defaultBackend"]);
    return out;
}

} // namespace gatehouse::lab
