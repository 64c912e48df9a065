#include "manifest.h"

#include <yaml-cpp/yaml.h>

namespace gatehouse::observations {

namespace {

std::string text(const YAML::Node& node) {
    return node && node.IsScalar() ? node.Scalar() : std::string();
}

lab::ServiceRef service(const YAML::Node& backend, const std::string& space) {
    lab::ServiceRef out{space, text(backend["service"]["name"]), 0, {}};
    const YAML::Node port = backend["service"]["port"];
    if (port["number"])
        out.port = static_cast<std::uint16_t>(port["number"].as<int>());
    else
        out.portName = text(port["name"]);
    return out;
}

lab::PathType pathType(const std::string& name) {
    return name == "Exact"    ? lab::PathType::Exact
           : name == "Prefix" ? lab::PathType::Prefix
                              : lab::PathType::ImplementationSpecific;
}

lab::IngressObject ingressObject(const YAML::Node& node) {
    lab::IngressObject out;
    const YAML::Node meta = node["metadata"];
    out.namespace_ = meta["namespace"] ? text(meta["namespace"]) : "default";
    out.name = text(meta["name"]);
    out.ingressClassName = text(node["spec"]["ingressClassName"]);
    if (meta["annotations"])
        for (const auto& entry : meta["annotations"])
            out.annotations.push_back({text(entry.first), text(entry.second), true, {}});
    for (const YAML::Node& tls : node["spec"]["tls"]) {
        lab::IngressTls made;
        for (const YAML::Node& host : tls["hosts"])
            made.hosts.push_back(text(host));
        made.secretName = text(tls["secretName"]);
        out.tls.push_back(std::move(made));
    }
    for (const YAML::Node& rule : node["spec"]["rules"]) {
        lab::IngressRule made;
        made.host = text(rule["host"]);
        const YAML::Node http = rule["http"];
        for (const YAML::Node& path : http ? http["paths"] : YAML::Node())
            made.paths.push_back({text(path["path"]),
                                  pathType(text(path["pathType"])),
                                  service(path["backend"], out.namespace_),
                                  {}});
        out.rules.push_back(std::move(made));
    }
    if (node["spec"]["defaultBackend"])
        out.defaultBackend = service(node["spec"]["defaultBackend"], out.namespace_);
    return out;
}

lab::ConfigMap configMap(const std::string& space, const std::string& name, const Fields& data) {
    lab::ConfigMap out{space, name, {}, {}};
    for (const auto& [key, value] : data)
        out.data.push_back({key, value, true, {}});
    return out;
}

} // namespace

ingress::Ingress::Input baseInput() {
    ingress::Ingress::Input out;
    for (const char* name : {"a", "b", "c", "d", "e", "f", "g", "h", "dflt", "tlsup"}) {
        out.servicesWithEndpoints.push_back({"default", name, 80, {}});
        out.servicesWithEndpoints.push_back({"default", name, 0, "http"});
    }
    out.configMaps.push_back(configMap("default", "resp-hdrs", {{"X-Custom", "v1"}, {"X-Other", "v2"}}));
    out.configMaps.push_back(
        configMap("default", "psh-global", {{"X-Global", "g1"}, {"X-Host-Copy", "$host"}}));
    out.configMaps.push_back(configMap("default", "add-global", {{"X-Added", "a1"}}));
    out.certificateHosts = {"tls.test", "*.tls.test"};
    return out;
}

std::optional<std::string> addObjects(const std::string& yaml, ingress::Ingress::Input& into) {
    try {
        for (const YAML::Node& node : YAML::LoadAll(yaml)) {
            if (!node.IsMap())
                continue;
            if (text(node["kind"]) == "Ingress") {
                into.ingresses.push_back(ingressObject(node));
            } else if (text(node["kind"]) == "ConfigMap") {
                Fields data;
                for (const auto& entry : node["data"])
                    data.emplace_back(text(entry.first), text(entry.second));
                const YAML::Node space = node["metadata"]["namespace"];
                into.configMaps.push_back(
                    configMap(space ? text(space) : "default", text(node["metadata"]["name"]), data));
            }
        }
    } catch (const YAML::Exception& error) {
        return std::string(error.what());
    }
    return std::nullopt;
}

} // namespace gatehouse::observations
