// The controller's ConfigMap as values (internal/ingress/controller/config, template/configmap.go): what is
// missing or unreadable keeps its default.
#pragma once

#include <ingress/addresses.h>
#include <ingress/findings.h>
#include <lab/lab.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::ingress {

enum class Risk : std::uint8_t { Low, Medium, High, Critical };
std::string_view name(Risk risk);
Risk riskOf(std::string_view annotation); // docs/user-guide/nginx-configuration/annotations-risk.md

// Authentication of one Ingress, or the global one.
struct ExternalAuth {
    std::string url; // empty: none
    std::string host;
    std::string signin;
    std::string signinParam; // empty: rd
    std::string method;      // empty: GET
    std::vector<std::string> responseHeaders;
    std::string requestRedirect;
    std::vector<std::pair<std::string, std::string>> setHeaders; // auth-proxy-set-headers, by name
    bool alwaysSetCookie = false;
    bool keepalive = false; // asked by the controller's Lua instead of auth_request (ingress.md 1.7)
    bool keepaliveSharesVariables = false;
    std::string cacheKey;
    FieldId urlFrom, signinFrom, methodFrom, responseHeadersFrom, requestRedirectFrom, setHeadersFrom,
        cookieFrom, cacheKeyFrom;
};

// proxy-* of the ConfigMap and of an Ingress alike; sizes as written.
struct ProxySettings {
    std::string bodySize = "1m", bufferSize = "4k", cookieDomain = "off", cookiePath = "off",
                nextUpstream = "error timeout", redirectFrom = "off", redirectTo = "off",
                requestBuffering = "on", httpVersion = "1.1";
    std::int64_t connectTimeout = 5, sendTimeout = 60, readTimeout = 60, nextUpstreamTries = 3,
                 nextUpstreamTimeout = 0;
};

struct Settings {
    bool useForwardedHeaders = false, computeFullForwardedFor = false, enableRealIp = false,
         originalUri = false, generateRequestId = true, underscores = false, ignoreInvalidHeaders = true;
    std::string forwardedForHeader = "X-Forwarded-For", forwardedHostHeader = "X-Forwarded-Host";
    std::vector<Network> realIpFrom;
    std::int64_t keepaliveConnections = 320;
    std::size_t headLines = 4, headLine = 8 * 1024; // large-client-header-buffers: number and size

    bool hsts = true, hstsSubdomains = true, hstsPreload = false;
    std::string hstsMaxAge = "31536000";
    int redirectCode = 308;
    bool sslRedirect = true, forceSslRedirect = false, preserveTrailingSlash = false,
         usePortInRedirects = false, relativeRedirects = false;
    std::string noTlsRedirectLocations = "/.well-known/acme-challenge";
    std::string noAuthLocations = "/.well-known/acme-challenge";

    bool serverTokens = false, allowBackendServerHeader = false, disableInterceptErrors = false,
         useHttp2 = true, retryNonIdempotent = false, allowSnippets = false, allowCrossNamespace = false,
         strictPathType = true;
    Risk riskLevel = Risk::High;
    std::string riskLevelText = "High";
    std::string wordBlocklist;
    std::string addHeaders, proxySetHeaders; // ConfigMaps' names
    std::vector<std::string> hideHeaders, allowedResponseHeaders, blockUserAgents, blockReferers;
    std::vector<int> customErrors;
    std::vector<Network> allowed, denied, blocked;
    ProxySettings proxy;
    ExternalAuth globalAuth;

    FieldId from(std::string_view key) const;
    std::vector<std::pair<std::string, FieldId>> keys;
};

Settings readSettings(const std::vector<lab::KeyValue>& controller, Findings& findings);

} // namespace gatehouse::ingress
