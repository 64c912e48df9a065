// Manifests of a cluster: a lab written as the objects that Kubernetes takes, and read back from them.
//
// Values in, values out: no file is opened here. What a lab says in fields that lab::fields() marks `cluster`
// becomes objects; the `desk` fields travel in gatehouse.yaml beside them. read(write(lab)) is the same lab.
#pragma once

#include <base/error.h>
#include <crypto/secretSource.h>
#include <lab/document.h>

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::kubernetes {

struct ManifestFile {
    std::string name; // "ingresses.yaml", relative to the folder of the set
    std::string text;
    bool secret = false; // holds values of secrets: written for its owner alone (0600)
};

// Ingress controllers that a set can be written for.
std::span<const std::string_view> controllers();

struct ExportOptions {
    std::string controller = "ingress-nginx";
    std::string controllerNamespace = "ingress-nginx"; // of its ConfigMap
    // Write the values of secrets into secrets.yaml and the realms' JSON. Without it no file holds one.
    bool secretValues = false;
    bool whoami = true;                         // Deployments and Services of the whoamis that run embedded
    std::string clusterIssuer;                  // cert-manager's; empty: certificates come from elsewhere
    std::string keycloakNamespace = "keycloak"; // of the Keycloak custom resource
};

// Problems: what a cluster refuses (then there is no value), then known traps, each at its place in the lab.
// `secrets` is asked only for options.secretValues; a value that it lacks is a problem then. The same lab
// gives the same bytes.
Checked<std::vector<ManifestFile>> write(const lab::Document& document, const crypto::SecretSource* secrets,
                                         const ExportOptions& options);

struct SourceFile {
    std::string name; // relative to the folder that is read, with /
    std::string text; // YAML (several documents, anchors, <<) or JSON
};

struct Imported {
    std::string text;          // of the lab, ready for lab::Document::parse
    crypto::SecretMap secrets; // values found in Secrets and in plain, by the names that the lab has for them
    std::map<std::string, Place, std::less<>> places; // of the lab's fields in the manifests, by JSON pointer

    // Where a field of the lab was written: its own place, or that of what it stands in.
    Place origin(std::string_view field) const;
};

// Ingress (networking.k8s.io/v1, and v1beta1 of it and of extensions), Service, ConfigMap, Secret,
// Deployments of oauth2-proxy, KeycloakRealmImport and realm exports, Lists of them, gatehouse.yaml. With a
// kustomization.yaml at the top only what it names is read. `name` is the lab's unless gatehouse.yaml has
// one. Problems have the manifest's file, line and column; whatever is known to Kubernetes and lost here is
// one, and an unknown field is refused as a cluster refuses it.
Checked<Imported> read(const std::vector<SourceFile>& files, const std::string& name);

} // namespace gatehouse::kubernetes
