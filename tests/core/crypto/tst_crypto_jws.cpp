#include <base/encoding.h>
#include <crypto/jose.h>

#include <QFile>
#include <QTest>
#include <nlohmann/json.hpp>
#include <random>

using namespace gatehouse;
using namespace gatehouse::crypto;
using nlohmann::json;
using nlohmann::ordered_json;

namespace {

// RFC 7515 appendix A. The payload's line ends are part of what is signed.
const std::string payload =
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
const std::string hs256 =
    "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9." + payload + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const std::string hs256Key =
    "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
const std::string rs256 =
    "eyJhbGciOiJSUzI1NiJ9." + payload +
    ".cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9"
    "uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_e"
    "SN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5A"
    "XLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
const json rs256Key = {{"kty", "RSA"},
                       {"n", "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-"
                             "4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgN"
                             "MsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-"
                             "bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmt"
                             "dVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_"
                             "h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"},
                       {"e", "AQAB"}};
const std::string es256 =
    "eyJhbGciOiJFUzI1NiJ9." + payload +
    ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
const json es256Key = {{"kty", "EC"},
                       {"crv", "P-256"},
                       {"x", "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"},
                       {"y", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}};
const std::string es512 = "eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA."
                          "AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWROc-mZZqwqT2SI-"
                          "KGDKB34XO0aw_7XdtAG8GaSwFKdCAPZgoXD2Y"
                          "BJZCPEX3xKpRwcdOO8KpEHwJjyqOgzDO7iKvU8vcnwNrmxYbSW9ERBXukOXolLzeO_Jn";
const json es512Key = {
    {"kty", "EC"},
    {"crv", "P-521"},
    {"x", "AekpBQ8ST8a8VcfVOTNl353vSrDCLLJXmPk06wTjxrrjcBpXp5EOnYG_NjFZ6OvLFV1jSfS9tsz4qUxcWceqwQGk"},
    {"y", "ADSmRA43Z1DSNx_RvcLI87cdL07l6jQyyBXMoxVg_l2Th-x3S1WDhjDly79ajL4Kkd0AZMaZmh9ubmf63e3kyMj2"}};
const std::string eddsa =
    "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc." // RFC 8037 appendix A.4
    "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
const json eddsaKey = {
    {"kty", "OKP"}, {"crv", "Ed25519"}, {"x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}};
const std::string unsecured = "eyJhbGciOiJub25lIn0." + payload + '.';

struct Vector {
    std::string token;
    json key;
};
const std::vector<Vector> vectors{{rs256, rs256Key}, {es256, es256Key}, {es512, es512Key}, {eddsa, eddsaKey}};

PublicKey publicKey(const json& jwk) {
    return PublicKey::fromJwk(jwk).value();
}

std::string_view codeOf(const Result<void>& result) {
    return result ? std::string_view("ok") : result.error().what->code;
}

// What becomes of a token from its first byte to its last: the code of the first refusal, or "ok".
std::string_view judge(std::string_view token, const PublicKey& key) {
    const auto jws = parseJws(token);
    return jws ? codeOf(verify(*jws, key)) : jws.error().what->code;
}

std::string tokenOf(std::string_view header, std::string_view signature = "") {
    return base64Url(header) + '.' + base64Url("{}") + '.' + base64Url(signature);
}

PrivateKey keyFile(const char* name) {
    QFile file(QStringLiteral(GATEHOUSE_TEST_DATA "/data/") + QLatin1String(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s is missing", name);
    return PrivateKey::fromPem(file.readAll().toStdString()).value();
}

} // namespace

class tst_crypto_jws : public QObject {
    Q_OBJECT

private slots:
    void vectorsOfTheRfcs() {
        for (const Vector& vector : vectors)
            QVERIFY2(judge(vector.token, publicKey(vector.key)) == "ok", vector.token.c_str());
        const auto jws = parseJws(hs256);
        QVERIFY(jws && jws->algorithm == "HS256" && jws->keyId.empty());
        QVERIFY(jws->header == "{\"typ\":\"JWT\",\r\n \"alg\":\"HS256\"}");
        QVERIFY(jws->payload ==
                "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}");
        QVERIFY(codeOf(verifyHmac(*jws, *fromBase64Url(hs256Key))) == "ok");
    }

    void unsignedTokensNeverPass() { // RFC 7515 appendix A.5
        const auto jws = parseJws(unsecured);
        QVERIFY(jws && jws->algorithm == "none");
        QVERIFY(codeOf(verify(*jws, publicKey(rs256Key))) == "jws-not-signed");
        QVERIFY(codeOf(verifyHmac(*jws, "secret")) == "jws-not-signed" &&
                codeOf(verifyHmac(*jws, "")) == "jws-not-signed");
        for (const char* name : {"None", "NONE", "nOnE", ""})
            QVERIFY2(judge(tokenOf(json{{"alg", name}}.dump()), publicKey(rs256Key)) == "jws-algorithm",
                     name);
    }

    void anRsaKeyIsNoHmacSecret() {
        // The attack: HS256 with the text of the public key as its secret, offered to a verifier of RS256.
        const PrivateKey key = PrivateKey::generate(PrivateKey::Kind::Rsa2048);
        const std::string secret = key.publicKey().jwk("RS256").dump();
        const std::string forged = signHmac(secret, "HS256", {}, {{"sub", "alice"}});
        QVERIFY(judge(forged, key.publicKey()) == "jws-other-key");
        QVERIFY(codeOf(verifyHmac(*parseJws(forged), secret)) == "ok"); // so it is the key that refused it
        QVERIFY(codeOf(verifyHmac(*parseJws(rs256), "secret")) == "jws-other-key");
    }

    void anEmptySecretVerifiesNothing() {
        const std::string token = signHmac("", "HS256", {}, {});
        QVERIFY(codeOf(verifyHmac(*parseJws(token), "")) == "jws-signature");
    }

    void wrongKeys() {
        for (const Vector& one : vectors)
            for (const Vector& other : vectors)
                if (&one != &other)
                    QVERIFY(judge(one.token, publicKey(other.key)) == "jws-other-key");
        QVERIFY(judge(rs256, PrivateKey::generate(PrivateKey::Kind::Rsa2048).publicKey()) == "jws-signature");
        QVERIFY(judge(es256, PrivateKey::generate(PrivateKey::Kind::EcP256).publicKey()) == "jws-signature");
        QVERIFY(judge(eddsa, PrivateKey::generate(PrivateKey::Kind::Ed25519).publicKey()) == "jws-signature");
        QVERIFY(codeOf(verifyHmac(*parseJws(hs256), "secret")) == "jws-signature");
    }

    void aKeyThatNamesItsAlgorithmTakesNoOther() {
        json named = rs256Key;
        named["alg"] = "PS256";
        QVERIFY(judge(rs256, publicKey(named)) == "jws-other-key");
        named["alg"] = "RS256";
        QVERIFY(judge(rs256, publicKey(named)) == "ok");
    }

    void modifiedTokens() {
        for (const Vector& vector : vectors) {
            const PublicKey key = publicKey(vector.key);
            for (std::size_t i = 0; i < vector.token.size(); i += 3) {
                std::string changed = vector.token;
                changed[i] = changed[i] == 'A' ? 'B' : 'A';
                QVERIFY(judge(changed, key) != "ok");
            }
            for (std::size_t size = 0; size < vector.token.size(); size += 5)
                QVERIFY(judge(vector.token.substr(0, size), key) != "ok");
            QVERIFY(judge(vector.token + "AA", key) != "ok" && judge("AA" + vector.token, key) != "ok");
        }
    }

    void oneTokenHasOneSpelling() {
        const PublicKey key = publicKey(es256Key);
        const auto dot = es256.rfind('.');
        QVERIFY(judge(es256 + "=", key) == "jws-form" && judge(es256 + "==", key) == "jws-form");
        QVERIFY(judge(es256 + "\n", key) == "jws-form" && judge(" " + es256, key) == "jws-form");
        std::string stray = es256;
        stray.back() = 'R'; // the same 64 bytes: only the spare bits differ
        QVERIFY(judge(stray, key) == "jws-form");
        QVERIFY(judge(es256.substr(0, dot), key) == "jws-form" && judge(es256 + ".", key) == "jws-form");
        QVERIFY(judge("", key) == "jws-form" && judge("..", key) == "jws-header" &&
                judge("a.b", key) == "jws-form");
        // A DER signature is not a JWS signature, even of the right numbers.
        const auto raw = fromBase64Url(std::string_view(es256).substr(dot + 1)).value();
        const std::string der =
            "\x30\x45\x02\x20" + raw.substr(0, 32) + std::string("\x02\x21\0", 3) + raw.substr(32);
        QVERIFY(judge(es256.substr(0, dot + 1) + base64Url(der), key) == "jws-signature");
        QVERIFY(judge(es256.substr(0, dot + 1) + base64Url(std::string(64, '\0')), key) == "jws-signature");
        QVERIFY(judge(es256.substr(0, dot + 1), key) == "jws-signature");
    }

    void headers() {
        const PublicKey key = publicKey(rs256Key);
        for (const char* header : {"", "{", "[]", "\"RS256\"", "{}", R"({"alg":7})", R"({"alg":null})",
                                   R"({"alg":"RS256","kid":7})", R"({"alg":"RS256","alg":"none"})",
                                   R"({"alg":"RS256"} x)", "{\"alg\":\"RS256\xFF\"}"})
            QVERIFY2(judge(tokenOf(header), key) == "jws-header", header);
        QVERIFY(judge(tokenOf(R"({"alg":"RS256","crit":["exp"],"exp":1})"), key) == "jws-critical");
        QVERIFY(judge(tokenOf(R"({"alg":"RS256","b64":false,"crit":["b64"]})"), key) == "jws-critical");
        QVERIFY(judge(tokenOf(R"({"alg":"RS1"})"), key) == "jws-algorithm");
        QVERIFY(judge(tokenOf(R"({"alg":"RS256","jwk":{"alg":"x","alg":"y"}})"), key) ==
                "jws-signature"); // deeper is not ours
        QVERIFY(parseJws(tokenOf(R"({"alg":"RS256","kid":"a/b"})"))->keyId == "a/b");
        const std::string deep =
            "{\"alg\":\"RS256\",\"x\":" + std::string(100'000, '[') + std::string(100'000, ']') + '}';
        QVERIFY(judge(tokenOf(deep), key) == "jws-signature");
    }

    void randomTokensNeverPass() {
        const PublicKey key = publicKey(es256Key);
        std::mt19937 random(7515);
        for (int i = 0; i < 3000; ++i) {
            std::string token = es256;
            for (auto edits = 1 + random() % 4; edits > 0; --edits) {
                const std::size_t at = random() % token.size();
                if (random() % 3 == 0)
                    token.erase(at, random() % 9);
                else if (random() % 2 == 0)
                    token.insert(at, 1, static_cast<char>(random() & 0xFF));
                else
                    token[at] = static_cast<char>(random() & 0xFF);
                if (token.empty())
                    break;
            }
            QVERIFY(token == es256 || judge(token, key) != "ok");
        }
    }

    void signsWithEveryAlgorithm() {
        const PrivateKey rsa = PrivateKey::generate(PrivateKey::Kind::Rsa2048);
        const std::vector<std::pair<PrivateKey, std::vector<const char*>>> rows{
            {rsa, {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"}},
            {PrivateKey::generate(PrivateKey::Kind::EcP256), {"ES256"}},
            {keyFile("p384.pem"), {"ES384"}},
            {keyFile("p521.pem"), {"ES512"}},
            {PrivateKey::generate(PrivateKey::Kind::Ed25519), {"EdDSA"}},
        };
        for (const auto& [key, names] : rows)
            for (const char* name : names) {
                const PublicKey published = publicKey(key.publicKey().jwk(name));
                for (int i = 0; i < 20; ++i) { // r and s of ECDSA are sometimes short
                    const std::string token = sign(key, name, {{"typ", "JWT"}}, {{"jti", i}});
                    QVERIFY2(judge(token, published) == "ok", name);
                    if (key.id() == rsa.id())
                        break;
                }
            }
        for (const char* name : {"HS256", "HS384", "HS512"})
            QVERIFY2(codeOf(verifyHmac(*parseJws(signHmac("secret", name, {}, {})), "secret")) == "ok", name);
    }

    void writesAlgorithmAndKeyFirst() {
        const PrivateKey key = PrivateKey::generate(PrivateKey::Kind::EcP256);
        const ordered_json header = {{"typ", "JWT"}, {"alg", "none"}, {"kid", "other"}};
        const ordered_json claims = {{"sub", "alice"}, {"aud", "z"}, {"a", 1}};
        const auto jws = parseJws(sign(key, "ES256", header, claims));
        QVERIFY(jws && jws->header == R"({"alg":"ES256","kid":")" + key.id() + R"(","typ":"JWT"})");
        QVERIFY(jws->payload == R"({"sub":"alice","aud":"z","a":1})"); // the order given
        const auto mac =
            parseJws(signHmac("s", "HS512", {{"typ", "JWT"}, {"kid", "own"}, {"alg", "none"}}, claims));
        QVERIFY(mac && mac->header == R"({"alg":"HS512","typ":"JWT","kid":"own"})");
        QVERIFY(parseJws(sign(key, "ES256", {}, {{"name", "\xFF"}}))->payload ==
                "{\"name\":\"\xEF\xBF\xBD\"}");
    }

    void hashesForAtHash() {
        QVERIFY(algorithmHash("RS256") == Hash::Sha256 && algorithmHash("ES384") == Hash::Sha384);
        QVERIFY(algorithmHash("EdDSA") == Hash::Sha512 && algorithmHash("HS512") == Hash::Sha512);
        QVERIFY(!algorithmHash("none") && !algorithmHash(""));
        // OpenID Connect Core appendix A.3.
        const std::string half =
            digest(Hash::Sha256, "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y").substr(0, 16);
        QVERIFY(base64Url(half) == "77QmUPtjPfzWtF2AnpK9RQ");
    }
};

QTEST_APPLESS_MAIN(tst_crypto_jws)
#include "tst_crypto_jws.moc"
