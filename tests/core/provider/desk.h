// The story's realm on a desk of its own: a provider, its state, a browser with cookies, and a clock that is
// set.
#pragma once

#include <base/encoding.h>
#include <crypto/totp.h>
#include <http/cookie.h>
#include <http/url.h>
#include <provider/provider.h>
#include <provider/state.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace gatehouse::desk {

class Secrets final : public crypto::SecretSource {
public:
    const crypto::SecretString* find(std::string_view name) const override {
        const auto at = values.find(name);
        return at == values.end() ? nullptr : &at->second;
    }
    crypto::SecretRef keep(const std::string& name, std::string_view value) {
        values.emplace(name, crypto::SecretString(value));
        return {name};
    }
    std::map<std::string, crypto::SecretString, std::less<>> values;
};

// Keys are made once a test program: each costs a tenth of a second.
class Keys final : public provider::KeyStore {
public:
    std::string load(std::string_view realm, std::string_view use) override {
        return kept_[std::string(realm) + "/" + std::string(use)];
    }
    void save(std::string_view realm, std::string_view use, std::string_view pem) override {
        kept_[std::string(realm) + "/" + std::string(use)] = pem;
    }

private:
    std::map<std::string, std::string> kept_;
};
inline const std::shared_ptr<Keys> keys = std::make_shared<Keys>();

inline constexpr std::string_view password = "pass-word-of-alice-7f3a";
inline constexpr std::string_view clientSecret = "client-secret-91bc";
inline constexpr std::string_view otpKey = "otp-key-of-alice-5d2";
inline constexpr std::string_view callback = "https://whoami.domain.tld/oauth2/callback";

struct Desk {
    Secrets secrets;
    realm::Realm realm;
    std::shared_ptr<const provider::Provider> provider;
    std::shared_ptr<provider::ProviderState> state = provider::makeState(keys);
    std::unique_ptr<crypto::Entropy> entropy = crypto::systemEntropy();
    std::int64_t now = 1'800'000'000;
    std::map<std::string, std::string> cookies;
    std::vector<provider::Event> events;
    std::vector<std::string> rules; // of the last request's trace
    std::string traceText;          // every detail ever traced
    std::vector<exchange::Call> calls;
    http::Response last;

    Desk() {
        realm.realm = "demo";
        realm::Client client;
        client.clientId = "oauth2-proxy";
        client.secret = secrets.keep("client", clientSecret);
        client.redirectUris = {std::string(callback)};
        client.protocolMappers.push_back({"groups",
                                          "openid-connect",
                                          "oidc-group-membership-mapper",
                                          {{"claim.name", "groups"},
                                           {"full.path", "false"},
                                           {"id.token.claim", "true"},
                                           {"access.token.claim", "true"},
                                           {"userinfo.token.claim", "true"}},
                                          {}});
        realm.clients.push_back(std::move(client));
        realm.groups.push_back({.name = "oauth2-proxy"});
        addUser("alice", true);
        addUser("bob", false);
        realm.users[0].groups = {"/oauth2-proxy"};
    }

    void addUser(const std::string& name, bool otp) {
        realm::User user;
        user.username = name;
        user.email = name + "@domain.tld";
        user.emailVerified = true;
        user.firstName = name;
        user.lastName = "Example";
        realm::Credential secret;
        secret.value = secrets.keep(name + "-password", password);
        user.credentials.push_back(secret);
        if (otp) {
            realm::Credential device;
            device.type = "otp";
            device.userLabel = "phone";
            device.secretData = secrets.keep(name + "-otp", otpKey);
            user.credentials.push_back(device);
        }
        realm.users.push_back(std::move(user));
    }

    const provider::Provider& start() {
        provider::Provider::Input input{.name = "keycloak",
                                        .url = *http::parseUrl("https://keycloak.domain.tld")};
        input.realms.push_back(realm);
        for (auto& user : input.realms.back().users) // as for users made by Admin REST
            user.realmRoles.push_back("default-roles-" + realm.realm);
        auto made = provider::Provider::make(std::move(input), secrets, [](FieldId) { return Place{}; });
        provider = *made.value;
        return *provider;
    }

