#include <ingress/servers.h>

#include <algorithm>
#include <set>

namespace gatehouse::ingress {

bool needsRewrite(const LocationPlan& location) {
    return location.ingress != nullptr && !location.ingress->rewrite.target.empty() &&
           location.ingress->rewrite.target != location.path;
}

bool hasEndpoints(const Ingress::Input& input, const lab::ServiceRef& service) {
    return std::find(input.servicesWithEndpoints.begin(), input.servicesWithEndpoints.end(), service) !=
           input.servicesWithEndpoints.end();
}

namespace {

class Planner {
public:
    Planner(const std::vector<IngressPlan>& ingresses, const Ingress::Input& input, Findings& findings)
        : ingresses_(ingresses), input_(input), findings_(findings) {}

    std::vector<ServerPlan> plan() {
        for (const IngressPlan& ingress : ingresses_)
            defaults(ingress);
        servers_.try_emplace("_");
        servers_["_"].name = "_";
        if (servers_["_"].locations.empty())
            servers_["_"].locations.push_back({.path = "/", .ingressPath = "/"});
        for (const IngressPlan& ingress : ingresses_)
            names(ingress);
        tidyAliases();
        for (const IngressPlan& ingress : ingresses_)
            paths(ingress);
        std::vector<ServerPlan> out;
        for (auto& [name, server] : servers_) { // the map's order is the controller's: by name
            defaultBackends(server);
            order(server);
            server.locations = doubled(server.locations);
            out.push_back(std::move(server));
        }
        return out;
    }

private:
    static std::string hostOf(const lab::IngressRule& rule) { return rule.host.empty() ? "_" : rule.host; }

    // createServers: the first Ingress that names a host gives its "/" annotations and, maybe, a default
    // backend.
    void defaults(const IngressPlan& ingress) {
        const lab::IngressObject& object = *ingress.object;
        if (object.defaultBackend && object.rules.empty()) {
            ServerPlan& server = servers_["_"];
            server.name = "_";
            if (server.locations.empty())
                server.locations.push_back({.path = "/", .ingressPath = "/"});
            LocationPlan& root = server.locations.front();
            if (root.ingress == nullptr) {
                root.ingress = &ingress;
                root.service = *object.defaultBackend;
                root.defaultBackend = false;
                root.from = object.from;
            }
        }
        for (const lab::IngressRule& rule : object.rules) {
            const std::string host = hostOf(rule);
            if (host == "_") {
                servers_["_"].name = "_";
                continue; // the default server is there already, with a bare "/"
            }
            auto [at, fresh] = servers_.try_emplace(host);
            if (!fresh)
                continue;
            at->second.name = host;
            LocationPlan root{.path = "/", .ingressPath = "/", .ingress = &ingress, .from = object.from};
            if (object.defaultBackend)
                root.service = *object.defaultBackend;
            // The default backend of the Ingress serves its hosts; IsDefBackend stays, so a "/" of any
            // Ingress wins.
            root.defaultBackend = !object.defaultBackend.has_value();
            at->second.locations.push_back(std::move(root));
            replaceable_.insert(host);
        }
    }

    void names(const IngressPlan& ingress) {
        for (const lab::IngressRule& rule : ingress.object->rules) {
            ServerPlan& server = servers_[hostOf(rule)];
            if (server.aliases.empty())
                server.aliases = ingress.aliases;
            server.certificate = server.certificate || !ingress.object->tls.empty();
            if (server.certificateError.empty() && !ingress.certificateError.empty()) {
                server.certificateError = ingress.certificateError;
                server.certificateFrom = ingress.certificateFrom;
            }
        }
    }

    void tidyAliases() {
        for (auto& [name, server] : servers_)
            std::erase_if(server.aliases, [&](const std::string& alias) { return servers_.contains(alias); });
    }

    void paths(const IngressPlan& ingress) {
        for (const lab::IngressRule& rule : ingress.object->rules)
            for (const lab::IngressPath& path : rule.paths)
                add(servers_[hostOf(rule)], ingress, rule, path);
    }

