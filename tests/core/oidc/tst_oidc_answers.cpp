#include <base/encoding.h>
#include <oidc/authorization.h>
#include <oidc/claims.h>
#include <oidc/discovery.h>
#include <oidc/idToken.h>
#include <oidc/tokenAnswer.h>

#include <QTest>
#include <algorithm>
#include <nlohmann/json.hpp>

using namespace gatehouse;
using namespace gatehouse::oidc;

namespace {

constexpr std::int64_t noon = 1'700'000'000;
const Now now{WallTime(std::chrono::seconds(noon)), {}};

// JSON with ' for ": moc of Qt 6.4 loses its way in raw strings.
std::string json(std::string text) {
    std::ranges::replace(text, '\'', '"');
    return text;
}

Claims claims(std::string_view text) {
    return Claims::fromJson(text).value();
}

std::string joined(const std::optional<std::vector<std::string>>& list) {
    if (!list)
        return "(none)";
    std::string out;
    for (const std::string& one : *list)
        out += "[" + one + "]";
    return out;
}

std::string unsignedToken(std::string_view payload) {
    return "x." + base64Url(payload) + ".x";
}

http::Response answer(int status, std::string_view type, std::string_view body) {
    http::Response out;
    out.status = status;
    out.headers.add("Content-Type", type);
    out.body = body;
    return out;
}

std::string refusedText(const http::Response& response) {
    const auto read = readTokenAnswer(response, now);
    const auto* refusal = std::get_if<TokenRefusal>(&read);
    return refusal == nullptr ? std::string("(accepted)") : refusal->text;
}

const crypto::PrivateKey& key() {
    static const crypto::PrivateKey made = crypto::PrivateKey::generate(crypto::PrivateKey::Kind::EcP256);
    return made;
}

std::string token(const nlohmann::ordered_json& changes) {
    nlohmann::ordered_json payload = {{"iss", "https://issuer"}, {"aud", "me"}, {"exp", noon + 60}};
    for (const auto& [name, value] : changes.items())
        payload[name] = value;
    return crypto::sign(key(), "ES256", nlohmann::ordered_json::object(), payload);
}

IdTokenPolicy policy() {
    return {"https://issuer", false, {"ES256"}, {"aud"}, {"me"}};
}

} // namespace

class tst_oidc_answers : public QObject {
    Q_OBJECT

private slots:
    // pkg/providers/util/claim_extractor_test.go has the same questions.
    void claimsAreFoundAndConverted() {
        const Claims some =
            claims(json("{'t':'text','n':42,'f':1.5,'b':true,'z':null,'o':{'b':1,'a':'<&>'},'l':['x',1,true,"
                        "null,{'k':2}],'a':{'b':{'c':'deep'}},'a.b':'literal','none':{}}"));
        QCOMPARE(some.text("t").value(), std::string("text"));
        QCOMPARE(some.text("n").value(), std::string("42"));
        QCOMPARE(some.text("f").value(), std::string("1.5"));
        QCOMPARE(some.text("b").value(), std::string("true"));
        QVERIFY(!some.text("z") && !some.has("z") && !some.text("") && !some.text("a.x"));
        QCOMPARE(some.text("o").value(), std::string("{\"a\":\"\\u003c\\u0026\\u003e\",\"b\":1}"));
        QCOMPARE(joined(some.list("l")), std::string("[x][1][true][][{\"k\":2}]"));
        QCOMPARE(joined(some.list("t")), std::string("[text]"));
        QCOMPARE(joined(some.list("zz")), std::string("(none)"));
        QCOMPARE(some.text("a.b.c").value(), std::string("deep"));
        QCOMPARE(some.text("a.b").value(), std::string("literal")); // a literal name wins over a path
        QVERIFY(some.has("none"));
    }

    void flags() {
        const Claims some = claims(json("{'a':true,'b':false,'c':'true','d':'no','e':1,'f':0,'g':[]}"));
        QVERIFY(*some.flag("a") && !*some.flag("b") && *some.flag("c") && !*some.flag("d") &&
                *some.flag("e") && !*some.flag("f") && !*some.flag("g"));
        QVERIFY(!some.flag("missing"));
    }

