// Traps that show between an Ingress, its Services and its gate.

#include <base/ascii.h>
#include <kubernetes/trapMessages.h>
#include <kubernetes/traps.h>

#include <algorithm>
#include <optional>
#include <set>

namespace gatehouse::kubernetes {

namespace {

constexpr std::string_view annotationPrefix = "nginx.ingress.kubernetes.io/";

const lab::KeyValue* annotation(const lab::IngressObject& object, std::string_view name) {
    for (const lab::KeyValue& each : object.annotations)
        if (each.key == std::string(annotationPrefix) + std::string(name))
            return &each;
    return nullptr;
}

bool hasClassAnnotation(const lab::IngressObject& object) {
    return std::ranges::any_of(object.annotations, [](const lab::KeyValue& each) {
        return each.key == "kubernetes.io/ingress.class";
    });
}

struct UrlParts {
    std::string scheme;
    std::string host; // without port; may hold variables
    std::string path;
};

UrlParts partsOf(std::string_view url) {
    UrlParts out;
    if (const auto scheme = url.find("://"); scheme != std::string_view::npos) {
        out.scheme = url.substr(0, scheme);
        url.remove_prefix(scheme + 3);
    }
    const auto slash = url.find_first_of("/?");
    std::string_view authority = url.substr(0, slash);
    out.host = authority.starts_with('[') ? authority : authority.substr(0, authority.find(':'));
    if (slash != std::string_view::npos) {
        url.remove_prefix(slash);
        out.path = url.substr(0, url.find('?'));
    }
    return out;
}

bool isVariable(std::string_view host) {
    return host.find('$') != std::string_view::npos;
}

class IngressTraps {
public:
    IngressTraps(Job& job, const lab::IngressObject& object) : job_(job), object_(object) {
        name_ = object.namespace_ + "/" + object.name;
    }

    void find() {
        if (object_.ingressClassName.empty() && !hasClassAnnotation(object_))
            job_.warn(classMissing, {{"ingress", name_}}, object_.from);
        if (!object_.creationTimestamp.empty())
            job_.differ(creationTime, {{"ingress", name_}}, object_.from);
        for (const lab::IngressRule& rule : object_.rules)
            for (const lab::IngressPath& path : rule.paths)
                backend(path.backend, path.from);
        if (object_.defaultBackend)
            backend(*object_.defaultBackend, object_.from);
        certificates();
        if (const lab::KeyValue* url = annotation(object_, "auth-url"); url != nullptr && !url->value.empty())
            protection(*url);
    }

private:
    using Services = std::vector<const lab::Service*>;

    Services named(const std::string& name) const {
        Services out;
        for (const lab::Service& service : job_.lab.services)
            if (service.name == name && service.namespace_ == object_.namespace_)
                out.push_back(&service);
        return out;
    }

    const lab::GateSpec* gateBehind(const lab::Service& service) const {
        const auto* runs = std::get_if<lab::RunsGate>(&service.runs);
        return runs == nullptr ? nullptr : gateNamed(job_.lab, runs->gate);
    }

    void backend(const lab::ServiceRef& ref, FieldId from) {
        const Services services = named(ref.name);
        if (services.empty())
            return unknownService(ref, from);
        std::string known;
        for (const lab::Service* service : services) {
            if (ref.portName.empty() ? service->port == ref.port : service->portName == ref.portName)
                return;
            known += (known.empty() ? "" : ", ") + std::to_string(service->port);
        }
        job_.warn(backendPort,
                  {{"ingress", name_},
                   {"service", ref.name},
                   {"port", ref.portName.empty() ? std::to_string(ref.port) : ref.portName},
                   {"known", known}},
                  from);
    }

    void unknownService(const lab::ServiceRef& ref, FieldId from) {
        for (const lab::Service& service : job_.lab.services)
            if (service.name == ref.name && gateBehind(service) != nullptr)
                return job_.warn(
                    gateElsewhere,
                    {{"ingress", name_}, {"service", ref.name}, {"namespace", service.namespace_}}, from);
        job_.warn(backendUnknown, {{"ingress", name_}, {"service", ref.name}}, from);
    }

    void certificates() {
        if (!job_.options.clusterIssuer.empty())
            return;
        for (const lab::KeyValue& each : object_.annotations)
            if (each.key.starts_with("cert-manager.io/"))
                return;
        for (const lab::IngressTls& tls : object_.tls)
            if (!tls.secretName.empty())
                job_.differ(certificateExpected,
                            {{"secret", object_.namespace_ + "/" + tls.secretName},
                             {"host", tls.hosts.empty() ? "this Ingress" : tls.hosts.front()}},
                            tls.from);
    }

