// Known traps of a set in a cluster: cause and cure.
#pragma once

#include <base/message.h>

namespace gatehouse::kubernetes {

// oauth2-proxy in a pod.
inline constexpr Message listensOnLoopback{
    "gate-listens-on-loopback",
    GH_TEXT("core", "{gate} listens at {address}: inside its pod only, so the controller gets 502"),
    GH_TEXT("core", "write http-address: 0.0.0.0:4180")};
inline constexpr Message reverseProxyMissing{
    "gate-reverse-proxy-missing",
    GH_TEXT("core", "{gate} stands behind the ingress and does not believe X-Forwarded-*: it makes http "
                    "redirects, and after login everybody lands on /"),
    GH_TEXT("core", "write reverse-proxy: true, and trusted-proxy-ip with the pods' network")};
inline constexpr Message everyProxyTrusted{
    "gate-trusts-every-proxy", GH_TEXT("core", "{gate} believes X-Forwarded-* of every pod of the cluster"),
    GH_TEXT("core", "write trusted-proxy-ip: [10.0.0.0/8], or the network of the controller's pods")};
inline constexpr Message skipRouteUnseen{
    "gate-skip-route-unseen",
    GH_TEXT("core",
            "{option} has no effect behind auth-url: {gate} sees the path of auth-url, not the client's"),
    GH_TEXT("core", "give those paths an Ingress of their own, without auth-url")};
inline constexpr Message cookieInsecure{
    "gate-cookie-insecure", GH_TEXT("core", "{gate} lets its session cookie travel without TLS"),
    GH_TEXT("core", "leave cookie-secure at true where the host has TLS")};
inline constexpr Message sameSiteNone{
    "gate-samesite-none", GH_TEXT("core", "browsers drop a cookie with SameSite=None that is not Secure"),
    GH_TEXT("core", "write cookie-secure: true, or cookie-samesite: lax")};
inline constexpr Message sameSiteStrict{
    "gate-samesite-strict",
    GH_TEXT("core",
            "with SameSite=Strict the cookie is missing when the provider sends the browser back: the "
            "login goes round in circles"),
    GH_TEXT("core", "write cookie-samesite: lax")};
inline constexpr Message refreshPerReplica{
    "gate-refresh-lock",
    GH_TEXT("core", "{gate} refreshes sessions kept in cookies: two requests at once, or two replicas, "
                    "refresh twice, and a provider that revokes refresh tokens ends the session"),
    GH_TEXT("core", "keep one replica, or take session-store-type: redis")};
inline constexpr Message fileNotInPod{
    "gate-file-not-in-pod",
    GH_TEXT("core", "{option} names {file}, a file of this desk: the pod of {gate} does not have it"),
    GH_TEXT("core", "mount it into the Deployment from a Secret or ConfigMap at that path")};
inline constexpr Message upstreamLoopback{
    "gate-upstream-loopback", GH_TEXT("core", "{gate} forwards to {url}, which in a pod is the pod itself"),
    GH_TEXT("core", "write the Service: http://NAME.NAMESPACE.svc.cluster.local")};
inline constexpr Message buffersSmall{
    "buffers-too-small",
    GH_TEXT("core",
            "{gate} sends tokens in headers: with the default buffer of 4k the controller answers 502 "
            "(\"upstream sent too big header\") at the callback, and 500 at every check"),
    GH_TEXT("core", "write nginx.ingress.kubernetes.io/proxy-buffer-size: 16k at both Ingresses, or "
                    "proxy-buffer-size in the controller's ConfigMap")};

// Ingresses.
inline constexpr Message classMissing{
    "ingress-class-missing",
    GH_TEXT("core", "Ingress {ingress} names no class: only a cluster with a default class serves it"),
    GH_TEXT("core", "write ingressClassName: nginx")};
inline constexpr Message backendUnknown{
    "backend-unknown",
    GH_TEXT("core", "Ingress {ingress} leads to Service {service}, which this lab lacks: 503"),
    GH_TEXT("core", "add the service, or correct the name; it must be in the Ingress's namespace")};
inline constexpr Message backendPort{
    "backend-port",
    GH_TEXT("core", "Ingress {ingress} asks for port {port} of Service {service}, which has {known}: 503"),
    GH_TEXT("core", "write a port that the Service has")};
inline constexpr Message gateElsewhere{
    "gate-other-namespace",
    GH_TEXT("core",
            "Ingress {ingress} leads to Service {service} of its own namespace; the one that leads to "
            "the gate is in {namespace}"),
    GH_TEXT("core", "put the Ingress for /oauth2 into {namespace}")};
inline constexpr Message authHairpin{
    "auth-url-hairpin",
    GH_TEXT("core",
            "auth-url of {ingress} is the public name: each check leaves the controller and comes back "
            "through it, and the pods must resolve and trust that name"),
    GH_TEXT("core", "inside the cluster {internal} is shorter and needs neither")};
inline constexpr Message authShortName{
    "auth-url-short-name",
    GH_TEXT("core", "nginx's resolver does not use search domains: {host} of auth-url is not found, every "
                    "request gets 500"),
    GH_TEXT("core", "write the full name: NAME.NAMESPACE.svc.cluster.local")};
inline constexpr Message authPath{
    "auth-url-path",
    GH_TEXT("core",
            "auth-url of {ingress} asks {path}; {gate} checks at {expected} only, and everything else "
            "there is a redirect, which is 500 to the client"),
    GH_TEXT("core", "write {expected}")};
inline constexpr Message secureCookieNoTls{
    "secure-cookie-without-tls",
    GH_TEXT("core",
            "the host {host} has no TLS: browsers drop the Secure cookie of {gate}, and the login goes "
            "round in circles"),
    GH_TEXT("core", "add a tls block for the host, or cookie-secure: \"false\" on a test cluster")};
inline constexpr Message whitelistMissing{
    "whitelist-domain-missing",
    GH_TEXT("core",
            "sign-in happens at {signin}, another host than {host}: {gate} refuses to send anybody back "
            "and lands on /"),
    GH_TEXT("core", "write whitelist-domain: [{host}] and a cookie-domain that covers both")};
inline constexpr Message setXAuthRequest{
    "set-xauthrequest-missing",
    GH_TEXT("core", "{ingress} passes on {header}, which {gate} does not send: the service gets no user"),
    GH_TEXT("core", "write set-xauthrequest: true")};
inline constexpr Message certificateExpected{
    "tls-secret-expected",
    GH_TEXT("core", "the Secret {secret} with the certificate of {host} is not part of the set"),
    GH_TEXT("core", "make it (kubectl create secret tls), or let cert-manager: --cluster-issuer NAME")};
inline constexpr Message creationTime{
    "creation-time-stays",
    GH_TEXT("core",
            "a cluster says itself when {ingress} was made; applied at once, of two that want the same "
            "path the greater name wins, not the older one"),
    GH_TEXT("core", "give each path to one Ingress")};

// What the set expects of the cluster.
inline constexpr Message secretsToFill{
    "secrets-to-fill", GH_TEXT("core", "secrets.yaml holds names only, and kustomization.yaml leaves it out"),
    GH_TEXT("core", "make those Secrets, or write the set with --secret-values")};
inline constexpr Message keycloakNeeded{
    "keycloak-expected",
    GH_TEXT("core", "the realms of {provider} need a Keycloak object of that name in namespace {namespace}, "
                    "which answers at {url}"),
    GH_TEXT("core", "without the operator take keycloak-realms.yaml out of kustomization.yaml and import "
                    "realm-*.json")};
inline constexpr Message serviceExpected{
    "service-expected", GH_TEXT("core", "Service {name} with port {port} is yours: the set does not hold it"),
    GH_TEXT("core", "see that the cluster has it")};

} // namespace gatehouse::kubernetes
