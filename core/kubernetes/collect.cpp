// From files to objects: kustomizations, Lists, old versions, and who is who.

#include <base/ascii.h>
#include <kubernetes/messages.h>
#include <kubernetes/objectSet.h>
#include <kubernetes/reading.h>

#include <algorithm>
#include <functional>

namespace gatehouse::kubernetes {

namespace {

constexpr std::string_view kustomizationNames[] = {"kustomization.yaml", "kustomization.yml",
                                                   "Kustomization"};
constexpr std::string_view deskFile = "gatehouse.yaml";

struct KindRow {
    std::string_view kind;
    std::string_view version;              // of today, or a group with / at its end
    std::string_view oldVersions;          // separated by blanks: read, and said
    std::string_view fields;               // the name that schema.cpp has for it
    std::vector<Object> Collected::* list; // null: it has no say on the desk, and is done with
};
constexpr KindRow kindRows[] = {
    {"Ingress", "networking.k8s.io/v1", "networking.k8s.io/v1beta1 extensions/v1beta1", "Ingress",
     &Collected::ingresses},
    {"Service", "v1", "", "Service", &Collected::services},
    {"ConfigMap", "v1", "", "ConfigMap", &Collected::configMaps},
    {"Secret", "v1", "", "Secret", &Collected::secrets},
    {"Deployment", "apps/v1", "extensions/v1beta1 apps/v1beta1 apps/v1beta2", "Workload",
     &Collected::workloads},
    {"StatefulSet", "apps/v1", "apps/v1beta1 apps/v1beta2", "Workload", &Collected::workloads},
    {"DaemonSet", "apps/v1", "extensions/v1beta1 apps/v1beta2", "Workload", &Collected::workloads},
    {"KeycloakRealmImport", "k8s.keycloak.org/", "", "KeycloakRealmImport", &Collected::realmImports},
    {"Namespace", "v1", "", "Namespace", nullptr},
};

// Known, and nothing that a desk could play.
constexpr std::string_view clusterKinds[] = {"ServiceAccount",
                                             "NetworkPolicy",
                                             "PodDisruptionBudget",
                                             "HorizontalPodAutoscaler",
                                             "Role",
                                             "RoleBinding",
                                             "ClusterRole",
                                             "ClusterRoleBinding",
                                             "IngressClass",
                                             "Certificate",
                                             "Issuer",
                                             "ClusterIssuer",
                                             "ServiceMonitor",
                                             "PodMonitor",
                                             "PrometheusRule",
                                             "Keycloak",
                                             "Endpoints",
                                             "EndpointSlice",
                                             "Job",
                                             "CronJob",
                                             "Pod",
                                             "ReplicaSet",
                                             "PersistentVolume",
                                             "PersistentVolumeClaim",
                                             "StorageClass",
                                             "LimitRange",
                                             "ResourceQuota",
                                             "PriorityClass",
                                             "CustomResourceDefinition",
                                             "ValidatingWebhookConfiguration",
                                             "MutatingWebhookConfiguration",
                                             "PodSecurityPolicy",
                                             "Lease",
                                             "Event"};

std::string folderOf(const std::string& file) {
    const auto slash = file.rfind('/');
    return slash == std::string::npos ? std::string() : file.substr(0, slash);
}

// dir + "/" + name without . and ..; nothing when it leads out of the folder that is read.
std::optional<std::string> joined(const std::string& folder, std::string_view name) {
    std::vector<std::string_view> steps;
    const std::string whole = folder + "/" + std::string(name);
    for (const std::string_view step : split(whole, '/')) {
        if (step.empty() || step == ".")
            continue;
        if (step == "..") {
            if (steps.empty())
                return std::nullopt;
            steps.pop_back();
        } else {
            steps.push_back(step);
        }
    }
    std::string out;
    for (const std::string_view step : steps)
        out.append(out.empty() ? "" : "/").append(step);
    return out;
}

class Collector {
public:
    Collector(Reading& reading, const std::vector<SourceFile>& files) : reading_(reading), files_(files) {}

    void collect() {
        const SourceFile* top = kustomizationIn({});
        if (top == nullptr) {
            for (const SourceFile& file : files_)
                read(file, {});
            return;
        }
        kustomize(*top, {});
        for (const SourceFile& file : files_)
            if (!used_.contains(file.name))
                spare(file);
    }

private:
    const SourceFile* fileNamed(const std::string& name) const {
        const auto found = std::ranges::find(files_, name, &SourceFile::name);
        return found == files_.end() ? nullptr : &*found;
    }

    const SourceFile* kustomizationIn(const std::string& folder) const {
        for (const std::string_view name : kustomizationNames)
            if (const SourceFile* found =
                    fileNamed(folder.empty() ? std::string(name) : folder + "/" + std::string(name)))
                return found;
        return nullptr;
    }