    void add(ServerPlan& server, const IngressPlan& ingress, const lab::IngressRule& rule,
             const lab::IngressPath& path) {
        LocationPlan fresh{.path = path.path.empty() ? "/" : path.path,
                           .exact = path.pathType == lab::PathType::Exact,
                           .ingress = &ingress,
                           .service = path.backend,
                           .defaultBackend = false,
                           .from = path.from};
        fresh.service.namespace_ = ingress.object->namespace_;
        fresh.ingressPath = fresh.path;
        for (LocationPlan& old : server.locations) {
            if (old.path != fresh.path)
                continue;
            if (old.exact != fresh.exact)
                break;
            const bool rootOfHost = old.path == "/" && (replaceable_.contains(server.name) ||
                                                        (server.name == "_" && old.ingress == nullptr));
            if (!rootOfHost) {
                taken(rule, path, old);
                return;
            }
            replaceable_.erase(server.name);
            old = fresh;
            applied(server, ingress);
            return;
        }
        server.locations.push_back(std::move(fresh));
        applied(server, ingress);
    }

    static void applied(ServerPlan& server, const IngressPlan& ingress) {
        if (!ingress.redirect.fromToWww)
            return;
        server.fromToWww = true;
        server.wwwFrom = ingress.redirect.wwwFrom;
    }

    void taken(const lab::IngressRule& rule, const lab::IngressPath& path, const LocationPlan& winner) {
        findings_.warn(
            message::pathTaken,
            {{"host", rule.host.empty() ? "*" : rule.host},
             {"path", path.path},
             {"winner", winner.ingress == nullptr ? "of the default backend" : winner.ingress->key}},
            path.from);
    }

    // The annotation default-backend steps in for a service without endpoints.
    void defaultBackends(ServerPlan& server) {
        for (LocationPlan& location : server.locations) {
            if (location.defaultBackend || hasEndpoints(input_, location.service))
                continue;
            const auto other = annotated(location);
            if (!other) {
                findings_.warn(message::noEndpoints,
                               {{"service", location.service.namespace_ + "/" + location.service.name + ":" +
                                                (location.service.portName.empty()
                                                     ? std::to_string(location.service.port)
                                                     : location.service.portName)}},
                               location.from);
                continue;
            }
            location.written = location.service;
            location.service = *other;
            location.servesDefaultBackendAnnotation = true;
        }
    }

    std::optional<lab::ServiceRef> annotated(const LocationPlan& location) const {
        if (location.ingress == nullptr || location.ingress->defaultBackend.empty())
            return std::nullopt;
        for (const lab::ServiceRef& service : input_.servicesWithEndpoints)
            if (service.namespace_ == location.ingress->object->namespace_ &&
                service.name == location.ingress->defaultBackend)
                return service;
        return std::nullopt;
    }

    static void order(ServerPlan& server) {
        std::stable_sort(server.locations.begin(), server.locations.end(),
                         [](const auto& a, const auto& b) { return a.path > b.path; });
        std::stable_sort(server.locations.begin(), server.locations.end(),
                         [](const auto& a, const auto& b) { return a.path.size() > b.path.size(); });
    }

    // updateServerLocations: Prefix "/foo" becomes "/foo/" and = "/foo".
    static std::vector<LocationPlan> doubled(const std::vector<LocationPlan>& locations) {
        std::set<std::string> exact;
        for (const LocationPlan& location : locations)
            if (location.exact)
                exact.insert(location.path);
        std::vector<LocationPlan> out;
        for (const LocationPlan& location : locations) {
            const bool untouched = location.path == "/" || location.exact || needsRewrite(location) ||
                                   (location.ingress != nullptr && location.ingress->rewrite.useRegex);
            LocationPlan prefix = location;
            if (!untouched && !prefix.path.ends_with('/'))
                prefix.path += '/';
            out.push_back(std::move(prefix));
            if (untouched || exact.contains(location.path))
                continue;
            out.push_back(location);
            out.back().exact = true;
        }
        return out;
    }

    const std::vector<IngressPlan>& ingresses_;
    const Ingress::Input& input_;
    Findings& findings_;
    std::map<std::string, ServerPlan> servers_;
    std::set<std::string> replaceable_; // hosts whose "/" is still the default one
};

} // namespace

std::vector<ServerPlan> planServers(const std::vector<IngressPlan>& ingresses, const Ingress::Input& input,
                                    Findings& findings) {
    return Planner(ingresses, input, findings).plan();
}

} // namespace gatehouse::ingress
