// Fields towards the service and towards the client, in the template's order (ingress.md 1.9, corrections
// 30).
#include <base/ascii.h>
#include <ingress/compileLocation.h>
#include <ingress/rules.h>

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace gatehouse::ingress {

namespace {

// The data of a ConfigMap by name, as Go's template walks a map.
std::map<std::string, std::string> sorted(const lab::ConfigMap& map) {
    std::map<std::string, std::string> out;
    for (const lab::KeyValue& entry : map.data)
        out.emplace(entry.key, entry.value);
    return out;
}

// regexp.QuoteMeta with the first * as one label (buildOriginRegex).
std::string originExpression(std::string_view origin) {
    std::string out;
    bool star = false;
    for (const char c : origin) {
        if (c == '*' && !star) {
            out += "[A-Za-z0-9\\-]+";
            star = true;
            continue;
        }
        if (std::string_view("\\.+*?()|[]{}^$").find(c) != std::string_view::npos)
            out += '\\';
        out += c;
    }
    return out;
}

} // namespace

void LocationCompiler::upstreamFields(Location& out) const {
    const Settings& settings = model.settings;
    auto& fields = out.upstreamFields;
    // Names that auth-response-headers set before: the following lines come beside them.
    const auto set = [&](std::string_view name, Template text, Rule rule, FieldId from = {}) {
        addField(fields, name, std::move(text), rule, from);
        if (out.auth &&
            std::any_of(out.auth->responseFields.begin(), out.auth->responseFields.end(),
                        [name](const ResponseField& f) { return equalsIgnoreCase(f.name, name); }))
            fields.back().repeated = true;
    };
    const IngressPlan* ingress = plan.ingress;
    const TemplateScope names = scope(out.signin.has_value());
    if (ingress != nullptr && !ingress->upstreamHost.empty())
        set("Host", value(ingress->upstreamHost, names, "upstream-vhost", ingress->upstreamHostFrom),
            &rule::upstreamHost, ingress->upstreamHostFrom);
    else
        set("Host", variableTemplate(Variable::BestHttpHost), &rule::upstreamHost);
    set("Upgrade", variableTemplate(Variable::HttpField, "upgrade"), &rule::hop);
    if (ingress != nullptr && !ingress->connectionHeader.empty())
        set("Connection", literalTemplate(ingress->connectionHeader), &rule::hop, ingress->connectionFrom);
    else
        set("Connection", variableTemplate(Variable::ConnectionUpgrade), &rule::hop);
    set("X-Request-ID", variableTemplate(Variable::RequestId), &rule::requestId);
    set("X-Real-IP", variableTemplate(Variable::RemoteAddr), &rule::forwarded);
    const bool full = settings.useForwardedHeaders && settings.computeFullForwardedFor;
    set("X-Forwarded-For", variableTemplate(full ? Variable::FullForwardedFor : Variable::RemoteAddr),
        &rule::forwarded, full ? settings.from("compute-full-forwarded-for") : FieldId{});
    set("X-Forwarded-Host", variableTemplate(Variable::BestHttpHost), &rule::forwarded);
    set("X-Forwarded-Port", variableTemplate(Variable::PassPort), &rule::forwarded);
    set("X-Forwarded-Proto", variableTemplate(Variable::PassAccessScheme), &rule::forwarded);
    set("X-Forwarded-Scheme", variableTemplate(Variable::PassAccessScheme), &rule::forwarded);
    if (settings.originalUri)
        set("X-Original-URI", variableTemplate(Variable::RequestUri), &rule::originalUri,
            settings.from("proxy-add-original-uri-header"));
    set("X-Scheme", variableTemplate(Variable::PassAccessScheme), &rule::forwarded);
    set("X-Original-Forwarded-For", variableTemplate(Variable::HttpField, model.forwardedForVariable),
        &rule::originalForwarded, settings.from("forwarded-for-header"));
    set("X-Original-Forwarded-Host", variableTemplate(Variable::HttpField, model.forwardedHostVariable),
        &rule::originalForwarded, settings.from("forwarded-host-header"));
    set("Proxy", {}, &rule::httpoxy);
    const FieldId setFrom = settings.from("proxy-set-headers");
    if (const lab::ConfigMap* map = ConfigMaps{input.configMaps}.find(settings.proxySetHeaders))
        for (const auto& [name, text] : sorted(*map))
            if (!equalsIgnoreCase(name, "Host") && !equalsIgnoreCase(name, "Content-Length") &&
                !equalsIgnoreCase(name, "Transfer-Encoding")) // differences(): ingress.two-hosts
                set(name, value(text, names, "proxy-set-headers", setFrom), &rule::setHeaders, setFrom);
    if (plan.servesDefaultBackendAnnotation) {
        const FieldId from = ingress->defaultBackendFrom;
        set("X-Code", literalTemplate("503"), &rule::errorBackend, from);
        set("X-Format", variableTemplate(Variable::HttpField, "accept"), &rule::errorBackend, from);
        for (const auto& [name, variable] : {std::pair{"X-Namespace", "namespace"},
                                             {"X-Ingress-Name", "ingress_name"},
                                             {"X-Service-Name", "service_name"},
                                             {"X-Service-Port", "service_port"}})
            set(name, literalTemplate(names.constants.find(variable)->second), &rule::errorBackend, from);
        set("X-Request-ID", variableTemplate(Variable::RequestId), &rule::errorBackend, from);
    }
    if (ingress != nullptr && !ingress->forwardedPrefix.empty() && !ingress->rewrite.target.empty() &&
        ingress->rewrite.target != plan.path)
        set("X-Forwarded-Prefix",
            value(ingress->forwardedPrefix, names, "x-forwarded-prefix", ingress->forwardedPrefixFrom),
            &rule::forwardedPrefix, ingress->forwardedPrefixFrom);
    for (const std::string_view name : {"TE", "Keep-Alive", "Expect"})
        set(name, {}, &rule::hop);
}

void LocationCompiler::answerFields(Location& out) const {
    if (plan.ingress != nullptr)
        for (const auto& [name, text] : plan.ingress->customHeaders)
            out.answerFields.push_back({name, text, &rule::customHeaders, plan.ingress->customHeadersFrom});
}

void LocationCompiler::cors(Location& out) const {
    if (plan.ingress == nullptr || !plan.ingress->cors.enabled)
        return;
    const CorsSettings& settings = plan.ingress->cors;
    CorsPlan made;
    made.from = settings.from;
    made.anyOrigin = settings.origins.size() == 1 && settings.origins[0] == "*";
    if (settings.origins.empty())
        return;
    if (!made.anyOrigin) {
        std::string expression;
        for (const std::string& origin : settings.origins)
            expression += (expression.empty() ? "(" : "|(") + originExpression(origin) + ")";
        std::string why;
        made.origin = Regex::compile("(" + expression + ")$", true, why);
    }
    if (settings.credentials)
        made.fields.emplace_back("Access-Control-Allow-Credentials", "true");
    made.fields.emplace_back("Access-Control-Allow-Methods", settings.methods);
    made.fields.emplace_back("Access-Control-Allow-Headers", settings.headers);
    if (!settings.expose.empty())
        made.fields.emplace_back("Access-Control-Expose-Headers", settings.expose);
    made.fields.emplace_back("Access-Control-Max-Age", std::to_string(settings.maxAge));
    out.cors = std::move(made);
}

} // namespace gatehouse::ingress
