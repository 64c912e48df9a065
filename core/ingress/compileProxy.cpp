// How a location speaks to its service, how large things may be, and what happens to errors.
#include <base/ascii.h>
#include <ingress/compileLocation.h>
#include <ingress/goText.h>
#include <ingress/validators.h>

#include <algorithm>
#include <string>

namespace gatehouse::ingress {

namespace {

std::optional<Replacement> pair(std::string_view text, FieldId from) {
    const auto blank = text.find_first_of(" \t");
    if (text == "off" || text.empty() || blank == std::string_view::npos)
        return std::nullopt;
    return Replacement{std::string(text.substr(0, blank)), std::string(goTrim(text.substr(blank))), from};
}

// ngx_http_upstream_next: "off" takes everything else back.
void retries(const ProxySettings& settings, bool nonIdempotent, UpstreamPolicy& policy) {
    policy.tries = static_cast<int>(std::clamp<std::int64_t>(settings.nextUpstreamTries, 0, 100));
    policy.retryFor = std::chrono::seconds(std::max<std::int64_t>(settings.nextUpstreamTimeout, 0));
    const auto words = split(settings.nextUpstream, ' ');
    const auto holds = [&words](std::string_view word) {
        return std::find(words.begin(), words.end(), word) != words.end();
    };
    const bool any = !holds("off");
    policy.retryBroken = any && holds("error");
    policy.retryTimedOut = any && holds("timeout");
    policy.retryInvalid = any && holds("invalid_header");
    policy.retryNonIdempotent = any && (nonIdempotent || holds("non_idempotent"));
    for (const int status : {403, 404, 429, 500, 502, 503, 504})
        if (any && holds("http_" + std::to_string(status)))
            policy.retryStatuses.push_back(status);
}

FieldId fieldOf(const IngressPlan* ingress, std::string_view name) {
    if (ingress == nullptr)
        return {};
    const auto at = ingress->proxyFrom.find(std::string(name));
    return at == ingress->proxyFrom.end() ? FieldId{} : at->second;
}

} // namespace

void LocationCompiler::proxy(Location& out) const {
    const IngressPlan* ingress = plan.ingress;
    const ProxySettings& settings = ingress == nullptr ? model.settings.proxy : ingress->proxy;
    if (valid::nginxSize(settings.bodySize))
        out.bodyLimit = valid::nginxBytes(settings.bodySize);
    out.bodyLimitFrom = fieldOf(ingress, "proxy-body-size");
    out.bufferBody = settings.requestBuffering != "off";
    UpstreamPolicy& policy = out.policy;
    policy.connectTimeout = std::chrono::seconds(settings.connectTimeout);
    policy.sendTimeout = std::chrono::seconds(settings.sendTimeout);
    policy.readTimeout = std::chrono::seconds(settings.readTimeout);
    if (valid::nginxSize(settings.bufferSize))
        policy.headLimit = valid::nginxBytes(settings.bufferSize);
    else
        refuse("proxy-buffer-size", settings.bufferSize, "it is no size",
               fieldOf(ingress, "proxy-buffer-size"));
    retries(settings, model.settings.retryNonIdempotent, policy);
    policy.http10 = settings.httpVersion == "1.0";
    if (settings.redirectFrom != "off" && settings.redirectFrom != "default" && settings.redirectTo != "off")
        out.locationReplacement =
            Replacement{settings.redirectFrom, settings.redirectTo, fieldOf(ingress, "proxy-redirect-from")};
    out.cookieDomain = pair(settings.cookieDomain, fieldOf(ingress, "proxy-cookie-domain"));
    out.cookiePath = pair(settings.cookiePath, fieldOf(ingress, "proxy-cookie-path"));

    if (ingress == nullptr || ingress->rewrite.target.empty() || ingress->rewrite.target == plan.path)
        return;
    std::string why;
    auto expression = Regex::compile("(?i)" + plan.path, false, why);
    if (!expression) {
        refuse("path", plan.path, "as a regular expression: " + why, plan.from);
        return;
    }
    for (const std::string_view scheme : {"http://", "https://", "$scheme"})
        out.rewriteRedirects = out.rewriteRedirects || ingress->rewrite.target.starts_with(scheme);
    out.rewrite = RewritePlan{std::move(*expression),
                              value(ingress->rewrite.target, scope(out.signin.has_value()), "rewrite-target",
                                    ingress->rewrite.targetFrom),
                              ingress->rewrite.targetFrom};
}

void LocationCompiler::errors(Location& out) const {
    const IngressPlan* ingress = plan.ingress;
    const bool own = ingress != nullptr && !ingress->customErrors.empty();
    if (own) {
        out.customErrors = ingress->customErrors;
        out.customErrorsFrom = ingress->customErrorsFrom;
    } else if (!out.signin) { // error_page of an outer level is inherited only where there is none
        out.customErrors = model.settings.customErrors;
        out.customErrorsFrom = model.settings.from("custom-http-errors");
    }
    out.interceptErrors = (own && !ingress->disableIntercept) ||
                          (!model.settings.customErrors.empty() && !model.settings.disableInterceptErrors);
}

} // namespace gatehouse::ingress
