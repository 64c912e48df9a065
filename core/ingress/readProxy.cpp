// Forwarding, addresses and names (annotations/{proxy,ipallowlist,ipdenylist,alias,upstreamvhost,…}).
#include <base/ascii.h>
#include <ingress/goText.h>
#include <ingress/plan.h>
#include <ingress/validators.h>

#include <algorithm>

namespace gatehouse::ingress {

Fate PlanReader::proxy() const {
    ProxySettings& out = plan.proxy;
    const ProxySettings& base = settings.proxy;
    const auto take = [&](std::string_view name, Validator validator, std::string& to,
                          const std::string& byDefault) {
        to = read.setting(name, validator, byDefault);
        const FieldId own = read.text(name, validator).from;
        plan.proxyFrom[std::string(name)] = own ? own : settings.from(name);
    };
    take("proxy-body-size", valid::size, out.bodySize, base.bodySize);
    take("proxy-buffer-size", valid::size, out.bufferSize, base.bufferSize);
    take("proxy-cookie-domain", valid::cookieDomain, out.cookieDomain, base.cookieDomain);
    take("proxy-cookie-path", valid::url, out.cookiePath, base.cookiePath);
    take("proxy-next-upstream", valid::nextUpstream, out.nextUpstream, base.nextUpstream);
    take("proxy-redirect-from", valid::url, out.redirectFrom, base.redirectFrom);
    take("proxy-redirect-to", valid::url, out.redirectTo, base.redirectTo);
    take("proxy-request-buffering", valid::onOff, out.requestBuffering, base.requestBuffering);
    take("proxy-http-version", valid::httpVersion, out.httpVersion, base.httpVersion);
    out.connectTimeout = read.number("proxy-connect-timeout", base.connectTimeout);
    out.sendTimeout = read.number("proxy-send-timeout", base.sendTimeout);
    out.readTimeout = read.number("proxy-read-timeout", base.readTimeout);
    out.nextUpstreamTries = read.number("proxy-next-upstream-tries", base.nextUpstreamTries);
    out.nextUpstreamTimeout = read.number("proxy-next-upstream-timeout", base.nextUpstreamTimeout);
    return Fate::Stands;
}

namespace {

// The list of an annotation, or the ConfigMap's; a bad or empty one denies the location.
std::vector<Network> networks(const PlanReader& r, std::string_view name, std::string_view alias,
                              const std::vector<Network>& byDefault, FieldId& from) {
    const auto list = r.read.text(name, valid::cidrs, alias);
    if (!list.given()) {
        from = r.settings.from(alias.empty() ? name : alias);
        return byDefault;
    }
    from = list.from;
    if (!list.has()) {
        r.deny(list.reading == Reading::Empty || alias.empty() ? name : alias, list.raw, list.from,
               list.invalid() ? "it is no list of addresses and networks" : "it is empty");
        return byDefault;
    }
    std::vector<Network> out;
    for (const std::string_view part : split(list.value, ','))
        if (const auto network = parseNetwork(goTrim(part)))
            out.push_back(*network);
    return out;
}

} // namespace

Fate PlanReader::addresses() const {
    plan.allowed =
        networks(*this, "allowlist-source-range", "whitelist-source-range", settings.allowed, plan.allowFrom);
    plan.someAllowed = !plan.allowed.empty();
    plan.deniedAddresses = networks(*this, "denylist-source-range", {}, settings.denied, plan.denyFrom);
    const auto satisfy = read.text("satisfy", valid::anyAll);
    if (satisfy.given() && !satisfy.has())
        read.ignored("satisfy", satisfy, "it is neither any nor all", "all");
    plan.satisfy = satisfy.value;
    plan.satisfyFrom = satisfy.from;
    return Fate::Stands;
}

Fate PlanReader::routing() const {
    const auto falls = [this](std::string_view name, Validator validator, std::string& to, FieldId& from) {
        const auto value = read.text(name, validator);
        if (value.invalid())
            return fallen(name, value.raw, value.from);
        to = value.value;
        from = value.from;
        return Fate::Stands;
    };
    std::string aliases;
    if (falls("server-alias", valid::serverNames, aliases, plan.aliasFrom) == Fate::Fallen ||
        falls("upstream-vhost", valid::serverName, plan.upstreamHost, plan.upstreamHostFrom) ==
            Fate::Fallen ||
        falls("x-forwarded-prefix", valid::pathWithCaptureNoBlanks, plan.forwardedPrefix,
              plan.forwardedPrefixFrom) == Fate::Fallen ||
        falls("connection-proxy-header", valid::connectionHeader, plan.connectionHeader,
              plan.connectionFrom) == Fate::Fallen ||
        falls("default-backend", valid::serviceName, plan.defaultBackend, plan.defaultBackendFrom) ==
            Fate::Fallen)
        return Fate::Fallen;
    for (const std::string_view part : split(aliases, ','))
        if (!goTrim(part).empty())
            plan.aliases.emplace_back(goTrim(part));
    std::sort(plan.aliases.begin(), plan.aliases.end());
    plan.aliases.erase(std::unique(plan.aliases.begin(), plan.aliases.end()), plan.aliases.end());
    plan.globalAuth = read.flag("enable-global-auth", true);
    plan.globalAuthFrom = read.boolean("enable-global-auth").from;
    plan.portInRedirects = read.flag("use-port-in-redirects", settings.usePortInRedirects);
    plan.backendProtocol = read.setting("backend-protocol", valid::backendProtocol, "HTTP");
    plan.canary = read.flag("canary", false);
    return Fate::Stands;
}

} // namespace gatehouse::ingress
