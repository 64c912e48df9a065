// The fields that Kubernetes 1.37 knows of the kinds that are read (its OpenAPI description), and what
// becomes of each: read, the cluster's own affair, or lost on the desk, which is then said.

#include <base/ascii.h>
#include <kubernetes/messages.h>
#include <kubernetes/reading.h>
#include <lab/scalars.h>
#include <realm/findings.h>

#include <algorithm>

namespace gatehouse::kubernetes {

namespace {

enum class Use : std::uint8_t { Read, Cluster, Lost };
using enum Use;

// Fields of one holder: their names separated by blanks, ! before those that must be there.
struct FieldNames {
    std::string_view kind; // "*" for all
    std::string_view holder;
    Use use;
    std::string_view type; // text, number, map, list, texts (map), strings (list), deep (anything)
    std::string_view names;
    std::string_view reason = {}; // for Lost
};

constexpr std::string_view noPodHere = "no pod runs on the desk";
constexpr std::string_view notHere = "the desk knows Services only";
constexpr std::string_view render =
    "it is not applied here: kubectl kustomize DIR > FILE, and read that file";

constexpr FieldNames rows[] = {
    {"*", "", Read, "text", "!apiVersion !kind"},
    {"*", "", Read, "map", "!metadata"},
    {"*", "/metadata", Read, "text", "!name namespace creationTimestamp"},
    {"*", "/metadata", Read, "texts", "labels annotations"},
    {"*", "/metadata", Cluster, "deep",
     "uid resourceVersion generation deletionTimestamp deletionGracePeriodSeconds selfLink managedFields "
     "ownerReferences finalizers generateName clusterName"},

    {"Ingress", "", Read, "map", "!spec"},
    {"Ingress", "", Cluster, "deep", "status"},
    {"Ingress", "/spec", Read, "text", "ingressClassName"},
    {"Ingress", "/spec", Read, "map", "defaultBackend"},
    {"Ingress", "/spec", Read, "list", "tls rules"},
    {"Ingress", "/spec/defaultBackend", Read, "map", "service"},
    {"Ingress", "/spec/defaultBackend", Lost, "deep", "resource", notHere},
    {"Ingress", "/spec/defaultBackend/service", Read, "text", "!name"},
    {"Ingress", "/spec/defaultBackend/service", Read, "map", "!port"},
    {"Ingress", "/spec/defaultBackend/service/port", Read, "text", "name"},
    {"Ingress", "/spec/defaultBackend/service/port", Read, "number", "number"},
    {"Ingress", "/spec/tls/*", Read, "strings", "hosts"},
    {"Ingress", "/spec/tls/*", Read, "text", "secretName"},
    {"Ingress", "/spec/rules/*", Read, "text", "host"},
    {"Ingress", "/spec/rules/*", Read, "map", "http"},
    {"Ingress", "/spec/rules/*/http", Read, "list", "!paths"},
    {"Ingress", "/spec/rules/*/http/paths/*", Read, "text", "path !pathType"},
    {"Ingress", "/spec/rules/*/http/paths/*", Read, "map", "!backend"},

    {"Service", "", Read, "map", "!spec"},
    {"Service", "", Cluster, "deep", "status"},
    {"Service", "/spec", Read, "list", "ports"},
    {"Service", "/spec", Read, "texts", "selector"},
    {"Service", "/spec", Read, "text", "type externalName"},
    {"Service", "/spec", Cluster, "deep",
     "clusterIP clusterIPs ipFamilies ipFamilyPolicy internalTrafficPolicy externalTrafficPolicy "
     "sessionAffinity sessionAffinityConfig healthCheckNodePort loadBalancerIP loadBalancerClass "
     "loadBalancerSourceRanges allocateLoadBalancerNodePorts externalIPs publishNotReadyAddresses "
     "trafficDistribution"},
    {"Service", "/spec/ports/*", Read, "text", "name protocol"},
    {"Service", "/spec/ports/*", Read, "number", "!port"},
    {"Service", "/spec/ports/*", Read, "deep", "targetPort"},
    {"Service", "/spec/ports/*", Cluster, "deep", "nodePort appProtocol"},

    {"ConfigMap", "", Read, "texts", "data"},
    {"ConfigMap", "", Lost, "deep", "binaryData", "a lab holds text only"},
    {"ConfigMap", "", Cluster, "deep", "immutable"},
    {"Secret", "", Read, "texts", "data stringData"},
    {"Secret", "", Cluster, "deep", "type immutable"},
    {"Namespace", "", Cluster, "deep", "spec status"},

    {"KeycloakRealmImport", "", Read, "map", "!spec"},
    {"KeycloakRealmImport", "", Cluster, "deep", "status"},
    {"KeycloakRealmImport", "/spec", Read, "text", "!keycloakCRName"},
    {"KeycloakRealmImport", "/spec", Read, "deep", "!realm placeholders"},
    {"KeycloakRealmImport", "/spec", Cluster, "deep", "resources labels"},

    {"Workload", "", Read, "map", "!spec"},
    {"Workload", "", Cluster, "deep", "status"},
    {"Workload", "/spec", Read, "map", "!selector !template"},
    {"Workload", "/spec", Cluster, "deep",
     "replicas strategy minReadySeconds revisionHistoryLimit paused progressDeadlineSeconds serviceName "
     "volumeClaimTemplates updateStrategy podManagementPolicy persistentVolumeClaimRetentionPolicy ordinals"},
    {"Workload", "/spec/selector", Read, "texts", "matchLabels"},
    {"Workload", "/spec/selector", Cluster, "deep", "matchExpressions"},
    {"Workload", "/spec/template", Read, "map", "metadata !spec"},
    {"Workload", "/spec/template/metadata", Read, "texts", "labels annotations"},
    {"Workload", "/spec/template/metadata", Cluster, "deep", "name namespace creationTimestamp generateName"},
    {"Workload", "/spec/template/spec", Read, "list", "!containers volumes"},
    {"Workload", "/spec/template/spec", Lost, "list", "initContainers ephemeralContainers", noPodHere},
    {"Workload", "/spec/template/spec", Cluster, "deep",
     "activeDeadlineSeconds affinity automountServiceAccountToken dnsConfig dnsPolicy enableServiceLinks "
     "hostAliases hostIPC hostNetwork hostPID hostUsers hostname hostnameOverride imagePullSecrets nodeName "
     "nodeSelector os overhead preemptionPolicy priority priorityClassName readinessGates resourceClaims "
     "resources restartPolicy runtimeClassName schedulerName schedulingGates securityContext serviceAccount "
     "serviceAccountName setHostnameAsFQDN shareProcessNamespace subdomain terminationGracePeriodSeconds "
     "tolerations topologySpreadConstraints workloadRef"},
    {"Workload", "/spec/template/spec/volumes/*", Read, "text", "!name"},
    {"Workload", "/spec/template/spec/volumes/*", Read, "deep", "configMap secret projected"},
    {"Workload", "/spec/template/spec/volumes/*", Cluster, "deep",
     "awsElasticBlockStore azureDisk azureFile cephfs cinder csi downwardAPI emptyDir ephemeral fc "
     "flexVolume "
     "flocker gcePersistentDisk gitRepo glusterfs hostPath image iscsi nfs persistentVolumeClaim "
     "photonPersistentDisk portworxVolume quobyte rbd scaleIO storageos vsphereVolume"},
    {"Workload", "/spec/template/spec/containers/*", Read, "text", "!name image"},
    {"Workload", "/spec/template/spec/containers/*", Read, "strings", "args command"},
    {"Workload", "/spec/template/spec/containers/*", Read, "list", "env envFrom ports volumeMounts"},
    {"Workload", "/spec/template/spec/containers/*", Cluster, "deep",
     "imagePullPolicy lifecycle livenessProbe readinessProbe startupProbe resizePolicy resources "
     "restartPolicy restartPolicyRules securityContext stdin stdinOnce terminationMessagePath "
     "terminationMessagePolicy tty volumeDevices workingDir"},
    {"Workload", "/spec/template/spec/containers/*/env/*", Read, "text", "!name value"},
    {"Workload", "/spec/template/spec/containers/*/env/*", Read, "map", "valueFrom"},
    {"Workload", "/spec/template/spec/containers/*/env/*/valueFrom", Read, "map",
     "secretKeyRef configMapKeyRef"},
    {"Workload", "/spec/template/spec/containers/*/env/*/valueFrom", Read, "deep",
     "fieldRef resourceFieldRef fileKeyRef"},
    {"Workload", "/spec/template/spec/containers/*/env/*/valueFrom/*", Read, "text", "!name !key"},
    {"Workload", "/spec/template/spec/containers/*/env/*/valueFrom/*", Read, "deep", "optional"},
    {"Workload", "/spec/template/spec/containers/*/envFrom/*", Read, "text", "prefix"},
    {"Workload", "/spec/template/spec/containers/*/envFrom/*", Read, "map", "configMapRef secretRef"},
    {"Workload", "/spec/template/spec/containers/*/envFrom/*/*", Read, "text", "!name"},
    {"Workload", "/spec/template/spec/containers/*/envFrom/*/*", Read, "deep", "optional"},
    {"Workload", "/spec/template/spec/containers/*/ports/*", Read, "text", "name protocol"},
    {"Workload", "/spec/template/spec/containers/*/ports/*", Read, "number", "!containerPort"},
    {"Workload", "/spec/template/spec/containers/*/ports/*", Cluster, "deep", "hostIP hostPort"},
    {"Workload", "/spec/template/spec/containers/*/volumeMounts/*", Read, "text", "!name !mountPath subPath"},
    {"Workload", "/spec/template/spec/containers/*/volumeMounts/*", Cluster, "deep",
     "readOnly recursiveReadOnly mountPropagation subPathExpr"},

    {"Kustomization", "", Read, "text", "namespace"},
    {"Kustomization", "", Read, "strings", "resources bases"},
    {"Kustomization", "", Cluster, "deep",
     "labels commonLabels commonAnnotations buildMetadata sortOptions openapi images replicas"},
    {"Kustomization", "", Lost, "deep",
     "patches patchesStrategicMerge patchesJson6902 configMapGenerator secretGenerator generatorOptions "
     "components namePrefix nameSuffix helmCharts helmCharts helmGlobals replacements vars crds generators "
     "transformers validators configurations",
     render},
};

// Names of Kubernetes' own for the one place where a kustomization may be without them.
bool mayLack(std::string_view kind, std::string_view holder) {
    return kind == "Kustomization" && holder.empty();
}

struct Found {
    const FieldNames* row = nullptr;
    std::vector<std::string_view> known;
};

class FieldChecker {
public:
    FieldChecker(Reading& reading, std::string_view kind, std::string_view shown)
        : reading_(reading), kind_(kind), shown_(shown) {}

