// What an export refuses: objects that no cluster would take, or that would mean something else there.
#pragma once

#include <base/message.h>

namespace gatehouse::kubernetes {

inline constexpr Message controllerUnknown{"controller-unknown",
                                           GH_TEXT("core", "no export is known for the controller {name}"),
                                           GH_TEXT("core", "known: {known}")};
inline constexpr Message nameTaken{"object-name-taken",
                                   GH_TEXT("core", "two {kind} objects would be called {name}"),
                                   GH_TEXT("core", "give one of the parts of this lab another name")};
inline constexpr Message nameNoLabel{
    "object-name-refused", GH_TEXT("core", "a cluster refuses the name {name} of a {kind}: {reason}"),
    GH_TEXT("core", "take up to 63 lower-case letters, digits and dashes, beginning with a letter")};
inline constexpr Message portNameRefused{
    "port-name-refused", GH_TEXT("core", "a cluster refuses the port name {name}"),
    GH_TEXT("core", "take up to 15 lower-case letters, digits and dashes, with a letter in it")};
inline constexpr Message keyRefused{"config-map-key-refused",
                                    GH_TEXT("core", "a cluster refuses the key {name} of a ConfigMap"),
                                    GH_TEXT("core", "take letters, digits, - . and _")};
inline constexpr Message annotationKeyRefused{
    "annotation-key-refused", GH_TEXT("core", "a cluster refuses the annotation key {name}"),
    GH_TEXT("core", "take prefix/name: letters, digits, - . and _, at most 63 characters in the name")};
inline constexpr Message serviceOfTwo{
    "service-of-two", GH_TEXT("core", "the ports of Service {name} lead to different pods"),
    GH_TEXT("core", "a Service has one selector: give each its own Service")};
inline constexpr Message gateOtherNamespace{
    "service-other-namespace",
    GH_TEXT("core", "Service {name} is in namespace {namespace}, its gate {gate} in {gateNamespace}"),
    GH_TEXT("core", "a Service finds pods of its own namespace only: give both the same")};
inline constexpr Message gateUnreachable{
    "gate-address-unusable", GH_TEXT("core", "no Service can lead to {gate}: it listens at {address}"),
    GH_TEXT("core", "write http-address: 0.0.0.0:4180")};
inline constexpr Message secretValueMissing{
    "secret-value-missing", GH_TEXT("core", "the value of the secret {name} is not known"),
    GH_TEXT("core", "give it by the environment or the secret store, or export without values")};
inline constexpr Message serviceNoGate{
    "service-no-gate", GH_TEXT("core", "Service {name} runs the gate {gate}, which this lab lacks"),
    GH_TEXT("core", "correct the name")};
inline constexpr Message valueWithLineEnd{
    "option-line-end", GH_TEXT("core", "a value of {option} has a line end, which a list flag cannot carry"),
    GH_TEXT("core", "take the line end out")};

} // namespace gatehouse::kubernetes
