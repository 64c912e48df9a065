// The generated configuration: what nginx.conf says in the original, as values that route, conclude and
// finish read.
#pragma once

#include <ingress/addresses.h>
#include <ingress/ingress.h>
#include <ingress/regex.h>
#include <ingress/settings.h>
#include <ingress/variables.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gatehouse::ingress {

using exchange::Rule;

// One proxy_set_header line. An empty value takes the client's field away.
struct FieldTemplate {
    std::string name;
    Template value;
    Rule rule = nullptr;
    FieldId from;
    bool repeated = false; // the name was set before: this one comes beside it
};

struct ResponseField { // one of auth-response-headers
    std::string name;
    std::string variableName; // as in $upstream_http_…
    bool repeated = false;
};

struct SigninPlan {
    Template location;
    FieldId from;
};

struct AuthPlan {
    std::string internalUri; // "/_external-auth-Lw-Prefix": sent when the URL has no path
    std::string method = "GET";
    Template url;
    FieldId from;
    std::vector<FieldTemplate> fields;
    std::vector<ResponseField> responseFields;
    FieldId responseFieldsFrom;
    bool alwaysSetCookie = false;
    FieldId cookieFrom;
    bool http10 = false;
    bool global = false;
    bool keepalive = false; // the controller's Lua asks (ngx_conf_external_auth.lua)
};

struct CorsPlan {
    bool anyOrigin = false;
    std::optional<Regex> origin;
    std::vector<std::pair<std::string, std::string>> fields; // after Access-Control-Allow-Origin
    FieldId from;
};

struct RedirectPlan {
    int code = 301;
    Template url;
    FieldId from;
};

struct RewritePlan {
    Regex expression;
    Template target;
    FieldId from;
};

struct FixedField {
    std::string name;
    std::string value;
    Rule rule = nullptr;
    FieldId from;
};

// proxy_redirect, proxy_cookie_domain, proxy_cookie_path with one prefix each.
struct Replacement {
    std::string from;
    std::string to;
    FieldId field;
};

struct Location {
    enum class Kind : std::uint8_t { Exact, Prefix, Expression };
    std::string path;
    Kind kind = Kind::Prefix;
    std::optional<Regex> expression;
    std::string ingress; // namespace/name, empty for the default server's own
    FieldId from;        // its path in the lab

    std::optional<std::string> denied; // 503, why
    FieldId deniedFrom;
    bool sslRedirect = false, forceSslRedirect = false, noTlsRedirect = false, preserveTrailingSlash = false,
         portInRedirects = false, absoluteRedirects = true;
    FieldId sslFrom;
    std::vector<Network> allowed, deniedAddresses;
    bool someAllowed = false;
    FieldId allowFrom, denyFrom;
    bool satisfyAny = false;
    std::optional<CorsPlan> cors;
    std::optional<RedirectPlan> redirect;
    std::optional<AuthPlan> auth;
    std::optional<SigninPlan> signin;
    bool openedByNoAuth = false; // it would need authentication, but for no-auth-locations
    std::optional<RewritePlan> rewrite;
    bool rewriteRedirects = false; // its target begins with a scheme
    std::vector<FieldTemplate> upstreamFields;
    std::vector<FixedField> answerFields;
    std::vector<int> customErrors;
    FieldId customErrorsFrom;
    bool interceptErrors = false;
    bool defaultBackend = false; // 404 from the controller itself
    bool endpoints = true;
    std::size_t upstream = 0;
    UpstreamPolicy policy;
    std::uint64_t bodyLimit = 1024 * 1024;
    FieldId bodyLimitFrom;
    bool bufferBody = true;
    std::optional<Replacement> locationReplacement, cookieDomain, cookiePath;
};

struct Server {
    std::string name;
    std::vector<Location> locations;      // nginx's order
    bool expressions = false;             // some path is a regular expression, so all are
    std::optional<std::string> forbidden; // auth-tls without its Secret
    FieldId forbiddenFrom;
    std::string appRoot;
    FieldId appRootFrom;
    std::string redirectTo; // a server made by from-to-www-redirect
    FieldId redirectFrom;
};

struct NameMatcher { // wildcard hosts and aliases, in nginx's order of trial
    std::optional<Regex> expression;
    std::string suffix; // "*.example.com" as an alias: ".example.com"
    std::string prefix; // "www.*"
    std::size_t server = 0;
};

struct BlockedField { // block-user-agents, block-referers
    std::string exact;
    std::optional<Regex> expression;
};

struct StringHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
template <class T>
using ByName = std::unordered_map<std::string, T, StringHash, std::equal_to<>>;

struct Model {
    Settings settings;
    std::vector<Server> servers;
    std::size_t defaultServer = 0;
    ByName<std::size_t> exactNames;
    std::vector<NameMatcher> wildcards;   // aliases such as *.example.com, longest first
    std::vector<NameMatcher> expressions; // hosts such as *.example.com, and aliases that begin with ~
    ByName<bool> certificates;            // names with a certificate configured: ssl-redirect asks
    std::vector<lab::ServiceRef> services;
    std::vector<std::string> hosts;
    std::string strictTransportSecurity;
    std::vector<FixedField> addHeaders; // on every answer
    std::vector<BlockedField> blockedAgents, blockedReferers;
    std::string forwardedForVariable; // forwarded-for-header as a variable's name
    std::string forwardedHostVariable;

    const Server& serverFor(std::string_view host) const;
    bool certificateFor(std::string_view host) const;
};

// The location nginx takes, and whether it would only redirect to the path with a slash.
struct Found {
    const Location* location = nullptr;
    bool addSlash = false;
};
Found findLocation(const Server& server, std::string_view uri, Regex::Captures& captures);

std::unique_ptr<const Model> compileModel(Ingress::Input input, const std::function<Place(FieldId)>& place,
                                          std::vector<Problem>& problems);

} // namespace gatehouse::ingress
