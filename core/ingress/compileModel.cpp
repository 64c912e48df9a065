// The whole configuration: which Ingresses are the controller's, in which order they count, which names lead
// where.
#include <base/ascii.h>
#include <ingress/compileLocation.h>
#include <ingress/model.h>
#include <ingress/rules.h>

#include <algorithm>
#include <set>

namespace gatehouse::ingress {

namespace {

class ModelCompiler {
public:
    ModelCompiler(const Ingress::Input& input, Findings& findings)
        : input_(input), findings_(findings), model_(std::make_unique<Model>()) {}

    std::unique_ptr<const Model> compile() {
        model_->settings = readSettings(input_.controller, findings_);
        global();
        readIngresses();
        plans_ = planServers(ingresses_, input_, findings_);
        certificates();
        for (const ServerPlan& plan : plans_)
            server(plan);
        wwwRedirects();
        names();
        return std::move(model_);
    }

private:
    void global();
    void readIngresses();
    bool ours(const lab::IngressObject& object);
    void server(const ServerPlan& plan);
    void leaks(const ServerPlan& plan);
    void wwwRedirects();
    void names();
    void alias(const std::string& alias, std::size_t server, FieldId from);
    void certificates();
    std::size_t service(const lab::ServiceRef& ref);
    std::vector<BlockedField> blocked(const std::vector<std::string>& values, std::string_view key);
    bool covered(std::string_view host) const;

