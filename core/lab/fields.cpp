#include <lab/fields.h>

#include <algorithm>

namespace gatehouse::lab {

namespace {

using enum Support;
using enum Where;

constexpr LabFieldRow rows[] = {
    {"/gatehouse", "integer", Desk, Does, "version of this format", "", "", "1", true},
    {"/name", "text", Desk, Does, "the lab's name; its secrets are kept under it", "", "the file's name"},
    {"/listeners", "list", Desk, Does, "where the desk listens", "",
     "the three of the story: https 8443, http 8080, proxy 8888"},
    {"/listeners/*", "map", Desk, Does, "one address on this machine"},
    {"/listeners/*/name", "name", Desk, Does, "https, http and proxy say by their names what they are", "",
     "", "", true},
    {"/listeners/*/bind", "bind", Desk, Does, "host:port on this machine; port 0 takes any free one",
     "127.0.0.1:0"},
    {"/listeners/*/public", "port", Desk, Does, "the port that browsers and redirects see", "",
     "the bound one"},
    {"/listeners/*/tls", "boolean", Desk, Does, "TLS by server name; without it plain HTTP", "",
     "by the name: http is plain, others have TLS"},
    {"/listeners/*/connect", "boolean", Desk, Does, "a proxy that takes CONNECT to lab names only", "false"},
    {"/providers", "list", Desk, Does, "identity providers"},
    {"/providers/*", "map", Desk, Does, "one Keycloak"},
    {"/providers/*/name", "name", Desk, Does, "its name in this lab", "", "", "", true},
    {"/providers/*/url", "url", Desk, Does, "its public address; an issuer is {url}/realms/{realm}", "", "",
     "", true},
    {"/providers/*/runs", "choice|map", Desk, Does, "embedded, or a real one elsewhere", "embedded", "",
     "embedded|external"},
    {"/providers/*/runs/external", "map", Desk, Does, "a real Keycloak at that address"},
    {"/providers/*/runs/external/admin", "map", Desk, Does, "how to provision it and read its events", "",
     "it is only logged in to"},
    {"/providers/*/runs/external/admin/username", "text", Desk, Does, "an administrator", "", "", "", true},
    {"/providers/*/runs/external/admin/password", "secret", Desk, Does, "the administrator's password", "",
     "", "", true},
    {"/providers/*/realms", "list", Cluster, Does, "its realms, in Keycloak's own representation"},
    {"/providers/*/realms/*", "realm", Cluster, Does, "one realm; its fields are Keycloak's"},
    {"/gates", "list", Cluster, Does, "what oauth2-proxy does"},
    {"/gates/*", "map", Cluster, Does, "one oauth2-proxy"},
    {"/gates/*/name", "name", Cluster, Does, "its name in this lab and of its Deployment", "", "", "", true},
    {"/gates/*/namespace", "name", Cluster, Does, "its namespace", "default"},
    {"/gates/*/listen", "bind", Desk, Does, "an address of its own on this machine", "",
     "it is reached through the ingress only"},
    {"/gates/*/options", "map", Cluster, Does, "oauth2-proxy's own options, by their long flags' names", "",
     "", "", true},
    {"/gates/*/options/*", "text|list|secret", Cluster, Does, "one option"},
    {"/gates/*/options/*/*", "text", Cluster, Does, "one value of an option that may stand several times"},
    {"/controller", "map", Cluster, Does, "the ingress-nginx ConfigMap", "", "the controller's defaults"},
    {"/controller/*", "text", Cluster, Does,
     "one key; all values are text, so put true and numbers in quotes"},
    {"/ingresses", "list", Cluster, Does, "Ingress objects, in Kubernetes' own shape"},
    {"/ingresses/*", "map", Cluster, Does, "one Ingress"},
    {"/ingresses/*/namespace", "name", Cluster, Does, "its namespace", "default"},
    {"/ingresses/*/name", "name", Cluster, Does, "its name", "", "", "", true},
    {"/ingresses/*/creationTimestamp", "time", Cluster, Does,
     "when it was made: of two that want the same place the older wins", "",
     "with the whole set, then the name decides"},
    {"/ingresses/*/ingressClassName", "text", Cluster, Does, "which controller serves it", "",
     "the default class"},
    {"/ingresses/*/annotations", "map", Cluster, Does, "annotations, verbatim and in order"},
    {"/ingresses/*/annotations/*", "text", Cluster, Does,
     "one annotation; all values are text, so put true and numbers in quotes"},
    {"/ingresses/*/tls", "list", Cluster, Does, "certificates"},
    {"/ingresses/*/tls/*", "map", Cluster, Does, "one certificate"},
    {"/ingresses/*/tls/*/hosts", "list", Cluster, Does, "the names it is for"},
    {"/ingresses/*/tls/*/hosts/*", "host", Cluster, Does, "one name"},
    {"/ingresses/*/tls/*/secretName", "name", Cluster, Does, "the Secret that holds it", "",
     "the controller's default certificate"},
    {"/ingresses/*/rules", "list", Cluster, Does, "what goes where"},
    {"/ingresses/*/rules/*", "map", Cluster, Does, "what goes where for one host"},
    {"/ingresses/*/rules/*/host", "host", Cluster, Does, "the host; *.domain.tld takes one more label", "",
     "any host"},
    {"/ingresses/*/rules/*/http", "map", Cluster, Does, "its paths", "",
     "everything goes to the default backend"},
    {"/ingresses/*/rules/*/http/paths", "list", Cluster, Does, "its paths", "", "", "", true},
    {"/ingresses/*/rules/*/http/paths/*", "map", Cluster, Does, "one path"},
    {"/ingresses/*/rules/*/http/paths/*/path", "text", Cluster, Does, "begins with a slash", "/"},
    {"/ingresses/*/rules/*/http/paths/*/pathType", "choice", Cluster, Does, "how it is compared", "Prefix",
     "", "Prefix|Exact|ImplementationSpecific"},
    {"/ingresses/*/rules/*/http/paths/*/backend", "map", Cluster, Does, "where it goes", "", "", "", true},
    {"/ingresses/*/rules/*/http/paths/*/backend/service", "map", Cluster, Does,
     "a Service of the same namespace"},
    {"/ingresses/*/rules/*/http/paths/*/backend/service/name", "name", Cluster, Does, "the Service's name",
     "", "", "", true},
    {"/ingresses/*/rules/*/http/paths/*/backend/service/port", "map", Cluster, Does,
     "number or name of its port", "", "", "", true},
    {"/ingresses/*/rules/*/http/paths/*/backend/service/port/number", "port", Cluster, Does,
     "the port's number"},
    {"/ingresses/*/rules/*/http/paths/*/backend/service/port/name", "text", Cluster, Does, "the port's name"},
    {"/ingresses/*/rules/*/http/paths/*/backend/resource", "map", Cluster, NotYet,
     "an object that is no Service", "", "", "", false, "backends other than Services"},
    {"/ingresses/*/defaultBackend", "map", Cluster, Does, "where everything else goes"},
    {"/ingresses/*/defaultBackend/service", "map", Cluster, Does, "a Service of the same namespace"},
    {"/ingresses/*/defaultBackend/service/name", "name", Cluster, Does, "the Service's name", "", "", "",
     true},
    {"/ingresses/*/defaultBackend/service/port", "map", Cluster, Does, "number or name of its port", "", "",
     "", true},
    {"/ingresses/*/defaultBackend/service/port/number", "port", Cluster, Does, "the port's number"},
    {"/ingresses/*/defaultBackend/service/port/name", "text", Cluster, Does, "the port's name"},
    {"/ingresses/*/defaultBackend/resource", "map", Cluster, NotYet, "an object that is no Service", "", "",
     "", false, "backends other than Services"},
    {"/services", "list", Cluster, Does, "Services, and what answers for them on the desk"},
    {"/services/*", "map", Cluster, Does, "one Service"},
    {"/services/*/namespace", "name", Cluster, Does, "its namespace", "default"},
    {"/services/*/name", "name", Cluster, Does, "its name", "", "", "", true},
    {"/services/*/port", "port", Cluster, Does, "its port", "80"},
    {"/services/*/portName", "text", Cluster, Does, "its port's name"},
    {"/services/*/runs", "choice|url|map", Desk, Does,
     "embedded (a whoami), none (503, as without endpoints), {gate: NAME}, or the URL of one's own",
     "embedded", "", "embedded|none"},
    {"/services/*/runs/gate", "name", Desk, Does, "the gate of this lab that answers"},
    {"/services/*/runs/url", "url", Desk, Does, "the address of one's own service"},
    {"/services/*/runs/skipCertificateCheck", "boolean", Desk, Does, "take any certificate at that address",
     "false"},
    {"/configMaps", "list", Cluster, Does,
     "ConfigMaps that annotations name: custom headers, auth-proxy-set-headers"},
    {"/configMaps/*", "map", Cluster, Does, "one ConfigMap"},
    {"/configMaps/*/namespace", "name", Cluster, Does, "its namespace", "default"},
    {"/configMaps/*/name", "name", Cluster, Does, "its name", "", "", "", true},
    {"/configMaps/*/data", "map", Cluster, Does, "its keys"},
    {"/configMaps/*/data/*", "text", Cluster, Does,
     "one key; all values are text, so put true and numbers in quotes"},
    {"/trust", "list", Desk, Does, "servers outside the lab that the browser and calls may reach"},
    {"/trust/*", "map", Desk, Does, "one server"},
    {"/trust/*/host", "host", Desk, Does, "its name", "", "", "", true},
    {"/trust/*/port", "port", Desk, Does, "its port", "443"},
    {"/trust/*/caFile", "text", Desk, Does, "PEM file with the authority of its certificate", "",
     "the system's authorities"},
    {"/rehearsals", "list", Desk, Does, "what must be true; `gatehouse rehearse` runs them all"},
    {"/rehearsals/*", "map", Desk, Does, "one visit"},
    {"/rehearsals/*/as", "text", Desk, Does, "the user who logs in", "", "nobody logs in"},
    {"/rehearsals/*/url", "url", Desk, Does, "where the visit goes", "", "", "", true},
    {"/rehearsals/*/expect", "text", Desk, Does, "allowed, denied, failed, or the code of a verdict",
     "allowed"},
    {"/rehearsals/*/with", "map", Desk, Does, "what is done differently from an ordinary login"},
    {"/rehearsals/*/with/password", "text", Desk, Does,
     "a wrong password; the right one is never written here", "", "the user's"},
    {"/rehearsals/*/with/otp", "text", Desk, Does, "a wrong code, in quotes", "", "the authenticator's"},
    {"/rehearsals/*/with/clockOffset", "integer", Desk, Does, "seconds that the authenticator's clock is off",
     "0"},
    {"/rehearsals/*/with/delayBeforeCallback", "integer", Desk, Does,
     "seconds to wait between provider and callback", "0"},
    {"/rehearsals/*/with/enrolTotp", "boolean", Desk, Does,
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
