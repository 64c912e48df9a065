// Ingress objects of networking.k8s.io/v1, annotations verbatim and in order.

#include <base/ascii.h>
#include <kubernetes/objectSet.h>
#include <kubernetes/writeMessages.h>
#include <lab/forms.h>

#include <algorithm>
#include <set>

namespace gatehouse::kubernetes {

namespace {

std::string_view name(lab::PathType type) {
    switch (type) {
    case lab::PathType::Exact:
        return "Exact";
    case lab::PathType::ImplementationSpecific:
        return "ImplementationSpecific";
    case lab::PathType::Prefix:
        break;
    }
    return "Prefix";
}

Node backend(const lab::ServiceRef& ref) {
    MapOf port;
    if (!ref.portName.empty())
        port.put("name", ref.portName);
    else
        port.put("number", number(ref.port));
    const Node service = MapOf().put("name", ref.name).put("port", port.node()).node();
    return MapOf().put("service", service).node();
}

Node rule(const lab::IngressRule& rule) {
    std::vector<Node> paths;
    for (const lab::IngressPath& each : rule.paths)
        paths.push_back(MapOf()
                            .put("path", each.path)
                            .put("pathType", std::string(name(each.pathType)))
                            .put("backend", backend(each.backend))
                            .node());
    MapOf out;
    out.add("host", rule.host);
    if (!paths.empty())
        out.put("http", MapOf().put("paths", Node::list(std::move(paths))).node());
    return out.node();
}

Node tls(const lab::IngressTls& tls) {
    return MapOf().add("hosts", texts(tls.hosts)).add("secretName", tls.secretName).node();
}

// validation.IsQualifiedName of k8s.io/apimachinery.
bool isQualifiedName(std::string_view key) {
    const auto slash = key.find('/');
    if (slash != std::string_view::npos && !lab::isName(key.substr(0, slash)))
        return false;
    const std::string_view name = slash == std::string_view::npos ? key : key.substr(slash + 1);
    const auto letter = [](char c) { return asciiAlpha(c) || asciiDigit(c); };
    return !name.empty() && name.size() <= 63 && letter(name.front()) && letter(name.back()) &&
           std::ranges::all_of(name, [&](char c) { return letter(c) || c == '-' || c == '_' || c == '.'; });
}

class IngressWriter {
public:
    explicit IngressWriter(Job& job) : job_(job) {}

    Node object(const lab::IngressObject& ingress) {
        MapOf spec;
        spec.add("ingressClassName", ingress.ingressClassName);
        if (ingress.defaultBackend)
            spec.put("defaultBackend", backend(*ingress.defaultBackend));
        spec.add("tls", list(ingress.tls, tls)).add("rules", list(ingress.rules, rule));
        return MapOf()
            .put("apiVersion", "networking.k8s.io/v1")
            .put("kind", "Ingress")
            .put("metadata", metadata(ingress.namespace_, ingress.name, {}, annotations(ingress)))
            .put("spec", spec.node())
            .node();
    }

private:
    template <class T>
    static Node list(const std::vector<T>& values, Node (*write)(const T&)) {
        std::vector<Node> out;
        for (const T& value : values)
            out.push_back(write(value));
        return Node::list(std::move(out));
    }

    Node annotations(const lab::IngressObject& ingress) {
        MapOf out;
        for (const lab::KeyValue& each : ingress.annotations) {
            if (!isQualifiedName(lower(each.key)))
                job_.refuse(annotationKeyRefused, {{"name", each.key}}, each.from);
            out.put(each.key, each.value);
        }
        if (!job_.options.clusterIssuer.empty() && wantsCertificate(ingress))
            out.put("cert-manager.io/cluster-issuer", job_.options.clusterIssuer);
        return out.node();
    }

    // Two Ingresses that ask for the same Secret make two Certificates that overwrite each other: the first
    // one asks (cert-manager's ingress-shim).
    bool wantsCertificate(const lab::IngressObject& ingress) {
        for (const lab::KeyValue& each : ingress.annotations)
            if (each.key.starts_with("cert-manager.io/"))
                return false;
        bool wants = false;
        for (const lab::IngressTls& each : ingress.tls)
            if (!each.secretName.empty())
                wants |= certificates_.insert(ingress.namespace_ + "/" + each.secretName).second;
        return wants;
    }

    Job& job_;
    std::set<std::string> certificates_;
};

} // namespace

std::vector<Node> ingressObjects(Job& job) {
    IngressWriter writer(job);
    std::vector<Node> out;
    for (const lab::IngressObject& ingress : job.lab.ingresses)
        out.push_back(writer.object(ingress));
    return out;
}

} // namespace gatehouse::kubernetes
