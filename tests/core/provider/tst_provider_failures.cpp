// What goes wrong in a login, each with Keycloak's words, its event and a rule for the trace.
#include "desk.h"

#include <QtTest>
#include <functional>

using namespace gatehouse;
using desk::Desk;

namespace {

struct Case {
    const char* name;
    std::function<void(Desk&)> prepare; // before the provider starts
    std::function<void(Desk&)> walk;
    int status;
    const char* words; // in the body or the Location
    const char* rule;
    const char* event; // "TYPE error"; "" = none
};

const std::vector<Case>& cases() {
    static const auto nothing = [](Desk&) {};
    static const std::vector<Case> table{
        {"wrong password", nothing,
         [](Desk& d) {
             d.open();
             d.typePassword("alice", "wrong");
         },
         200, "Invalid username or password.", "provider.password-wrong",
         "LOGIN_ERROR invalid_user_credentials"},
        {"unknown user", nothing,
         [](Desk& d) {
             d.open();
             d.typePassword("nobody");
         },
         200, "Invalid username or password.", "provider.user-unknown", "LOGIN_ERROR user_not_found"},
        {"wrong authenticator code", nothing,
         [](Desk& d) {
             d.open();
             d.typePassword();
             d.typeOtp("000000");
         },
         200, "Invalid authenticator code.", "provider.otp-wrong", "LOGIN_ERROR invalid_user_credentials"},
        {"authenticator two minutes off", nothing,
         [](Desk& d) {
             d.open();
             d.typePassword();
             d.typeOtp(d.code(-4));
         },
         200, "Invalid authenticator code.", "provider.otp-wrong", "LOGIN_ERROR invalid_user_credentials"},
        {"used authenticator code", nothing,
         [](Desk& d) {
             d.login();
             d.cookies.clear();
             d.open();
             d.typePassword();
             d.typeOtp(d.code());
         },
         200, "Invalid authenticator code.", "provider.otp-used", "LOGIN_ERROR invalid_user_credentials"},
        {"disabled user", [](Desk& d) { d.realm.users[1].enabled = false; },
         [](Desk& d) {
             d.open();
             d.typePassword("bob");
         },
         200, "Account is disabled, contact your administrator.", "provider.user-disabled",
         "LOGIN_ERROR user_disabled"},
        {"locked user",
         [](Desk& d) {
             d.realm.bruteForceProtected = true;
             d.realm.failureFactor = 2;
         },
         [](Desk& d) {
             for (int i = 0; i < 2; ++i) {
                 d.open();
                 d.typePassword("bob", "wrong");
                 d.now += 5;
             }
             d.open();
             d.typePassword("bob");
         },
         200, "Invalid username or password.", "provider.user-locked",
         "LOGIN_ERROR user_temporarily_disabled"},
        {"unregistered redirect URI", nothing,
         [](Desk& d) {
             d.send("GET", "/realms/demo/protocol/openid-connect/"
                           "auth?client_id=oauth2-proxy&response_type=code&scope=openid&redirect_uri=https%"
                           "3A%2F%2Fwhoami.domain.tld%2Fother");
         },
         400, "Invalid parameter: redirect_uri", "provider.redirect-uri-unregistered",
         "LOGIN_ERROR invalid_redirect_uri"},
        {"a scope the client lacks", nothing,
         [](Desk& d) {
             d.send(
                 "GET",
                 "/realms/demo/protocol/openid-connect/"
                 "auth?client_id=oauth2-proxy&response_type=code&scope=openid+groups&state=x&redirect_uri=" +
                     http::percentEncode(desk::callback));
         },
         302, "error=invalid_scope&error_description=Invalid+scopes%3A+openid+groups&state=x",
         "provider.scope-unknown", "LOGIN_ERROR invalid_request"},
        {"unknown client", nothing,
         [](Desk& d) {
             d.send("GET", "/realms/demo/protocol/openid-connect/auth?client_id=nobody&response_type=code");
         },
         400, "Client not found.", "provider.client-unknown", "LOGIN_ERROR client_not_found"},
        {"disabled client", [](Desk& d) { d.realm.clients[0].enabled = false; }, [](Desk& d) { d.open(); },
         400, "Client disabled.", "provider.client-disabled", "LOGIN_ERROR client_disabled"},
        {"disabled realm", [](Desk& d) { d.realm.enabled = false; }, [](Desk& d) { d.open(); }, 400,
         "Realm not enabled", "provider.realm-disabled", "LOGIN_ERROR realm_disabled"},
        {"wrong client secret", nothing, [](Desk& d) { d.exchange(d.login(), "wrong"); }, 401,
         "Invalid client or Invalid client credentials", "provider.client-secret-wrong",
         "CODE_TO_TOKEN_ERROR invalid_client_credentials"},
        {"expired code", nothing,
         [](Desk& d) {
             const auto code = d.login();
             d.now += 61;
             d.exchange(code);
         },
         400, "Code not valid", "provider.code-expired", "CODE_TO_TOKEN_ERROR invalid_code"},
        {"code used twice", nothing,
         [](Desk& d) {
             const auto code = d.login();
             d.exchange(code);
             d.exchange(code);
         },
         400, "Code not valid", "provider.code-unknown", "CODE_TO_TOKEN_ERROR invalid_code"},
        {"another redirect URI at the token endpoint", nothing,
         [](Desk& d) { d.exchange(d.login(), desk::clientSecret, "https://whoami.domain.tld/other"); }, 400,
         "Incorrect redirect_uri", "provider.redirect-uri-differs", "CODE_TO_TOKEN_ERROR invalid_code"},
        {"PKCE verifier that does not fit", nothing,
         [](Desk& d) {
             const auto code = d.login(
                 "alice",
                 "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256");
             d.token({{"grant_type", "authorization_code"},
                      {"code", code},
                      {"redirect_uri", std::string(desk::callback)},
                      {"code_verifier", std::string(43, 'x')}});
         },
         400, "PKCE verification failed: Code mismatch", "provider.pkce-failed",
         "CODE_TO_TOKEN_ERROR pkce_verification_failed"},
        {"PKCE demanded and absent",
         [](Desk& d) { d.realm.clients[0].attributes["pkce.code.challenge.method"] = "S256"; },
         [](Desk& d) { d.open(); }, 302, "Missing+parameter%3A+code_challenge_method",
         "provider.pkce-refused", "LOGIN_ERROR invalid_request"},
        {"prompt=none and nobody signed in", nothing, [](Desk& d) { d.open("&prompt=none"); }, 302,
         "error=login_required", "provider.login-required", ""},
        {"no cookies", nothing,
         [](Desk& d) {
             d.open();
             d.cookies.clear();
             d.typePassword();
         },
         400, "Restart login cookie not found.", "provider.cookie-missing", "LOGIN_ERROR cookie_not_found"},
        {"login begun too long ago", nothing,
         [](Desk& d) {
             d.open();
             d.now += 1801;
             d.open();
             d.cookies.erase("AUTH_SESSION_ID");
             d.typePassword();
         },
         302, "/login-actions/authenticate?client_id=oauth2-proxy", "provider.login-expired",
         "LOGIN_ERROR expired_code"},
        {"form of another step", nothing,
         [](Desk& d) {
             d.open();
             auto action = Desk::path(d.attribute("<form", "action"));
             const auto at = action.find("execution=") + 10;
             action.replace(at, 36, "11111111-2222-4333-8444-555555555555");
             d.send("POST", action, "username=alice&password=x");
         },
         200, "Page has expired", "provider.page-expired", ""},
        {"unknown grant", nothing, [](Desk& d) { d.token({{"grant_type", "magic"}}); }, 400,
         "Unsupported grant_type", "provider.grant-refused", ""},
        {"password grant switched off", nothing,
         [](Desk& d) { d.token({{"grant_type", "password"}, {"username", "alice"}, {"password", "x"}}); },
         400, "Client not allowed for direct access grants", "provider.grant-refused",
         "LOGIN_ERROR not_allowed"},
        {"userinfo without a token", nothing,
         [](Desk& d) { d.send("GET", "/realms/demo/protocol/openid-connect/userinfo"); }, 401, "",
         "provider.token-refused", "USER_INFO_REQUEST_ERROR invalid_token"},
        {"foreign origin", nothing,
         [](Desk& d) {
             const auto body = "grant_type=client_credentials&client_id=oauth2-proxy&client_secret=" +
                               std::string(desk::clientSecret);
             d.send("POST", "/realms/demo/protocol/openid-connect/token", body,
                    {{"Origin", "https://evil.example"}});
         },
         403, "Invalid origin", "provider.origin-refused", ""},
        {"logout to an address that is not registered", nothing,
         [](Desk& d) {
             d.send("GET",
                    "/realms/demo/protocol/openid-connect/"
                    "logout?client_id=oauth2-proxy&post_logout_redirect_uri=https%3A%2F%2Fevil.example");
         },
         400, "Invalid redirect uri", "provider.logout-refused", "LOGOUT_ERROR invalid_redirect_uri"},
        {"plain http where https is required", [](Desk& d) { d.realm.sslRequired = "all"; },
         [](Desk& d) { d.open(); }, 200, "kc-form-login", "provider.login-page",
         ""}, // the desk's connection is TLS
        {"no such realm", nothing,
         [](Desk& d) {
             d.send("GET", "/realms/none/.well-known/openid-configuration", {},
                    {{"Accept", "application/json"}});
         },
         404, "Realm does not exist", "provider.not-found", ""},
    };
    return table;
}

} // namespace

