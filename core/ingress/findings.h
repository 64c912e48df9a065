// Where make() reports to, and what it may say.
#pragma once

#include <base/error.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace gatehouse::ingress {

class Findings {
public:
    Findings(const std::function<Place(FieldId)>& place, std::vector<Problem>& problems)
        : place_(place), problems_(problems) {}

    using Args = std::map<std::string, std::string>;
    void warn(const Message& what, Args args, FieldId at) {
        problems_.push_back({Problem::Kind::Warning, Error{&what, std::move(args), where(at), {}}});
    }
    void refuse(const Message& what, Args args, FieldId at) {
        problems_.push_back({Problem::Kind::Refused, Error{&what, std::move(args), where(at), {}}});
    }

private:
    Place where(FieldId at) const { return place_ ? place_(at) : Place{}; }

    const std::function<Place(FieldId)>& place_;
    std::vector<Problem>& problems_;
};

namespace message {

// Annotations and ConfigMap keys: known, spelt right, readable.
inline constexpr Message annotationUnknown{
    "annotation-unknown", GH_TEXT("core", "The controller knows no annotation {name} and ignores it."),
    GH_TEXT("core", "Did you mean {nearest}?")};
inline constexpr Message annotationForeign{
    "annotation-foreign-prefix",
    GH_TEXT("core",
            "The controller ignores {name}: its annotations begin with nginx.ingress.kubernetes.io/."),
    GH_TEXT("core",
            "Write nginx.ingress.kubernetes.io/{short}; without it this Ingress may be unprotected.")};
inline constexpr Message annotationNotYet{
    "annotation-not-yet", GH_TEXT("core", "The annotation {name} is not built yet. {note}"),
    GH_TEXT("core", "Take it out, or go on without it: --tolerate {name}.")};
inline constexpr Message keyUnknown{
    "config-map-key-unknown", GH_TEXT("core", "The controller knows no ConfigMap key {name} and ignores it."),
    GH_TEXT("core", "Did you mean {nearest}?")};
inline constexpr Message keyNotYet{"config-map-key-not-yet",
                                   GH_TEXT("core", "The ConfigMap key {name} is not built yet. {note}"),
                                   GH_TEXT("core", "Take it out, or go on without it: --tolerate {name}.")};
inline constexpr Message keyIgnored{
    "config-map-value-ignored",
    GH_TEXT("core", "The controller ignores {name}: {value} because {reason}; {instead} counts."), ""};
inline constexpr Message globalAuthOpen{
    "global-auth-fails-open",
    GH_TEXT(
        "core",
        "The controller ignores global-auth-url: {value} because {reason}: no Ingress is protected by it."),
    GH_TEXT("core", "Write a whole URL: https://auth.example/oauth2/auth.")};

// What a bad value does to an Ingress, as measured on the real controller.
inline constexpr Message valueIgnored{
    "annotation-value-ignored",
    GH_TEXT("core", "The controller ignores {name}: {value} because {reason}; {instead} counts."), ""};
inline constexpr Message failsOpen{
    "external-auth-fails-open",
    GH_TEXT("core",
            "Unprotected: {name}: {value} makes the controller drop external authentication of this Ingress, "
            "because {reason}. Everybody gets in, and nothing says so."),
    GH_TEXT("core", "Correct the value, or take the annotation out.")};
inline constexpr Message emptyAuthUrl{
    "auth-url-empty", GH_TEXT("core", "Unprotected: an empty auth-url is no external authentication at all."),
    GH_TEXT("core", "Write the URL that answers 2xx or 401, or take the annotation out.")};
inline constexpr Message denied{
    "location-denied",
    GH_TEXT("core", "Every request gets 503: {name}: {value} is refused because {reason}."), ""};
inline constexpr Message hostForbidden{
    "host-forbidden", GH_TEXT("core", "Every request for these hosts gets 403: {name}: {value}: {reason}."),
    ""};
inline constexpr Message ingressDropped{
    "ingress-dropped",
    GH_TEXT(
        "core",
        "The controller does not serve this Ingress: {name}: {value} is refused because {reason}. Its hosts "
        "and paths answer 404, and the admission webhook refuses the object."),
    GH_TEXT("core", "Correct the value, or take the annotation out.")};
inline constexpr Message tooRisky{
    "annotation-too-risky",
    GH_TEXT(
        "core",
        "The controller does not serve this Ingress: {name} is of risk {risk}, and annotations-risk-level "
        "allows {level}. Its hosts and paths answer 404."),
    GH_TEXT("core",
            "Find a way without {name}, or raise annotations-risk-level in the controller's ConfigMap.")};
inline constexpr Message webhookRefuses{
    "webhook-refuses",
    GH_TEXT("core", "The controller serves this, but its admission webhook refuses the object: {reason}."),
    ""};
inline constexpr Message apiServerRefuses{
    "api-server-refuses", GH_TEXT("core", "No cluster takes this object: {value} {reason}."), ""};
inline constexpr Message nginxRefuses{
    "nginx-refuses-configuration",
    GH_TEXT(
        "core",
        "nginx refuses the whole configuration: {name}: {value}: {reason}. In a cluster no later change of "
        "any Ingress takes effect until this one is gone."),
    GH_TEXT("core", "Correct it before it reaches a cluster.")};
inline constexpr Message foreignClass{
    "ingress-class",
    GH_TEXT("core", "The controller does not serve this Ingress: its class is {class}, not {wanted}."),
    GH_TEXT("core", "Set ingressClassName: {wanted}.")};
inline constexpr Message blockedWord{
    "annotation-blocked-word",
    GH_TEXT("core",
            "The controller skips this Ingress: {name} contains {word} of annotation-value-word-blocklist."),
    ""};

// What works otherwise than it looks.
inline constexpr Message signinWithoutAuth{"signin-without-auth",
                                           GH_TEXT("core", "{name} has no effect without auth-url."), ""};
inline constexpr Message signinEmpty{
    "signin-empty-location",
    GH_TEXT("core",
            "Sign-in redirects go nowhere: the controller cannot read {value} and sends an empty Location."),
    GH_TEXT("core", "Write the scheme out: https://$host/oauth2/start?rd=$escaped_request_uri.")};
inline constexpr Message signinRawUri{
    "signin-raw-request-uri",
    GH_TEXT("core",
            "After sign-in the address is cut at its first &: $request_uri is not escaped in {value}."),
    GH_TEXT("core", "Use $escaped_request_uri.")};
inline constexpr Message authVariableEmpty{
    "auth-url-escaped-uri",
    GH_TEXT("core", "$escaped_request_uri in auth-url is empty: only an Ingress with auth-signin fills it."),
    GH_TEXT("core", "Use $request_uri, or add auth-signin.")};
inline constexpr Message keepaliveAuth{
    "auth-keepalive-differs",
    GH_TEXT(
        "core",
        "With auth-keepalive only status 200 of auth-url passes: oauth2-proxy's 202 becomes 500. One field "
        "of "
        "auth-response-headers is lost, two or more become 500, and two Set-Cookie lines become garbage."),
    GH_TEXT("core", "Leave auth-keepalive out.")};
inline constexpr Message pathTaken{
    "path-already-served",
    GH_TEXT(
        "core",
        "{host}{path} is already served by the Ingress {winner}, which is older or comes first by name; this "
        "one is not used, and the webhook refuses it."),
    ""};
inline constexpr Message regexLeaks{
    "regex-leaks",
    GH_TEXT(
        "core",
        "Every path of {host} is matched as a case-free regular expression from its beginning, because the "
        "Ingress {cause} has use-regex or rewrite-target: {path} also matches what goes on after it."),
    GH_TEXT("core", "Give that Ingress a host of its own.")};
inline constexpr Message noEndpoints{
    "service-without-endpoints",
    GH_TEXT("core", "{service} has no endpoints: the path answers 503, before authentication."), ""};
inline constexpr Message defaultCertificate{
    "default-certificate",
    GH_TEXT(
        "core",
        "No certificate for {host}: the controller redirects to https and shows its own self-signed one."),
    ""};
inline constexpr Message configMapMissing{
    "config-map-missing", GH_TEXT("core", "There is no ConfigMap {value}, so {name} adds nothing."), ""};

} // namespace message

} // namespace gatehouse::ingress
