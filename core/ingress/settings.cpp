#include <base/ascii.h>
#include <ingress/goText.h>
#include <ingress/ingress.h>
#include <ingress/nearest.h>
#include <ingress/settings.h>
#include <ingress/validators.h>

#include <algorithm>
#include <limits>

namespace gatehouse::ingress {

FieldId Settings::from(std::string_view key) const {
    for (const auto& [name, id] : keys)
        if (name == key)
            return id;
    return {};
}

namespace {

class SettingsReader {
public:
    SettingsReader(const std::vector<lab::KeyValue>& controller, Findings& findings, Settings& out)
        : controller_(controller), findings_(findings), out_(out) {}

    void names() {
        for (const lab::KeyValue& entry : controller_) {
            out_.keys.emplace_back(entry.key, entry.from);
            const AnnotationRow* row = configMapKey(entry.key);
            if (row == nullptr)
                findings_.warn(message::keyUnknown,
                               {{"name", entry.key}, {"nearest", nearest(entry.key, configMapKeys())}},
                               entry.from);
            else if (row->support == Support::NotYet)
                findings_.refuse(message::keyNotYet, {{"name", entry.key}, {"note", std::string(row->note)}},
                                 entry.from);
        }
    }

    void boolean(std::string_view name, bool& out) {
        const lab::KeyValue* entry = find(name);
        if (entry == nullptr)
            return;
        if (entry->value.empty()) {
            out = false;
            return;
        }
        if (const auto value = goBool(entry->value))
            out = *value;
        else
            ignored(*entry, "it is neither true nor false", out ? "true" : "false");
    }

    template <class Integer>
    void integer(std::string_view name, Integer& out) {
        const lab::KeyValue* entry = find(name);
        if (entry == nullptr)
            return;
        const auto value = entry->value.empty() ? std::optional<std::int64_t>(0) : goInt(entry->value);
        if (value && *value >= std::numeric_limits<Integer>::min() &&
            *value <= std::numeric_limits<Integer>::max())
            out = static_cast<Integer>(*value);
        else
            ignored(*entry, "it is no whole number", std::to_string(out));
    }

    void text(std::string_view name, std::string& out) {
        if (const lab::KeyValue* entry = find(name))
            out = entry->value;
    }

    void list(std::string_view name, std::vector<std::string>& out) {
        const lab::KeyValue* entry = find(name);
        if (entry == nullptr)
            return;
        out.clear();
        for (const std::string_view part : split(entry->value, ','))
            if (!part.empty())
                out.emplace_back(goTrim(part));
    }

    void networks(std::string_view name, std::vector<Network>& out) {
        std::vector<std::string> parts;
        list(name, parts);
        for (const std::string& part : parts) {
            if (const auto network = parseNetwork(part))
                out.push_back(*network);
            else if (const lab::KeyValue* entry = find(name); entry != nullptr && !part.empty())
                findings_.refuse(
                    message::nginxRefuses,
                    {{"name", entry->key}, {"value", part}, {"reason", "it is no address or network"}},
                    entry->from);
        }
    }

    const lab::KeyValue* find(std::string_view name) const {
        const auto at = std::find_if(controller_.begin(), controller_.end(),
                                     [name](const lab::KeyValue& entry) { return entry.key == name; });
        return at == controller_.end() ? nullptr : &*at;
    }

    void ignored(const lab::KeyValue& entry, std::string_view reason, std::string_view instead) {
        findings_.warn(message::keyIgnored,
                       {{"name", entry.key},
                        {"value", entry.value},
                        {"reason", std::string(reason)},
                        {"instead", instead.empty() ? "nothing" : std::string(instead)}},
                       entry.from);
    }

