#include "prepare.h"

#include "masks.h"
#include "walk.h"

#include <base/ascii.h>
#include <base/encoding.h>

#include <algorithm>
#include <set>

namespace gatehouse::observations {
namespace {

using Json = nlohmann::ordered_json;

// One observation's preparation.
class Preparation {
public:
    Preparation(Stage& stage, const Json& observation)
        : stage_(stage), browser_(*stage.browser), observation_(observation),
          request_(observation["request"]), id_(observation["id"].get<std::string>()),
          url_(member(request_, "url")), walk_(stage) {}

    std::optional<Sent> run(std::string& why) {
        const bool goesOn = continues();
        if (!goesOn)
            browser_.clearCookies();
        Sent sent;
        sent.method = member(request_, "method");
        if (request_.contains("headers"))
            for (const auto& header : request_["headers"])
                sent.headers.emplace_back(header[0].get<std::string>(), header[1].get<std::string>());
        if (has("pw-otp-otp-field-next")) // recorded a time step later
            browser_.time += 30;
        if (!stagePrepared(why, goesOn))
            return std::nullopt;
        sent.url = filledUrl();
        fillBody(sent);
        for (auto& [name, value] : sent.headers)
            if (value.find("{jwt}") != std::string::npos)
                value.replace(value.find("{jwt}"), 5, jwt());
        stage_.jar = browser_.cookies;
        keepCookies();
        return sent;
    }

private:
    Stage& stage_;
    Browser& browser_;
    const Json& observation_;
    const Json& request_;
    std::string id_, url_;
    Walk walk_;
    std::string sendUrl_; // replaces the recorded one

    bool has(std::string_view part) const { return id_.find(part) != std::string::npos; }
    bool urlHas(std::string_view part) const { return url_.find(part) != std::string::npos; }

    // The one before left its browser for this one.
    bool continues() const {
        static const std::set<std::string, std::less<>> ids{"login.reauth-restart-skip_logout-true-followed",
                                                            "token.code-right-after-tampered",
                                                            "totp.reauth-otp-user-second-step"};
        return ids.contains(id_);
    }

    std::string user() const {
        if (observation_.contains("events"))
            for (const auto& event : observation_["events"]) {
                const std::string text = event.contains("userId") && event["userId"].is_string()
                                             ? event["userId"].get<std::string>()
                                             : "";
                if (text.starts_with("{id:") && text != "{id:web}")
                    return text.substr(4, text.size() - 5);
            }
        if (has("reauth-otp-user"))
            return "otto";
        if (has("aia-"))
            return "eve";
        const auto& users = stage_.world.realm["users"];
        for (const auto& one : users)
            if (one.value("username", "") == "alice")
                return "alice";
        return users.empty() ? "" : users[0].value("username", "");
    }

    std::string clientOf() const {
        static const std::pair<std::string_view, std::string_view> others[] = {
            {"default-attr-uses-redirectUris", "web2"},
            {"plus-uses-redirectUris", "plus"},
            {"logout.minus", "minus"}};
        for (const auto& [part, client] : others)
            if (has(part))
                return std::string(client);
        return "web";
    }

    std::string jwt() const {
        if (has("refresh"))
            return walk_.token("refresh_token");
        if (has("userinfo") || has("hint-access-token"))
            return walk_.token("access_token");
        std::string text = walk_.token("id_token");
        if (has("tampered") && !text.empty())
            text[text.size() - 20] = text[text.size() - 20] == 'A' ? 'B' : 'A';
        return text;
    }

    // The long parameter of auth.limit-{name}-{length}.
    std::string limitExtra() const {
        const auto last = id_.rfind('-'), first = id_.find("limit-") + 6;
        const std::string name = id_.substr(first, last - first);
        return "&" + name + "=" + std::string(std::stoul(id_.substr(last + 1)), name[0]);
    }

    bool stagePrepared(std::string& why, bool goesOn) {
        if (id_.starts_with("auth.limit-") && !has("client_id"))
            return prepareLimit();
        if (urlHas("/login-actions/"))
            return goesOn || prepareLoginAction(why);
        if (urlHas("/protocol/openid-connect/auth"))
            return prepareAuth();
        if (urlHas("/logout"))
            return prepareLogout();
        if (urlHas("/token") || urlHas("/userinfo"))
            return goesOn || prepareToken();
        return true;
    }

    bool prepareLimit() {
        std::string url = walk_.authUrl("web");
        const std::string extra = limitExtra();
        for (const auto* given : {"&state=st1", "&nonce=no1"})
            if (extra.starts_with(std::string_view(given).substr(0, 6)))
                url.erase(url.find(given), std::string_view(given).size());
        if (member(request_, "method") == "GET") {
            sendUrl_ = url + extra + "&prompt=none";
            return true;
        }
        browser_.get(url + extra);
        sendUrl_ = browser_.action;
        return true;
    }

