// From Ingresses to servers and their locations (internal/ingress/controller/{controller,location}.go): which
// Ingress wins a path, which locations nginx gets, in which order.
#pragma once

#include <ingress/ingress.h>
#include <ingress/plan.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace gatehouse::ingress {

struct LocationPlan {
    std::string path;        // as nginx gets it
    std::string ingressPath; // as the Ingress wrote it
    bool exact = false;
    const IngressPlan* ingress = nullptr; // null: the default server's own "/"
    lab::ServiceRef service;
    lab::ServiceRef written;    // as the Ingress wrote it: $service_name, $service_port
    bool defaultBackend = true; // nothing but the default backend's 404
    bool servesDefaultBackendAnnotation = false;
    FieldId from;
};

struct ServerPlan {
    std::string name; // "_" = default
    std::vector<std::string> aliases;
    std::vector<LocationPlan> locations; // nginx's order
    bool certificate = false;            // some Ingress of it has a tls block
    bool fromToWww = false;
    FieldId wwwFrom;
    std::string certificateError;
    FieldId certificateFrom;
};

std::vector<ServerPlan> planServers(const std::vector<IngressPlan>& ingresses, const Ingress::Input& input,
                                    Findings& findings);

// nginx's "does this location's path differ from where it is rewritten to".
bool needsRewrite(const LocationPlan& location);
bool hasEndpoints(const Ingress::Input& input, const lab::ServiceRef& service);

} // namespace gatehouse::ingress
