#include "walk.h"

#include <base/ascii.h>
#include <base/encoding.h>

namespace gatehouse::observations {

using Json = nlohmann::ordered_json;

std::string member(const Json& json, const char* name) {
    const auto at = json.find(name);
    return at != json.end() && at->is_string() ? at->get<std::string>() : "";
}

Walk::Walk(Stage& stage)
    : stage_(stage), browser_(*stage.browser), realm_(member(stage.world.realm, "realm")) {}

std::string Walk::authUrl(const std::string& client, const std::string& extra) const {
    return "/realms/" + realm_ + "/protocol/openid-connect/auth?client_id=" + client +
           "&redirect_uri=http%3A%2F%2Flocalhost%3A9999%2Fcb&response_type=code&scope=openid&state=st1&nonce="
           "no1" +
           extra;
}

void Walk::open(const std::string& client, const std::string& extra) {
    browser_.get(authUrl(client, extra));
}

http::Response Walk::passwordStep(const std::string& name) {
    return browser_.submit({{"username", name}, {"password", std::string(password)}, {"credentialId", ""}});
}

bool Walk::login(const std::string& client, const std::string& name) {
    open(client);
    auto response = passwordStep(name);
    if (response.status == 200 && browser_.page.contains("forms") &&
        member(browser_.page["forms"][0], "id") == "kc-otp-login-form") {
        // The authenticator of the imported devices, as it stands now.
        const auto key = fromBase32("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP").value_or("");
        response = browser_.submit({{"otp", crypto::totp(key, browser_.time, {})}});
    }
    const std::string location(response.headers.view().get("Location"));
    const auto at = location.find("code=");
    code = at == std::string::npos ? "" : location.substr(at + 5);
    return !code.empty();
}

std::string Walk::secretOf(const std::string& client) const {
    for (const auto& one : stage_.world.realm["clients"])
        if (one.value("clientId", "") == client)
            return one.value("secret", "");
    return "";
}

http::Response Walk::exchange(const std::string& client) {
    const Fields fields{{"grant_type", "authorization_code"},
                        {"code", code},
                        {"redirect_uri", "http://localhost:9999/cb"},
                        {"client_id", client},
                        {"client_secret", secretOf(client)}};
    auto response = browser_.send({.method = "POST",
                                   .url = "/realms/" + realm_ + "/protocol/openid-connect/token",
                                   .body = formBody(fields),
                                   .form = true});
    if (response.status == 200)
        tokenAnswer_ = response.body;
    return response;
}

std::string Walk::token(const char* name) const {
    return member(Json::parse(tokenAnswer_, nullptr, false), name);
}

Json Walk::claims(const char* name) const {
    const auto text = token(name);
    const auto parts = split(text, '.');
    return parts.size() == 3 ? Json::parse(fromBase64Url(parts[1]).value_or(""), nullptr, false)
                             : Json::object();
}

} // namespace gatehouse::observations