    bool prepareAuth() {
        const auto cookies = cookieNames();
        if (!cookies.contains("KEYCLOAK_IDENTITY")) {
            if (cookies.contains("KEYCLOAK_REMEMBER_ME")) {
                walk_.open("web");
                browser_.submit(
                    {{"username", "alice"}, {"password", std::string(Walk::password)}, {"rememberMe", "on"}});
            } else if (cookies.contains("AUTH_SESSION_ID")) {
                walk_.open("web");
            }
            return true;
        }
        const bool in = walk_.login(clientOf(), user());
        if (has("sso-after-code-reuse")) {
            walk_.exchange("web");
            walk_.exchange("web");
        }
        if (has("max_auth_age")) // the recorded realm has 1 second there; ours the default of 300
            browser_.time += 301;
        return in;
    }

    std::string wantedClient() const {
        const auto at = url_.find("client_id=");
        const std::string client =
            at == std::string::npos ? "" : url_.substr(at + 10, url_.find('&', at) - at - 10);
        return client.empty() || has("client-wrong") || has("client-unknown") ? "web" : client;
    }

    bool prepareLoginAction(std::string& why) {
        if (!urlHas("{") && !urlHas("session_code"))
            return true; // a bare address
        if (has("reauth-restart")) {
            walk_.login("web", user());
            walk_.open("web", "&prompt=login");
            return true;
        }
        if (cookieNames().contains("KEYCLOAK_REMEMBER_ME")) {
            walk_.open("web");
            browser_.submit(
                {{"username", "alice"}, {"password", std::string(Walk::password)}, {"rememberMe", "on"}});
            const std::string kept = browser_.cookies["KEYCLOAK_REMEMBER_ME"];
            browser_.clearCookies();
            browser_.cookies["KEYCLOAK_REMEMBER_ME"] = kept;
        }
        walk_.open(wantedClient(), has("aia-") ? "&kc_action=CONFIGURE_TOTP" : "");
        if (has("login.stale-session_code")) {
            const std::string old = browser_.action;
            browser_.submit({{"username", "alice"}, {"password", "nope"}});
            browser_.action = old;
        }
        const bool otpStep = formHas("otp");
        if (otpStep)
            walk_.passwordStep(user());
        if (urlHas("/required-action") && urlHas("CONFIGURE_TOTP") && !has("required-action-bare"))
            return reachAction(why);
        return true;
    }

    bool reachAction(std::string& why) {
        const auto response = walk_.passwordStep(user());
        if (response.status != 302) {
            why = "no redirect to the action, but " + std::to_string(response.status);
            return false;
        }
        const std::string location(response.headers.view().get("Location"));
        if (member(request_, "method") == "GET" && !urlHas("mode=")) {
            browser_.action = location;
            return true;
        }
        browser_.get(location);
        if (has("stale-session_code")) {
            const std::string old = browser_.action;
            browser_.submit({{"totp", ""}, {"totpSecret", ""}});
            browser_.action = old;
        } else if (has("manual") && member(request_, "method") == "POST") {
            const Json links = browser_.page["links"];
            for (const auto& link : links)
                if (member(link, "id") == "mode-manual")
                    browser_.get(member(link, "href"));
        }
        return true;
    }

    bool prepareLogout() {
        if (!urlHas("{jwt}") && !bodyHas("{jwt}") && cookieNames().empty())
            return true;
        const std::string client = clientOf();
        bool in = walk_.login(client, "alice");
        walk_.exchange(client);
        if (has("hint-other-browser-user")) {
            browser_.clearCookies();
            in = walk_.login(client, "bob");
        }
        if (has("hint-twice"))
            browser_.get(filledUrl());
        return in;
    }

    bool prepareToken() {
        const bool needsCode = bodyHas("{id:web}") || bodyHas("{jwt}") || headersHave("{jwt}");
        if (!needsCode)
            return true;
        const bool in = walk_.login("web", "alice");
        if (has("reused") || has("after-code-reuse"))
            walk_.exchange("web");
        if (has("after-code-reuse"))
            walk_.exchange("web");
        if (has("tampered"))
            stage_.browser->page["kept-code"] = walk_.code;
        return in;
    }

    std::set<std::string> cookieNames() const {
        std::set<std::string> out;
        if (request_.contains("cookies"))
            for (const auto& name : request_["cookies"])
                out.insert(name.get<std::string>());
        return out;
    }