    bool ok = true;

    void map(const Node& node, const std::string& holder) {
        for (const auto& [key, value] : node.entries())
            entry(key, *value, holder);
        if (!mayLack(kind_, holder))
            required(node, holder);
    }

private:
    // Backends look the same wherever they stand, and so do references to keys.
    static std::string canonical(std::string holder) {
        constexpr std::string_view inPaths = "/spec/rules/*/http/paths/*/backend";
        if (holder.starts_with(inPaths))
            holder.replace(0, inPaths.size(), "/spec/defaultBackend");
        for (const std::string_view before : {"/env/*/valueFrom/", "/envFrom/*/"})
            if (const auto at = holder.find(before); at != std::string::npos)
                holder.replace(at + before.size(), std::string::npos, "*");
        return holder;
    }

    Found find(std::string_view holder, std::string_view name) const {
        Found out;
        for (const FieldNames& row : rows) {
            if (row.holder != holder || (row.kind != "*" && row.kind != kind_))
                continue;
            for (std::string_view each : split(row.names, ' ')) {
                if (each.starts_with('!'))
                    each.remove_prefix(1);
                out.known.push_back(each);
                if (each == name)
                    out.row = &row;
            }
        }
        return out;
    }

    void entry(std::string_view key, const Node& value, const std::string& holder) {
        const Found found = find(canonical(holder), key);
        if (found.row == nullptr) {
            ok = false;
            return reading_.atKey(Problem::Kind::Refused, fieldUnknown,
                                  {{"field", std::string(key)},
                                   {"holder", nameOf(holder)},
                                   {"suggestion", realm::suggestion(key, found.known)}},
                                  value.id());
        }
        const bool empty = (value.isList() || value.isMap()) && value.size() == 0;
        if (value.kind() == Node::Kind::Null || (found.row->use == Lost && empty))
            return; // says nothing, as in Kubernetes
        if (found.row->use == Lost)
            return reading_.atKey(Problem::Kind::Warning, fieldLeftOut,
                                  {{"field", std::string(key)},
                                   {"holder", nameOf(holder)},
                                   {"reason", std::string(found.row->reason)}},
                                  value.id());
        if (found.row->type != "deep")
            typed(key, value, found.row->type, holder + "/" + std::string(key));
    }

