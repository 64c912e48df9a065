// Sessions, refresh, logout, enrolment, required actions, and requests that make no sense.
#include "desk.h"

#include <crypto/qrCode.h>

#include <QtTest>
#include <nlohmann/json.hpp>
#include <random>

using namespace gatehouse;
using desk::Desk;
using Json = nlohmann::ordered_json;

namespace {

std::string member(const std::string& body, const char* name) {
    const auto json = Json::parse(body, nullptr, false);
    return json.is_object() && json.contains(name) && json[name].is_string() ? json[name].get<std::string>()
                                                                             : "";
}

Json claims(const std::string& token) {
    const auto first = token.find('.'), second = token.find('.', first + 1);
    return Json::parse(fromBase64Url(token.substr(first + 1, second - first - 1)).value_or("{}"));
}

} // namespace

class ProviderSessions : public QObject {
    Q_OBJECT
private slots:
    void aLoginWithPasswordAndCode() {
        Desk d;
        d.open();
        QCOMPARE(d.last.status, 200);
        for (const auto* id : {"id=\"kc-form-login\"", "id=\"username\"", "id=\"password\"",
                               "id=\"kc-login\"", "data-page-id=\"login-login\""})
            QVERIFY2(d.page(id), id);
        d.typePassword();
        QVERIFY(d.page("id=\"kc-otp-login-form\""));
        d.typeOtp(d.code());
        QCOMPARE(d.last.status, 302);
        QVERIFY2(d.header("Location").starts_with(std::string(desk::callback) + "?state=st&session_state="),
                 d.header("Location").c_str());
        QVERIFY(d.header("Location").find("&iss=https%3A%2F%2Fkeycloak.domain.tld%2Frealms%2Fdemo&code=") !=
                std::string::npos);
        QCOMPARE(d.events.back().type, std::string("LOGIN"));
    }

    void theSessionSparesTheNextLogin() {
        Desk d;
        d.login();
        d.open();
        QCOMPARE(d.last.status, 302);
        QVERIFY(d.traced("provider.single-sign-on"));
        d.exchange(d.authorizationCode());
        QCOMPARE(claims(member(d.last.body, "access_token"))["acr"].get<std::string>(), std::string("0"));
        d.open("&prompt=login");
        QCOMPARE(d.last.status, 200);
        QVERIFY(d.page("Please re-authenticate to continue"));
        QVERIFY(!d.page("id=\"username\""));
        d.now += 100;
        d.open("&max_age=50");
        QVERIFY(d.traced("provider.reauthentication"));
    }

    void sessionsEndInTime_data() {
        QTest::addColumn<int>("seconds");
        QTest::addColumn<bool>("alive");
        QTest::newRow("just before idle") << 1799 << true;
        QTest::newRow("idle") << 1800 << false;
    }
    void sessionsEndInTime() {
        QFETCH(int, seconds);
        QFETCH(bool, alive);
        Desk d;
        d.login();
        d.now += seconds;
        d.open("&prompt=none");
        QCOMPARE(d.header("Location").find("&code=") != std::string::npos, alive);
    }

    void aRefreshTokenRotates() {
        Desk d;
        d.realm.revokeRefreshToken = true;
        const auto first = member(d.exchange(d.login()).body, "refresh_token");
        const auto refresh = [&](const std::string& token) {
            return d.token({{"grant_type", "refresh_token"}, {"refresh_token", token}});
        };
        d.now += 10;
        const auto second = member(refresh(first).body, "refresh_token");
        QVERIFY(!second.empty());
        QCOMPARE(member(refresh(first).body, "error_description"),
                 std::string("Maximum allowed refresh token reuse exceeded"));
        QCOMPARE(member(refresh(second).body, "error_description"),
                 std::string("Session doesn't have required client"));
        QVERIFY(d.traced("provider.refresh-refused"));
    }

    void aRefreshKeepsTheSession() {
        Desk d;
        auto token = member(d.exchange(d.login("alice", "&nonce=n1")).body, "refresh_token");
        for (int i = 0; i < 3; ++i) {
            d.now += 1700; // each within the idle time of 1800
            d.token({{"grant_type", "refresh_token"}, {"refresh_token", token}});
            QCOMPARE(d.last.status, 200);
            QVERIFY(!claims(member(d.last.body, "id_token")).contains("nonce"));
            token = member(d.last.body, "refresh_token");
        }
        d.now += 1801;
        d.token({{"grant_type", "refresh_token"}, {"refresh_token", token}});
        QCOMPARE(member(d.last.body, "error_description"), std::string("Token is not active"));
    }

    void offlineAccessOutlivesTheLogout() {
        Desk d;
        d.send("GET",
               "/realms/demo/protocol/openid-connect/"
               "auth?client_id=oauth2-proxy&response_type=code&scope=openid+offline_access&redirect_uri=" +
                   http::percentEncode(desk::callback));
        d.typePassword("bob");
        const auto answer = d.exchange(d.authorizationCode()).body;
        QCOMPARE(claims(member(answer, "refresh_token"))["typ"].get<std::string>(), std::string("Offline"));
        d.send("GET",
               "/realms/demo/protocol/openid-connect/logout?id_token_hint=" + member(answer, "id_token"));
        QVERIFY(d.page("You are logged out"));
        d.token({{"grant_type", "refresh_token"}, {"refresh_token", member(answer, "refresh_token")}});
        QCOMPARE(d.last.status, 200);
    }

