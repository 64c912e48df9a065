#include "desk.h"

#include <gate/cookieSeal.h>
#include <gate/lz4Frame.h>
#include <gate/plan.h>
#include <gate/setCookie.h>
#include <oidc/authorization.h>

namespace gatehouse::gate::test {

Secrets::Secrets() {
    values.emplace("cookie", crypto::SecretString(cookieSecret));
    values.emplace("client", crypto::SecretString("s3cr&t"));
    values.emplace("password", crypto::SecretString("pass"));
    values.emplace("short", crypto::SecretString("short"));
    values.emplace("letters", crypto::SecretString("0123456789abcdef0123456789abcdef"));
}

const crypto::SecretString* Secrets::find(std::string_view name) const {
    const auto found = values.find(name);
    return found == values.end() ? nullptr : &found->second;
}

std::vector<lab::Setting> settings(const Json& options) {
    Json all = {{"provider", "keycloak-oidc"},
                {"oidc-issuer-url", issuer},
                {"client-id", "oauth2-proxy"},
                {"client-secret", {{"secret", "client"}}},
                {"cookie-secret", {{"secret", "cookie"}}},
                {"email-domain", Json::array({"*"})},
                {"upstream", Json::array({"static://202"})}};
    for (const auto& [name, value] : options.items())
        all[name] = value;
    std::vector<lab::Setting> out;
    for (const auto& [name, value] : all.items()) {
        lab::Setting setting;
        setting.name = name;
        setting.list = value.is_array();
        if (value.is_null())
            continue;
        if (value.is_object())
            setting.secret.name = value.at("secret").get<std::string>();
        else if (value.is_array())
            setting.values = value.get<std::vector<std::string>>();
        else
            setting.values = {value.is_string() ? value.get<std::string>() : value.dump()};
        for (std::string& text : setting.values) // files lie beside the scenarios
            if (text.starts_with("{data}"))
                text = GATEHOUSE_TEST_DATA "/data" + text.substr(6);
        out.push_back(std::move(setting));
    }
    return out;
}

namespace {

const crypto::PrivateKey& sharedKey() {
    static const crypto::PrivateKey key = crypto::PrivateKey::generate(crypto::PrivateKey::Kind::Rsa2048);
    return key;
}

Json merged(Json base, const Json& changes) {
    for (const auto& [name, value] : changes.items())
        if (value.is_null())
            base.erase(name);
        else
            base[name] = value;
    return base;
}

} // namespace

Desk::Desk(const Json& options) : key_(sharedKey()) {
    const Secrets secrets;
    const auto nowhere = [](FieldId) { return Place{}; };
    auto read = Options::read(settings(options), nowhere, problems);
    auto made = Gate::make("main", std::move(read), secrets, nowhere);
    problems.insert(problems.end(), made.problems.begin(), made.problems.end());
    if (made.value && !anyRefused(problems))
        gate = *made.value;
}

std::string Desk::token(const Json& claims) const {
    const Json base = {{"iss", issuer},
                       {"aud", "oauth2-proxy"},
                       {"sub", "f1e2"},
                       {"exp", noon + 300},
                       {"iat", noon},
                       {"email", "alice@domain.tld"},
                       {"email_verified", true},
                       {"preferred_username", "alice"},
                       {"groups", Json::array({"oauth2-proxy"})},
                       {"nonce", oidc::sha256Url(attempt().nonce)}};
    return crypto::sign(key_, "RS256", {{"typ", "JWT"}}, merged(base, claims));
}

std::string Desk::tokenAnswer(const Json& how) const {
    const Json access = how.value("access", Json::object());
    Json answer = {{"access_token", access.is_string() ? access.get<std::string>() : token(access)},
                   {"expires_in", 300},
                   {"refresh_token", "refresh-2"},
                   {"token_type", "Bearer"},
                   {"id_token", token(how.value("id", Json::object()))},
                   {"scope", "openid email profile"}};
    return merged(answer, how.value("answer", Json::object())).dump();
}

std::string Desk::discovery(const Json& changes) const {
    const std::string base = std::string(issuer) + "/protocol/openid-connect";
    const Json document = {{"issuer", issuer},
                           {"authorization_endpoint", base + "/auth"},
                           {"token_endpoint", base + "/token"},
                           {"userinfo_endpoint", base + "/userinfo"},
                           {"jwks_uri", base + "/certs"},
                           {"id_token_signing_alg_values_supported", Json::array({"RS256", "ES256"})}};
    return merged(document, changes).dump();
}

std::string Desk::keys() const {
    Json set = {{"keys", Json::array()}};
    set["keys"] = Json::array({Json::parse(key_.publicKey().jwk("RS256").dump())});
    return set.dump();
}

Session session(const Json& how) {
    Session out;
    const auto seconds = [](std::int64_t s) { return WallTime(std::chrono::seconds(s)); };
    out.createdAt = seconds(noon - how.value("age", 3600));
    if (how.contains("expiresIn"))
        out.expiresOn = seconds(noon + how.at("expiresIn").get<std::int64_t>());
    out.email = how.value("email", "alice@domain.tld");
    out.user = how.value("user", "f1e2");
    out.preferredUsername = how.value("name", "alice");
    out.groups = how.value("groups", std::vector<std::string>{"oauth2-proxy"});
    out.accessToken = how.value("access", "");
    out.idToken = how.value("id", "");
    out.refreshToken = how.value("refresh", "");
    return out;
}

std::string Desk::sessionCookie(const Json& how) const {
    const CookieSeal seal{crypto::SecretString(how.value("secret", std::string(cookieSecret)))};
    const auto entropy = crypto::seededEntropy(7);
    Session made = session(how);
    if (how.value("signedId", false))
        made.idToken = token(how.value("claims", Json::object()));
    CookieSettings form;
    form.name = "_oauth2_proxy";
    const std::string sealed = seal.encrypt(lz4Compress(pack(made)), *entropy);
    CookieLine line{form.name,
                    seal.sign(form.name, sealed, noon - how.value("age", 3600)),
                    {},
                    std::chrono::hours(168),
                    {}};
    std::string out;
    for (const CookieLine& part : splitCookie(line, form))
        out += (out.empty() ? "" : "; ") + part.name + "=" + part.value;
    return out;
}

LoginAttempt attempt() {
    LoginAttempt out;
    for (char c = 0x20; c < 0x40; ++c)
        out.state.push_back(c);
    for (char c = 0x60; c < 0x7F; ++c)
        out.nonce.push_back(c);
    out.nonce.push_back(0x7F);
    out.verifier = "verifier-verifier-verifier";
    return out;
}

std::string stateHash() {
    return oidc::sha256Url(attempt().state);
}

std::string Desk::attemptCookie(const LoginAttempt& made, const Json& how) const {
    const CookieSeal seal{crypto::SecretString(how.value("secret", std::string(cookieSecret)))};
    const auto entropy = crypto::seededEntropy(8);
    const std::string name = how.value("name", "_oauth2_proxy_csrf");
    return name + "=" + seal.sign(name, seal.encrypt(pack(made), *entropy), noon - how.value("age", 5));
}

std::string Desk::oneOfManyAttempts(const Json& how) const {
    LoginAttempt made = attempt();
    made.state = how.at("state").get<std::string>();
    Json named = how;
    named["name"] = "_oauth2_proxy_" + oidc::sha256Url(made.state).substr(0, 8) + "_csrf";
    return attemptCookie(made, named);
}

} // namespace gatehouse::gate::test
