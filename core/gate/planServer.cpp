#include <base/ascii.h>
#include <gate/goValue.h>
#include <gate/optionRows.h>
#include <gate/planner.h>

#include <algorithm>
#include <charconv>

namespace gatehouse::gate {

namespace {

constexpr Message badProxyIp{"trusted-proxy-ip",
                             GH_TEXT("core", "trusted_proxy_ips[{index}] ({value}) could not be recognized"),
                             GH_TEXT("core", "10.0.0.0/8, with zero host bits, or a single address.")};
constexpr Message everyProxy{
    "trusted-proxy-ip-missing",
    GH_TEXT("core", "--reverse-proxy is enabled but no --trusted-proxy-ip CIDRs were configured: whoever "
                    "reaches the gate may send X-Forwarded-* headers"),
    GH_TEXT("core", "trusted-proxy-ip: the addresses of the ingress controller's pods.")};
constexpr Message badRealIp{
    "real-client-ip-header",
    GH_TEXT("core", "real_client_ip_header ({value}) not accepted parameter value: the http header key "
                    "({value}) is either invalid or unsupported"),
    GH_TEXT("core",
            "X-Forwarded-For, X-Real-IP, X-ProxyUser-IP, X-Envoy-External-Address or CF-Connecting-IP.")};
constexpr Message badRedirect{"redirect-url", GH_TEXT("core", "error parsing redirect-url={value}"),
                              GH_TEXT("core", "https://app.example/oauth2/callback")};
constexpr Message httpsWithoutTls{
    "force-https-without-tls",
    GH_TEXT("core", "could not build pre-auth chain: invalid HTTPS address \"\": missing port in address"),
    GH_TEXT(
        "core",
        "force-https needs tls-cert-file and tls-key-file; behind an ingress, let the ingress redirect.")};
constexpr Message twiceHeader{
    "header-twice",
    GH_TEXT("core", "{where}: multiple headers found with name \"{header}\": header names must be unique"),
    GH_TEXT("core", "A basic Authorization and a bearer one cannot go together.")};
constexpr Message emptyBasic{
    "basic-auth-password-missing",
    GH_TEXT(
        "core",
        "injectResponseHeaders: invalid header \"Authorization\": invalid values: invalid basicAuthPassword: "
        "multiple values specified for secret source: specify either value, fromEnv of fromFile"),
    GH_TEXT("core", "set-basic-auth needs basic-auth-password.")};
constexpr Message badUpstream{"upstream-invalid", GH_TEXT("core", "could not parse upstream {value}"),
                              GH_TEXT("core", "http://host:port/path/, or static://202.")};
constexpr Message upstreamScheme{"upstream-scheme",
                                 GH_TEXT("core", "upstream {value} has invalid scheme: {scheme}"),
                                 GH_TEXT("core", "http, https or static.")};
constexpr Message upstreamTwice{
    "upstream-twice",
    GH_TEXT("core", "multiple upstreams found with path {path}: upstream paths must be unique"),
    GH_TEXT("core", "Each upstream needs a path of its own.")};

bool knownRealIpHeader(std::string_view name) {
    for (const std::string_view known :
         {"X-Forwarded-For", "X-Real-IP", "X-ProxyUser-IP", "X-Envoy-External-Address", "CF-Connecting-IP"})
        if (equalsIgnoreCase(known, name))
            return true;
    return false;
}

} // namespace

void Planner::proxies() {
    std::size_t index = 0;
    for (const std::string& text : options_.list("trusted-proxy-ip")) {
        if (!plan_.trustedProxies.add(text))
            refuse(badProxyIp, "trusted-proxy-ip", {{"index", std::to_string(index)}, {"value", text}});
        ++index;
    }
    plan_.trustEveryProxy = plan_.reverseProxy && index == 0;
    if (plan_.trustEveryProxy)
        warn(everyProxy, "reverse-proxy");
    plan_.realIpHeader = options_.text("real-client-ip-header");
    if (plan_.reverseProxy && !knownRealIpHeader(plan_.realIpHeader))
        refuse(badRealIp, "real-client-ip-header", {{"value", plan_.realIpHeader}});
}

void Planner::redirectUrl() {
    const std::string text = options_.text("redirect-url");
    const auto url = parseGoUrl(text);
    if (!url) {
        refuse(badRedirect, "redirect-url", {{"value", goQuoted(text)}});
        return;
    }
    plan_.redirectComplete = options_.flag("relative-redirect-url") || !url->host.empty();
    plan_.redirectUrl = text;
    if (url->path.empty()) {
        const auto tail = text.find_first_of("?#");
        plan_.redirectUrl.insert(tail == std::string::npos ? text.size() : tail, plan_.prefix + "/callback");
    }
}

void Planner::server() {
    plan_.prefix = options_.text("proxy-prefix");
    plan_.readyPath = options_.text("ready-path");
    plan_.requestIdHeader = options_.text("request-id-header");
    if (const std::string path = options_.text("ping-path"); !path.empty())
        plan_.pingPaths.insert(path);
    if (const std::string agent = options_.text("ping-user-agent"); !agent.empty())
        plan_.pingAgents.insert(agent);
    if (options_.flag("gcp-healthchecks")) {
        plan_.pingPaths.insert({"/liveness_check", "/readiness_check"});
        plan_.pingAgents.insert("GoogleHC/1.0");
    }
    plan_.forceHttps = options_.flag("force-https");
    const bool tls = !options_.text("tls-cert-file").empty() || !options_.text("tls-key-file").empty();
    const std::string secure = options_.text("https-address");
    const auto address = splitHostPort(secure);
    if (plan_.forceHttps && (!tls || !address))
        refuse(httpsWithoutTls, "force-https");
    plan_.httpsPort = address ? std::string(address->second) : std::string();
    plan_.skipProviderButton = options_.flag("skip-provider-button");
    plan_.forceJson = options_.flag("force-json-errors");
    plan_.encodeState = options_.flag("encode-state");
    plan_.allowSemicolons = options_.flag("allow-query-semicolons");
    plan_.whitelist = options_.list("whitelist-domain");
    if (const std::string store = options_.text("session-store-type"); store != "cookie")
        refuse(optionNotYet, "session-store-type",
               {{"note", "sessions are kept in the cookie only, not in " + store}});
    proxies();
    redirectUrl();
}

void Planner::headers() {
    auto password = secretValue("basic-auth-password", "", nullptr);
    const crypto::SecretString* value = password && !password->value.empty() ? &password->value : nullptr;
    if (options_.flag("set-basic-auth") && value == nullptr && password)
        refuse(emptyBasic, "set-basic-auth");
    plan_.headers = headerRules(options_, value);
    for (const auto& [rules, where] : {std::pair(&plan_.headers.request, "injectRequestHeaders"),
                                       std::pair(&plan_.headers.response, "injectResponseHeaders")})
        for (std::size_t i = 0; i < rules->size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                if ((*rules)[i].name == (*rules)[j].name)
                    refuse(twiceHeader, i == 0 ? "pass-basic-auth" : "pass-authorization-header",
                           {{"where", where}, {"header", (*rules)[i].name}});
}

void Planner::pages() {
    PageSettings& pages = plan_.pages;
    pages.prefix = plan_.prefix;
    pages.providerName = plan_.provider.displayName;
    pages.footer = options_.text("footer");
    pages.debug = options_.flag("show-debug-on-error");
    pages.passwordForm = !plan_.access.passwords.empty() && options_.flag("display-htpasswd-form");
    const std::string logo = options_.text("custom-sign-in-logo");
    if (logo.empty())
        pages.logo = builtInLogo();
    else if (logo.starts_with("https://"))
        pages.logo = "<img src=\"" + logo + "\" alt=\"Logo\" />";
    else if (logo != "-")
        refuse(optionNotYet, "custom-sign-in-logo",
               {{"note", "a logo is a https URL or -, a file is not read"}});
    const std::string banner = options_.text("banner");
    const auto domains = options_.list("email-domain");
    if (!banner.empty()) {
        pages.signInMessage = banner == "-" ? std::string() : banner;
    } else if (options_.text("authenticated-emails-file").empty() && domains.size() > 1) {
        pages.signInMessage = "Authenticate using one of the following domains: ";
        for (std::size_t i = 0; i < domains.size(); ++i)
            pages.signInMessage += (i == 0 ? "" : ", ") + domains[i];
    } else if (options_.text("authenticated-emails-file").empty() && domains.size() == 1 &&
               domains[0] != "*") {
        pages.signInMessage = "Authenticate using " + domains[0];
    }
}

void Planner::addUpstream(const std::string& text, std::vector<std::string>& paths) {
    const auto url = parseGoUrl(text);
    if (!url) {
        refuse(badUpstream, "upstream", {{"value", goQuoted(text)}});
        return;
    }
    UpstreamRoute route{url->path.empty() ? "/" : url->path, std::nullopt, plan_.upstreams.size(),
                        options_.from("upstream")};
    if (url->scheme == "static") {
        route.path = "/";
        const std::string host = url->host;
        int status = 0;
        const auto read = std::from_chars(host.data(), host.data() + host.size(), status);
        route.staticStatus = read.ec == std::errc{} && read.ptr == host.data() + host.size() ? status : 200;
    } else if (url->scheme == "file" || url->scheme == "unix") {
        refuse(optionNotYet, "upstream",
               {{"note", "upstreams are http, https or static, not " + url->scheme + ":"}});
        return;
    } else if (url->scheme != "http" && url->scheme != "https") {
        refuse(upstreamScheme, "upstream", {{"value", goQuoted(text)}, {"scheme", goQuoted(url->scheme)}});
        return;
    } else {
        auto parsed = http::parseUrl(text.substr(0, text.find('#')));
        if (!parsed) {
            refuse(badUpstream, "upstream", {{"value", goQuoted(text)}});
            return;
        }
        Upstream upstream;
        upstream.id = route.path;
        upstream.url = std::move(*parsed);
        upstream.passHostHeader = options_.flag("pass-host-header");
        upstream.proxyWebSockets = options_.flag("proxy-websockets");
        upstream.skipCertificateCheck = options_.flag("ssl-upstream-insecure-skip-verify");
        upstream.timeout =
            std::chrono::duration_cast<std::chrono::milliseconds>(options_.duration("upstream-timeout"));
        plan_.upstreams.push_back(std::move(upstream));
    }
    if (std::ranges::find(paths, route.path) != paths.end())
        refuse(upstreamTwice, "upstream", {{"path", goQuoted(route.path)}});
    paths.push_back(route.path);
    plan_.routes.push_back(std::move(route));
}

void Planner::upstreams() {
    std::vector<std::string> paths;
    for (const std::string& text : options_.list("upstream"))
        addUpstream(text, paths);
    std::ranges::stable_sort(plan_.routes, std::ranges::greater{},
                             [](const UpstreamRoute& r) { return r.path.size(); });
}

} // namespace gatehouse::gate