    http::Response send(const std::string& method, const std::string& target, const std::string& body = {},
                        const http::Headers& more = {}) {
        if (!provider)
            start();
        http::Request request{.method = method, .target = target, .body = body};
        request.headers.add("Host", "keycloak.domain.tld");
        if (!more.view().has("Accept"))
            request.headers.add("Accept", "text/html,*/*");
        for (const auto [name, value] : more.view())
            request.headers.add(name, value);
        if (method == "POST" && !more.view().has("Content-Type"))
            request.headers.add("Content-Type", "application/x-www-form-urlencoded");
        std::string cookie;
        for (const auto& [name, value] : cookies)
            cookie += (cookie.empty() ? "" : "; ") + name + "=" + value;
        if (!cookie.empty())
            request.headers.add("Cookie", cookie);
        Arena arena;
        exchange::Trace trace(arena);
        provider::Env env{.now = {.wall = WallTime(std::chrono::seconds(now))},
                          .entropy = *entropy,
                          .state = *state,
                          .peerAddress = "10.0.0.7",
                          .arena = arena,
                          .trace = trace,
                          .events = &events};
        auto answer = provider->handle(request.view(), env);
        last = std::get<exchange::Respond>(answer.what);
        for (auto& call : answer.afterwards)
            calls.push_back(std::move(call));
        rules.clear();
        for (const auto& step : trace.steps()) {
            rules.emplace_back(step.rule->id);
            traceText += std::string(step.detail) + "\n";
        }
        for (const auto line : last.headers.view().all("Set-Cookie")) {
            const auto equals = line.find('=');
            const std::string name(line.substr(0, equals));
            if (line.find("Max-Age=0") != std::string_view::npos)
                cookies.erase(name);
            else
                cookies[name] = std::string(line.substr(equals + 1, line.find(';') - equals - 1));
        }
        return last;
    }

    std::string header(std::string_view name) const { return std::string(last.headers.view().get(name)); }
    bool traced(std::string_view rule) const { return std::ranges::find(rules, rule) != rules.end(); }
    bool page(std::string_view text) const { return last.body.find(text) != std::string::npos; }

    // The value of the first attribute `name="…"` behind `after`, unescaped.
    std::string attribute(std::string_view after, std::string_view name) const {
        const auto from = last.body.find(after);
        const std::string open = std::string(name) + "=\"";
        const auto at = from == std::string::npos ? from : last.body.find(open, from);
        if (at == std::string::npos)
            return {};
        std::string out =
            last.body.substr(at + open.size(), last.body.find('"', at + open.size()) - at - open.size());
        for (auto amp = out.find("&amp;"); amp != std::string::npos; amp = out.find("&amp;"))
            out.replace(amp, 5, "&");
        return out;
    }

    static std::string path(const std::string& url) {
        const std::string origin = "https://keycloak.domain.tld";
        return url.starts_with(origin) ? url.substr(origin.size()) : url;
    }

    std::string authUrl(const std::string& more = {}) const {
        return "/realms/demo/protocol/openid-connect/"
               "auth?client_id=oauth2-proxy&response_type=code&scope=openid+email+profile&state=st"
               "&redirect_uri=" +
               http::percentEncode(callback) + more;
    }
    void open(const std::string& more = {}) { send("GET", authUrl(more)); }
    void submit(const http::Form& form) {
        send("POST", path(attribute("<form", "action")), http::formText(form));
    }
    void typePassword(std::string_view user = "alice", std::string_view secret = password) {
        submit({{"username", std::string(user)}, {"password", std::string(secret)}, {"credentialId", ""}});
    }
    std::string code(std::int64_t offset = 0) const { return crypto::totp(otpKey, now + offset * 30, {}); }
    void typeOtp(const std::string& otp) { submit({{"otp", otp}}); }

    std::string authorizationCode() const {
        const auto at = header("Location").find("&code=");
        return at == std::string::npos ? "" : header("Location").substr(at + 6);
    }
    std::string login(const std::string& user = "alice", const std::string& more = {}) {
        open(more);
        typePassword(user);
        if (page("kc-otp-login-form"))
            typeOtp(code());
        return authorizationCode();
    }

    http::Response token(http::Form form, std::string_view secret = clientSecret) {
        form.emplace_back("client_id", "oauth2-proxy");
        form.emplace_back("client_secret", secret);
        return send("POST", "/realms/demo/protocol/openid-connect/token", http::formText(form));
    }
    http::Response exchange(const std::string& authorization, std::string_view secret = clientSecret,
                            std::string_view redirect = callback) {
        return token({{"grant_type", "authorization_code"},
                      {"code", authorization},
                      {"redirect_uri", std::string(redirect)}},
                     secret);
    }
};

} // namespace gatehouse::desk
