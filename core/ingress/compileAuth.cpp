// External authentication of a location: the request to auth-url, its fields in nginx's order
// (ingress.md 1.3, corrections 30), and the sign-in redirect (ingress.md 1.5, corrections 4-6).
#include <base/ascii.h>
#include <base/encoding.h>
#include <ingress/compileLocation.h>
#include <ingress/goText.h>
#include <ingress/rules.h>

#include <algorithm>

namespace gatehouse::ingress {

namespace {

// buildAuthSignURL. Empty when the controller cannot read the URL: it then sends an empty Location.
std::string signinLocation(const ExternalAuth& auth) {
    const auto url = parseGoUrl(auth.signin);
    if (!url)
        return {};
    const GoQuery query = parseGoQuery(url->query);
    const std::string param = auth.signinParam.empty() ? "rd" : auth.signinParam;
    if (!query.empty && !query.get(param).empty())
        return auth.signin;
    return auth.signin + (query.empty ? "?" : "&") + param +
           "=$pass_access_scheme://$http_host$escaped_request_uri";
}

bool isFraming(std::string_view name) {
    return equalsIgnoreCase(name, "Content-Length") || equalsIgnoreCase(name, "Transfer-Encoding") ||
           equalsIgnoreCase(name, "Connection") || equalsIgnoreCase(name, "Host");
}

std::string asVariableName(std::string_view field) {
    std::string out = lower(field);
    std::replace(out.begin(), out.end(), '-', '_');
    return out;
}

void responseFields(const ExternalAuth& auth, AuthPlan& out) {
    for (const std::string& name : auth.responseHeaders) {
        if (isFraming(name))
            continue; // differences(): ingress.framing-from-auth
        const bool repeated =
            std::any_of(out.responseFields.begin(), out.responseFields.end(),
                        [&](const ResponseField& field) { return equalsIgnoreCase(field.name, name); });
        out.responseFields.push_back({name, asVariableName(name), repeated});
    }
    out.responseFieldsFrom = auth.responseHeadersFrom;
}

void requestFields(const LocationCompiler& c, const ExternalAuth& auth, const TemplateScope& names,
                   AuthPlan& out) {
    auto& fields = out.fields;
    const auto set = [&](std::string_view name, Template value, Rule rule, FieldId from = {}) {
        addField(fields, name, std::move(value), rule, from);
    };
    set("Content-Length", {}, &rule::authHidden);
    set("X-Forwarded-Proto", {}, &rule::authHidden);
    set("X-Request-ID", variableTemplate(Variable::RequestId), &rule::requestId);
    if (!auth.method.empty()) {
        set("X-Original-URI", variableTemplate(Variable::RequestUri), &rule::authMethodField,
            auth.methodFrom);
        // In Lua's request the variables that the location sets are empty, unless they are shared.
        const bool unset = auth.keepalive && !auth.keepaliveSharesVariables;
        set("X-Scheme", variableTemplate(unset ? Variable::Nothing : Variable::PassAccessScheme),
            &rule::authMethodField, auth.methodFrom);
    }
    set("Host", c.value(auth.host, names, "auth-url", auth.urlFrom), &rule::authField, auth.urlFrom);
    set("X-Original-URL", parseTemplate("$scheme://$http_host$request_uri", {}).value, &rule::authField);
    set("X-Original-Method", variableTemplate(Variable::RequestMethod), &rule::authField);
    set("X-Sent-From", literalTemplate("nginx-ingress-controller"), &rule::authField);
    set("X-Real-IP", variableTemplate(Variable::RemoteAddr), &rule::authField);
    const bool full = c.model.settings.useForwardedHeaders && c.model.settings.computeFullForwardedFor;
    set("X-Forwarded-For", variableTemplate(full ? Variable::FullForwardedFor : Variable::RemoteAddr),
        &rule::authField, full ? c.model.settings.from("compute-full-forwarded-for") : FieldId{});
    if (auth.requestRedirect.empty())
        set("X-Auth-Request-Redirect", variableTemplate(Variable::RequestUri), &rule::authField);
    else
        set("X-Auth-Request-Redirect",
            c.value(auth.requestRedirect, names, "auth-request-redirect", auth.requestRedirectFrom),
            &rule::authField, auth.requestRedirectFrom);
    for (const auto& [name, text] : auth.setHeaders)
        if (!isFraming(name)) // differences(): ingress.two-hosts
            set(name, c.value(text, names, "auth-proxy-set-headers", auth.setHeadersFrom),
                &rule::authSetHeader, auth.setHeadersFrom);
    // nginx's own defaults come last (ngx_http_proxy_module.c, ngx_http_proxy_headers).
    set("Connection", auth.keepalive ? Template{} : literalTemplate("close"), &rule::hop);
    for (const std::string_view name : {"Transfer-Encoding", "TE", "Keep-Alive", "Expect", "Upgrade"})
        set(name, {}, &rule::hop);
}

} // namespace

void LocationCompiler::authentication(Location& out) const {
    if (plan.ingress == nullptr) {
        out.openedByNoAuth = false;
        return;
    }
    const Settings& settings = model.settings;
    const bool global =
        plan.ingress->auth.url.empty() && !settings.globalAuth.url.empty() && plan.ingress->globalAuth;
    const ExternalAuth& auth = global ? settings.globalAuth : plan.ingress->auth;
    if (auth.url.empty()) {
        out.openedByNoAuth = false;
        return;
    }
    if (out.openedByNoAuth)
        return;
    const TemplateScope names = scope(!auth.signin.empty());
    AuthPlan made;
    made.global = global;
    made.from = auth.urlFrom;
    made.internalUri = "/_external-auth-" + base64Url(plan.path) + (plan.exact ? "-Exact" : "-Prefix");
    made.method = auth.method.empty() ? "GET" : auth.method;
    made.url = value(auth.url, names, "auth-url", auth.urlFrom);
    made.keepalive = auth.keepalive && !global;
    made.alwaysSetCookie = auth.alwaysSetCookie && !made.keepalive;
    made.cookieFrom = auth.cookieFrom;
    made.http10 = plan.ingress->proxy.httpVersion == "1.0" && !made.keepalive;
    requestFields(*this, auth, names, made);
    responseFields(auth, made);
    if (auth.signin.empty() && anySignin && auth.url.find("escaped_request_uri") != std::string::npos)
        findings.warn(message::authVariableEmpty, {}, auth.urlFrom);
    if (!auth.cacheKey.empty()) // only so that what nginx would refuse is said
        value(auth.cacheKey, names, "auth-cache-key", auth.cacheKeyFrom);
    if (!auth.signin.empty()) {
        const std::string location = signinLocation(auth);
        if (location.empty())
            findings.warn(message::signinEmpty, {{"value", auth.signin}}, auth.signinFrom);
        const GoQuery query = parseGoQuery(parseGoUrl(auth.signin).value_or(GoUrl{}).query);
        if (std::any_of(query.values.begin(), query.values.end(), [](const auto& pair) {
                return pair.second.find("$request_uri") != std::string::npos;
            }))
            findings.warn(message::signinRawUri, {{"value", auth.signin}}, auth.signinFrom);
        out.signin = SigninPlan{value(location, names, "auth-signin", auth.signinFrom), auth.signinFrom};
    }
    out.auth = std::move(made);
}

} // namespace gatehouse::ingress
