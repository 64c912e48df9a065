#include <arrangement/arrangement.h>
#include <base/ascii.h>

namespace gatehouse::arrangement {

const Backend* Arrangement::backend(const lab::ServiceRef& ref) const {
    for (const ServicePlan& plan : services) {
        if (plan.ref.namespace_ != ref.namespace_ || plan.ref.name != ref.name)
            continue;
        const bool samePort =
            ref.portName.empty() ? plan.ref.port == ref.port : plan.portName == ref.portName;
        if (samePort)
            return &plan.backend;
    }
    return nullptr;
}

const Backend* Arrangement::clusterBackend(std::string_view host, std::uint16_t port) const {
    constexpr std::string_view domain = ".cluster.local";
    if (host.ends_with(domain))
        host.remove_suffix(domain.size());
    const auto parts = split(host, '.');
    if (parts.size() != 3 || parts[2] != "svc")
        return nullptr;
    return backend({std::string(parts[1]), std::string(parts[0]), port, {}});
}

const ProviderPlan* Arrangement::providerAt(std::string_view host, std::uint16_t port) const {
    for (const ProviderPlan& plan : providers)
        if (plan.embedded && plan.url.host == host && plan.url.port == port)
            return &plan;
    return nullptr;
}

const ProviderPlan* Arrangement::externalAt(std::string_view scheme, std::string_view host,
                                            std::uint16_t port) const {
    for (const ProviderPlan& plan : providers)
        if (!plan.embedded && plan.url.scheme == scheme && equalsIgnoreCase(plan.url.host, host) &&
            plan.url.port == port)
            return &plan;
    return nullptr;
}

bool Arrangement::isLabName(std::string_view host) const {
    if (ingress && ingress->serves(host))
        return true;
    for (const ProviderPlan& plan : providers)
        if (plan.embedded && plan.url.host == host)
            return true;
    return false;
}

} // namespace gatehouse::arrangement
