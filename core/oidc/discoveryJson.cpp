#include <base/message.h>
#include <oidc/discovery.h>

#include <nlohmann/json.hpp>

namespace gatehouse::oidc {

namespace {

constexpr Message notDiscovery{
    "discovery-unreadable", GH_TEXT("core", "The provider's discovery document cannot be read"),
    GH_TEXT("core", "Is the issuer's URL right? A realm that does not exist answers with an error.")};
constexpr Message notKeys{"keys-unreadable", GH_TEXT("core", "The provider's keys cannot be read"),
                          GH_TEXT("core", "Look at the answer of its jwks_uri in the inspector.")};

std::string textAt(const nlohmann::json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::vector<std::string> textsAt(const nlohmann::json& object, const char* name) {
    std::vector<std::string> out;
    const auto found = object.find(name);
    if (found != object.end() && found->is_array())
        for (const nlohmann::json& item : *found)
            if (item.is_string())
                out.push_back(item.get<std::string>());
    return out;
}

} // namespace

std::string discoveryUrl(std::string_view issuer) {
    if (issuer.ends_with('/'))
        issuer.remove_suffix(1);
    return std::string(issuer) + "/.well-known/openid-configuration";
}

Result<Discovery> parseDiscovery(std::string_view json) {
    const auto document = nlohmann::json::parse(json, nullptr, false);
    if (!document.is_object())
        return fail(notDiscovery, {}, {}, "no JSON object");
    Discovery out;
    out.issuer = textAt(document, "issuer");
    out.authorizationEndpoint = textAt(document, "authorization_endpoint");
    out.tokenEndpoint = textAt(document, "token_endpoint");
    out.userinfoEndpoint = textAt(document, "userinfo_endpoint");
    out.jwksUri = textAt(document, "jwks_uri");
    out.endSessionEndpoint = textAt(document, "end_session_endpoint");
    out.signingAlgorithms = textsAt(document, "id_token_signing_alg_values_supported");
    out.codeChallengeMethods = textsAt(document, "code_challenge_methods_supported");
    return out;
}

Result<KeySet> parseKeySet(std::string_view json) {
    const auto document = nlohmann::json::parse(json, nullptr, false);
    const auto list = document.is_object() ? document.find("keys") : document.end();
    if (!document.is_object() || list == document.end() || !list->is_array())
        return fail(notKeys, {}, {}, "no JSON object with a list of keys");
    KeySet out;
    for (const nlohmann::json& jwk : *list)
        if (auto key = crypto::PublicKey::fromJwk(jwk))
            out.keys.push_back(std::move(*key));
    return out;
}

} // namespace gatehouse::oidc
