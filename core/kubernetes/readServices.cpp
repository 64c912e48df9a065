// Services, and what plays them on the desk.

#include <base/ascii.h>
#include <kubernetes/messages.h>
#include <kubernetes/objectSet.h>
#include <kubernetes/reading.h>

#include <algorithm>

namespace gatehouse::kubernetes {

namespace {

constexpr Message targetPort{
    "service-target-port",
    GH_TEXT("core",
            "Service {service} leads to port {target}; {gate} listens at {port}: every check is refused "
            "in the cluster"),
    GH_TEXT("core", "write targetPort: {port}")};
constexpr Message udpPort{"service-port-left-out",
                          GH_TEXT("core", "port {port} of Service {service} is {protocol} and is left out"),
                          ""};

bool selects(const Node& selector, const Node& labels) {
    if (selector.size() == 0)
        return false;
    const auto entries = selector.entries();
    return std::ranges::all_of(
        entries, [&](const auto& entry) { return textAt(labels, entry.first) == entry.second->text(); });
}

const Node& podLabels(const Object& workload) {
    return workload.node["spec"]["template"]["metadata"]["labels"];
}

// The port of http-address among a gate's options as read; 0 where it says none.
std::string listeningPort(const GateReading& gate) {
    std::string address = textAt(gate.node["options"], "http-address");
    return address.substr(address.rfind(':') + 1);
}

class ServiceReader {
public:
    ServiceReader(Reading& reading, const Workloads& workloads) : reading_(reading), workloads_(workloads) {}

    std::vector<Node> all() {
        std::vector<Node> out;
        for (const Object& service : reading_.objects.services)
            for (const Node& port : service.node["spec"]["ports"].items())
                add(service, port, out);
        unmatched();
        return out;
    }

private:
    void add(const Object& service, const Node& port, std::vector<Node>& out) {
        const std::string protocol = textAt(port, "protocol");
        if (!protocol.empty() && protocol != "TCP")
            return reading_.differ(
                udpPort,
                {{"port", textAt(port, "port")}, {"service", service.shown()}, {"protocol", protocol}},
                port.id());
        MapOf entry;
        entry.put("namespace", text(service.namespaceName, service.node["metadata"]["namespace"].id()))
            .put("name", service.node["metadata"]["name"])
            .put("port", port["port"]);
        const bool several = service.node["spec"]["ports"].size() > 1;
        const bool made =
            isOursByLabel(service.node) && several && textAt(port, "name") == "port-" + textAt(port, "port");
        if (!made)
            entry.add("portName", port["name"]);
        entry.add("runs", runs(service, port));
        out.push_back(entry.node(port.id()));
    }

    // Absent: a whoami answers.
    Node runs(const Object& service, const Node& port) {
        const Node& selector = service.node["spec"]["selector"];
        for (const GateReading& gate : workloads_.gates)
            if (gate.namespaceName == service.namespaceName && selects(selector, gate.podLabels)) {
                if (leadsElsewhere(port, gate))
                    return text("none", port.id()); // metrics, say: nobody answers there on the desk
                checkTarget(service, port, gate);
                return MapOf().put("gate", gate.name).node(port.id());
            }
        for (const Object* whoami : workloads_.whoamis)
            if (matches(service, *whoami))
                return {};
        const std::string where = service.shown() + ":" + textAt(port, "port");
        if (!saidByDesk(service, port)) {
            const bool app = std::ranges::any_of(workloads_.others,
                                                 [&](const Object* each) { return matches(service, *each); });
            reading_.differ(app ? noGateContainer : serviceStandsIn, {{"name", where}}, port.id());
        }
        return {};
    }

    bool matches(const Object& service, const Object& workload) {
        const bool out = workload.namespaceName == service.namespaceName &&
                         selects(service.node["spec"]["selector"], podLabels(workload));
        if (out)
            matched_.insert(&workload);
        return out;
    }

    bool saidByDesk(const Object& service, const Node& port) const {
        const auto items = reading_.objects.desk["services"].items();
        return std::ranges::any_of(items, [&](const Node& each) {
            const std::string namespaceName = textAt(each, "namespace");
            return textAt(each, "name") == service.name &&
                   (namespaceName.empty() ? "default" : namespaceName) == service.namespaceName &&
                   textAt(each, "port") == textAt(port, "port");
        });
    }

    static bool leadsElsewhere(const Node& port, const GateReading& gate) {
        const std::string listening = listeningPort(gate);
        const auto& ports = gate.ports.items();
        return !listening.empty() && std::ranges::any_of(ports, [&](const Node& each) {
            return textAt(each, "name") == textAt(port, "targetPort") &&
                   textAt(each, "containerPort") != listening;
        });
    }

    // By name the port is looked for in the pod; a number must be the one that is listened at.
    void checkTarget(const Object& service, const Node& port, const GateReading& gate) {
        std::string target = textAt(port, "targetPort");
        if (target.empty())
            target = textAt(port, "port");
        const std::string listening = listeningPort(gate);
        if (!listening.empty() && asInteger(text(target)) && target != listening)
            reading_.warn(
                targetPort,
                {{"service", service.shown()}, {"target", target}, {"gate", gate.name}, {"port", listening}},
                port["targetPort"].isAbsent() ? port["port"].id() : port["targetPort"].id());
    }

    void unmatched() {
        for (const auto* list : {&workloads_.whoamis, &workloads_.others})
            for (const Object* workload : *list)
                if (!matched_.contains(workload) && !selectedByAny(*workload))
                    reading_.differ(objectLeftOut, {{"kind", workload->kind}, {"name", workload->shown()}},
                                    workload->node["metadata"]["name"].id());
    }

    bool selectedByAny(const Object& workload) {
        return std::ranges::any_of(reading_.objects.services,
                                   [&](const Object& service) { return matches(service, workload); });
    }

    Reading& reading_;
    const Workloads& workloads_;
    std::set<const Object*> matched_;
};

} // namespace

std::vector<Node> readServices(Reading& reading, const Workloads& workloads) {
    return ServiceReader(reading, workloads).all();
}

} // namespace gatehouse::kubernetes
