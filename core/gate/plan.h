// Plan: a gate's options once they are understood. Made by Gate::make, never changed afterwards.
#pragma once

#include <gate/address.h>
#include <gate/cookieSeal.h>
#include <gate/gate.h>
#include <gate/goUrl.h>
#include <gate/headerRules.h>
#include <gate/pages.h>
#include <gate/setCookie.h>
#include <oidc/idToken.h>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace re2 {
class RE2;
}

namespace gatehouse::gate {

struct SkipRoute {
    std::string method; // "" = any
    bool negate = false;
    std::string written; // as in the option
    std::shared_ptr<const re2::RE2> path;
    FieldId from;
};

struct CookiePlan {
    CookieSettings session;
    std::chrono::nanoseconds refresh{0};
    bool minimal = false;
    std::chrono::nanoseconds csrfExpire{0};
    std::string csrfSameSite;
    bool csrfPerRequest = false;
    std::int64_t csrfLimit = 0;
};

struct ProviderPlan {
    bool keycloak = false;
    std::string displayName; // on the button
    std::string clientId;
    crypto::SecretString clientSecret;
    std::string issuer;
    bool skipIssuer = false;
    bool discover = true;
    std::string loginUrl; // those without discovery
    std::string redeemUrl;
    std::string profileUrl;
    std::string jwksUrl;
    std::vector<crypto::PublicKey> staticKeys; // of oidc-public-key-file
    std::string validateUrl;
    std::string backendLogoutUrl;
    std::string scope;
    http::Form loginParameters; // acr_values, prompt or approval_prompt
    std::string codeChallengeMethod;
    std::string responseMode;
    bool skipNonce = true;
    bool skipProfile = false;
    bool allowUnverifiedEmail = false;
    std::string emailClaim = "email";
    std::string groupsClaim = "groups";
    std::vector<std::string> algorithms; // configured
    std::vector<std::string> audienceClaims;
    std::vector<std::string> audiences; // client id and extra ones
    std::set<std::string, std::less<>> allowedGroups;
    std::string caPem;
    bool skipCertificateCheck = false;
    struct ExtraIssuer {
        std::string issuer;
        std::string audience;
    };
    std::vector<ExtraIssuer> extraIssuers;
};

struct AccessPlan {
    bool anyEmail = false;
    std::vector<std::string> emailDomains; // lower case
    std::set<std::string, std::less<>> emails;
    std::map<std::string, std::string, std::less<>> passwords; // user → base64(SHA-1); htpasswd-file
    std::vector<std::string> passwordGroups;
    bool preferEmail = false;
    std::vector<SkipRoute> skipRoutes;
    std::vector<std::shared_ptr<const re2::RE2>> apiRoutes;
    bool skipPreflight = false;
    Networks trustedIps;
    bool acceptBearer = false;
    bool bearerFallback = true;
};

struct UpstreamRoute {
    std::string path; // ends in '/': a prefix
    std::optional<int> staticStatus;
    std::size_t upstream = 0; // index of Gate::upstreams() when not static
    FieldId from;
};

struct Plan {
    std::string memoKey; // names this gate and its cookie secret in a Memo
    Options options;
    std::string name;
    std::string prefix = "/oauth2";
    std::string pingPath;
    std::set<std::string, std::less<>> pingPaths;
    std::set<std::string, std::less<>> pingAgents; // empty: any
    std::string readyPath;
    std::string requestIdHeader;
    bool forceHttps = false;
    std::string httpsPort;
    bool reverseProxy = false;
    bool trustEveryProxy = false;
    Networks trustedProxies;
    std::string realIpHeader;
    bool skipProviderButton = false;
    bool forceJson = false;
    bool encodeState = false;
    bool allowSemicolons = false;
    std::vector<std::string> whitelist;
    std::string redirectUrl; // complete, when `redirectComplete`; else path and query
    bool redirectComplete = false;
    std::optional<CookieSeal> seal;
    CookiePlan cookies;
    ProviderPlan provider;
    AccessPlan access;
    HeaderRules headers;
    PageSettings pages;
    std::vector<Upstream> upstreams;
    std::vector<UpstreamRoute> routes; // longest path first
};

struct Gate::Impl {
    Plan plan;
};

} // namespace gatehouse::gate
