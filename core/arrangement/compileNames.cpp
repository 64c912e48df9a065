// What only shows when the parts are put together: names, certificates, routes, and what a desk cannot show.

#include <arrangement/compiler.h>
#include <base/ascii.h>

#include <algorithm>

namespace gatehouse::arrangement {

namespace {

constexpr Message hostOfTwo{
    "host-of-two",
    GH_TEXT("core", "The host {host} belongs to the provider {provider} and to an ingress rule."),
    GH_TEXT("core",
            "Give the provider a host of its own: Keycloak and the ingress answer under different names.")};
constexpr Message gateNotRouted{
    "gate-not-routed",
    GH_TEXT("core", "Nothing leads to the gate {name}: no service runs it and it has no `listen`."),
    GH_TEXT("core", "Add a service with `runs: {gate: {name}}`, and an ingress rule for its path.")};
constexpr Message signInNotRouted{
    "sign-in-not-routed",
    GH_TEXT("core",
            "Sign-in of {ingress} leads to {path} on {host}, but no rule routes that path to a gate."),
    GH_TEXT("core", "Add a second Ingress for {path} on the same host to the gate's service, without the "
                    "auth annotations.")};
constexpr Message gateBehindItself{
    "gate-behind-itself",
    GH_TEXT(
        "core",
        "{ingress} protects {path} on {host}, the gate's own path: each check would ask for another check."),
    GH_TEXT("core", "Route {path} by an Ingress of its own, without auth-url and auth-signin.")};
constexpr Message noSuchUser{
    "rehearsal-no-such-user",
    GH_TEXT("core", "The rehearsal logs in as {user}, whom no realm of this lab has."),
    GH_TEXT("core", "Known users: {known}.")};
constexpr Message addressNotServed{
    "rehearsal-not-served",
    GH_TEXT("core", "The rehearsal opens {url}, but nothing in this lab answers under {host}."),
    GH_TEXT("core", "Names of this lab: {known}.")};

std::string joined(const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names)
        out += (out.empty() ? "" : ", ") + name;
    return out.empty() ? "none" : out;
}

constexpr std::string_view annotationPrefix = "nginx.ingress.kubernetes.io/";

const lab::KeyValue* annotation(const lab::IngressObject& object, std::string_view name) {
    for (const lab::KeyValue& entry : object.annotations)
        if (std::string_view(entry.key).starts_with(annotationPrefix) &&
            std::string_view(entry.key).substr(annotationPrefix.size()) == name)
            return &entry;
    return nullptr;
}

std::string_view pathOfUrl(std::string_view url) {
    const auto scheme = url.find("://");
    const auto slash = url.find('/', scheme == std::string_view::npos ? 0 : scheme + 3);
    if (slash == std::string_view::npos)
        return "/";
    return url.substr(slash, url.find_first_of("?#", slash) - slash);
}

// By a path of its own: "/" leads to the service.
bool leads(const lab::IngressObject& object, std::string_view host, std::string_view path) {
    for (const lab::IngressRule& rule : object.rules)
        for (const lab::IngressPath& at : rule.paths)
            if (rule.host == host && at.path != "/" && path.starts_with(at.path))
                return true;
    return false;
}

} // namespace

bool Compiler::certificateCovers(std::string_view host) const {
    return std::find(out_->tlsHosts.begin(), out_->tlsHosts.end(), host) != out_->tlsHosts.end();
}

void Compiler::ingress() {
    ingress::Ingress::Input input;
    input.controller = lab().controller;
    input.ingresses = lab().ingresses;
    input.configMaps = lab().configMaps;
    for (const ServicePlan& plan : out_->services) {
        if (std::holds_alternative<NoBackend>(plan.backend))
            continue;
        lab::ServiceRef ref = plan.ref;
        input.servicesWithEndpoints.push_back(ref);
        if (!plan.portName.empty()) {
            ref.port = 0;
            ref.portName = plan.portName;
            input.servicesWithEndpoints.push_back(std::move(ref));
        }
    }
    for (const lab::IngressObject& object : lab().ingresses)
        for (const lab::IngressTls& tls : object.tls)
            for (const std::string& host : tls.hosts)
                if (!certificateCovers(host))
                    out_->tlsHosts.push_back(host);
    input.certificateHosts = out_->tlsHosts;
    auto made = ingress::Ingress::make(std::move(input), place());
    take(std::move(made.problems));
    if (made.value)
        out_->ingress = std::move(*made.value);
}