    std::string nameOf(const std::string& holder) const {
        std::string_view last = holder;
        while (last.ends_with("/*"))
            last.remove_suffix(2);
        const auto slash = last.rfind('/');
        return slash == std::string_view::npos || last.empty()
                   ? std::string(shown_)
                   : std::string(last.substr(slash + 1)) + " of " + std::string(shown_);
    }

    void required(const Node& node, const std::string& holder) {
        for (const FieldNames& row : rows) {
            if (row.holder != canonical(holder) || (row.kind != "*" && row.kind != kind_))
                continue;
            for (std::string_view each : split(row.names, ' ')) {
                if (!each.starts_with('!'))
                    continue;
                each.remove_prefix(1);
                const Node& value = node[each];
                if (!value.isAbsent() && value.kind() != Node::Kind::Null)
                    continue;
                ok = false;
                reading_.refuse(fieldMissing, {{"field", std::string(each)}, {"holder", nameOf(holder)}},
                                node.id());
            }
        }
    }

    void wrong(std::string_view key, const Node& value, std::string_view expected, std::string_view example) {
        ok = false;
        reading_.refuse(fieldWrong,
                        {{"field", std::string(key)},
                         {"found", std::string(realm::found(value))},
                         {"expected", std::string(expected)},
                         {"example", std::string(key) + ": " + std::string(example)}},
                        value.id());
    }

