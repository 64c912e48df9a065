#include <kubernetes/kubernetes.h>

#include <CLI/CLI.hpp>
#include <app/commandLine.h>
#include <app/exitCodes.h>
#include <app/json.h>
#include <app/printProblems.h>
#include <fmt/core.h>
#include <user/manifests.h>

namespace gatehouse::app {

namespace {

struct Options {
    std::string file;
    std::string folder;
    std::string format = "text";
    bool force = false;
    bool noWhoami = false;
    kubernetes::ExportOptions set;
};

int finish(const Options& options, const std::vector<Problem>& problems,
           const std::vector<kubernetes::ManifestFile>* files, int status) {
    if (options.format == "json")
        fmt::print("{}", setJson(options.folder, status == exitOk, files, problems));
    return status;
}

int refuse(const Options& options, const std::vector<Problem>& problems) {
    if (options.format != "json")
        printProblems(problems);
    return finish(options, problems, nullptr, failureStatus(problems));
}

int writeFiles(const Options& options, const std::vector<Problem>& problems,
               const std::vector<kubernetes::ManifestFile>& files) {
    if (options.format != "json")
        printProblems(problems); // findings first
    if (const auto there = user::filesThere(options.folder, files); !there.empty() && !options.force) {
        fmt::print(stderr, "error: {}/{} is there already; --force overwrites the set\n", options.folder,
                   there.front());
        return finish(options, problems, nullptr, exitUsage);
    }
    if (auto written = user::writeSet(options.folder, files); !written) {
        printError(written.error());
        return finish(options, problems, nullptr, exitEnvironment);
    }
    if (options.format != "json") {
        for (const kubernetes::ManifestFile& file : files)
            fmt::print("{}/{}{}\n", options.folder, file.name, file.secret ? "  (secrets: 0600)" : "");
        fmt::print(stderr,
                   "  kubectl apply --server-side --field-manager=gatehouse -k {}   applies the set\n",
                   options.folder);
    }
    return finish(options, problems, &files, exitOk);
}

int write(const Options& options) {
    auto document = user::loadDocument(options.file);
    if (!document.value)
        return refuse(options, document.problems);
    auto made = user::makeSet(*document.value, options.set);
    made.problems.insert(made.problems.end(), document.problems.begin(), document.problems.end());
    return made.value ? writeFiles(options, made.problems, *made.value) : refuse(options, made.problems);
}

} // namespace

void addExport(CLI::App& root, Action& chosen) {
    auto options = std::make_shared<Options>();
    CLI::App* command = root.add_subcommand(
        "export", "Write a lab as Kubernetes manifests, with known traps told first.\n"
                  "No value of a secret is written unless --secret-values asks for it.\n"
                  "Example: gatehouse export story.gatehouse.yaml --to ingress-nginx --out manifests");
    addLab(*command, options->file);
    const auto known = kubernetes::controllers();
    command->add_option("--to", options->set.controller, "The ingress controller of the cluster")
        ->check(CLI::IsMember(std::vector<std::string>(known.begin(), known.end())))
        ->capture_default_str();
    command->add_option("--out", options->folder, "The folder; it is made")->required()->type_name("DIR");
    command->add_flag("--secret-values", options->set.secretValues,
                      "Write the values of secrets too, into files that only their owner reads (0600)");
    command->add_flag("--no-whoami", options->noWhoami, "Leave out the whoamis that stand in for services");
    command->add_option("--cluster-issuer", options->set.clusterIssuer,
                        "cert-manager's ClusterIssuer that makes the certificates");
    command
        ->add_option("--keycloak-namespace", options->set.keycloakNamespace,
                     "The namespace of the operator's Keycloak object")
        ->capture_default_str();
    command
        ->add_option("--controller-namespace", options->set.controllerNamespace,
                     "The namespace of the controller's ConfigMap")
        ->capture_default_str();
    command->add_flag("--force", options->force, "Overwrite files that are there");
    addFormat(*command, options->format);
    command->callback([&chosen, options] {
        options->set.whoami = !options->noWhoami;
        chosen = [options] { return write(*options); };
    });
}

} // namespace gatehouse::app
