// Cross-origin requests, answer fields, error pages (annotations/{cors,customheaders,customhttperrors,…}).
#include <base/ascii.h>
#include <ingress/goText.h>
#include <ingress/plan.h>
#include <ingress/validators.h>

#include <algorithm>

namespace gatehouse::ingress {

namespace {

constexpr std::string_view defaultCorsMethods = "GET, PUT, POST, DELETE, PATCH, OPTIONS";
constexpr std::string_view defaultCorsHeaders = "DNT,Keep-Alive,User-Agent,X-Requested-With,If-Modified-"
                                                "Since,Cache-Control,Content-Type,Range,Authorization";

std::vector<std::string> readOrigins(const AnnotationReader& read) {
    const auto origins = read.text("cors-allow-origin", valid::corsOrigins);
    if (!origins.has()) {
        if (origins.given())
            read.ignored("cors-allow-origin", origins, "it is no list of origins such as https://a.example",
                         "any origin (*)");
        return {"*"};
    }
    std::vector<std::string> out;
    for (const std::string_view part : split(origins.value, ',')) {
        const std::string_view origin = goTrim(part);
        if (origin.empty())
            continue;
        if (origin == "*")
            return {"*"};
        if (valid::corsOrigin(origin))
            out.emplace_back(origin);
        else
            read.ignored("cors-allow-origin", origins, std::string(origin) + " is no origin",
                         "no cross-origin request for it");
    }
    return out;
}

} // namespace

Fate PlanReader::cors() const {
    CorsSettings& out = plan.cors;
    out.enabled = read.flag("enable-cors", false);
    out.from = read.boolean("enable-cors").from;
    if (!out.enabled)
        return Fate::Stands;
    out.origins = readOrigins(read);
    out.headers = read.setting("cors-allow-headers", valid::headerList, std::string(defaultCorsHeaders));
    out.methods = read.setting("cors-allow-methods", valid::corsMethods, std::string(defaultCorsMethods));
    out.expose = read.setting("cors-expose-headers", valid::corsExposeHeaders, "");
    out.credentials = read.flag("cors-allow-credentials", true);
    out.maxAge = read.number("cors-max-age", 1728000);
    return Fate::Stands;
}

Fate PlanReader::answers() const {
    const auto errors = read.text("custom-http-errors", valid::httpErrors);
    if (errors.invalid())
        return fallen("custom-http-errors", errors.raw, errors.from);
    for (const std::string_view part : split(errors.value, ','))
        if (const auto code = goInt(goTrim(part)))
            plan.customErrors.push_back(static_cast<int>(*code));
    plan.customErrorsFrom = errors.from ? errors.from : settings.from("custom-http-errors");
    plan.disableIntercept = read.flag("disable-proxy-intercept-errors", settings.disableInterceptErrors);

    const auto name = read.text("custom-headers", valid::basic);
    if (name.invalid())
        read.ignored("custom-headers", name, "it has characters that are not allowed", "nothing added");
    if (!name.has())
        return Fate::Stands;
    const lab::ConfigMap* map = maps.find(name.value);
    if (map == nullptr) {
        deny("custom-headers", name.raw, name.from, "there is no such ConfigMap (write namespace/name)");
        return Fate::Stands;
    }
    for (const lab::KeyValue& entry : map->data) {
        const auto& allowed = settings.allowedResponseHeaders;
        if (!valid::headerName(entry.key) || !valid::customHeaderValue(entry.value))
            deny("custom-headers", name.raw, name.from,
                 entry.key + " is no field name or has no field value");
        else if (std::find(allowed.begin(), allowed.end(), entry.key) == allowed.end())
            deny("custom-headers", name.raw, name.from,
                 entry.key + " is missing in the ConfigMap key global-allowed-response-headers");
        plan.customHeaders.emplace(entry.key, entry.value);
    }
    plan.customHeadersFrom = name.from;
    return Fate::Stands;
}

} // namespace gatehouse::ingress
