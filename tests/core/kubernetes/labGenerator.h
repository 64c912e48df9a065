// Labs by chance, from a seed: every field of lab::fields(), options from oauth2-proxy's own table, realms
// from Keycloak's, and texts that are hard on quoting.
#pragma once

#include "realmGenerator.h"

#include <gate/optionRows.h>
#include <gate/options.h>
#include <lab/fields.h>

#include <set>
#include <string>
#include <vector>

namespace gatehouse::kubernetes::test {

class LabGenerator : private RealmGenerator {
public:
    using RealmGenerator::RealmGenerator;

    Node lab() {
        const std::vector<std::string> gates = names("gate", 0, 3);
        Map out;
        out.emplace_back("gatehouse", plain("1"));
        maybe(out, "name", text("lab " + word()));
        maybe(out, "listeners", listeners());
        maybe(out, "providers", list(0, 2, [&](int i) { return provider(i); }), 5);
        if (!gates.empty())
            out.emplace_back("gates", each(gates, [&](const std::string& name) { return gate(name); }));
        maybe(out, "controller", data(word(), 0, 3));
        maybe(out, "ingresses", list(0, 3, [&](int i) { return ingress(i); }), 5);
        const auto services = servicesFor(gates);
        if (!services.empty())
            out.emplace_back("services", Node::list(services));
        maybe(out, "configMaps", list(0, 2, [&](int i) { return configMap(i); }));
        maybe(out, "trust", list(0, 2, [&](int) { return trust(); }));
        maybe(out, "rehearsals", list(0, 3, [&](int) { return rehearsal(); }));
        return Node::map(std::move(out));
    }

    // The rows of lab::fields() that a document uses.
    void paths(const Node& node, std::set<std::string>& out, const std::string& pattern = {}) const {
        if (!pattern.empty())
            out.insert(pattern);
        const auto entries = node.entries();
        for (std::size_t i = 0; i < node.size(); ++i) {
            const std::string named = node.isMap() ? pattern + "/" + std::string(entries[i].first) : "";
            const std::string path = lab::row(named) != nullptr ? named : pattern + "/*";
            if (lab::row(path) != nullptr)
                paths(node.items()[i], out, path);
        }
    }

private:
    Node listeners() {
        return list(1, 3, [&](int i) {
            Map out{{"name", text("l" + std::to_string(i))}};
            maybe(out, "bind", text("127.0.0.1:" + number(0, 60000)));
            maybe(out, "public", plain(number(1, 60000)));
            maybe(out, "tls", plain(boolean()));
            maybe(out, "connect", plain(boolean()), 4);
            return Node::map(std::move(out));
        });
    }

    Node provider(int index) {
        Map out{{"name", text("p" + std::to_string(index))},
                {"url", text("https://" + word() + std::to_string(index) + ".test")}};
        if (chance(3)) {
            const Node admin = Node::map({{"username", text("admin")}, {"password", secret()}});
            const Node external = chance() ? Node::map({{"admin", admin}}) : Node::map({});
            out.emplace_back("runs", Node::map({{"external", external}}));
        } else {
            maybe(out, "runs", text("embedded"));
        }
        maybe(out, "realms",
              list(0, 2, [&](int i) { return realm("realm-" + std::to_string(index) + std::to_string(i)); }),
              5);
        return Node::map(std::move(out));
    }

    std::string gateSpace(const std::string& name) { return name.size() % 2 == 0 ? "default" : "ns-gates"; }
    Node gate(const std::string& name) {
        Map out{{"name", text(name)}};
        if (gateSpace(name) != "default" || chance())
            out.emplace_back("namespace", text(gateSpace(name)));
        maybe(out, "listen", text("127.0.0.1:" + number(1, 60000)), 3);
        Map options;
        for (const gate::OptionRow& row : gate::options())
            if (below(8) == 0 && !gate::isProcessOption(row.name) && row.name != "http-address" &&
                row.name != "https-address")
                options.emplace_back(row.name, option(row));
        options.emplace_back("http-address", text(chance()   ? "0.0.0.0:4180"
                                                  : chance() ? "http://[::]:4999"
                                                             : ":80"));
        out.emplace_back("options", Node::map(std::move(options)));
        return Node::map(std::move(out));
    }
    Node option(const gate::OptionRow& row) {
        using enum gate::OptionType;
        switch (row.type) {
        case Boolean:
            return plain(boolean());
        case Integer:
            return plain(number(0, 900));
        case Duration:
            return text(number(0, 90) + (chance() ? "h" : "m30s"));
        case Secret:
            return secret();
        case TextList:
            return chance(4) ? text(hard()) : list(0, 3, [&](int) { return text(hard()); });
        default:
            return text(hard());
        }
    }