    std::vector<Node> documentsOf(const SourceFile& file) {
        used_.insert(file.name);
        const std::size_t before = reading_.sources.documents().size();
        reading_.sources.add(file, reading_.problems);
        std::vector<Node> out;
        for (std::size_t i = before; i < reading_.sources.documents().size(); ++i)
            out.push_back(reading_.sources.documents()[i].root);
        return out;
    }

    void kustomize(const SourceFile& file, std::string namespaceName) {
        if (!used_.insert(file.name).second)
            return; // two folders may name the same base
        for (const Node& root : documentsOf(file)) {
            checkFields(reading_, "Kustomization", withKind(root));
            if (namespaceName.empty())
                namespaceName = textAt(root, "namespace");
            for (const std::string_view field : {"resources", "bases"})
                for (const Node& each : root[field].items())
                    resource(each, folderOf(file.name), namespaceName);
        }
    }

    // kustomization.yaml may be without kind and metadata.
    static Node withKind(const Node& root) {
        return root["kind"].isAbsent() ? with(root, "kind", text("Kustomization")) : root;
    }

    void resource(const Node& name, const std::string& folder, const std::string& namespaceName) {
        const auto path = joined(folder, name.text());
        const SourceFile* file = path ? fileNamed(*path) : nullptr;
        const SourceFile* base = path && file == nullptr ? kustomizationIn(*path) : nullptr;
        if (file != nullptr)
            read(*file, namespaceName);
        else if (base != nullptr)
            kustomize(*base, namespaceName);
        else
            reading_.refuse(resourceMissing, {{"name", name.text()}}, name.id());
    }

    void read(const SourceFile& file, const std::string& namespaceName) {
        if (used_.contains(file.name))
            return;
        for (const Node& root : documentsOf(file))
            document(root, namespaceName);
    }

    // Not named by kustomization.yaml. An export leaves out Secrets without values and the plain realms.
    void spare(const SourceFile& file) {
        if (file.name == deskFile)
            return read(file, {});
        bool left = false;
        for (const Node& root : documentsOf(file)) {
            if (isRepresentation(root) || (textAt(root, "kind") == "Secret" && isOursByLabel(root)))
                document(root, {});
            else
                left = true;
        }
        if (left)
            reading_.problems.push_back(
                {Problem::Kind::Warning, Error{&notListed, {}, Place{file.name, 1, 1, {}}, {}}});
    }

    static bool isRepresentation(const Node& root) {
        return root["realm"].isScalar() && root["kind"].isAbsent();
    }

    void document(const Node& root, const std::string& namespaceName) {
        if (root.isList())
            for (const Node& each : root.items())
                document(each, namespaceName);
        else if (isRepresentation(root))
            reading_.objects.realms.push_back(root);
        else if (!root["gatehouse"].isAbsent() && root["kind"].isAbsent())
            desk(root);
        else if (textAt(root, "kind").ends_with("List") && root["items"].isList())
            for (const Node& each : root["items"].items())
                document(itemOf(root, each), namespaceName);
        else if (textAt(root, "kind") == "Kustomization")
            reading_.warn(notListed, {}, root.id());
        else if (!root["kind"].isScalar() || !root["apiVersion"].isScalar())
            reading_.warn(noObject, {}, root.id());
        else
            object(root, namespaceName);
    }

    void desk(const Node& root) {
        if (!reading_.objects.desk.isAbsent())
            return reading_.refuse(
                objectTwice,
                {{"kind", "gatehouse.yaml"}, {"name", ""}, {"first", where(reading_.objects.desk)}},
                root.id());
        reading_.objects.desk = root;
    }

    std::string where(const Node& node) const {
        const Place place = reading_.sources.place(node.id());
        return place.file + ":" + std::to_string(place.line);
    }

    // Items of an IngressList may leave out what the list says.
    static Node itemOf(const Node& list, const Node& item) {
        Node out = item;
        const std::string kind = textAt(list, "kind");
        if (out["kind"].isAbsent() && kind.size() > 4)
            out = with(out, "kind", text(kind.substr(0, kind.size() - 4)));
        if (out["apiVersion"].isAbsent())
            out = with(out, "apiVersion", list["apiVersion"]);
        return out;
    }

