#include <base/ascii.h>
#include <ingress/compileLocation.h>
#include <ingress/goText.h>
#include <ingress/rules.h>
#include <ingress/validators.h>

#include <algorithm>

namespace gatehouse::ingress {

namespace {

bool inLocationList(std::string_view path, std::string_view list) {
    for (const std::string_view part : split(list, ',')) {
        std::string_view item = part;
        while (item.starts_with(' '))
            item.remove_prefix(1);
        while (item.ends_with(' '))
            item.remove_suffix(1);
        if (!item.empty() && path.starts_with(item))
            return true;
    }
    return false;
}

} // namespace

void addField(std::vector<FieldTemplate>& fields, std::string_view name, Template value, Rule rule,
              FieldId from) {
    const bool repeated = std::any_of(fields.begin(), fields.end(), [name](const FieldTemplate& field) {
        return equalsIgnoreCase(field.name, name);
    });
    fields.push_back({std::string(name), std::move(value), rule, from, repeated});
}

void LocationCompiler::refuse(std::string_view setting, std::string_view text, std::string reason,
                              FieldId from) const {
    findings.refuse(
        message::nginxRefuses,
        {{"name", std::string(setting)}, {"value", std::string(text)}, {"reason", std::move(reason)}}, from);
}

Template LocationCompiler::value(std::string_view text, const TemplateScope& names, std::string_view setting,
                                 FieldId from) const {
    ParsedTemplate parsed = parseTemplate(text, names);
    if (!parsed.unknown.empty())
        refuse(setting, text,
               parsed.unknown == "escaped_request_uri"
                   ? std::string("$escaped_request_uri exists only where some Ingress has auth-signin")
                   : "nginx knows no variable $" + parsed.unknown,
               from);
    return std::move(parsed.value);
}

TemplateScope LocationCompiler::scope(bool signin) const {
    TemplateScope out;
    out.escapedRequestUri = anySignin;
    out.escapedIsFilled = signin;
    out.fullForwardedFor = model.settings.useForwardedHeaders && model.settings.computeFullForwardedFor;
    const IngressPlan* ingress = plan.ingress;
    const lab::ServiceRef& service = plan.servesDefaultBackendAnnotation ? plan.written : plan.service;
    out.constants.emplace("namespace", ingress == nullptr ? "" : ingress->object->namespace_);
    out.constants.emplace("ingress_name", ingress == nullptr ? "" : ingress->object->name);
    out.constants.emplace("service_name", service.name);
    out.constants.emplace("service_port", service.portName.empty()
                                              ? service.port == 0 ? "" : std::to_string(service.port)
                                              : service.portName);
    out.constants.emplace("location_path", plan.ingressPath);
    out.constants.emplace("server_name", server.name);
    out.constants.emplace("hostname", "ingress-nginx-controller");
    out.constants.emplace("nginx_version", "1.27.1");
    return out;
}

Location LocationCompiler::compile() const {
    const Settings& settings = model.settings;
    Location out;
    out.path = plan.path;
    out.from = plan.from;
    out.kind = expressions  ? Location::Kind::Expression
               : plan.exact ? Location::Kind::Exact
                            : Location::Kind::Prefix;
    if (expressions) {
        std::string why;
        out.expression = Regex::compile("^" + plan.path, true, why);
        if (!out.expression)
            refuse("path", plan.path, "as a regular expression: " + why, plan.from);
    }
    out.defaultBackend = plan.defaultBackend;
    out.endpoints = plan.defaultBackend || hasEndpoints(input, plan.service);
    out.absoluteRedirects = !settings.relativeRedirects;
    out.bodyLimit = 1024 * 1024;
    if (const IngressPlan* ingress = plan.ingress) {
        out.ingress = ingress->key;
        out.denied = ingress->denied;
        out.deniedFrom = ingress->deniedFrom;
        out.sslRedirect = ingress->rewrite.sslRedirect;
        out.forceSslRedirect = ingress->rewrite.forceSslRedirect;
        out.preserveTrailingSlash = ingress->rewrite.preserveTrailingSlash;
        out.sslFrom = ingress->rewrite.sslFrom;
        out.noTlsRedirect = inLocationList(plan.path, settings.noTlsRedirectLocations);
        out.portInRedirects = ingress->portInRedirects;
        out.absoluteRedirects = !settings.relativeRedirects && !ingress->redirect.relative;
        out.allowed = ingress->allowed;
        out.deniedAddresses = ingress->deniedAddresses;
        out.someAllowed = ingress->someAllowed;
        out.allowFrom = ingress->allowFrom;
        out.denyFrom = ingress->denyFrom;
        out.satisfyAny = ingress->satisfy == "any";
        if (!ingress->redirect.url.empty())
            out.redirect =
                RedirectPlan{ingress->redirect.code,
                             value(ingress->redirect.url, scope(false), "redirect", ingress->redirect.from),
                             ingress->redirect.from};
    }
    out.openedByNoAuth = inLocationList(plan.path, settings.noAuthLocations);
    if (out.allowed.empty() && out.deniedAddresses.empty()) { // nginx inherits the outer deny list only then
        out.deniedAddresses = settings.blocked;
        out.denyFrom = settings.from("block-cidrs");
    }
    authentication(out);
    upstreamFields(out);
    answerFields(out);
    cors(out);
    proxy(out);
    errors(out);
    return out;
}

} // namespace gatehouse::ingress