    void logoutTellsTheClients() {
        Desk d;
        d.realm.clients[0].attributes["backchannel.logout.url"] = "https://app.example/bc";
        d.realm.clients[0].attributes["post.logout.redirect.uris"] = "https://app.example/bye";
        const auto id = member(d.exchange(d.login()).body, "id_token");
        d.send("GET", "/realms/demo/protocol/openid-connect/logout?id_token_hint=" + id +
                          "&state=s+1&post_logout_redirect_uri=https%3A%2F%2Fapp.example%2Fbye");
        QCOMPARE(d.header("Location"), std::string("https://app.example/bye?state=s+1"));
        QCOMPARE(d.calls.size(), std::size_t{1});
        QCOMPARE(d.calls[0].url.text(), std::string("https://app.example/bc"));
        const auto token = d.calls[0].request.body.substr(std::string_view("logout_token=").size());
        const auto logout = claims(token);
        QCOMPARE(logout["aud"].get<std::string>(), std::string("oauth2-proxy"));
        QCOMPARE(logout["sid"], claims(id)["sid"]);
        QVERIFY(logout["events"].contains("http://schemas.openid.net/event/backchannel-logout"));
        QVERIFY(!logout.contains("nonce"));
        d.open("&prompt=none");
        QVERIFY(d.header("Location").find("login_required") != std::string::npos);
    }

    void logoutAsksWithoutAHint() {
        Desk d;
        d.login();
        d.send("GET", "/realms/demo/protocol/openid-connect/logout?client_id=oauth2-proxy");
        QVERIFY(d.page("Do you want to log out?"));
        QVERIFY(d.page("id=\"kc-logout\""));
        const auto code = d.attribute("name=\"session_code\"", "value");
        d.submit({{"session_code", code}, {"confirmLogout", "Logout"}});
        QVERIFY(d.page("You are logged out"));
        QVERIFY(!d.cookies.contains("KEYCLOAK_IDENTITY"));
        QCOMPARE(d.events.back().type, std::string("LOGOUT"));
    }

    void enrolmentShowsOneKeyThreeTimes() {
        Desk d;
        d.realm.users[1].requiredActions = {"CONFIGURE_TOTP"};
        d.open();
        d.typePassword("bob");
        QCOMPARE(d.last.status, 302);
        d.send("GET", Desk::path(d.header("Location")));
        QVERIFY(d.page("You need to set up Mobile Authenticator to activate your account."));
        const auto secret = d.attribute("id=\"totpSecret\"", "value");
        QCOMPARE(secret.size(), std::size_t{20});
        const auto picture = d.attribute("id=\"kc-totp-secret-qr-code\"", "src");
        QVERIFY(picture.starts_with("data:image/png;base64, "));
        const std::string uri = "otpauth://totp/demo:bob?secret=" + base32(secret) +
                                "&digits=6&algorithm=SHA1&issuer=demo&period=30";
        const auto drawn = crypto::qrCode(uri);
        QVERIFY(drawn.has_value());
        QCOMPARE(picture.substr(23), base64(crypto::qrPng(*drawn, 246)));
        d.send("GET", Desk::path(d.attribute("id=\"mode-manual\"", "href")));
        std::string grouped;
        for (const char c : base32(secret))
            grouped += grouped.size() % 5 == 4 ? std::string(" ") + c : std::string(1, c);
        QVERIFY(d.page("id=\"kc-totp-secret-key\">" + grouped + "<"));

        d.submit({{"totp", "000000"}, {"totpSecret", secret}, {"userLabel", "phone"}});
        QVERIFY(d.page("Invalid authenticator code."));
        const auto code = crypto::totp(secret, d.now, {});
        d.submit({{"totp", code},
                  {"totpSecret", "forged-forged-forged"},
                  {"userLabel", "phone"}}); // the field does not count here
        QCOMPARE(d.last.status, 302);
        QVERIFY(!d.authorizationCode().empty());
        d.cookies.clear();
        d.open();
        d.typePassword("bob");
        d.typeOtp(code);
        QVERIFY(d.traced("provider.otp-used"));
        d.typeOtp(crypto::totp(secret, d.now + 30, {}));
        QCOMPARE(d.last.status, 302);
    }

    void aNameIsMissing() {
        Desk d;
        d.realm.users[1].lastName.clear();
        d.open();
        d.typePassword("bob");
        QVERIFY(d.header("Location").find("execution=VERIFY_PROFILE") != std::string::npos);
        d.send("GET", Desk::path(d.header("Location")));
        QVERIFY(d.page("id=\"kc-update-profile-form\""));
        QVERIFY(d.page("Please specify this field."));
        d.submit({{"email", "bob@domain.tld"}, {"firstName", "Bob"}, {"lastName", "Builder"}});
        d.exchange(d.authorizationCode());
        QCOMPARE(claims(member(d.last.body, "id_token"))["family_name"].get<std::string>(),
                 std::string("Builder"));
    }

