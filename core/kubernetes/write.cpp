#include <kubernetes/objectSet.h>
#include <kubernetes/writeMessages.h>

#include <algorithm>
#include <map>

namespace gatehouse::kubernetes {

namespace {

// What a controller asks for beside the Ingresses; one row a controller.
struct Controller {
    std::string_view name;
    std::vector<Node> (*objects)(Job&);
};
constexpr Controller known[] = {{"ingress-nginx", ingressNginxObjects}};
constexpr std::string_view knownNames[] = {"ingress-nginx"};

struct ObjectFile {
    std::string_view name;
    std::string comment;
    std::vector<Node> objects;
    bool secret = false;
    bool applied = true; // kustomization.yaml names it
};

std::string kindAndName(const Node& object) {
    const Node& meta = object["metadata"];
    return object["kind"].text() + " " + meta["namespace"].text() + "/" + meta["name"].text();
}

void refuseTwins(Job& job, const std::vector<ObjectFile>& files) {
    std::map<std::string, int> seen;
    for (const ObjectFile& file : files)
        for (const Node& object : file.objects)
            if (++seen[kindAndName(object)] == 2)
                job.refuse(nameTaken,
                           {{"kind", object["kind"].text()},
                            {"name", object["metadata"]["namespace"].text() + "/" +
                                         object["metadata"]["name"].text()}},
                           {});
}

std::string textOf(const ObjectFile& file) {
    std::string out = file.comment;
    for (std::size_t i = 0; i < file.objects.size(); ++i)
        out += (i == 0 ? "" : "---\n") + lab::writeYaml(file.objects[i]);
    return out;
}

std::string secretsComment(const Job& job) {
    if (job.options.secretValues)
        return "# Values of secrets: keep this file out of version control.\n";
    return "# The Secrets that the other objects ask for, without their values: fill them in, or write the "
           "set "
           "with\n# --secret-values. kustomization.yaml leaves this file out, so that empty values never "
           "replace real ones.\n";
}

std::vector<ObjectFile> objectFiles(Job& job, const Controller& controller, RealmObjects& realms) {
    std::vector<Node> secrets = gateSecrets(job);
    std::move(realms.secrets.begin(), realms.secrets.end(), std::back_inserter(secrets));
    const bool values = job.options.secretValues;
    std::vector<ObjectFile> out;
    out.push_back({"namespaces.yaml", {}, namespaceObjects(job)});
    out.push_back({"secrets.yaml", secretsComment(job), std::move(secrets), values, values});
    out.push_back({"controller.yaml", {}, controller.objects(job)});
    out.push_back({"configmaps.yaml", {}, configMapObjects(job)});
    out.push_back({"gates.yaml", {}, gateObjects(job)});
    out.push_back({"services.yaml", {}, serviceObjects(job)});
    out.push_back({"whoami.yaml", {}, whoamiObjects(job)});
    out.push_back({"ingresses.yaml", {}, ingressObjects(job)});
    out.push_back({"keycloak-realms.yaml",
                   "# Needs Keycloak's operator and its Keycloak object in the same namespace. Without the "
                   "operator take this\n# file out of kustomization.yaml and import realm-*.json.\n",
                   std::move(realms.imports)});
    return out;
}

ManifestFile kustomization(const std::vector<ObjectFile>& files) {
    std::vector<std::string> resources;
    for (const ObjectFile& file : files)
        if (file.applied && !file.objects.empty())
            resources.emplace_back(file.name);
    const Node node = MapOf()
                          .put("apiVersion", "kustomize.config.k8s.io/v1beta1")
                          .put("kind", "Kustomization")
                          .put("resources", texts(resources))
                          .node();
    return {"kustomization.yaml", lab::writeYaml(node), false};
}

// Findings in the order of the lab's text, what is refused first.
void sortProblems(std::vector<Problem>& problems) {
    std::stable_sort(problems.begin(), problems.end(), [](const Problem& a, const Problem& b) {
        return std::pair(a.kind, a.error.where.line) < std::pair(b.kind, b.error.where.line);
    });
}

} // namespace

std::span<const std::string_view> controllers() {
    return knownNames;
}

Checked<std::vector<ManifestFile>> write(const lab::Document& document, const crypto::SecretSource* secrets,
                                         const ExportOptions& options) {
    Checked<std::vector<ManifestFile>> checked;
    Job job{document, document.lab(), secrets, options, checked.problems};
    const auto controller = std::ranges::find(known, options.controller, &Controller::name);
    if (controller == std::end(known)) {
        job.refuse(controllerUnknown, {{"name", options.controller}, {"known", std::string(knownNames[0])}},
                   {});
        return checked;
    }
    RealmObjects realms = realmObjects(job);
    const std::vector<ObjectFile> files = objectFiles(job, *controller, realms);
    refuseTwins(job, files);
    findTraps(job);
    sortProblems(checked.problems);
    if (anyRefused(checked.problems))
        return checked;
    std::vector<ManifestFile>& out = checked.value.emplace();
    out.push_back(kustomization(files));
    for (const ObjectFile& file : files)
        if (!file.objects.empty())
            out.push_back({std::string(file.name), textOf(file), file.secret});
    std::move(realms.representations.begin(), realms.representations.end(), std::back_inserter(out));
    out.push_back({"gatehouse.yaml", deskText(job), false});
    return checked;
}

} // namespace gatehouse::kubernetes