    void object(const Node& root, const std::string& namespaceName) {
        const std::string kind = textAt(root, "kind");
        const std::string version = textAt(root, "apiVersion");
        const std::string name = textAt(root["metadata"], "name");
        const auto row = std::ranges::find(kindRows, kind, &KindRow::kind);
        if (row == std::end(kindRows) || foreignGroup(*row, version)) {
            const bool known = std::ranges::find(clusterKinds, kind) != std::end(clusterKinds);
            if (known)
                return reading_.differ(objectLeftOut, {{"kind", kind}, {"name", name}}, root.id());
            return reading_.warn(objectUnknown, {{"kind", kind}, {"name", name}, {"version", version}},
                                 root.id());
        }
        const auto node = ofToday(*row, root, version);
        if (!node)
            return;
        // Read on though something is wrong with it: what else is wrong is told at once.
        const bool right = checkFields(reading_, row->fields, *node);
        if (row->list != nullptr && (right || !textAt((*node)["metadata"], "name").empty()))
            keep(*row, *node, namespaceName);
    }

    // Ingress of networking.k8s.io is one thing, another group's kind of that name another.
    static bool foreignGroup(const KindRow& row, std::string_view version) {
        if (row.version.ends_with('/'))
            return !version.starts_with(row.version);
        const auto group = [](std::string_view text) {
            const auto slash = text.find('/');
            return slash == std::string_view::npos ? std::string_view() : text.substr(0, slash);
        };
        const auto old = split(row.oldVersions, ' ');
        return group(version) != group(row.version) && std::ranges::none_of(old, [&](std::string_view each) {
                   return group(each) == group(version);
               });
    }

    std::optional<Node> ofToday(const KindRow& row, const Node& root, const std::string& version) {
        if (version == row.version || row.version.ends_with('/'))
            return root;
        const auto old = split(row.oldVersions, ' ');
        if (std::ranges::find(old, version) == old.end()) {
            reading_.refuse(versionUnknown,
                            {{"kind", std::string(row.kind)},
                             {"version", version},
                             {"expected", "apiVersion: " + std::string(row.version)}},
                            root["apiVersion"].id());
            return std::nullopt;
        }
        reading_.differ(versionOld,
                        {{"kind", std::string(row.kind)},
                         {"name", textAt(root["metadata"], "name")},
                         {"version", version},
                         {"expected", std::string(row.version)}},
                        root["apiVersion"].id());
        if (row.kind == "Ingress")
            return upgradedIngress(reading_, root, version);
        // apps/v1 wants the selector that older versions made from the pod's labels.
        const Node& spec = root["spec"];
        if (!spec["selector"].isAbsent() || !spec.isMap())
            return root;
        const Node selector = MapOf().put("matchLabels", spec["template"]["metadata"]["labels"]).node();
        return with(root, "spec", with(spec, "selector", selector));
    }

    void keep(const KindRow& row, const Node& node, const std::string& namespaceName) {
        Object object{std::string(row.kind), namespaceName, textAt(node["metadata"], "name"),
                      withoutNulls(node)};
        if (object.namespaceName.empty())
            object.namespaceName = textAt(node["metadata"], "namespace");
        if (object.namespaceName.empty())
            object.namespaceName = "default";
        if (row.kind == "Secret")
            checkEncoding(object.node["data"]);
        std::vector<Object>& list = reading_.objects.*row.list;
        for (const Object& other : list)
            if (other.kind == object.kind && other.shown() == object.shown())
                return reading_.refuse(
                    objectTwice,
                    {{"kind", object.kind}, {"name", object.shown()}, {"first", where(other.node)}},
                    node["metadata"]["name"].id());
        list.push_back(std::move(object));
    }

    void checkEncoding(const Node& data) {
        for (const auto& [key, value] : data.entries())
            if (value->isScalar() && !secretBytes(value->text()))
                reading_.refuse(notBase64, {{"key", std::string(key)}}, value->id());
    }

    Reading& reading_;
    const std::vector<SourceFile>& files_;
    std::set<std::string> used_;
};

} // namespace

void collect(Reading& reading, const std::vector<SourceFile>& files) {
    Collector(reading, files).collect();
}

std::string textAt(const Node& map, std::string_view key) {
    const Node& node = map[key];
    return node.isScalar() ? node.text() : std::string();
}

bool isOursByLabel(const Node& object) {
    return textAt(object["metadata"]["labels"], managedByLabel) == managedByUs;
}

Node withoutNulls(const Node& node) {
    if (node.isList()) {
        std::vector<Node> items;
        for (const Node& item : node.items())
            items.push_back(withoutNulls(item));
        return Node::list(std::move(items), node.id());
    }
    if (!node.isMap())
        return node;
    Entries entries;
    for (const auto& [key, value] : node.entries())
        if (value->kind() != Node::Kind::Null)
            entries.emplace_back(key, withoutNulls(*value));
    return Node::map(std::move(entries), node.id());
}

const Object* objectNamed(const std::vector<Object>& objects, const std::string& namespaceName,
                          const std::string& name) {
    const auto found = std::ranges::find_if(objects, [&](const Object& each) {
        return each.name == name && each.namespaceName == namespaceName;
    });
    return found == objects.end() ? nullptr : &*found;
}

} // namespace gatehouse::kubernetes