class ProviderFailures : public QObject {
    Q_OBJECT
private slots:
    void eachHasItsWords_data() {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < cases().size(); ++i)
            QTest::newRow(cases()[i].name) << static_cast<int>(i);
    }
    void eachHasItsWords() {
        QFETCH(int, index);
        const auto& c = cases()[static_cast<std::size_t>(index)];
        Desk d;
        c.prepare(d);
        c.walk(d);
        QCOMPARE(d.last.status, c.status);
        const std::string text = d.last.body + d.header("Location");
        QVERIFY2(text.find(c.words) != std::string::npos, text.c_str());
        QVERIFY2(d.traced(c.rule), d.rules.empty() ? "nothing traced" : d.rules.back().c_str());
        const std::string event = c.event;
        if (event.empty()) {
            for (const auto& one : d.events)
                QVERIFY2(one.error.empty(), one.error.c_str());
        } else {
            QVERIFY(!d.events.empty());
            QCOMPARE(d.events.back().type + " " + d.events.back().error, event);
        }
    }

    void noSecretLeavesByEventOrTrace() {
        Desk d;
        d.realm.clients[0].directAccessGrantsEnabled = true;
        d.open();
        d.typePassword("alice", "mistyped-secret-4c1");
        const auto authorization = d.login();
        d.exchange(authorization);
        d.token({{"grant_type", "password"}, {"username", "bob"}, {"password", std::string(desk::password)}});
        d.token({{"grant_type", "password"}, {"username", "bob"}, {"password", "mistyped-secret-4c1"}},
                "wrong-client-secret-8d");
        std::string all = d.traceText;
        for (const auto& event : d.events)
            for (const auto& [name, value] : event.details)
                all += value + "\n";
        QVERIFY(d.events.size() >= 4);
        for (const auto secret :
             {desk::password, desk::clientSecret, desk::otpKey, std::string_view("mistyped-secret-4c1"),
              std::string_view("wrong-client-secret-8d")})
            QVERIFY2(all.find(secret) == std::string::npos, std::string(secret).c_str());
        for (const auto& otp : {d.code(), authorization.substr(0, 36)})
            QVERIFY2(all.find(otp) == std::string::npos, otp.c_str());
    }
};

QTEST_APPLESS_MAIN(ProviderFailures)
#include "tst_provider_failures.moc"
