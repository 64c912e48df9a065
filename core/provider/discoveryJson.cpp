// The discovery documents, in Keycloak's order of members (keycloak.md 3.2, corrections 48).
#include <provider/endpoints.h>

#include <nlohmann/json.hpp>

namespace gatehouse::provider {
namespace {

using Json = nlohmann::ordered_json;

Json signing(bool none = false, bool symmetric = true) {
    Json out = Json::array();
    for (const auto* name : {"PS384", "RS384", "EdDSA", "ES384", "HS256", "HS512", "ES256", "RS256", "HS384",
                             "ES512", "PS256", "PS512", "RS512"})
        if (symmetric || name[0] != 'H')
            out.push_back(name);
    if (none)
        out.push_back("none");
    return out;
}

Json keyAlgorithms() {
    return {"ECDH-ES+A256KW", "ECDH-ES+A192KW", "ECDH-ES+A128KW", "RSA-OAEP",
            "RSA-OAEP-256",   "RSA1_5",         "ECDH-ES"};
}

Json contentAlgorithms() {
    return {"A256GCM", "A192GCM", "A128GCM", "A128CBC-HS256", "A192CBC-HS384", "A256CBC-HS512"};
}

Json clientAuthentication() {
    return {"private_key_jwt", "client_secret_basic", "client_secret_post", "tls_client_auth",
            "client_secret_jwt"};
}

Json grantTypes() {
    return {"authorization_code",
            "client_credentials",
            "implicit",
            "password",
            "refresh_token",
            "urn:ietf:params:oauth:grant-type:device_code",
            "urn:ietf:params:oauth:grant-type:jwt-bearer",
            "urn:ietf:params:oauth:grant-type:token-exchange",
            "urn:ietf:params:oauth:grant-type:uma-ticket",
            "urn:openid:params:grant-type:ciba"};
}

Json responseTypes() {
    return {"code",           "none",          "id_token",   "token",
            "id_token token", "code id_token", "code token", "code id_token token"};
}

Json responseModes() {
    return {"query", "fragment", "form_post", "query.jwt", "fragment.jwt", "form_post.jwt", "jwt"};
}

Json scopes(const Visit& visit) {
    Json out = Json::array({"openid"});
    for (const auto& scope : visit.realm.scopes())
        if (scope->inMetadata)
            out.push_back(scope->name);
    return out;
}

// The endpoint's three algorithm lists for encrypted answers.
void addEncryption(Json& out, const std::string& prefix) {
    out[prefix + "_encryption_alg_values_supported"] = keyAlgorithms();
    out[prefix + "_encryption_enc_values_supported"] = contentAlgorithms();
}

void addAliases(const Visit& visit, Json& out) {
    Json aliases;
    aliases["token_endpoint"] = visit.protocolUrl("token");
    aliases["revocation_endpoint"] = visit.protocolUrl("revoke");
    aliases["introspection_endpoint"] = visit.protocolUrl("token/introspect");
    aliases["device_authorization_endpoint"] = visit.protocolUrl("auth/device");
    aliases["registration_endpoint"] = visit.issuer() + "/clients-registrations/openid-connect";
    aliases["userinfo_endpoint"] = visit.protocolUrl("userinfo");
    aliases["pushed_authorization_request_endpoint"] = visit.protocolUrl("ext/par/request");
    aliases["backchannel_authentication_endpoint"] = visit.protocolUrl("ext/ciba/auth");
    out["mtls_endpoint_aliases"] = std::move(aliases);
}

void addEndpoints(const Visit& visit, Json& out) {
    out["issuer"] = visit.issuer();
    out["authorization_endpoint"] = visit.protocolUrl("auth");
    out["token_endpoint"] = visit.protocolUrl("token");
    out["introspection_endpoint"] = visit.protocolUrl("token/introspect");
}

void addTokenSigning(const Visit& visit, Json& out) {
    out["id_token_signing_alg_values_supported"] = signing();
    addEncryption(out, "id_token");
    out["userinfo_signing_alg_values_supported"] = signing(true);
    addEncryption(out, "userinfo");
    out["request_object_signing_alg_values_supported"] = signing(true);
    addEncryption(out, "request_object");
    out["response_modes_supported"] = responseModes();
    out["registration_endpoint"] = visit.issuer() + "/clients-registrations/openid-connect";
    out["token_endpoint_auth_methods_supported"] = clientAuthentication();
    out["token_endpoint_auth_signing_alg_values_supported"] = signing();
    out["introspection_endpoint_auth_methods_supported"] = clientAuthentication();
    out["introspection_endpoint_auth_signing_alg_values_supported"] = signing();
    out["authorization_signing_alg_values_supported"] = signing();
    addEncryption(out, "authorization");
}

void addClaimsAndRest(const Visit& visit, Json& out) {
    out["claims_supported"] = {"iss",       "sub",  "aud",        "exp",         "iat",
                               "auth_time", "name", "given_name", "family_name", "preferred_username",
                               "email",     "acr",  "azp",        "nonce"};
    out["claim_types_supported"] = {"normal"};
    out["claims_parameter_supported"] = true;
    out["scopes_supported"] = scopes(visit);
    out["request_parameter_supported"] = true;
    out["request_uri_parameter_supported"] = true;
    out["require_request_uri_registration"] = true;
    out["code_challenge_methods_supported"] = {"plain", "S256"};
    out["tls_client_certificate_bound_access_tokens"] = true;
    out["dpop_signing_alg_values_supported"] = signing(false, false);
    out["revocation_endpoint"] = visit.protocolUrl("revoke");
    out["revocation_endpoint_auth_methods_supported"] = clientAuthentication();
    out["revocation_endpoint_auth_signing_alg_values_supported"] = signing();
    out["backchannel_logout_supported"] = true;
    out["backchannel_logout_session_supported"] = true;
    out["device_authorization_endpoint"] = visit.protocolUrl("auth/device");
    out["backchannel_token_delivery_modes_supported"] = {"poll", "ping"};
    out["backchannel_authentication_endpoint"] = visit.protocolUrl("ext/ciba/auth");
    out["backchannel_authentication_request_signing_alg_values_supported"] = signing(false, false);
    out["require_pushed_authorization_requests"] = false;
    out["pushed_authorization_request_endpoint"] = visit.protocolUrl("ext/par/request");
    addAliases(visit, out);
    out["authorization_response_iss_parameter_supported"] = true;
}

} // namespace

std::string discoveryJson(const Visit& visit) {
    Json out;
    addEndpoints(visit, out);
    out["userinfo_endpoint"] = visit.protocolUrl("userinfo");
    out["end_session_endpoint"] = visit.protocolUrl("logout");
    out["frontchannel_logout_session_supported"] = true;
    out["frontchannel_logout_supported"] = true;
    out["jwks_uri"] = visit.protocolUrl("certs");
    out["check_session_iframe"] = visit.protocolUrl("login-status-iframe.html");
    out["grant_types_supported"] = grantTypes();
    out["acr_values_supported"] = {"0", "1"};
    out["response_types_supported"] = responseTypes();
    out["subject_types_supported"] = {"public", "pairwise"};
    out["prompt_values_supported"] = {"none", "login", "consent"};
    if (visit.realm.data().registrationAllowed)
        out["prompt_values_supported"].push_back("create");
    addTokenSigning(visit, out);
    addClaimsAndRest(visit, out);
    return out.dump();
}

std::string umaDiscoveryJson(const Visit& visit) {
    Json out;
    addEndpoints(visit, out);
    out["end_session_endpoint"] = visit.protocolUrl("logout");
    out["frontchannel_logout_session_supported"] = true;
    out["frontchannel_logout_supported"] = true;
    out["jwks_uri"] = visit.protocolUrl("certs");
    out["grant_types_supported"] = grantTypes();
    out["response_types_supported"] = responseTypes();
    out["response_modes_supported"] = responseModes();
    out["registration_endpoint"] = visit.issuer() + "/clients-registrations/openid-connect";
    out["token_endpoint_auth_methods_supported"] = clientAuthentication();
    out["token_endpoint_auth_signing_alg_values_supported"] = signing();
    out["scopes_supported"] = scopes(visit);
    out["resource_registration_endpoint"] = visit.issuer() + "/authz/protection/resource_set";
    out["permission_endpoint"] = visit.issuer() + "/authz/protection/permission";
    out["policy_endpoint"] = visit.issuer() + "/authz/protection/uma-policy";
    return out.dump();
}

} // namespace gatehouse::provider