    Node data(const std::string& stem, int least, int most) {
        Map out;
        for (int i = 0, count = least + below(most - least + 1); i < count; ++i)
            out.emplace_back(stem + "-" + std::to_string(i),
                             text(hard() + (chance(6) ? "\nsecond line\n" : "")));
        return Node::map(std::move(out));
    }
    Node backend() {
        const Node port =
            chance() ? Node::map({{"number", plain(number(1, 65535))}}) : Node::map({{"name", text(word())}});
        return Node::map({{"service", Node::map({{"name", text(word())}, {"port", port}})}});
    }
    Node ingress(int index) {
        Map out;
        maybe(out, "namespace", text(spaceName()));
        out.emplace_back("name", text("ingress-" + std::to_string(index)));
        maybe(out, "creationTimestamp", text("2026-01-0" + number(1, 9) + "T12:00:00Z"), 4);
        maybe(out, "ingressClassName", text("nginx"), 4);
        if (chance()) {
            Map annotations;
            for (int i = below(4); i >= 0; --i)
                annotations.emplace_back((chance() ? "nginx.ingress.kubernetes.io/" : "example.test/") +
                                             word() + std::to_string(i),
                                         text(hard()));
            out.emplace_back("annotations", Node::map(std::move(annotations)));
        }
        maybe(out, "tls", list(1, 2, [&](int) { return tls(); }));
        maybe(out, "rules", list(0, 3, [&](int) { return rule(); }), 5);
        maybe(out, "defaultBackend", backend(), 3);
        return Node::map(std::move(out));
    }
    Node tls() {
        Map out;
        maybe(out, "hosts", list(1, 2, [&](int) { return text(host()); }));
        out.emplace_back("secretName", text(word() + "-cert"));
        return Node::map(std::move(out));
    }
    Node rule() {
        Map out;
        // One place twice would be refused, as nginx does.
        out.emplace_back("host", text((chance(4) ? "*.h" : "h") + std::to_string(++hosts_) + "." + host()));
        if (chance(8) && hosts_ == 1)
            out.clear();
        if (out.empty() || !chance(5))
            out.emplace_back("http", Node::map({{"paths", list(1, 3, [&](int i) { return path(i); })}}));
        return Node::map(std::move(out));
    }
    Node path(int index) {
        static constexpr const char* types[] = {"Prefix", "Exact", "ImplementationSpecific"};
        Map out;
        if (index > 0 || chance())
            out.emplace_back("path",
                             text((chance(4) ? "/x(/|$)(.*)" : "/" + word()) + std::to_string(index)));
        maybe(out, "pathType", text(types[below(3)]), 5);
        out.emplace_back("backend", backend());
        return Node::map(std::move(out));
    }

    // A gate's Service is in its namespace, and a Service has one home for all its ports.
    std::vector<Node> servicesFor(const std::vector<std::string>& gates) {
        std::vector<Node> out;
        for (const std::string& gate : gates)
            if (!chance(4))
                service("s-" + gate, gateSpace(gate), Node::map({{"gate", text(gate)}}), out);
        for (int i = 0, count = below(4); i < count; ++i) {
            const Node foreign =
                chance() ? text(url())
                         : Node::map({{"url", text(url())}, {"skipCertificateCheck", plain(boolean())}});
            const Node runs[] = {Node(), text("embedded"), text("none"), foreign};
            service("service-" + std::to_string(i), spaceName(), runs[below(4)], out);
        }
        return out;
    }
    void service(const std::string& name, const std::string& space, const Node& runs,
                 std::vector<Node>& out) {
        for (int i = 0, count = 1 + below(2); i < count; ++i) {
            Map entry;
            if (space != "default" || chance())
                entry.emplace_back("namespace", text(space));
            entry.emplace_back("name", text(name));
            if (i > 0 || chance())
                entry.emplace_back("port", plain(std::to_string(8000 + i)));
            if (chance())
                entry.emplace_back("portName", text("p" + std::to_string(i) + "-" + word()));
            if (!runs.isAbsent())
                entry.emplace_back("runs", runs);
            out.push_back(Node::map(std::move(entry)));
        }
    }

    Node configMap(int index) {
        Map out;
        maybe(out, "namespace", text(spaceName()));
        out.emplace_back("name", text("map-" + std::to_string(index)));
        maybe(out, "data", data("X-" + word(), 0, 3));
        return Node::map(std::move(out));
    }
    Node trust() {
        Map out{{"host", text(host())}};
        maybe(out, "port", plain(number(1, 65535)));
        maybe(out, "caFile", text("/etc/ssl/" + word() + ".pem"));
        return Node::map(std::move(out));
    }
    Node rehearsal() {
        Map out;
        maybe(out, "as", text(word()));
        out.emplace_back("url", text(url()));
        maybe(out, "expect", text(chance() ? "denied" : "user-not-in-group"));
        Map with;
        maybe(with, "password", text(hard()));
        maybe(with, "otp", text("000000"));
        maybe(with, "clockOffset", plain(number(-300, 300)));
        maybe(with, "delayBeforeCallback", plain(number(0, 90)));
        maybe(with, "enrolTotp", plain(boolean()));
        if (!with.empty())
            out.emplace_back("with", Node::map(std::move(with)));
        return Node::map(std::move(out));
    }

    int hosts_ = 0;
};

} // namespace gatehouse::kubernetes::test
