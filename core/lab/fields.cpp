#include <lab/fields.h>

#include <algorithm>

namespace gatehouse::lab {

namespace {

using enum Support;
using enum Where;

constexpr LabFieldRow rows[] = {
    LabFieldRow{"/gatehouse", "integer", Desk, Does, "Format version", "version of this format", "", "", "1",
                true}
        .starting("1"),
    {"/name", "text", Desk, Does, "Name of the lab", "the lab's name; its secrets are kept under it", "",
     "the file's name"},
    {"/listeners", "list", Desk, Does, "Listeners", "where the desk listens", "",
     "the three of the story: https 8443, http 8080, proxy 8888"},
    {"/listeners/*", "map", Desk, Does, "Listener", "one address on this machine", "", "it is not there"},
    LabFieldRow{"/listeners/*/name", "name", Desk, Does, "Name",
                "https, http and proxy say by their names what they are", "", "", "", true}
        .starting("listener"),
    LabFieldRow{"/listeners/*/bind", "bind", Desk, Does, "Address on this machine",
                "host:port on this machine; port 0 takes any free one", "127.0.0.1:0"}
        .starting("127.0.0.1:0"),
    {"/listeners/*/public", "port", Desk, Does, "Public port", "the port that browsers and redirects see", "",
     "the bound one"},
    {"/listeners/*/tls", "boolean", Desk, Does, "TLS", "TLS by server name; without it plain HTTP", "",
     "by the name: http is plain, others have TLS"},
    {"/listeners/*/connect", "boolean", Desk, Does, "CONNECT proxy",
     "a proxy that takes CONNECT to lab names only", "false"},
    {"/providers", "list", Desk, Does, "Providers", "identity providers", "", "nobody can log in"},
    {"/providers/*", "map", Desk, Does, "Provider", "one Keycloak", "", "it is not there"},
    LabFieldRow{"/providers/*/name", "name", Desk, Does, "Name", "its name in this lab", "", "", "", true}
        .starting("keycloak"),
    LabFieldRow{"/providers/*/url", "url", Desk, Does, "Public address",
                "its public address; an issuer is {url}/realms/{realm}", "", "", "", true}
        .starting("https://keycloak.domain.tld"),
    LabFieldRow{"/providers/*/runs", "choice|map", Desk, Does, "Runs", "embedded, or a real one elsewhere",
                "embedded", "", "embedded|external"}
        .starting("embedded"),
    LabFieldRow{"/providers/*/runs/external", "map", Desk, Does, "A real Keycloak",
                "a real Keycloak at that address", "", "the embedded one"}
        .asAlternative(),
    {"/providers/*/runs/external/admin", "map", Desk, Does, "Administrator",
     "how to provision it and read its events", "", "it is only logged in to"},
    LabFieldRow{"/providers/*/runs/external/admin/username", "text", Desk, Does, "Username",
                "an administrator", "", "", "", true}
        .starting("admin"),
    LabFieldRow{"/providers/*/runs/external/admin/password", "secret", Desk, Does, "Password",
                "the administrator's password", "", "", "", true}
        .starting("keycloak-admin"),
    {"/providers/*/realms", "list", Cluster, Does, "Realms", "its realms, in Keycloak's own representation",
     "", "nobody can log in"},
    {"/providers/*/realms/*", "realm", Cluster, Does, "Realm", "one realm; its fields are Keycloak's", "",
     "it is not there"},
    {"/gates", "list", Cluster, Does, "Gates", "what oauth2-proxy does", "", "nothing is protected"},
    {"/gates/*", "map", Cluster, Does, "Gate", "one oauth2-proxy", "", "it is not there"},
    LabFieldRow{"/gates/*/name", "name", Cluster, Does, "Name", "its name in this lab and of its Deployment",
                "", "", "", true}
        .starting("oauth2-proxy"),
    {"/gates/*/namespace", "name", Cluster, Does, "Namespace", "its namespace", "default"},
    {"/gates/*/listen", "bind", Desk, Does, "Listens itself at", "an address of its own on this machine", "",
     "it is reached through the ingress only"},
    LabFieldRow{"/gates/*/options", "map", Cluster, Does, "Options",
                "oauth2-proxy's own options, by their long flags' names", "", "", "", true}
        .starting("{}"),
    {"/gates/*/options/*", "text|list|secret", Cluster, Does, "Option", "one option", "",
     "oauth2-proxy's default"},
    {"/gates/*/options/*/*", "text", Cluster, Does, "Value",
     "one value of an option that may stand several times", "", "oauth2-proxy's default"},
    {"/controller", "map", Cluster, Does, "Controller settings", "the ingress-nginx ConfigMap", "",
     "the controller's defaults"},
    {"/controller/*", "text", Cluster, Does, "Setting",
     "one key; all values are text, so put true and numbers in quotes", "", "the controller's default"},
    {"/ingresses", "list", Cluster, Does, "Ingresses", "Ingress objects, in Kubernetes' own shape", "",
     "nothing is served"},
    {"/ingresses/*", "map", Cluster, Does, "Ingress", "one Ingress", "", "it is not there"},
    {"/ingresses/*/namespace", "name", Cluster, Does, "Namespace", "its namespace", "default"},
    LabFieldRow{"/ingresses/*/name", "name", Cluster, Does, "Name", "its name", "", "", "", true}.starting(
        "ingress"),
    {"/ingresses/*/creationTimestamp", "time", Cluster, Does, "Made at",
     "when it was made: of two that want the same place the older wins", "",
     "with the whole set, then the name decides"},
    LabFieldRow{"/ingresses/*/ingressClassName", "text", Cluster, Does, "Ingress class",
                "which controller serves it", "", "the default class"}
        .starting("nginx"),
    {"/ingresses/*/annotations", "map", Cluster, Does, "Annotations", "annotations, verbatim and in order",
     "", "the controller's defaults"},
    {"/ingresses/*/annotations/*", "text", Cluster, Does, "Annotation",
     "one annotation; all values are text, so put true and numbers in quotes", "",
     "the controller's default"},
    {"/ingresses/*/tls", "list", Cluster, Does, "Certificates", "certificates", "",
     "no https redirect, and the default certificate"},
    {"/ingresses/*/tls/*", "map", Cluster, Does, "Certificate", "one certificate", "", "it is not there"},
    LabFieldRow{"/ingresses/*/tls/*/hosts", "list", Cluster, Does, "Hosts", "the names it is for", "",
                "every host of the rules"}
        .offering("hosts"),
    {"/ingresses/*/tls/*/hosts/*", "host", Cluster, Does, "Host", "one name", "", "it is not there"},
    {"/ingresses/*/tls/*/secretName", "name", Cluster, Does, "Secret", "the Secret that holds it", "",
     "the controller's default certificate"},
    {"/ingresses/*/rules", "list", Cluster, Does, "Rules", "what goes where", "",
     "everything goes to the default backend"},
    {"/ingresses/*/rules/*", "map", Cluster, Does, "Rule", "what goes where for one host", "",
     "it is not there"},
    LabFieldRow{"/ingresses/*/rules/*/host", "host", Cluster, Does, "Host",
                "the host; *.domain.tld takes one more label", "", "any host"}
        .offering("hosts"),
    {"/ingresses/*/rules/*/http", "map", Cluster, Does, "Paths", "its paths", "",
     "everything goes to the default backend"},
    {"/ingresses/*/rules/*/http/paths", "list", Cluster, Does, "Paths", "its paths", "", "", "", true},
    {"/ingresses/*/rules/*/http/paths/*", "map", Cluster, Does, "Path", "one path", "", "it is not there"},
    LabFieldRow{"/ingresses/*/rules/*/http/paths/*/path", "text", Cluster, Does, "Path",
                "begins with a slash", "/"}
        .starting("/"),
    LabFieldRow{"/ingresses/*/rules/*/http/paths/*/pathType", "choice", Cluster, Does, "Path type",
                "how it is compared", "Prefix", "", "Prefix|Exact|ImplementationSpecific"}
        .starting("Prefix"),
    {"/ingresses/*/rules/*/http/paths/*/backend", "map", Cluster, Does, "Goes to", "where it goes", "", "",
     "", true},
    LabFieldRow{"/ingresses/*/rules/*/http/paths/*/backend/service", "map", Cluster, Does, "Service",
                "a Service of the same namespace", "", "another kind of object"}
        .starting("{}"),
    LabFieldRow{"/ingresses/*/rules/*/http/paths/*/backend/service/name", "name", Cluster, Does, "Service",
                "the Service's name", "", "", "", true}
        .offering("services")
        .starting("service"),
    {"/ingresses/*/rules/*/http/paths/*/backend/service/port", "map", Cluster, Does, "Port",
     "number or name of its port", "", "", "", true},
    LabFieldRow{"/ingresses/*/rules/*/http/paths/*/backend/service/port/number", "port", Cluster, Does,
                "Port number", "the port's number", "", "the port by its name"}
        .starting("80"),
    {"/ingresses/*/rules/*/http/paths/*/backend/service/port/name", "text", Cluster, Does, "Port name",
     "the port's name", "", "the port by its number"},
    {"/ingresses/*/rules/*/http/paths/*/backend/resource", "map", Cluster, NotYet, "Resource",
     "an object that is no Service", "", "a Service", "", false, "backends other than Services"},
    {"/ingresses/*/defaultBackend", "map", Cluster, Does, "Default backend", "where everything else goes", "",
     "the controller's 404 page"},
    LabFieldRow{"/ingresses/*/defaultBackend/service", "map", Cluster, Does, "Service",
                "a Service of the same namespace", "", "another kind of object"}
        .starting("{}"),
    LabFieldRow{"/ingresses/*/defaultBackend/service/name", "name", Cluster, Does, "Service",
                "the Service's name", "", "", "", true}
        .offering("services")
        .starting("service"),
    {"/ingresses/*/defaultBackend/service/port", "map", Cluster, Does, "Port", "number or name of its port",
     "", "", "", true},
    LabFieldRow{"/ingresses/*/defaultBackend/service/port/number", "port", Cluster, Does, "Port number",
                "the port's number", "", "the port by its name"}
        .starting("80"),
    {"/ingresses/*/defaultBackend/service/port/name", "text", Cluster, Does, "Port name", "the port's name",
     "", "the port by its number"},
    {"/ingresses/*/defaultBackend/resource", "map", Cluster, NotYet, "Resource",
     "an object that is no Service", "", "a Service", "", false, "backends other than Services"},
    {"/services", "list", Cluster, Does, "Services", "Services, and what answers for them on the desk", "",
     "every backend answers 503"},
    {"/services/*", "map", Cluster, Does, "Service", "one Service", "", "it is not there"},
    {"/services/*/namespace", "name", Cluster, Does, "Namespace", "its namespace", "default"},
    LabFieldRow{"/services/*/name", "name", Cluster, Does, "Name", "its name", "", "", "", true}.starting(
        "service"),
    {"/services/*/port", "port", Cluster, Does, "Port", "its port", "80"},
    {"/services/*/portName", "text", Cluster, Does, "Port name", "its port's name", "",
     "backends name the number"},
    LabFieldRow{
        "/services/*/runs", "choice|url|map", Desk, Does, "Answered by",
        "embedded (a whoami), none (503, as without endpoints), {gate: NAME}, or the URL of one's own",
        "embedded", "", "embedded|none"}
        .starting("embedded"),
    LabFieldRow{"/services/*/runs/gate", "name", Desk, Does, "A gate of this lab",
                "the gate of this lab that answers", "", "something else answers"}
        .offering("gates")
        .starting("oauth2-proxy")
        .asAlternative(),
    LabFieldRow{"/services/*/runs/url", "url", Desk, Does, "One's own, by its URL",
                "the address of one's own service", "", "something else answers"}
        .starting("http://127.0.0.1:3000")
        .asAlternative(),
    {"/services/*/runs/skipCertificateCheck", "boolean", Desk, Does, "Take any certificate",
     "take any certificate at that address", "false"},
    {"/configMaps", "list", Cluster, Does, "ConfigMaps",
     "ConfigMaps that annotations name: custom headers, auth-proxy-set-headers", "", "no custom headers"},
    {"/configMaps/*", "map", Cluster, Does, "ConfigMap", "one ConfigMap", "", "it is not there"},
    {"/configMaps/*/namespace", "name", Cluster, Does, "Namespace", "its namespace", "default"},
    LabFieldRow{"/configMaps/*/name", "name", Cluster, Does, "Name", "its name", "", "", "", true}.starting(
        "custom-headers"),
    {"/configMaps/*/data", "map", Cluster, Does, "Entries", "its keys", "", "it has no entries"},
    {"/configMaps/*/data/*", "text", Cluster, Does, "Entry",
     "one key; all values are text, so put true and numbers in quotes", "", "it is not there"},
    {"/trust", "list", Desk, Does, "Trust", "servers outside the lab that the browser and calls may reach",
     "", "no other server is reached"},
    {"/trust/*", "map", Desk, Does, "Trusted server", "one server", "", "it is not there"},
    LabFieldRow{"/trust/*/host", "host", Desk, Does, "Host", "its name", "", "", "", true}.starting(
        "server.domain.tld"),
    {"/trust/*/port", "port", Desk, Does, "Port", "its port", "443"},
    {"/trust/*/caFile", "text", Desk, Does, "File of its authority",
     "PEM file with the authority of its certificate", "", "the system's authorities"},
    {"/rehearsals", "list", Desk, Does, "Rehearsals", "what must be true; `gatehouse rehearse` runs them all",
     "", "nothing is checked"},
    {"/rehearsals/*", "map", Desk, Does, "Rehearsal", "one visit", "", "it is not there"},
    LabFieldRow{"/rehearsals/*/as", "text", Desk, Does, "As user", "the user who logs in", "",
                "nobody logs in"}
        .offering("users"),
    LabFieldRow{"/rehearsals/*/url", "url", Desk, Does, "Visits", "where the visit goes", "", "", "", true}
        .offering("urls")
        .starting("https://whoami.domain.tld/"),
    LabFieldRow{"/rehearsals/*/expect", "text", Desk, Does, "Expected",
                "allowed, denied, failed, or the code of a verdict", "allowed"}
        .offering("outcomes")
        .starting("allowed"),
    {"/rehearsals/*/with", "map", Desk, Does, "Done differently",
     "what is done differently from an ordinary login", "", "an ordinary login"},
    {"/rehearsals/*/with/password", "text", Desk, Does, "Wrong password",
     "a wrong password; the right one is never written here", "", "the user's"},
    {"/rehearsals/*/with/otp", "text", Desk, Does, "Wrong code", "a wrong code, in quotes", "",
     "the authenticator's"},
    LabFieldRow{"/rehearsals/*/with/clockOffset", "integer", Desk, Does, "Clock of the authenticator",
                "seconds that the authenticator's clock is off", "0"}
        .in("seconds"),
    LabFieldRow{"/rehearsals/*/with/delayBeforeCallback", "integer", Desk, Does, "Wait before the callback",
                "seconds to wait between provider and callback", "0"}
        .in("seconds"),
    {"/rehearsals/*/with/enrolTotp", "boolean", Desk, Does, "Sets up an authenticator",
     "expect the page that sets up an authenticator, and pass it", "false"},
};

} // namespace

std::span<const LabFieldRow> fields() {
    return rows;
}

const LabFieldRow* row(std::string_view pattern) {
    const auto found = std::find_if(std::begin(rows), std::end(rows),
                                    [&](const LabFieldRow& each) { return each.path == pattern; });
    return found == std::end(rows) ? nullptr : found;
}

std::vector<const LabFieldRow*> below(std::string_view pattern) {
    std::vector<const LabFieldRow*> out;
    for (const LabFieldRow& each : rows)
        if (each.path.size() > pattern.size() + 1 && each.path.starts_with(pattern) &&
            each.path[pattern.size()] == '/' &&
            each.path.find('/', pattern.size() + 1) == std::string_view::npos)
            out.push_back(&each);
    return out;
}

} // namespace gatehouse::lab