    void globalAuth();
    void headBuffers();
    void codes();
    void redirectCode();
    void risk();

private:
    const std::vector<lab::KeyValue>& controller_;
    Findings& findings_;
    Settings& out_;
};

void SettingsReader::globalAuth() {
    ExternalAuth& auth = out_.globalAuth;
    GoUrl url;
    if (const lab::KeyValue* entry = find("global-auth-url")) {
        const std::string_view why = whyNoUrl(entry->value, url);
        if (why.empty()) {
            auth.url = entry->value;
            auth.host = url.hostname();
            auth.urlFrom = entry->from;
        } else if (!entry->value.empty()) {
            findings_.warn(message::globalAuthOpen, {{"value", entry->value}, {"reason", std::string(why)}},
                           entry->from);
        }
    }
    if (const lab::KeyValue* entry = find("global-auth-method")) {
        if (entry->value.empty() ||
            (valid::method(entry->value) && entry->value.find(' ') == std::string::npos))
            auth.method = entry->value;
        else
            ignored(*entry, "it is no method", "GET");
        auth.methodFrom = entry->from;
    }
    if (const lab::KeyValue* entry = find("global-auth-signin")) {
        const std::string_view why = whyNoUrl(entry->value, url);
        if (why.empty())
            auth.signin = entry->value;
        else if (!entry->value.empty())
            ignored(*entry, why, "no sign-in redirect");
        auth.signinFrom = entry->from;
    }
    if (const lab::KeyValue* entry = find("global-auth-signin-redirect-param")) {
        const std::string param(goTrim(entry->value));
        if (const std::string_view why = whyNoUrl(auth.signin + "?" + param + "=dummy", url); why.empty())
            auth.signinParam = param;
        else
            ignored(*entry, "global-auth-signin is missing or the name does not fit into a URL", "rd");
    }
    std::vector<std::string> headers;
    list("global-auth-response-headers", headers);
    for (const std::string& header : headers)
        if (valid::headerName(header))
            auth.responseHeaders.push_back(header);
        else if (!header.empty())
            ignored(*find("global-auth-response-headers"), header + " is no field name", "the rest");
    auth.responseHeadersFrom = out_.from("global-auth-response-headers");
    text("global-auth-request-redirect", auth.requestRedirect);
    auth.requestRedirectFrom = out_.from("global-auth-request-redirect");
    boolean("global-auth-always-set-cookie", auth.alwaysSetCookie);
    auth.cookieFrom = out_.from("global-auth-always-set-cookie");
    text("global-auth-cache-key", auth.cacheKey);
    auth.cacheKeyFrom = out_.from("global-auth-cache-key");
}

void SettingsReader::headBuffers() {
    const lab::KeyValue* entry = find("large-client-header-buffers");
    if (entry == nullptr)
        return;
    const std::string_view text = goTrim(entry->value);
    const auto blank = text.find(' ');
    const auto number = goInt(text.substr(0, blank));
    const std::string_view size =
        blank == std::string_view::npos ? std::string_view{} : goTrim(text.substr(blank));
    if (!number || *number < 1 || !valid::nginxSize(size)) {
        findings_.refuse(
            message::nginxRefuses,
            {{"name", entry->key}, {"value", entry->value}, {"reason", "it is no number and size"}},
            entry->from);
        return;
    }
    out_.headLines = static_cast<std::size_t>(*number);
    out_.headLine = valid::nginxBytes(size);
}

void SettingsReader::codes() {
    std::vector<std::string> codes;
    list("custom-http-errors", codes);
    for (const std::string& code : codes) {
        const auto value = goInt(code);
        if (value && *value > 299 && *value < 600)
            out_.customErrors.push_back(static_cast<int>(*value));
        else
            ignored(*find("custom-http-errors"), code + " is no status from 300 to 599", "the rest");
    }
}

void SettingsReader::redirectCode() {
    const lab::KeyValue* entry = find("http-redirect-code");
    if (entry == nullptr)
        return;
    const auto code = goInt(entry->value);
    if (code && (*code == 301 || *code == 302 || *code == 307 || *code == 308))
        out_.redirectCode = static_cast<int>(*code);
    else
        ignored(*entry, "it is none of 301, 302, 307, 308", "308");
}

void SettingsReader::risk() {
    text("annotations-risk-level", out_.riskLevelText);
    const std::string level = lower(out_.riskLevelText);
    out_.riskLevel = level == "critical" ? Risk::Critical
                     : level == "high"   ? Risk::High
                     : level == "medium" ? Risk::Medium
                                         : Risk::Low;
    if (const lab::KeyValue* entry = find("annotations-risk-level");
        entry != nullptr && level != name(out_.riskLevel))
        if (level != "low")
            ignored(*entry, "it is no level", "Low");
}

} // namespace

Settings readSettings(const std::vector<lab::KeyValue>& controller, Findings& findings) {
    Settings out;
    SettingsReader read(controller, findings, out);
    read.names();
    read.boolean("use-forwarded-headers", out.useForwardedHeaders);
    read.boolean("compute-full-forwarded-for", out.computeFullForwardedFor);
    read.boolean("enable-real-ip", out.enableRealIp);
    read.boolean("proxy-add-original-uri-header", out.originalUri);
    read.boolean("generate-request-id", out.generateRequestId);
    read.boolean("enable-underscores-in-headers", out.underscores);
    read.boolean("ignore-invalid-headers", out.ignoreInvalidHeaders);
    read.text("forwarded-for-header", out.forwardedForHeader);
    read.text("forwarded-host-header", out.forwardedHostHeader);
    if (read.find("proxy-real-ip-cidr") != nullptr)
        read.networks("proxy-real-ip-cidr", out.realIpFrom);
    else
        out.realIpFrom.push_back(*parseNetwork("0.0.0.0/0"));
    read.integer("upstream-keepalive-connections", out.keepaliveConnections);
    read.boolean("hsts", out.hsts);
    read.boolean("hsts-include-subdomains", out.hstsSubdomains);
    read.boolean("hsts-preload", out.hstsPreload);
    read.text("hsts-max-age", out.hstsMaxAge);
    read.redirectCode();
    read.boolean("ssl-redirect", out.sslRedirect);
    read.boolean("force-ssl-redirect", out.forceSslRedirect);
    read.boolean("preserve-trailing-slash", out.preserveTrailingSlash);
    read.boolean("use-port-in-redirects", out.usePortInRedirects);
    read.boolean("relative-redirects", out.relativeRedirects);
    read.text("no-tls-redirect-locations", out.noTlsRedirectLocations);
    read.text("no-auth-locations", out.noAuthLocations);
    read.boolean("server-tokens", out.serverTokens);
    read.boolean("allow-backend-server-header", out.allowBackendServerHeader);
    read.boolean("disable-proxy-intercept-errors", out.disableInterceptErrors);
    read.boolean("use-http2", out.useHttp2);
    read.boolean("retry-non-idempotent", out.retryNonIdempotent);
    read.boolean("allow-snippet-annotations", out.allowSnippets);
    read.boolean("allow-cross-namespace-resources", out.allowCrossNamespace);
    read.boolean("strict-validate-path-type", out.strictPathType);
    read.risk();
    read.text("annotation-value-word-blocklist", out.wordBlocklist);
    read.text("add-headers", out.addHeaders);
    read.text("proxy-set-headers", out.proxySetHeaders);
    read.list("hide-headers", out.hideHeaders);
    read.list("global-allowed-response-headers", out.allowedResponseHeaders);
    read.list("block-user-agents", out.blockUserAgents);
    read.list("block-referers", out.blockReferers);
    read.codes();
    read.networks("whitelist-source-range", out.allowed);
    read.networks("denylist-source-range", out.denied);
    read.networks("block-cidrs", out.blocked);
    read.text("proxy-body-size", out.proxy.bodySize);
    read.text("proxy-buffer-size", out.proxy.bufferSize);
    read.text("proxy-cookie-domain", out.proxy.cookieDomain);
    read.text("proxy-cookie-path", out.proxy.cookiePath);
    read.text("proxy-next-upstream", out.proxy.nextUpstream);
    read.text("proxy-redirect-from", out.proxy.redirectFrom);
    read.text("proxy-redirect-to", out.proxy.redirectTo);
    read.text("proxy-request-buffering", out.proxy.requestBuffering);
    read.text("proxy-http-version", out.proxy.httpVersion);
    read.integer("proxy-connect-timeout", out.proxy.connectTimeout);
    read.integer("proxy-send-timeout", out.proxy.sendTimeout);
    read.integer("proxy-read-timeout", out.proxy.readTimeout);
    read.integer("proxy-next-upstream-tries", out.proxy.nextUpstreamTries);
    read.integer("proxy-next-upstream-timeout", out.proxy.nextUpstreamTimeout);
    read.headBuffers();
    read.globalAuth();
    return out;
}

} // namespace gatehouse::ingress