    void scalarText(std::string_view key, const Node& value) {
        if (!value.isScalar())
            wrong(key, value, "text", "\"…\"");
        else if (!value.quoted() && !value.text().empty() && !lab::readsAsText(value.text()) &&
                 key != "creationTimestamp")
            wrong(key, value, "text", "\"…\" in quotes");
    }

    void typed(std::string_view key, const Node& value, std::string_view type, const std::string& path) {
        if (type == "text")
            return scalarText(key, value);
        if (type == "number") {
            if (!asInteger(value) || value.quoted())
                wrong(key, value, "a number", "80");
            return;
        }
        if (type == "texts") {
            if (!value.isMap())
                return wrong(key, value, "a map of texts", "{name: \"…\"}");
            for (const auto& [name, each] : value.entries())
                if (each->kind() != Node::Kind::Null)
                    scalarText(name, *each);
            return;
        }
        if (type == "map") {
            if (value.isMap())
                return map(value, path);
            return wrong(key, value, "a map", "{…}");
        }
        if (!value.isList())
            return wrong(key, value, "a list", "[…]");
        for (const Node& item : value.items())
            if (type == "strings")
                scalarText(key, item);
            else if (item.isMap())
                map(item, path + "/*");
            else
                wrong(key, item, "a list of maps", "[{…}]");
    }

    Reading& reading_;
    std::string_view kind_;
    std::string_view shown_;
};

} // namespace

bool checkFields(Reading& reading, std::string_view kind, const Node& node) {
    const std::string shown = textAt(node, "kind").empty() ? std::string(kind) : textAt(node, "kind");
    FieldChecker checker(reading, kind, shown);
    checker.map(node, {});
    return checker.ok;
}

} // namespace gatehouse::kubernetes