void Compiler::names() {
    for (const ProviderPlan& plan : out_->providers)
        if (plan.embedded && out_->ingress && out_->ingress->serves(plan.url.host))
            report(Problem::Kind::Refused, hostOfTwo, {{"host", plan.url.host}, {"provider", plan.name}},
                   plan.from);
}

void Compiler::routes() {
    for (std::size_t i = 0; i < out_->gates.size(); ++i) {
        const bool routed =
            !out_->gates[i].listen.empty() ||
            std::any_of(out_->services.begin(), out_->services.end(), [i](const ServicePlan& plan) {
                const auto* gate = std::get_if<GateBackend>(&plan.backend);
                return gate != nullptr && gate->gate == i;
            });
        if (!routed)
            report(Problem::Kind::Warning, gateNotRouted, {{"name", lab().gates[i].name}},
                   out_->gates[i].from);
    }
    for (const lab::IngressObject& object : lab().ingresses) {
        const lab::KeyValue* signIn = annotation(object, "auth-signin");
        if (signIn == nullptr || std::string_view(signIn->value).find("$host/") == std::string_view::npos)
            continue; // a sign-in on another host is that host's affair
        const std::string_view path = pathOfUrl(signIn->value);
        for (const lab::IngressRule& rule : object.rules) {
            const auto routesIt = [&](const lab::IngressObject& other) {
                return leads(other, rule.host, path);
            };
            const std::map<std::string, std::string> args{{"ingress", object.namespace_ + "/" + object.name},
                                                          {"path", std::string(path)},
                                                          {"host", rule.host}};
            if (routesIt(object))
                report(Problem::Kind::Warning, gateBehindItself, args, signIn->from);
            else if (std::none_of(lab().ingresses.begin(), lab().ingresses.end(), routesIt))
                report(Problem::Kind::Warning, signInNotRouted, args, signIn->from);
        }
    }
}

void Compiler::rehearsals() {
    std::vector<std::string> users;
    for (const lab::Provider& provider : lab().providers)
        for (const realm::Realm& realm : provider.realms)
            for (const realm::User& user : realm.users)
                users.push_back(user.username);
    std::vector<std::string> hosts = out_->ingress ? out_->ingress->hosts() : std::vector<std::string>{};
    for (const ProviderPlan& plan : out_->providers)
        if (plan.embedded)
            hosts.push_back(plan.url.host);
    for (const lab::Rehearsal& rehearsal : lab().rehearsals) {
        if (!rehearsal.as.empty() &&
            std::find(users.begin(), users.end(), lower(rehearsal.as)) == users.end())
            report(Problem::Kind::Refused, noSuchUser, {{"user", rehearsal.as}, {"known", joined(users)}},
                   rehearsal.from);
        if (!out_->isLabName(rehearsal.url.host))
            report(Problem::Kind::Refused, addressNotServed,
                   {{"url", rehearsal.url.text()}, {"host", rehearsal.url.host}, {"known", joined(hosts)}},
                   rehearsal.from);
    }
}

void Compiler::limits() {
    auto& notes = out_->notRehearsed;
    notes.emplace_back(
        "cluster DNS and the network between pods: on the desk every leg is loopback or in process");
    notes.emplace_back("hairpin: in a cluster the controller must reach its own public name for auth-url");
    notes.emplace_back("certificate trust of the pods: here every part trusts this user's Gatehouse CA");
    if (std::any_of(out_->providers.begin(), out_->providers.end(),
                    [](const ProviderPlan& plan) { return plan.embedded != nullptr; }))
        notes.emplace_back(
            "the real Keycloak: the provider is the embedded one; `runs: {external: …}` uses a real server");
    if (!out_->gates.empty())
        notes.emplace_back(
            "the real oauth2-proxy: the gate is the embedded one; a service may name a real one by URL");
    if (!lab().ingresses.empty())
        notes.emplace_back(
            "the controller's own resources: worker counts, buffer sizes, connection limits and reloads");
}

} // namespace gatehouse::arrangement
