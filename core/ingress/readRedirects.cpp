// Redirects and rewrites (annotations/redirect, annotations/rewrite).
#include <ingress/goText.h>
#include <ingress/plan.h>
#include <ingress/validators.h>

namespace gatehouse::ingress {

namespace {

// redirect.Parse: a value that a validator refused falls with the Ingress, another bad one takes all
// redirects away.
std::optional<Fate> judge(const PlanReader& r, std::string_view name, Reading reading, const std::string& raw,
                          FieldId from) {
    if (reading == Reading::Missing || reading == Reading::Value)
        return std::nullopt;
    if (reading == Reading::Invalid)
        return r.fallen(name, raw, from);
    r.read.findings().warn(message::valueIgnored,
                           {{"name", std::string(name)},
                            {"value", raw},
                            {"reason", "it is empty"},
                            {"instead", "no redirect annotation of this Ingress"}},
                           from);
    return Fate::Stands;
}

bool isHttpUrl(const std::string& text) {
    const auto url = parseGoUrl(text);
    return url && url->scheme.starts_with("http");
}

} // namespace

Fate PlanReader::redirects() const {
    const auto www = read.boolean("from-to-www-redirect");
    if (const auto end = judge(*this, "from-to-www-redirect", www.reading, www.raw, www.from))
        return *end;
    const auto relative = read.boolean("relative-redirects");
    if (const auto end = judge(*this, "relative-redirects", relative.reading, relative.raw, relative.from))
        return *end;
    RedirectSettings out;
    out.fromToWww = www.value;
    out.wwwFrom = www.from;
    out.relative = relative.value;
    const auto temporal = read.text("temporal-redirect", valid::url);
    if (const auto end = judge(*this, "temporal-redirect", temporal.reading, temporal.raw, temporal.from))
        return *end;
    if (temporal.raw.find(' ') != std::string::npos) // here blanks are not taken out before the test
        return fallen("temporal-redirect", temporal.raw, temporal.from);
    if (temporal.has()) {
        const auto code = read.integer("temporal-redirect-code");
        if (const auto end = judge(*this, "temporal-redirect-code", code.reading, code.raw, code.from))
            return *end;
        const bool usual = code.value < 300 || code.value > 307;
        if (usual && code.given())
            read.ignored("temporal-redirect-code", code, "it is no status from 300 to 307", "302");
        if (!isHttpUrl(temporal.value)) {
            read.ignored("temporal-redirect", temporal, "it is no http or https URL", "no redirect");
            return Fate::Stands;
        }
        out.url = temporal.value;
        out.code = usual ? 302 : static_cast<int>(code.value);
        out.from = temporal.from;
        plan.redirect = out;
        return Fate::Stands;
    }
    const auto permanent = read.text("permanent-redirect", valid::url);
    if (const auto end = judge(*this, "permanent-redirect", permanent.reading, permanent.raw, permanent.from))
        return *end;
    if (permanent.raw.find(' ') != std::string::npos)
        return fallen("permanent-redirect", permanent.raw, permanent.from);
    const auto code = read.integer("permanent-redirect-code");
    if (const auto end = judge(*this, "permanent-redirect-code", code.reading, code.raw, code.from))
        return *end;
    const bool usual = code.value < 300 || code.value > 308;
    if (usual && code.given())
        read.ignored("permanent-redirect-code", code, "it is no status from 300 to 308", "301");
    out.url = permanent.value;
    out.code = usual ? 301 : static_cast<int>(code.value);
    out.from = permanent.from;
    plan.redirect = out;
    return Fate::Stands;
}

Fate PlanReader::rewrites() const {
    RewriteSettings& out = plan.rewrite;
    out.target = read.setting("rewrite-target", valid::pathWithCapture, "");
    out.targetFrom = read.text("rewrite-target", valid::pathWithCapture).from;
    out.sslRedirect = read.flag("ssl-redirect", settings.sslRedirect);
    out.preserveTrailingSlash = read.flag("preserve-trailing-slash", settings.preserveTrailingSlash);
    out.forceSslRedirect = read.flag("force-ssl-redirect", settings.forceSslRedirect);
    out.sslFrom = read.boolean(out.forceSslRedirect ? "force-ssl-redirect" : "ssl-redirect").from;
    if (!out.sslFrom)
        out.sslFrom = settings.from(out.forceSslRedirect ? "force-ssl-redirect" : "ssl-redirect");
    out.useRegex = read.flag("use-regex", false);
    out.regexFrom = read.boolean("use-regex").from;
    const auto appRoot = read.text("app-root", valid::pathWithCapture);
    if (appRoot.has() && appRoot.value.starts_with('/')) {
        out.appRoot = appRoot.value;
        out.appRootFrom = appRoot.from;
    } else if (appRoot.given()) {
        read.ignored("app-root", appRoot, "it is no absolute path", "no redirect");
    }
    return Fate::Stands;
}

} // namespace gatehouse::ingress