    void aTemporaryPasswordIsChanged() {
        Desk d;
        d.realm.passwordPolicy = "length(8)";
        d.realm.users[1].credentials[0].temporary = true;
        d.open();
        d.typePassword("bob");
        d.send("GET", Desk::path(d.header("Location")));
        QVERIFY(d.page("You need to change your password to activate your account."));
        d.submit({{"password-new", "short"}, {"password-confirm", "short"}});
        QVERIFY(d.page("Invalid password: minimum length 8."));
        d.submit({{"password-new", "long enough"}, {"password-confirm", "other"}});
        QVERIFY(d.page("Passwords don&#39;t match."));
        d.submit({{"password-new", "long enough"}, {"password-confirm", "long enough"}});
        QVERIFY(!d.authorizationCode().empty());
        d.cookies.clear();
        d.open();
        d.typePassword("bob");
        QVERIFY(d.traced("provider.password-wrong"));
        d.typePassword("bob", "long enough");
        QCOMPARE(d.last.status, 302);
    }

    void valuesAreEscaped() {
        Desk d;
        d.realm.displayName = "<script>alert(1)</script>\"'";
        d.open("&login_hint=%22%3E%3Cscript%3Ealert(2)%3C%2Fscript%3E");
        QVERIFY(!d.page("alert(1)</script>\""));
        QVERIFY(!d.page("<script>alert("));
        d.typePassword("\"><img src=x onerror=alert(3)>", "x");
        QVERIFY(!d.page("<img src=x"));
    }

    void locksEndInTime() {
        Desk d;
        d.realm.bruteForceProtected = true;
        d.realm.failureFactor = 1;
        d.open();
        d.typePassword("bob", "wrong");
        d.now += 59;
        d.typePassword("bob");
        QVERIFY(d.traced("provider.user-locked"));
        d.now += 2;
        d.typePassword("bob");
        QCOMPARE(d.last.status, 302);
    }

    // Whatever comes: an answer, no crash, no header that ends early.
    void randomRequestsAreAnswered() {
        Desk d;
        d.login();
        std::mt19937 random(7);
        const std::vector<std::string> paths{"/realms/demo/protocol/openid-connect/auth",
                                             "/realms/demo/protocol/openid-connect/token",
                                             "/realms/demo/protocol/openid-connect/logout",
                                             "/realms/demo/login-actions/authenticate",
                                             "/realms/demo/login-actions/required-action",
                                             "/realms/demo/protocol/openid-connect/token/introspect",
                                             "/realms/demo/protocol/openid-connect/revoke",
                                             "/realms/demo/protocol/openid-connect/userinfo",
                                             "/realms/demo/protocol/openid-connect/logout/logout-confirm",
                                             "/realms/demo/login-actions/restart",
                                             "/realms/demo/x",
                                             "/"};
        const std::vector<std::string> names{"client_id",      "redirect_uri",  "response_type",
                                             "scope",          "state",         "code",
                                             "grant_type",     "refresh_token", "token",
                                             "id_token_hint",  "client_secret", "session_code",
                                             "execution",      "tab_id",        "client_data",
                                             "username",       "password",      "response_mode",
                                             "prompt",         "max_age",       "post_logout_redirect_uri",
                                             "code_challenge", "otp",           "kc_action"};
        const std::vector<std::string> values{"oauth2-proxy",
                                              std::string(desk::callback),
                                              "code",
                                              "token id_token",
                                              "openid",
                                              "none",
                                              "a.b.c",
                                              "authorization_code",
                                              "refresh_token",
                                              "form_post",
                                              "%00%0d%0a",
                                              "\r\nX: y",
                                              "-1",
                                              "9999999999999999999",
                                              "\xff\xfe",
                                              "CONFIGURE_TOTP",
                                              std::string(desk::clientSecret),
                                              "",
                                              "https://x/\"><script>",
                                              "login",
                                              "fragment.jwt"};
        const auto pick = [&random](const std::vector<std::string>& list) {
            return list[random() % list.size()];
        };
        for (int i = 0; i < 1500; ++i) {
            http::Form form;
            for (auto n = random() % 7; n > 0; --n)
                form.emplace_back(pick(names), pick(values));
            const bool post = random() % 2 == 0;
            const auto text = http::formText(form);
            const auto kept = d.cookies;
            d.send(post ? "POST" : "GET", pick(paths) + (post && random() % 2 == 0 ? "" : "?" + text),
                   post ? text : "");
            d.cookies = kept;
            QVERIFY(d.last.status >= 200 && d.last.status < 600);
            for (const auto [name, value] : d.last.headers.view())
                QVERIFY(value.find_first_of("\r\n") == std::string_view::npos);
            QVERIFY2(!d.rules.empty() || d.last.status == 200, d.last.body.c_str());
        }
    }
};

QTEST_APPLESS_MAIN(ProviderSessions)
#include "tst_provider_sessions.moc"
