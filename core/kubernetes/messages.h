// What can be said about manifests that are read.
#pragma once

#include <base/message.h>

namespace gatehouse::kubernetes {

// Texts.
inline constexpr Message fileTooLarge{"manifest-too-large", GH_TEXT("core", "the file has more than 64 MiB"),
                                      GH_TEXT("core", "manifests are small; was another file meant?")};
inline constexpr Message notText{"manifest-no-text", GH_TEXT("core", "this is no text"),
                                 GH_TEXT("core", "manifests are YAML or JSON")};
inline constexpr Message overgrown{
    "manifest-overgrown", GH_TEXT("core", "this file unfolds to more than two million values"),
    GH_TEXT("core", "anchors that hold aliases multiply; write the values out")};
inline constexpr Message helmTemplate{
    "helm-template", GH_TEXT("core", "this is a template, not a manifest"),
    GH_TEXT("core", "render it first: helm template RELEASE CHART > manifests.yaml")};
inline constexpr Message tagUnknown{"yaml-tag", GH_TEXT("core", "nobody here knows the tag {tag}"),
                                    GH_TEXT("core", "leave it out")};
inline constexpr Message mergeNoMap{"merge-no-map", GH_TEXT("core", "<< merges maps, and this is none"),
                                    GH_TEXT("core", "name an anchor that stands at a map")};

// Objects and fields.
inline constexpr Message noObject{
    "manifest-no-object", GH_TEXT("core", "this is neither a Kubernetes object nor a realm nor a lab"),
    GH_TEXT("core", "an object has apiVersion and kind; a realm export has \"realm\"")};
inline constexpr Message objectLeftOut{
    "object-left-out", GH_TEXT("core", "{kind} {name} is left out: nothing on the desk stands for it"), ""};
inline constexpr Message objectUnknown{
    "object-unknown", GH_TEXT("core", "{kind} {name} of {version} is not known here and is left out"),
    GH_TEXT("core", "look whether the login depends on it")};
inline constexpr Message versionUnknown{"api-version-unknown",
                                        GH_TEXT("core", "{kind} has no version {version}"),
                                        GH_TEXT("core", "write {expected}")};
inline constexpr Message versionOld{
    "api-version-old",
    GH_TEXT("core", "{version} is gone from Kubernetes; {kind} {name} is read as {expected}"),
    GH_TEXT("core", "an export writes it anew")};
inline constexpr Message fieldUnknown{"object-field-unknown",
                                      GH_TEXT("core", "\"{field}\" is no field of {holder}: no cluster takes "
                                                      "this object"),
                                      "{suggestion}"};
inline constexpr Message fieldLeftOut{"object-field-left-out",
                                      GH_TEXT("core", "\"{field}\" of {holder} is left out: {reason}"), ""};
inline constexpr Message fieldWrong{"object-field-wrong",
                                    GH_TEXT("core", "\"{field}\" is {found}, and {expected} is expected"),
                                    GH_TEXT("core", "a cluster refuses it; write {example}")};
inline constexpr Message fieldMissing{"object-field-missing", GH_TEXT("core", "{holder} has no \"{field}\""),
                                      GH_TEXT("core", "a cluster refuses it without; add it here")};
inline constexpr Message objectTwice{"object-twice",
                                     GH_TEXT("core", "{kind} {name} stands twice; the first is in {first}"),
                                     GH_TEXT("core", "leave one of them")};
inline constexpr Message annotationLeftOut{
    "annotation-left-out", GH_TEXT("core", "the annotation {name} is left out: {reason}"), ""};
inline constexpr Message notListed{
    "file-not-listed", GH_TEXT("core", "kustomization.yaml does not name this file: it is not read"),
    GH_TEXT("core", "add it to its resources, or read it alone")};
inline constexpr Message resourceMissing{
    "resource-missing", GH_TEXT("core", "{name} is named here and is not there"),
    GH_TEXT("core", "only files and folders beside this one are read, nothing from the network")};

inline constexpr Message notBase64{
    "secret-not-base64", GH_TEXT("core", "the value of \"{key}\" is no base64: no cluster takes this Secret"),
    GH_TEXT("core", "write it under stringData as it is")};

// What the parts mean.
inline constexpr Message noGateContainer{
    "app-stands-in",
    GH_TEXT("core", "what {name} runs is not here: on the desk a whoami answers for its Service"),
    GH_TEXT("core", "write runs: http://127.0.0.1:PORT at the service to take your own")};
inline constexpr Message serviceStandsIn{
    "service-stands-in", GH_TEXT("core", "Service {name} is not played here: a whoami answers for it"),
    GH_TEXT("core", "write runs: http://127.0.0.1:PORT at the service to take your own")};
inline constexpr Message secretInPlain{
    "secret-was-plain", GH_TEXT("core", "{field} holds a secret in plain; the lab has only its name, {name}"),
    GH_TEXT("core", "its value is kept out: give it by {variable}; an export takes it from a Secret")};
inline constexpr Message secretNoValue{
    "secret-value-elsewhere",
    GH_TEXT("core", "the value of {field} is not in these files: the Secret {secret} "
                    "has no key {key} here"),
    GH_TEXT("core", "give it by {variable}, or read the Secret too")};
inline constexpr Message valueElsewhere{
    "value-elsewhere", GH_TEXT("core", "{field} comes from {source}, which is not in these files"),
    GH_TEXT("core", "read that object too, or write the option into the lab")};
inline constexpr Message hashedPassword{
    "password-hashed", GH_TEXT("core", "the export holds only a hash of this password"),
    GH_TEXT("core",
            "the lab names it {name}: on the desk it gets a value of its own, or give it by {variable}")};
inline constexpr Message alphaConfig{
    "alpha-config-left-out",
    GH_TEXT("core", "the alpha configuration is not read: its providers and upstreams are missing here"),
    GH_TEXT("core", "use oauth2-proxy's flags or its TOML file")};
inline constexpr Message providerGuessed{
    "provider-guessed", GH_TEXT("core", "no file says where the provider {name} answers; {url} is a guess"),
    GH_TEXT("core", "correct its url in the lab")};
inline constexpr Message providerOutside{
    "provider-outside",
    GH_TEXT("core",
            "the realm {realm} of {url} is not in these files: the lab takes the real provider there"),
    GH_TEXT("core", "read a realm export too, and it runs on the desk")};
inline constexpr Message deskUnmatched{
    "desk-entry-unmatched", GH_TEXT("core", "gatehouse.yaml speaks of {name}, which is not in these files"),
    GH_TEXT("core", "take the entry out, or read the missing file too")};
inline constexpr Message pathTypeAssumed{
    "path-type-assumed", GH_TEXT("core", "no pathType: it is ImplementationSpecific, as it was in {version}"),
    GH_TEXT("core", "write Prefix where the path is no regular expression")};
inline constexpr Message classMoved{
    "class-moved", GH_TEXT("core", "the annotation kubernetes.io/ingress.class became ingressClassName"), ""};
inline constexpr Message nothingRead{"nothing-to-import",
                                     GH_TEXT("core", "there is nothing in {name} that a lab could hold"),
                                     GH_TEXT("core", "a lab needs an Ingress, an oauth2-proxy or a realm")};

} // namespace gatehouse::kubernetes