    const Ingress::Input& input_;
    Findings& findings_;
    std::unique_ptr<Model> model_;
    std::vector<IngressPlan> ingresses_;
    std::vector<ServerPlan> plans_;
};

void ModelCompiler::global() {
    Settings& settings = model_->settings;
    if (settings.hsts) {
        model_->strictTransportSecurity = "max-age=" + settings.hstsMaxAge;
        if (settings.hstsSubdomains)
            model_->strictTransportSecurity += "; includeSubDomains";
        if (settings.hstsPreload)
            model_->strictTransportSecurity += "; preload";
    }
    const ConfigMaps maps{input_.configMaps};
    for (const auto& [key, value] : {std::pair{std::string("add-headers"), settings.addHeaders},
                                     {std::string("proxy-set-headers"), settings.proxySetHeaders}})
        if (!value.empty() && maps.find(value) == nullptr)
            findings_.warn(message::configMapMissing, {{"name", key}, {"value", value}}, settings.from(key));
    if (const lab::ConfigMap* map = maps.find(settings.addHeaders)) {
        Entries sorted;
        for (const lab::KeyValue& entry : map->data)
            sorted.emplace(entry.key, entry.value);
        for (const auto& [name, value] : sorted)
            model_->addHeaders.push_back({name, value, &rule::addHeaders, settings.from("add-headers")});
    }
    model_->blockedAgents = blocked(settings.blockUserAgents, "block-user-agents");
    model_->blockedReferers = blocked(settings.blockReferers, "block-referers");
    const auto variable = [](std::string_view field) {
        std::string out = lower(field);
        std::replace(out.begin(), out.end(), '-', '_');
        return out;
    };
    model_->forwardedForVariable = variable(settings.forwardedForHeader);
    model_->forwardedHostVariable = variable(settings.forwardedHostHeader);
}

std::vector<BlockedField> ModelCompiler::blocked(const std::vector<std::string>& values,
                                                 std::string_view key) {
    std::vector<BlockedField> out;
    for (const std::string& value :
         values) { // nginx's map: "~" and "~*" begin expressions, others are case-free
        if (!value.starts_with('~')) {
            out.push_back({lower(value), std::nullopt});
            continue;
        }
        const bool caseless = value.starts_with("~*");
        std::string why;
        auto expression = Regex::compile(std::string_view(value).substr(caseless ? 2 : 1), caseless, why);
        if (expression)
            out.push_back({{}, std::move(expression)});
        else
            findings_.refuse(message::nginxRefuses,
                             {{"name", std::string(key)}, {"value", value}, {"reason", why}},
                             model_->settings.from(key));
    }
    return out;
}

bool ModelCompiler::ours(const lab::IngressObject& object) {
    std::string_view wanted = object.ingressClassName;
    FieldId from = object.from;
    for (const lab::KeyValue& entry : object.annotations)
        if (entry.key == "kubernetes.io/ingress.class") {
            wanted = entry.value;
            from = entry.from;
        }
    if (wanted == input_.controllerClass)
        return true;
    findings_.warn(
        message::foreignClass,
        {{"class", wanted.empty() ? "none" : std::string(wanted)}, {"wanted", input_.controllerClass}}, from);
    return false;
}

void ModelCompiler::readIngresses() {
    std::vector<const lab::IngressObject*> objects;
    for (const lab::IngressObject& object : input_.ingresses)
        if (ours(object))
            objects.push_back(&object);
    // Oldest first; made in the same second, the greater namespace/name (corrections 15). RFC 3339 in UTC
    // sorts as text; those without a time are made together, after the others.
    std::stable_sort(objects.begin(), objects.end(), [](const auto* a, const auto* b) {
        if (a->creationTimestamp != b->creationTimestamp) {
            if (a->creationTimestamp.empty() || b->creationTimestamp.empty())
                return b->creationTimestamp.empty();
            return a->creationTimestamp < b->creationTimestamp;
        }
        return a->namespace_ + "/" + a->name > b->namespace_ + "/" + b->name;
    });
    ingresses_.reserve(objects.size()); // plans point to each other's elements
    for (const lab::IngressObject* object : objects)
        if (auto plan = readIngress(*object, model_->settings, ConfigMaps{input_.configMaps}, findings_))
            if (!plan->canary)
                ingresses_.push_back(std::move(*plan));
}

std::size_t ModelCompiler::service(const lab::ServiceRef& ref) {
    const auto at = std::find(model_->services.begin(), model_->services.end(), ref);
    if (at != model_->services.end())
        return static_cast<std::size_t>(at - model_->services.begin());
    model_->services.push_back(ref);
    return model_->services.size() - 1;
}

void ModelCompiler::server(const ServerPlan& plan) {
    Server out;
    out.name = plan.name;
    if (!plan.certificateError.empty())
        out.forbidden = plan.certificateError;
    out.forbiddenFrom = plan.certificateFrom;
    out.expressions =
        std::any_of(plan.locations.begin(), plan.locations.end(), [](const LocationPlan& location) {
            return needsRewrite(location) ||
                   (location.ingress != nullptr && location.ingress->rewrite.useRegex);
        });
    if (out.expressions)
        leaks(plan);
    const bool anySignin =
        std::any_of(ingresses_.begin(), ingresses_.end(),
                    [](const IngressPlan& ingress) { return !ingress.auth.signin.empty(); }) ||
        !model_->settings.globalAuth.signin.empty();
    std::set<std::pair<bool, std::string>> seen;
    for (const LocationPlan& location : plan.locations) {
        if (!out.expressions && !seen.emplace(location.exact, location.path).second)
            findings_.refuse(message::nginxRefuses,
                             {{"name", "path"},
                              {"value", location.path},
                              {"reason", "two paths of " + plan.name + " become the same location"}},
                             location.from);
        if (out.appRoot.empty() && location.ingress != nullptr &&
            !location.ingress->rewrite.appRoot.empty()) {
            out.appRoot = location.ingress->rewrite.appRoot;
            out.appRootFrom = location.ingress->rewrite.appRootFrom;
        }
        const LocationCompiler compiler{*model_,         input_,    plan,     location,
                                        out.expressions, anySignin, findings_};
        out.locations.push_back(compiler.compile());
        if (!location.defaultBackend)
            out.locations.back().upstream = service(location.service);
    }
    if (plan.name == "_")
        model_->defaultServer = model_->servers.size();
    model_->servers.push_back(std::move(out));
}

// One Ingress with use-regex makes expressions of everybody's paths on its host.
void ModelCompiler::leaks(const ServerPlan& plan) {
    const IngressPlan* cause = nullptr;
    for (const LocationPlan& location : plan.locations)
        if (location.ingress != nullptr && (needsRewrite(location) || location.ingress->rewrite.useRegex))
            cause = location.ingress;
    for (const LocationPlan& location : plan.locations)
        if (location.ingress != nullptr && location.ingress != cause && !location.ingress->rewrite.useRegex &&
            !needsRewrite(location) && location.path != "/" && location.path == location.ingressPath)
            findings_.warn(message::regexLeaks,
                           {{"host", plan.name}, {"cause", cause->key}, {"path", location.path}},
                           location.from);
}

// from-to-www-redirect: a server for the other name, unless an Ingress serves it.
void ModelCompiler::wwwRedirects() {
    for (const ServerPlan& plan : plans_) {
        if (!plan.fromToWww)
            continue;
        const std::string other = plan.name.starts_with("www.") ? plan.name.substr(4) : "www." + plan.name;
        if (std::any_of(plans_.begin(), plans_.end(), [&](const ServerPlan& p) { return p.name == other; }))
            continue;
        Server server;
        server.name = other;
        server.redirectTo = plan.name;
        server.redirectFrom = plan.wwwFrom;
        model_->servers.push_back(std::move(server));
        model_->certificates[other] = plan.certificate;
    }
}

void ModelCompiler::names() {
    for (std::size_t i = 0; i < model_->servers.size(); ++i) {
        const std::string& name = model_->servers[i].name;
        if (name == "_")
            continue;
        if (!name.starts_with('*')) {
            model_->exactNames.emplace(lower(name), i);
        } else { // exactly one label of [\w-]
            std::string expression = "^([\\w-]+)\\.";
            for (const char c : std::string_view(name).substr(2))
                expression += c == '.' ? std::string("\\.") : std::string(1, c);
            std::string why;
            model_->expressions.push_back({Regex::compile(expression + "$", true, why), {}, {}, i});
        }
        if (model_->servers[i].redirectTo.empty())
            model_->hosts.push_back(name);
    }
    for (std::size_t i = 0; i < plans_.size(); ++i)
        for (const std::string& name : plans_[i].aliases) {
            FieldId from;
            for (const LocationPlan& location : plans_[i].locations)
                if (location.ingress != nullptr && location.ingress->aliasFrom)
                    from = location.ingress->aliasFrom;
            alias(name, i, from);
        }
    std::stable_sort(model_->wildcards.begin(), model_->wildcards.end(), [](const auto& a, const auto& b) {
        return a.suffix.size() > b.suffix.size(); // nginx: the longest name that begins with *
    });
}

void ModelCompiler::alias(const std::string& name, std::size_t server, FieldId from) {
    model_->hosts.push_back(name);
    if (name.starts_with('~')) {
        std::string why;
        auto expression = Regex::compile(std::string_view(name).substr(1), true, why);
        if (expression)
            model_->expressions.push_back({std::move(expression), {}, {}, server});
        else
            findings_.refuse(message::nginxRefuses,
                             {{"name", "server-alias"}, {"value", name}, {"reason", why}}, from);
    } else if (name.starts_with("*.")) {
        model_->wildcards.push_back({std::nullopt, lower(std::string_view(name).substr(1)), {}, server});
    } else if (name.ends_with(".*")) {
        model_->wildcards.push_back(
            {std::nullopt, {}, lower(std::string_view(name).substr(0, name.size() - 1)), server});
    } else {
        model_->exactNames.emplace(lower(name), server);
    }
}

bool ModelCompiler::covered(std::string_view host) const {
    return std::any_of(input_.certificateHosts.begin(), input_.certificateHosts.end(),
                       [host](std::string_view name) {
                           if (name == host)
                               return true;
                           const auto dot = host.find('.');
                           return name.starts_with("*.") && dot != std::string_view::npos &&
                                  host.substr(dot) == name.substr(1);
                       });
}

void ModelCompiler::certificates() {
    for (const ServerPlan& plan : plans_) {
        model_->certificates[lower(plan.name)] = plan.name == "_" || plan.certificate;
        for (const std::string& name : plan.aliases)
            model_->certificates[lower(name)] = plan.certificate && covered(name);
    }
    for (const IngressPlan& ingress : ingresses_)
        for (const lab::IngressTls& tls : ingress.object->tls)
            for (const std::string& host : tls.hosts)
                if (!covered(host) && model_->certificates.contains(lower(host)))
                    findings_.warn(message::defaultCertificate, {{"host", host}}, tls.from);
}

} // namespace

std::unique_ptr<const Model> compileModel(Ingress::Input input, const std::function<Place(FieldId)>& place,
                                          std::vector<Problem>& problems) {
    Findings findings(place, problems);
    return ModelCompiler(input, findings).compile();
}

} // namespace gatehouse::ingress
