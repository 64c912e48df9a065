#include <base/encoding.h>
#include <crypto/authority.h>
#include <crypto/jose.h>
#include <crypto/keyCertificate.h>

#include <QFile>
#include <QTest>
#include <nlohmann/json.hpp>

using namespace gatehouse;
using namespace gatehouse::crypto;
using nlohmann::json;

namespace {

std::string file(const char* name) {
    QFile file(QStringLiteral(GATEHOUSE_TEST_DATA "/data/") + QLatin1String(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s is missing", name);
    return file.readAll().toStdString();
}

// RFC 7517 appendix A.1 and RFC 8037 appendix A.2.
const json ec = {{"kty", "EC"},
                 {"crv", "P-256"},
                 {"x", "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4"},
                 {"y", "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"},
                 {"use", "enc"},
                 {"kid", "1"}};
const json rsa = {
    {"kty", "RSA"},
    {"n",
     "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZC"
     "iFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZg"
     "nYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIq"
     "bw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"},
    {"e", "AQAB"},
    {"alg", "RS256"},
    {"kid", "2011-04-29"}};
const json okp = {{"kty", "OKP"}, {"crv", "Ed25519"}, {"x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}};

json with(json key, const char* member, const json& value) {
    key[member] = value;
    return key;
}
json without(json key, const char* member) {
    key.erase(member);
    return key;
}

std::string_view codeOf(const Result<PublicKey>& key) {
    return key ? std::string_view() : key.error().what->code;
}

} // namespace

class tst_crypto_key : public QObject {
    Q_OBJECT

private slots:
    void jwksOfTheRfcs() {
        for (const json& given : {ec, rsa, okp}) {
            const auto key = PublicKey::fromJwk(given);
            QVERIFY2(key, given.dump().c_str());
            QVERIFY(key->id() == given.value("kid", "") && key->algorithm() == given.value("alg", ""));
            json back = key->jwk("X");
            QVERIFY(back.at("alg") == "X" && back.at("use") == "sig" && back.at("kid") == key->id());
            for (const char* member : {"kty", "n", "e", "crv", "x", "y"})
                QVERIFY2(back.value(member, json()) == given.value(member, json()), member);
        }
    }

    void aPrivateJwkGivesItsPublicHalf() {
        const auto key = PublicKey::fromJwk(with(okp, "d", "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"));
        QVERIFY(key && !key->jwk("EdDSA").contains("d"));
    }

    void missingOrWrongMembers() {
        for (const char* member : {"kty", "n", "e"})
            QVERIFY2(codeOf(PublicKey::fromJwk(without(rsa, member))) == "jwk-member", member);
        for (const char* member : {"x", "y"}) {
            QVERIFY2(codeOf(PublicKey::fromJwk(without(ec, member))) == "jwk-member", member);
            QVERIFY2(codeOf(PublicKey::fromJwk(with(ec, member, 7))) == "jwk-member", member);
            QVERIFY2(codeOf(PublicKey::fromJwk(with(ec, member, "no base64!"))) == "jwk-member", member);
        }
        QVERIFY(codeOf(PublicKey::fromJwk(json::array())) == "jwk-member");
        QVERIFY(codeOf(PublicKey::fromJwk(json("text"))) == "jwk-member");
        QVERIFY(codeOf(PublicKey::fromJwk(with(ec, "crv", "secp256k1"))) == "jwk-kind");
        QVERIFY(codeOf(PublicKey::fromJwk(with(okp, "crv", "X25519"))) == "jwk-kind");
        QVERIFY(codeOf(PublicKey::fromJwk({{"kty", "oct"}, {"k", "AAAA"}})) == "jwk-kind");
    }

    void valuesThatMakeNoKey() {
        const auto x = fromBase64Url(ec.at("x").get<std::string>()).value();
        // Beside the curve: the invalid-curve attack.
        QVERIFY(codeOf(PublicKey::fromJwk(with(ec, "y", ec.at("x")))) == "jwk-value");
        QVERIFY(codeOf(PublicKey::fromJwk(with(ec, "x", base64Url('\0' + x)))) == "jwk-value");
        QVERIFY(codeOf(PublicKey::fromJwk(with(ec, "x", base64Url(x.substr(1))))) == "jwk-value");
        QVERIFY(codeOf(PublicKey::fromJwk(with(ec, "crv", "P-384"))) == "jwk-value");
        QVERIFY(codeOf(PublicKey::fromJwk(with(okp, "x", "AAAA"))) == "jwk-value");
        for (const char* exponent : {"AA", "AQ", "Ag"}) // 0, 1, 2
            QVERIFY2(codeOf(PublicKey::fromJwk(with(rsa, "e", exponent))) == "jwk-value", exponent);
        for (const std::size_t size : {1u, 64u, 127u, 2049u}) // too small, and more than OpenSSL works with
            QVERIFY(codeOf(PublicKey::fromJwk(with(rsa, "n", base64Url(std::string(size, '\xFF'))))) ==
                    "jwk-value");
        QVERIFY(PublicKey::fromJwk(with(rsa, "n", base64Url(std::string(128, '\xFF')))));
    }

    void aLeadingZeroIsTolerated() { // some issuers write the sign byte of their big numbers
        const auto n = fromBase64Url(rsa.at("n").get<std::string>()).value();
        const auto key = PublicKey::fromJwk(with(rsa, "n", base64Url('\0' + n)));
        QVERIFY(key && key->jwk("RS256").at("n") == rsa.at("n"));
    }

    void randomJwksNeitherCrashNorPass() {
        std::srand(7517);
        for (int i = 0; i < 500; ++i) {
            json key = i % 3 == 0 ? ec : i % 3 == 1 ? rsa : okp;
            const char* const member = i % 3 == 1 ? "n" : "x";
            auto bytes = fromBase64Url(key.at(member).get<std::string>()).value();
            bytes[static_cast<std::size_t>(std::rand()) % bytes.size()] ^= 0x55;
            key[member] = base64Url(bytes);
            const auto made = PublicKey::fromJwk(key);
            QVERIFY(!made || made->impl != nullptr);
        }
    }

    void pemComesBack() {
        for (const auto kind :
             {PrivateKey::Kind::Rsa2048, PrivateKey::Kind::EcP256, PrivateKey::Kind::Ed25519}) {
            const PrivateKey key = PrivateKey::generate(kind);
            QVERIFY(key.pem().starts_with("-----BEGIN PRIVATE KEY-----\n"));
            const auto again = PrivateKey::fromPem(key.pem());
            QVERIFY(again && again->id() == key.id() && again->publicKey().id() == key.id());
            QCOMPARE(key.id().size(), std::size_t(43)); // base64url of SHA-256
            QVERIFY(PrivateKey::generate(kind).id() != key.id());
        }
    }

    void publicPemAndCertificate() {
        const auto fromPublic = PublicKey::fromPem(file("p384.pub.pem"));
        const auto fromPrivate = PrivateKey::fromPem(file("p384.pem"));
        QVERIFY(fromPublic && fromPrivate && fromPublic->id() == fromPrivate->id());
        QVERIFY(fromPublic->jwk("ES384").at("crv") == "P-384");
        const auto ofCertificate = PublicKey::fromPem(file("plain.crt"));
        const auto sec1 = PrivateKey::fromPem(file("sec1.pem")); // the older form, BEGIN EC PRIVATE KEY
        QVERIFY(ofCertificate && sec1 && ofCertificate->id() == sec1->id());
    }

    void theCertificateBesideAKey() {
        const Now now{WallTime(std::chrono::seconds(1'700'000'000)), {}};
        for (const auto kind :
             {PrivateKey::Kind::Rsa2048, PrivateKey::Kind::EcP256, PrivateKey::Kind::Ed25519}) {
            const PrivateKey key = PrivateKey::generate(kind);
            const auto pem = [](const std::string& der) {
                return "-----BEGIN CERTIFICATE-----\n" + base64(der) + "\n-----END CERTIFICATE-----\n";
            };
            const std::string certificate = pem(keyCertificate(key, "demo", now, *seededEntropy(1)));
            const auto facts = certificateFacts(certificate);
            QVERIFY(facts && facts->subject == "CN=demo" && facts->issuer == facts->subject);
            QVERIFY(facts->notBefore == now.wall && facts->notAfter == now.wall + std::chrono::days(3652));
            QVERIFY(PublicKey::fromPem(certificate)->id() == key.id());
            QVERIFY(base64Url(digest(Hash::Sha256, subjectPublicKeyInfo(key))) == key.id());
            const std::string cut = std::string(63, 'r') + "\xC3\xB6"; // the limit falls inside a character
            QVERIFY(certificateFacts(pem(keyCertificate(key, cut, now, *seededEntropy(1))))->subject.empty());
        }
    }

    void otherPems() {
        const auto locked = PrivateKey::fromPem(file("locked.pem")); // must not ask on the terminal either
        QVERIFY(!locked && locked.error().what->code == "pem-no-private-key");
        QVERIFY(codeOf(PublicKey::fromPem(file("locked.pem"))) == "pem-no-public-key");
        QVERIFY(!PrivateKey::fromPem("") && !PublicKey::fromPem(""));
        QVERIFY(!PrivateKey::fromPem(file("plain.crt")) &&
                !PublicKey::fromPem(file("p384.pem").substr(0, 90)));
        QVERIFY(!PrivateKey::fromPem(file("p384.pub.pem")));
        for (const char* name : {"secp256k1.pem", "rsa512.pem"}) {
            const auto key = PrivateKey::fromPem(file(name));
            QVERIFY2(!key && key.error().what->code == "key-kind", name);
        }
    }

    void whatAKeySupports() {
        const auto supported = [](const PrivateKey& key) {
            std::string names;
            for (const char* name : {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384",
                                     "ES512", "EdDSA", "HS256", "none", "rs256", ""})
                if (key.supports(name))
                    names += std::string(name) + ' ';
            return names;
        };
        QVERIFY(supported(PrivateKey::generate(PrivateKey::Kind::Rsa2048)) ==
                "RS256 RS384 RS512 PS256 PS384 PS512 ");
        QVERIFY(supported(PrivateKey::fromPem(file("rsa1024.pem")).value()) ==
                "RS256 RS384 RS512 PS256 PS384 ");
        QVERIFY(supported(PrivateKey::generate(PrivateKey::Kind::EcP256)) == "ES256 ");
        QVERIFY(supported(PrivateKey::fromPem(file("p384.pem")).value()) == "ES384 ");
        QVERIFY(supported(PrivateKey::fromPem(file("p521.pem")).value()) == "ES512 ");
        QVERIFY(supported(PrivateKey::generate(PrivateKey::Kind::Ed25519)) == "EdDSA ");
    }
};

QTEST_APPLESS_MAIN(tst_crypto_key)
#include "tst_crypto_key.moc"
