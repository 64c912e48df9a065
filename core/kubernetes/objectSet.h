// The set that an export grows into: objects by file, in the order in which they are applied.
#pragma once

#include <kubernetes/kubernetes.h>
#include <kubernetes/nodes.h>

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::kubernetes {

inline constexpr std::string_view managedByLabel = "app.kubernetes.io/managed-by";
inline constexpr std::string_view nameLabel = "app.kubernetes.io/name";
inline constexpr std::string_view instanceLabel = "app.kubernetes.io/instance";
inline constexpr std::string_view managedByUs = "gatehouse";

// One export: what is read, what is asked for, and what there is to say.
struct Job {
    const lab::Document& document;
    const lab::Lab& lab;
    const crypto::SecretSource* secrets;
    const ExportOptions& options;
    std::vector<Problem>& problems;

    using Args = std::map<std::string, std::string>;
    void refuse(const Message& what, Args args, FieldId at) {
        report(Problem::Kind::Refused, what, std::move(args), at);
    }
    void warn(const Message& what, Args args, FieldId at) {
        report(Problem::Kind::Warning, what, std::move(args), at);
    }
    void differ(const Message& what, Args args, FieldId at) {
        report(Problem::Kind::Difference, what, std::move(args), at);
    }

private:
    void report(Problem::Kind kind, const Message& what, Args args, FieldId at) {
        problems.push_back({kind, Error{&what, std::move(args), document.place(at), {}}});
    }
};

Node metadata(const std::string& namespaceName, const std::string& name, Node labels = {},
              Node annotations = {});
// {app.kubernetes.io/name, instance}: by which a Service finds its pods.
Node selectorLabels(std::string_view application, const std::string& instance);
Node withManagedBy(const Node& labels);
// What the restricted Pod Security Standard asks of a pod and of a container.
Node podSecurity();
Node containerSecurity();
Node probe(const std::string& path, std::string_view scheme);
// A Secret of these names; with values only when the job asks for them.
Node secretObject(Job& job, const std::string& namespaceName, const std::string& name,
                  const std::vector<std::string>& keys);

// One file's worth each. A lab without such parts gives none.
std::vector<Node> namespaceObjects(Job& job);
std::vector<Node> gateObjects(Job& job);
std::vector<Node> gateSecrets(Job& job);
std::vector<Node> serviceObjects(Job& job);
std::vector<Node> whoamiObjects(Job& job);
std::vector<Node> configMapObjects(Job& job);

// What a controller asks for beside the Ingresses: its ConfigMap.
std::vector<Node> ingressNginxObjects(Job& job);
std::vector<Node> ingressObjects(Job& job);

struct RealmObjects {
    std::vector<Node> imports;                 // KeycloakRealmImport
    std::vector<Node> secrets;                 // what they take from the environment
    std::vector<ManifestFile> representations; // realm-NAME.json
};
RealmObjects realmObjects(Job& job);

// gatehouse.yaml: what the desk knows and no object can hold.
std::string deskText(const Job& job);

// The port of a gate's pod, from http-address (or https-address); 0 when no other pod can reach it.
std::uint16_t gatePort(const lab::GateSpec& gate);
bool gateHasTls(const lab::GateSpec& gate);
// A Service object is written for it; otherwise the cluster has it already.
bool isOurs(const lab::Service& service, const ExportOptions& options);
const lab::GateSpec* gateNamed(const lab::Lab& lab, std::string_view name);
const lab::Setting* setting(const lab::GateSpec& gate, std::string_view option);
std::string optionText(const lab::GateSpec& gate, std::string_view option); // its default where it is absent
bool optionFlag(const lab::GateSpec& gate, std::string_view option);

// The known traps of this set in a cluster.
void findTraps(Job& job);

// How Kubernetes writes text in args and env so that nothing is expanded, and what it makes of it.
std::string escapedForExpansion(std::string_view text);

} // namespace gatehouse::kubernetes