    void unreadableClaims() {
        for (const std::string_view text : {"", "[]", "1", "{", "null", "\"x\""})
            QVERIFY(!Claims::fromJson(text));
        QVERIFY(!Claims::fromToken("one") && !Claims::fromToken("a.!.c") && !Claims::fromToken(""));
        QVERIFY(Claims::fromToken(unsignedToken("{\"a\":1}")).has_value());
        QVERIFY(!Claims::fromJson(std::string(100'000, '[')));
    }

    void keycloakRolesAreGroups() { // oauth2-proxy.md 7.7, corrections 2
        const auto roles = [](std::string_view payload) {
            const auto out = keycloakRoles(unsignedToken(payload));
            return out ? joined(*out) : "refused: " + out.error().technical.substr(0, 22);
        };
        QCOMPARE(roles(json("{'realm_access':{'roles':['a','b']},'resource_access':{'app':{'roles':['r']},'x'"
                            ":{},'y':1}}")),
                 std::string("[role:a][role:b][role:app:r]"));
        QCOMPARE(roles("{}"), std::string());
        QCOMPARE(roles(json("{'realm_access':{'roles':'a'}}")),
                 std::string("refused: json: cannot unmarshal"));
        QCOMPARE(roles(json("{'realm_access':{'roles':[1]}}")),
                 std::string("refused: json: cannot unmarshal"));
        QCOMPARE(roles(json("{'resource_access':{'gate':{'roles':[1]}}}")),
                 std::string("[role:gate:%!s(float64=1)]"));
        QVERIFY(roles(json("{'resource_access':{'gate':{'roles':'r'}}}")).starts_with("refused"));
        QCOMPARE(keycloakRoles("opaque").error().technical,
                 std::string("malformed access token, expected 3 parts got 1"));
    }

    void tokenAnswers() {
        const auto read = readTokenAnswer(answer(200, "application/json",
                                                 json("{'access_token':'a','refresh_token':'r','id_token':'i'"
                                                      ",'expires_in':300,'token_type':'Bearer'}")),
                                          now);
        const auto& tokens = std::get<TokenAnswer>(read);
        QVERIFY(tokens.accessToken == "a" && tokens.refreshToken == "r" && tokens.idToken == "i");
        QVERIFY(tokens.expiry == now.wall + std::chrono::seconds(300));
        const auto text = readTokenAnswer(
            answer(200, "application/json", json("{'access_token':'a','expires_in':'60','id_token':5}")),
            now);
        QVERIFY(std::get<TokenAnswer>(text).expiry == now.wall + std::chrono::seconds(60) &&
                std::get<TokenAnswer>(text).idToken.empty());
        const auto form = readTokenAnswer(
            answer(200, "application/x-www-form-urlencoded; charset=x", "access_token=a+b"), now);
        QVERIFY(std::get<TokenAnswer>(form).accessToken == "a b" && !std::get<TokenAnswer>(form).expiry);
    }

    void tokenRefusals_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<std::string>("body");
        QTest::addColumn<std::string>("words");
        const auto row = [](int status, const std::string& body, const char* words) {
            QTest::newRow(words) << status << body << std::string(words);
        };
        row(400, json("{'error':'invalid_grant','error_description':'Code not valid'}"),
            "oauth2: \"invalid_grant\" \"Code not valid\"");
        row(401, json("{'error':'invalid_client'}"), "oauth2: \"invalid_client\"");
        row(200, json("{'error':'invalid_scope'}"), "oauth2: \"invalid_scope\"");
        row(502, "bad gateway", "oauth2: cannot fetch token: 502 Bad Gateway");
        row(200, "{}", "oauth2: server response missing access_token");
        row(200, "<html>", "oauth2: cannot parse json");
    }

    void tokenRefusals() {
        QFETCH(int, status);
        QFETCH(std::string, body);
        QFETCH(std::string, words);
        QCOMPARE(refusedText(answer(status, "application/json", body)), words);
    }

    void discoveryAndKeys() {
        QCOMPARE(discoveryUrl("https://h/realms/a/"),
                 std::string("https://h/realms/a/.well-known/openid-configuration"));
        const auto found =
            parseDiscovery(json("{'issuer':'https://h','token_endpoint':'https://h/"
                                "t','jwks_uri':5,'id_token_signing_alg_values_supported':['RS256',1]}"));
        QVERIFY(found && found->issuer == "https://h" && found->tokenEndpoint == "https://h/t" &&
                found->jwksUri.empty());
        QCOMPARE(found->signingAlgorithms, std::vector<std::string>{"RS256"});
        QVERIFY(!parseDiscovery("[]") && !parseDiscovery("<html>"));
        nlohmann::json set = {{"keys", {key().publicKey().jwk("ES256"), {{"kty", "unknown"}}, 5}}};
        QCOMPARE(parseKeySet(set.dump())->keys.size(),
                 std::size_t{1}); // keys that cannot be read are left out
        QVERIFY(!parseKeySet("{}") && !parseKeySet("5"));
    }

    void idTokens_data() {
        QTest::addColumn<std::string>("changes");
        QTest::addColumn<int>("why"); // -1: good
        using Why = IdTokenRefusal::Why;
        const auto row = [](const std::string& changes, int why) {
            QTest::newRow(changes.c_str()) << changes << why;
        };
        row("{}", -1);
        row(json("{'iss':'https://issuer/'}"), static_cast<int>(Why::Issuer));
        row(json("{'iss':null}"), static_cast<int>(Why::Issuer));
        row(json("{'exp':1699999999}"), static_cast<int>(Why::Expired));
        row(json("{'exp':1700000000}"), -1);
        row(json("{'exp':null}"), static_cast<int>(Why::Expired));
        row(json("{'exp':1e300}"), static_cast<int>(Why::Expired));
        row(json("{'nbf':1700000300}"), -1);
        row(json("{'nbf':1700000301}"), static_cast<int>(Why::NotYetValid));
        row(json("{'aud':['x','me']}"), -1);
        row(json("{'aud':['x']}"), static_cast<int>(Why::Audience));
        row(json("{'aud':[1]}"), static_cast<int>(Why::Audience));
        row(json("{'aud':null}"), static_cast<int>(Why::Audience));
    }

    void idTokens() {
        QFETCH(std::string, changes);
        QFETCH(int, why);
        const std::string text = token(nlohmann::ordered_json::parse(changes));
        auto read = readIdToken(text, policy(), now);
        int got = -1;
        if (const auto* refusal = std::get_if<IdTokenRefusal>(&read)) {
            got = static_cast<int>(refusal->why);
        } else {
            const auto& idToken = std::get<IdToken>(read);
            QVERIFY(verifiedBy(idToken, KeySet{{key().publicKey()}}));
            QVERIFY(!verifiedBy(
                idToken,
                KeySet{{crypto::PrivateKey::generate(crypto::PrivateKey::Kind::EcP256).publicKey()}}));
            if (const auto wrong = checkAudience(idToken.claims, policy()))
                got = static_cast<int>(wrong->why);
        }
        QCOMPARE(got, why);
    }

    void algorithmAndForm() {
        const std::string text = token(nlohmann::ordered_json::object());
        IdTokenPolicy other = policy();
        other.algorithms = {"RS256"};
        QVERIFY(std::get<IdTokenRefusal>(readIdToken(text, other, now)).why ==
                IdTokenRefusal::Why::Algorithm);
        QVERIFY(std::get<IdTokenRefusal>(readIdToken("nonsense", policy(), now)).why ==
                IdTokenRefusal::Why::Malformed);
        QVERIFY(std::get<IdTokenRefusal>(readIdToken("", policy(), now)).why ==
                IdTokenRefusal::Why::Malformed);
    }

    void loginUrl() {
        AuthorizationRequest request{"https://h/auth?x=1&scope=old&client_id=old",
                                     "me",
                                     "https://a/cb",
                                     "openid email",
                                     "h:/p",
                                     {{"nonce", "n"}}};
        QCOMPARE(
            request.url(),
            std::string(
                "https://h/"
                "auth?client_id=me&nonce=n&redirect_uri=https%3A%2F%2Fa%2Fcb&response_type=code&scope=old&"
                "scope=openid+email&state=h%3A%2Fp&x=1"));
    }
};

QTEST_APPLESS_MAIN(tst_oidc_answers)
#include "tst_oidc_answers.moc"