    void protection(const lab::KeyValue& authUrl) {
        const UrlParts url = partsOf(authUrl.value);
        const std::set<std::string> hosts = publicHosts();
        const auto gate = gateOf(url);
        const bool isPublic = url.host == "$host" || url.host == "$http_host" || hosts.contains(url.host);
        if (isPublic)
            job_.differ(authHairpin, {{"ingress", name_}, {"internal", internalUrl(gate)}}, authUrl.from);
        else if (url.host.find('.') == std::string::npos && !isVariable(url.host))
            job_.warn(authShortName, {{"host", url.host}}, authUrl.from);
        else if (shortServiceName(url.host))
            job_.warn(authShortName, {{"host", url.host}}, authUrl.from);
        if (gate == nullptr)
            return;
        const std::string expected = optionText(*gate, "proxy-prefix") + "/auth";
        if (url.path != expected)
            job_.warn(authPath,
                      {{"ingress", name_}, {"path", url.path}, {"gate", gate->name}, {"expected", expected}},
                      authUrl.from);
        withGate(*gate);
    }

    // "oauth2-proxy.default.svc": a part of a name, which nginx does not complete.
    static bool shortServiceName(std::string_view host) { return host.ends_with(".svc"); }

    std::set<std::string> publicHosts() const {
        std::set<std::string> out;
        for (const lab::IngressObject& object : job_.lab.ingresses)
            for (const lab::IngressRule& rule : object.rules)
                out.insert(rule.host);
        return out;
    }

    // The gate that the URL leads to: by the name of its Service, else by the host's rules.
    const lab::GateSpec* gateOf(const UrlParts& url) const {
        for (const lab::Service& service : job_.lab.services)
            if (url.host == service.name + "." + service.namespace_ + ".svc.cluster.local" ||
                url.host == service.name || url.host == service.name + "." + service.namespace_ + ".svc")
                return gateBehind(service);
        if (isVariable(url.host))
            return routed(object_.rules.empty() ? std::string() : object_.rules.front().host);
        return routed(url.host);
    }

    const lab::GateSpec* routed(const std::string& host) const {
        for (const lab::IngressObject& object : job_.lab.ingresses)
            for (const lab::IngressRule& rule : object.rules)
                for (const lab::IngressPath& path : rule.paths)
                    for (const lab::Service& service : job_.lab.services)
                        if (rule.host == host && service.name == path.backend.name &&
                            service.namespace_ == object.namespace_ && gateBehind(service) != nullptr)
                            return gateBehind(service);
        return nullptr;
    }

    std::string internalUrl(const lab::GateSpec* gate) const {
        for (const lab::Service& service : job_.lab.services)
            if (gate != nullptr && gateBehind(service) == gate)
                return "http://" + service.name + "." + service.namespace_ +
                       ".svc.cluster.local:" + std::to_string(service.port) +
                       optionText(*gate, "proxy-prefix") + "/auth";
        return "http://NAME.NAMESPACE.svc.cluster.local:PORT/oauth2/auth";
    }

    void withGate(const lab::GateSpec& gate) {
        for (const lab::IngressRule& rule : object_.rules) {
            if (!rule.host.empty() && optionFlag(gate, "cookie-secure") && !hasTls(rule.host))
                job_.warn(secureCookieNoTls, {{"host", rule.host}, {"gate", gate.name}}, rule.from);
            signin(gate, rule.host);
        }
        const lab::KeyValue* headers = annotation(object_, "auth-response-headers");
        if (headers == nullptr || optionFlag(gate, "set-xauthrequest"))
            return;
        for (const std::string_view part : split(headers->value, ','))
            if (startsWithIgnoreCase(trim(part), "X-Auth-Request-"))
                return job_.warn(
                    setXAuthRequest,
                    {{"ingress", name_}, {"header", std::string(trim(part))}, {"gate", gate.name}},
                    headers->from);
    }

    bool hasTls(const std::string& host) const {
        for (const lab::IngressObject& object : job_.lab.ingresses)
            for (const lab::IngressTls& tls : object.tls)
                for (const std::string& each : tls.hosts)
                    if (each == host ||
                        (each.starts_with("*.") && host.size() > each.size() - 1 &&
                         host.ends_with(each.substr(1)) && host.find('.') == host.size() - (each.size() - 1)))
                        return true;
        return false;
    }

    void signin(const lab::GateSpec& gate, const std::string& host) {
        const lab::KeyValue* url = annotation(object_, "auth-signin");
        if (url == nullptr || host.empty())
            return;
        const std::string where = partsOf(url->value).host;
        if (where.empty() || isVariable(where) || where == host || whitelisted(gate, host))
            return;
        job_.warn(whitelistMissing, {{"signin", where}, {"host", host}, {"gate", gate.name}}, url->from);
    }

    static bool whitelisted(const lab::GateSpec& gate, const std::string& host) {
        const lab::Setting* list = setting(gate, "whitelist-domain");
        if (list == nullptr)
            return false;
        return std::ranges::any_of(list->values, [&](std::string each) {
            each = each.substr(0, each.find(':'));
            if (each.starts_with("*."))
                each.erase(0, 1);
            return each.starts_with('.') ? host.ends_with(each) : host == each;
        });
    }

    Job& job_;
    const lab::IngressObject& object_;
    std::string name_;
};

} // namespace

void ingressTraps(Job& job) {
    for (const lab::IngressObject& object : job.lab.ingresses)
        IngressTraps(job, object).find();
}

} // namespace gatehouse::kubernetes
