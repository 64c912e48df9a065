// What the readers of objects share: the texts, the problems, the values of secrets, and what was collected.
#pragma once

#include <kubernetes/kubernetes.h>
#include <kubernetes/nodes.h>
#include <kubernetes/sources.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::kubernetes {

struct Object {
    std::string kind;
    std::string namespaceName;
    std::string name;
    Node node;

    std::string shown() const { return namespaceName + "/" + name; }
};

// The objects of a set that mean something to a lab, by kind, in the order of the files.
struct Collected {
    std::vector<Object> ingresses;
    std::vector<Object> services;
    std::vector<Object> configMaps;
    std::vector<Object> secrets;
    std::vector<Object> workloads; // Deployments, StatefulSets, DaemonSets
    std::vector<Object> realmImports;
    std::vector<Node> realms; // plain representations
    Node desk;                // gatehouse.yaml
};

class Reading {
public:
    Reading(std::vector<Problem>& list, crypto::SecretMap& values) : problems(list), secrets(values) {}

    using Args = std::map<std::string, std::string>;
    void refuse(const Message& what, Args args, FieldId at) {
        report(Problem::Kind::Refused, what, args, at);
    }
    void warn(const Message& what, Args args, FieldId at) { report(Problem::Kind::Warning, what, args, at); }
    void differ(const Message& what, Args args, FieldId at) {
        report(Problem::Kind::Difference, what, args, at);
    }
    // The same at the key: a field that should not be there is shown by its name.
    void atKey(Problem::Kind kind, const Message& what, Args args, FieldId at) {
        problems.push_back({kind, Error{&what, std::move(args), sources.keyPlace(at), {}}});
    }

    Sources sources;
    std::vector<Problem>& problems;
    crypto::SecretMap& secrets;
    Collected objects;

private:
    void report(Problem::Kind kind, const Message& what, Args& args, FieldId at) {
        problems.push_back({kind, Error{&what, std::move(args), sources.place(at), {}}});
    }
};

// Holds a node against the fields that Kubernetes 1.37 knows of this kind. False: it cannot be read further.
bool checkFields(Reading& reading, std::string_view kind, const Node& node);

// Files → documents → objects; kustomization.yaml, Lists and old versions are resolved.
void collect(Reading& reading, const std::vector<SourceFile>& files);
// An Ingress of extensions/v1beta1 or networking.k8s.io/v1beta1 in the shape of networking.k8s.io/v1.
Node upgradedIngress(Reading& reading, const Node& node, const std::string& version);

// Of metadata and the like: absent is "".
std::string textAt(const Node& map, std::string_view key);
bool isOursByLabel(const Node& object); // app.kubernetes.io/managed-by: gatehouse
Node withoutNulls(const Node& node);
const Object* objectNamed(const std::vector<Object>& objects, const std::string& namespaceName,
                          const std::string& name);

// The lab's name for a key of a Secret, and its value if the Secret is there.
class SecretNames {
public:
    explicit SecretNames(Reading& reading) : reading_(reading) {}

    // `ours`: the object that asks was written by an export, so keys are the lab's names.
    std::string name(const std::string& namespaceName, const std::string& secret, const std::string& key,
                     bool ours);
    // Takes the value into Reading::secrets; false when these files do not have it.
    bool take(const std::string& labName, const std::string& namespaceName, const std::string& secret,
              const std::string& key);
    // A secret that stood somewhere in plain.
    void keep(const std::string& labName, std::string value);
    // As text; for what is no secret though it lies in one (client-id). Nothing when it is not here.
    std::optional<std::string> value(const std::string& namespaceName, const std::string& secret,
                                     const std::string& key);

private:
    Reading& reading_;
    std::map<std::string, std::string> owners_; // lab name → namespace/secret/key
};
std::optional<std::string> secretBytes(std::string_view encoded); // of a Secret's data; nothing: no base64
std::string secretVariable(std::string_view name);                // GATEHOUSE_SECRET_…

struct GateReading {
    std::string name;
    std::string namespaceName;
    Node node; // of the lab's gates
    Node podLabels;
    Node ports; // of its container: {name, containerPort}
    std::string issuer;
    FieldId from;
};
struct Workloads {
    std::vector<GateReading> gates;
    std::vector<const Object*> whoamis;
    std::vector<const Object*> others;
    std::set<std::string> usedConfigMaps; // namespace/name that gates read
};
Workloads readWorkloads(Reading& reading, SecretNames& names);

struct IngressReading {
    std::vector<Node> ingresses; // of the lab
    std::vector<std::string> hosts;
};
IngressReading readIngresses(Reading& reading);
// Of the lab's services; gatehouse.yaml says what runs them, else their selectors do.
std::vector<Node> readServices(Reading& reading, const Workloads& workloads);
struct ConfigReading {
    Node controller;
    std::vector<Node> configMaps;
};
ConfigReading readConfigMaps(Reading& reading, const Workloads& workloads);
// The lab's providers, realms included.
std::vector<Node> readProviders(Reading& reading, SecretNames& names, const Workloads& workloads,
                                const std::vector<std::string>& hosts);
// A representation as a lab has it: secrets by name, without what holds anyway. `placeholders` are those of
// a KeycloakRealmImport.
Node realmForLab(Reading& reading, SecretNames& names, const Node& representation,
                 const std::map<std::string, std::string>& placeholders);

} // namespace gatehouse::kubernetes
