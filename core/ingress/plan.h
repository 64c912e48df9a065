// One Ingress, its annotations read (internal/ingress/annotations): what every location of it will do.
#pragma once

#include <ingress/annotationReader.h>
#include <ingress/settings.h>
#include <lab/lab.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse::ingress {

struct CorsSettings {
    bool enabled = false;
    std::vector<std::string> origins; // {"*"} = any; empty = nobody
    std::string methods, headers, expose;
    bool credentials = true;
    std::int64_t maxAge = 1728000;
    FieldId from;
};

struct RedirectSettings {
    std::string url; // empty: none
    int code = 301;
    bool fromToWww = false;
    bool relative = false;
    FieldId from, wwwFrom;
};

struct RewriteSettings {
    std::string target;
    bool sslRedirect = true, forceSslRedirect = false, preserveTrailingSlash = false, useRegex = false;
    std::string appRoot;
    FieldId targetFrom, regexFrom, sslFrom, appRootFrom;
};

// A named value of a ConfigMap that an annotation or key names.
using Entries = std::map<std::string, std::string>;

struct IngressPlan {
    const lab::IngressObject* object = nullptr;
    std::string key; // namespace/name

    std::vector<std::string> aliases;
    FieldId aliasFrom;
    std::optional<std::string> denied; // why every location answers 503
    FieldId deniedFrom;
    std::string certificateError; // auth-tls-secret without its Secret: 403 for the hosts
    FieldId certificateFrom;
    bool canary = false;

    ExternalAuth auth;
    bool globalAuth = true; // enable-global-auth
    FieldId globalAuthFrom;
    std::string satisfy;
    FieldId satisfyFrom;
    std::vector<Network> allowed, deniedAddresses;
    bool someAllowed = false; // an allow list is there, even if empty
    FieldId allowFrom, denyFrom;
    CorsSettings cors;
    RedirectSettings redirect;
    RewriteSettings rewrite;
    ProxySettings proxy;
    std::map<std::string, FieldId> proxyFrom;
    std::string upstreamHost, forwardedPrefix, connectionHeader, defaultBackend, backendProtocol = "HTTP";
    FieldId upstreamHostFrom, forwardedPrefixFrom, connectionFrom, defaultBackendFrom;
    bool portInRedirects = false;
    std::vector<int> customErrors;
    FieldId customErrorsFrom;
    bool disableIntercept = false;
    Entries customHeaders;
    FieldId customHeadersFrom;
};

struct ConfigMaps {
    const std::vector<lab::ConfigMap>& maps;
    const lab::ConfigMap* find(std::string_view key) const; // namespace/name
};

// Reads all annotations. nullopt: the controller does not serve the object at all.
std::optional<IngressPlan> readIngress(const lab::IngressObject& object, const Settings& settings,
                                       const ConfigMaps& maps, Findings& findings);

// The parts. `Fallen`: the whole Ingress falls with a value that a validator refused.
enum class Fate : std::uint8_t { Stands, Fallen };
struct PlanReader {
    const AnnotationReader& read;
    const Settings& settings;
    const ConfigMaps& maps;
    IngressPlan& plan;

    Fate externalAuth() const;
    Fate redirects() const;
    Fate rewrites() const;
    Fate cors() const;
    Fate answers() const;
    Fate proxy() const;
    Fate addresses() const;
    Fate routing() const;
    Fate foreign() const; // what is not run here, as far as it decides on the whole Ingress

    Fate fallen(std::string_view name, const std::string& raw, FieldId from) const;
    void deny(std::string_view name, const std::string& raw, FieldId from, std::string reason) const;
};

} // namespace gatehouse::ingress