    // Only those that were sent, and spoiled where the record spoils them.
    void keepCookies() {
        const auto names = cookieNames();
        if (has("auth-session-garbage"))
            browser_.cookies["AUTH_SESSION_ID"] = "garbage";
        if (has("kc_restart-garbage"))
            browser_.cookies["KC_RESTART"] = "garbage";
        std::erase_if(browser_.cookies,
                      [&names](const auto& cookie) { return !names.contains(cookie.first); });
    }

    bool formHas(std::string_view name) const {
        if (!request_.contains("form") || !request_["form"].is_array())
            return false;
        return std::ranges::any_of(request_["form"],
                                   [name](const Json& field) { return field[0].get<std::string>() == name; });
    }

    bool bodyHas(std::string_view text) const {
        return request_.contains("form") && request_["form"].dump().find(text) != std::string::npos;
    }

    bool headersHave(std::string_view text) const {
        return request_.contains("headers") && request_["headers"].dump().find(text) != std::string::npos;
    }

    static std::string parameter(const std::string& url, std::string_view name) {
        const auto query = url.find('?');
        if (query == std::string::npos)
            return "";
        return http::formValue(http::parseForm(std::string_view(url).substr(query + 1)), name).value_or("");
    }

    std::string replacement(std::string_view mask) const {
        if (mask.starts_with("session_code"))
            return has("garbage-session_code") ? "garbage" : parameter(browser_.action, "session_code");
        if (mask.starts_with("execution"))
            return has("execution-unknown") ? "11111111-2222-4333-8444-555555555555"
                                            : parameter(browser_.action, "execution");
        if (mask.starts_with("tab_id"))
            return has("tab-wrong") ? "AAAAAAAAAAA" : parameter(browser_.action, "tab_id");
        if (mask.starts_with("client_data"))
            return parameter(browser_.action, "client_data");
        if (mask.starts_with("jwt"))
            return jwt();
        if (mask.starts_with("uuid"))
            return "11111111-2222-4333-8444-555555555555";
        return "";
    }

    std::string filled(std::string_view text) const {
        std::string out;
        for (std::size_t at = 0; at < text.size();) {
            const bool mask = text[at] == '{' && at + 1 < text.size() && asciiAlpha(text[at + 1]) &&
                              text.substr(at + 2, 3) != " x ";
            if (!mask) {
                out += text[at++];
                continue;
            }
            const auto end = maskEnd(text, at);
            out += replacement(text.substr(at + 1, end - at - 2));
            at = end;
        }
        return unmasked(out);
    }

    std::string filledUrl() const { return sendUrl_.empty() ? filled(url_) : sendUrl_; }

    // Codes of the enrolment belong to the secret of the page; everything else is sent as recorded.
    std::string fieldValue(const std::string& name, const std::string& value) {
        const bool enrolling = urlHas("/required-action");
        std::string secret;
        if (enrolling && browser_.page.contains("forms"))
            for (const auto& field : browser_.page["forms"][0]["fields"])
                if (member(field, "name") == "totpSecret")
                    secret = member(field, "value");
        if (name == "totpSecret")
            return secret;
        if (enrolling && name == "totp" && !value.empty() && value != "000000") {
            const bool counter = stage_.world.realm.value("otpPolicyType", "") == "hotp";
            enrolled_ = counter ? crypto::hotp(secret, 7, {}) : crypto::totp(secret, browser_.time, {});
            return enrolled_;
        }
        if (name == "otp" && has("setup-code-again"))
            return enrolled_;
        if (name == "code" && value.find("{id:web}") != std::string::npos)
            return codeValue();
        return filled(value);
    }

    std::string codeValue() {
        if (has("code-tampered-first"))
            return "11111111-2222-4333-8444-555555555555" + walk_.code.substr(walk_.code.find('.'));
        if (has("code-right-after-tampered"))
            return member(browser_.page, "kept-code");
        return walk_.code;
    }

    void fillBody(Sent& sent) {
        if (request_.contains("form")) {
            sent.form = true;
            if (request_["form"].is_string()) {
                sent.body = request_["form"].get<std::string>();
                return;
            }
            Fields fields;
            for (const auto& field : request_["form"])
                fields.emplace_back(field[0].get<std::string>(),
                                    fieldValue(field[0].get<std::string>(), field[1].get<std::string>()));
            sent.body = formBody(fields);
        } else if (request_.contains("body")) {
            sent.body = member(request_, "body");
        }
    }

    static inline std::string enrolled_; // the last code used to enrol
};

} // namespace

std::optional<Sent> prepare(Stage& stage, const Json& observation, std::string& why) {
    return Preparation(stage, observation).run(why);
}

} // namespace gatehouse::observations
