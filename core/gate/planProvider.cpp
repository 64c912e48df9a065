#include <base/ascii.h>
#include <gate/optionRows.h>
#include <gate/planner.h>

#include <algorithm>

namespace gatehouse::gate {

namespace {

constexpr Message noClientId{"client-id-missing", GH_TEXT("core", "provider missing setting: client-id"),
                             GH_TEXT("core", "The client's id in the realm.")};
constexpr Message noClientSecret{"client-secret-missing",
                                 GH_TEXT("core", "missing setting: client-secret or client-secret-file"),
                                 GH_TEXT("core", "client-secret: {secret: NAME}")};
constexpr Message clientSecretFile{"client-secret-file-unreadable",
                                   GH_TEXT("core", "could not read client secret file: {file}"),
                                   GH_TEXT("core", "On the desk, give the secret by name.")};
constexpr Message unknownProvider{
    "provider-unknown", GH_TEXT("core", "unknown provider type: {value}"),
    GH_TEXT("core", "keycloak-oidc for Keycloak, oidc for any other OpenID provider.")};
constexpr Message noIssuer{"issuer-missing", GH_TEXT("core", "missing required setting: issuer-url"),
                           GH_TEXT("core", "oidc-issuer-url: https://keycloak.example/realms/NAME")};
constexpr Message noKeys{
    "jwks-missing", GH_TEXT("core", "missing required setting: jwks-url or public-key-files"),
    GH_TEXT("core", "Without discovery the gate must be told where the provider's keys are.")};
constexpr Message bothKeys{"jwks-and-key-files",
                           GH_TEXT("core", "mutually exclusive settings: jwks-url and public-key-files"),
                           GH_TEXT("core", "Keep one of them.")};
constexpr Message badUrl{"provider-url", GH_TEXT("core", "could not parse {option} {value}"),
                         GH_TEXT("core", "A complete URL: https://host/path")};
constexpr Message badAlgorithm{
    "signing-algorithm",
    GH_TEXT("core", "provider {provider} has invalid EnabledSigningAlgs entry \"{value}\""),
    GH_TEXT("core", "RS256 is what Keycloak uses by default.")};
constexpr Message keyFile{"public-key-file",
                          GH_TEXT("core", "error while parsing public keys: {file}: {reason}"),
                          GH_TEXT("core", "PEM, \"BEGIN PUBLIC KEY\".")};
constexpr Message caFile{
    "provider-ca-file",
    GH_TEXT("core",
            "unable to load provider CA file(s): certificate authority file ({file}) could not be read"),
    GH_TEXT("core", "The desk's own authority is trusted without it.")};
constexpr Message badIssuerPair{"extra-jwt-issuer",
                                GH_TEXT("core", "invalid jwt verifier uri=audience spec: {value}"),
                                GH_TEXT("core", "https://issuer=audience")};
constexpr Message discoveryWins{
    "discovery-overrides",
    GH_TEXT("core", "{option} has no effect: the provider's discovery document decides"),
    GH_TEXT("core", "Set skip-oidc-discovery, or take {option} out.")};
constexpr Message pkceMethod{
    "code-challenge-method",
    GH_TEXT("core", "code-challenge-method {value} is neither S256 nor plain: every login will answer 500"),
    GH_TEXT("core", "S256, written like that.")};

constexpr std::string_view oidcKinds[] = {"oidc", "keycloak-oidc"};
constexpr std::string_view algorithms[] = {"EdDSA", "HS256", "HS384", "HS512", "RS256", "RS384", "RS512",
                                           "ES256", "ES384", "ES512", "PS256", "PS384", "PS512"};

template <class List>
bool among(std::string_view value, const List& list) {
    return std::ranges::find(list, value) != std::ranges::end(list);
}

} // namespace

void Planner::providerKind() {
    const std::string kind = options_.text("provider");
    plan_.provider.keycloak = kind == "keycloak-oidc";
    plan_.provider.displayName = plan_.provider.keycloak ? "Keycloak OIDC" : "OpenID Connect";
    if (const std::string given = options_.text("provider-display-name"); !given.empty())
        plan_.provider.displayName = given;
    if (among(kind, oidcKinds))
        return;
    const OptionRow* row = option("provider");
    bool known = false;
    for (const std::string_view choice : split(row->choices, ','))
        known = known || trim(choice) == kind;
    if (known)
        refuse(optionNotYet, "provider",
               {{"note", "the provider " + kind + " is not there, oidc and keycloak-oidc are"}});
    else
        refuse(unknownProvider, "provider", {{"value", kind}});
}

void Planner::clientSecret() {
    auto secret = secretValue("client-secret", "client-secret-file", &clientSecretFile);
    if (!secret)
        return;
    if (secret->value.empty() && !secret->fromFile)
        refuse(noClientSecret, "client-secret");
    plan_.provider.clientSecret = std::move(secret->value);
}

void Planner::endpoints() {
    ProviderPlan& provider = plan_.provider;
    provider.issuer = options_.text("oidc-issuer-url");
    provider.skipIssuer = options_.flag("insecure-oidc-skip-issuer-verification");
    provider.discover = !options_.flag("skip-oidc-discovery");
    provider.loginUrl = options_.text("login-url");
    provider.redeemUrl = options_.text("redeem-url");
    provider.profileUrl = options_.text("profile-url");
    provider.jwksUrl = options_.text("oidc-jwks-url");
    provider.validateUrl = options_.text("validate-url");
    provider.backendLogoutUrl = options_.text("backend-logout-url");
    provider.responseMode = options_.text("auth-request-response-mode");
    if (provider.issuer.empty())
        refuse(noIssuer, "oidc-issuer-url");
    for (const std::string_view name :
         {"oidc-issuer-url", "login-url", "redeem-url", "profile-url", "oidc-jwks-url", "validate-url"})
        if (const std::string value = options_.text(name); !value.empty() && !http::parseUrl(value))
            refuse(badUrl, name, {{"value", value}});
    for (const std::string_view name : {"login-url", "redeem-url", "profile-url", "oidc-jwks-url"})
        if (provider.discover && options_.given(name) && !options_.text(name).empty())
            warn(discoveryWins, name);
}

void Planner::publicKeys() {
    const auto files = options_.list("oidc-public-key-file");
    if (!plan_.provider.discover && plan_.provider.jwksUrl.empty() && files.empty())
        refuse(noKeys, "oidc-jwks-url");
    if (!plan_.provider.jwksUrl.empty() && !files.empty())
        refuse(bothKeys, "oidc-public-key-file");
    for (const std::string& file : files) {
        const auto text = fileText(file);
        auto key = text ? crypto::PublicKey::fromPem(*text) : fail(keyFile, {}, {}, "failed to read file");
        if (key)
            plan_.provider.staticKeys.push_back(std::move(*key));
        else
            refuse(keyFile, "oidc-public-key-file", {{"file", file}, {"reason", key.error().technical}});
    }
}

void Planner::tokenPolicy() {
    ProviderPlan& provider = plan_.provider;
    provider.skipNonce = options_.flag("insecure-oidc-skip-nonce");
    provider.skipProfile = options_.flag("skip-claims-from-profile-url");
    provider.allowUnverifiedEmail = options_.flag("insecure-oidc-allow-unverified-email");
    provider.groupsClaim = options_.text("oidc-groups-claim");
    provider.emailClaim = options_.text("oidc-email-claim");
    const std::string userId = options_.text("user-id-claim");
    if (provider.emailClaim == "email" && !userId.empty() && userId != "email")
        provider.emailClaim = userId;
    provider.algorithms = options_.list("oidc-enabled-signing-alg");
    const std::string display = options_.text("provider-display-name");
    for (const std::string& algorithm : provider.algorithms)
        if (!among(algorithm, algorithms))
            refuse(badAlgorithm, "oidc-enabled-signing-alg",
                   {{"value", algorithm},
                    {"provider",
                     display.empty() ? options_.text("provider") + "=" + provider.clientId : display}});
    provider.audienceClaims = options_.list("oidc-audience-claim");
    provider.audiences = options_.list("oidc-extra-audience");
    provider.audiences.insert(provider.audiences.begin(), provider.clientId);
}

void Planner::certificateAuthorities() {
    plan_.provider.skipCertificateCheck = options_.flag("ssl-insecure-skip-verify");
    for (const std::string& file : options_.list("provider-ca-file")) {
        if (const auto text = fileText(file))
            plan_.provider.caPem += *text + "\n";
        else
            refuse(caFile, "provider-ca-file", {{"file", file}});
    }
}

void Planner::extraIssuers() {
    if (!options_.flag("skip-jwt-bearer-tokens"))
        return;
    for (const std::string& pair : options_.list("extra-jwt-issuers")) {
        const auto equals = pair.find('=');
        if (equals == std::string::npos)
            refuse(badIssuerPair, "extra-jwt-issuers", {{"value", pair}});
        else
            plan_.provider.extraIssuers.push_back({pair.substr(0, equals), pair.substr(equals + 1)});
    }
}

void Planner::provider() {
    ProviderPlan& provider = plan_.provider;
    provider.clientId = options_.text("client-id");
    if (provider.clientId.empty())
        refuse(noClientId, "client-id");
    providerKind();
    clientSecret();
    endpoints();
    publicKeys();
    tokenPolicy();
    certificateAuthorities();
    extraIssuers();

    const auto groups = options_.list("allowed-group");
    for (const std::string& group : groups)
        if (!group.empty())
            provider.allowedGroups.insert(group);
    provider.scope = options_.text("scope");
    if (provider.scope.empty())
        provider.scope =
            provider.allowedGroups.empty() ? "openid email profile" : "openid email profile groups";
    if (provider.keycloak)
        for (const std::string& role : options_.list("allowed-role"))
            provider.allowedGroups.insert("role:" + role);

    if (const std::string acr = options_.text("acr-values"); !acr.empty())
        provider.loginParameters.emplace_back("acr_values", acr);
    const std::string prompt = options_.text("prompt");
    const std::string approval = options_.text("approval-prompt");
    if (!prompt.empty())
        provider.loginParameters.emplace_back("prompt", prompt);
    else
        provider.loginParameters.emplace_back("approval_prompt", approval.empty() ? "force" : approval);

    const bool newer = !options_.text("code-challenge-method").empty();
    const std::string_view method = newer ? "code-challenge-method" : "force-code-challenge-method";
    provider.codeChallengeMethod = options_.text(method);
    if (!provider.codeChallengeMethod.empty() && provider.codeChallengeMethod != "S256" &&
        provider.codeChallengeMethod != "plain")
        warn(pkceMethod, method, {{"value", provider.codeChallengeMethod}});
}

} // namespace gatehouse::gate
