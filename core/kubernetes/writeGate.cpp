// oauth2-proxy as a Deployment: every option is its real argument, secrets come by the environment.

#include <gate/optionRows.h>
#include <gate/options.h>
#include <kubernetes/objectSet.h>
#include <kubernetes/writeMessages.h>

#include <algorithm>

namespace gatehouse::kubernetes {

namespace {

constexpr std::string_view image = "quay.io/oauth2-proxy/oauth2-proxy:v7.15.4";

// One field of the CSV record that a list flag is (github.com/spf13/pflag, encoding/csv).
std::string csvField(const std::string& value) {
    if (!value.empty() && value.find_first_of(",\"") == std::string::npos)
        return value;
    std::string out = "\"";
    for (const char c : value)
        out.append(c == '"' ? 2 : 1, c);
    return out + '"';
}

class GateWriter {
public:
    GateWriter(Job& job, const lab::GateSpec& gate) : job_(job), gate_(gate) {}

    Node deployment() {
        const Node labels = selectorLabels("oauth2-proxy", gate_.name);
        const Node all = withManagedBy(labels);
        const Node pod = MapOf()
                             .put("automountServiceAccountToken", truth(false))
                             .put("securityContext", podSecurity())
                             .put("containers", Node::list({container()}))
                             .node();
        const Node spec =
            MapOf()
                .put("replicas", number(1))
                .put("selector", MapOf().put("matchLabels", labels).node())
                .put("template",
                     MapOf().put("metadata", MapOf().put("labels", all).node()).put("spec", pod).node())
                .node();
        return MapOf()
            .put("apiVersion", "apps/v1")
            .put("kind", "Deployment")
            .put("metadata", metadata(gate_.namespace_, gate_.name, all))
            .put("spec", spec)
            .node();
    }

private:
    Node container() {
        std::uint16_t port = gatePort(gate_);
        const std::string_view scheme = gateHasTls(gate_) ? "HTTPS" : "HTTP";
        MapOf out;
        out.put("name", "oauth2-proxy").put("image", std::string(image)).put("args", arguments());
        out.add("env", environment());
        if (port != 0)
            out.put("ports", Node::list({MapOf()
                                             .put("name", "http")
                                             .put("containerPort", number(port))
                                             .put("protocol", "TCP")
                                             .node()}))
                .put("livenessProbe", probe(pathOf("ping-path"), scheme))
                .put("readinessProbe", probe(pathOf("ready-path"), scheme));
        const Node requests = MapOf().put("cpu", "10m").put("memory", "32Mi").node();
        const Node limits = MapOf().put("memory", "128Mi").node();
        return out.put("resources", MapOf().put("requests", requests).put("limits", limits).node())
            .put("securityContext", containerSecurity())
            .node();
    }

    std::string pathOf(std::string_view option) const {
        const std::string path = optionText(gate_, option);
        return path.starts_with('/') ? path : "/" + path;
    }

    Node arguments() {
        std::vector<Node> out;
        for (const lab::Setting& setting : gate_.options)
            if (!setting.secret)
                for (const std::string& value : values(setting))
                    out.push_back(text(escapedForExpansion("--" + setting.name + "=" + value)));
        return Node::list(std::move(out));
    }

    std::vector<std::string> values(const lab::Setting& setting) {
        const gate::OptionRow* row = gate::option(setting.name);
        if (row == nullptr || row->type != gate::OptionType::TextList)
            return setting.values;
        std::vector<std::string> out;
        for (const std::string& value : setting.values) {
            if (value.find('\n') != std::string::npos)
                job_.refuse(valueWithLineEnd, {{"option", setting.name}}, setting.from);
            out.push_back(csvField(value));
        }
        return out.empty() ? std::vector<std::string>{""} : out; // --name= says: none
    }

    Node environment() {
        std::vector<Node> out;
        for (const lab::Setting& setting : gate_.options) {
            const gate::OptionRow* row = gate::option(setting.name);
            if (!setting.secret || row == nullptr)
                continue;
            const Node key = MapOf().put("name", gate_.name).put("key", setting.secret.name).node();
            out.push_back(MapOf()
                              .put("name", std::string(row->environment))
                              .put("valueFrom", MapOf().put("secretKeyRef", key).node())
                              .node());
        }
        return Node::list(std::move(out));
    }

    Job& job_;
    const lab::GateSpec& gate_;
};

// oauth2-proxy's own words about the options. What the desk does not do yet, the real one does.
void checkOptions(Job& job, const lab::GateSpec& gate) {
    std::vector<Problem> problems;
    const auto place = [&job](FieldId id) { return job.document.place(id); };
    gate::Options::read(gate.options, place, problems);
    for (Problem& problem : problems)
        if (problem.error.what != &gate::optionNotYet)
            job.problems.push_back(std::move(problem));
}

} // namespace

std::vector<Node> gateObjects(Job& job) {
    std::vector<Node> out;
    for (const lab::GateSpec& gate : job.lab.gates) {
        checkOptions(job, gate);
        out.push_back(GateWriter(job, gate).deployment());
    }
    return out;
}

std::vector<Node> gateSecrets(Job& job) {
    std::vector<Node> out;
    for (const lab::GateSpec& gate : job.lab.gates) {
        std::vector<std::string> keys;
        for (const lab::Setting& setting : gate.options)
            if (setting.secret && std::ranges::find(keys, setting.secret.name) == keys.end())
                keys.push_back(setting.secret.name);
        if (!keys.empty())
            out.push_back(secretObject(job, gate.namespace_, gate.name, keys));
    }
    return out;
}

} // namespace gatehouse::kubernetes
