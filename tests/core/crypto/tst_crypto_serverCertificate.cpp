#include <crypto/authority.h>
#include <crypto/serverCertificate.h>

#include <QFile>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::crypto;
using std::chrono::days;

namespace {

const Now now{WallTime(std::chrono::seconds(1'700'000'000)), {}};

Now at(std::chrono::seconds later) {
    return {now.wall + later, {}};
}

std::string file(const char* name) {
    QFile file(QStringLiteral(GATEHOUSE_TEST_DATA "/data/") + QLatin1String(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s is missing", name);
    return file.readAll().toStdString();
}

std::string code(const Result<void>& result) {
    return result ? "ok" : std::string(result.error().what->code);
}

} // namespace

class tst_crypto_serverCertificate : public QObject {
    Q_OBJECT

    std::unique_ptr<Entropy> entropy = systemEntropy();
    Authority ours = Authority::create(now, *entropy);
    Authority others = Authority::create(now, *entropy); // of the same name

    std::string leaf(const Authority& authority, std::vector<std::string> names) {
        const auto issued = authority.issue(names, now, *entropy);
        if (!issued)
            qFatal("%s", describe(issued.error()).c_str());
        return issued->certificatePem;
    }
    std::string verdict(const std::string& chain, const std::string& host, const Now& when = now) {
        return code(verifyServerCertificate(chain, {ours.certificatePem()}, host, when));
    }

private slots:
    void theRightOne() {
        const std::string pem = leaf(ours, {"whoami.domain.tld", "*.apps.domain.tld", "127.0.0.1", "::1"});
        for (const char* host :
             {"whoami.domain.tld", "WHOAMI.domain.tld", "a.apps.domain.tld", "127.0.0.1", "::1", "[::1]"})
            QVERIFY2(verdict(pem, host) == "ok", host);
        QCOMPARE(verdict(pem + ours.certificatePem(), "whoami.domain.tld"), std::string("ok"));
    }

    void anotherName() {
        const std::string pem = leaf(ours, {"whoami.domain.tld", "*.apps.domain.tld", "127.0.0.1"});
        for (const char* host : {"keycloak.domain.tld", "domain.tld", "apps.domain.tld",
                                 "a.b.apps.domain.tld", "127.0.0.2", "whoami.domain.tld.evil.test", ""})
            QVERIFY2(verdict(pem, host) == "server-certificate-host", host);
    }

    // Its subject says "whoami.domain.tld", its alternative names do not (RFC 6125 section 6.4.4).
    void aNameInTheSubjectIsNone() {
        const auto issued = ours.issue({"whoami.domain.tld"}, now, *entropy);
        QVERIFY(issued && certificateFacts(issued->certificatePem)->subject == "CN=whoami.domain.tld");
        QCOMPARE(verdict(issued->certificatePem, "CN=whoami.domain.tld"),
                 std::string("server-certificate-host"));
    }

    void itsTime() {
        const std::string pem = leaf(ours, {"whoami.domain.tld"});
        QCOMPARE(verdict(pem, "whoami.domain.tld", at(days(89))), std::string("ok"));
        QCOMPARE(verdict(pem, "whoami.domain.tld", at(days(91))), std::string("server-certificate-expired"));
        QCOMPARE(verdict(pem, "whoami.domain.tld", at(-days(1))), std::string("server-certificate-not-yet"));
    }

    void anotherAuthorityOfTheSameName() {
        const std::string pem = leaf(others, {"whoami.domain.tld"});
        QCOMPARE(verdict(pem, "whoami.domain.tld"), std::string("server-certificate-untrusted"));
        // Sending it along does not make it an anchor.
        QCOMPARE(verdict(pem + others.certificatePem(), "whoami.domain.tld"),
                 std::string("server-certificate-untrusted"));
        // Nor does sending ours along sign it.
        QCOMPARE(verdict(pem + ours.certificatePem(), "whoami.domain.tld"),
                 std::string("server-certificate-untrusted"));
    }

    void selfSigned() {
        QCOMPARE(verdict(file("plain.crt"), "whoami.domain.tld"),
                 std::string("server-certificate-untrusted"));
    }

    // An authority's own certificate is no server's, even though it chains.
    void anAuthorityIsNoServer() {
        const auto result =
            verifyServerCertificate(ours.certificatePem(), {ours.certificatePem()}, "whoami.domain.tld", now);
        QVERIFY(!result && isOfServerCertificate(*result.error().what));
    }

    void severalAnchors() {
        const std::string pem = leaf(others, {"whoami.domain.tld"});
        QVERIFY(verifyServerCertificate(pem, {ours.certificatePem(), others.certificatePem()},
                                        "whoami.domain.tld", now));
        QVERIFY(verifyServerCertificate(pem, {ours.certificatePem() + others.certificatePem()},
                                        "whoami.domain.tld", now));
    }

    void nothingToGoBy() {
        const std::string pem = leaf(ours, {"whoami.domain.tld"});
        QCOMPARE(code(verifyServerCertificate(pem, {}, "whoami.domain.tld", now)),
                 std::string("server-certificate-no-anchor"));
        QCOMPARE(code(verifyServerCertificate(pem, {"-----BEGIN NOTHING"}, "whoami.domain.tld", now)),
                 std::string("server-certificate-no-anchor"));
        for (const char* bytes :
             {"", "hello", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
            QCOMPARE(verdict(bytes, "whoami.domain.tld"), std::string("server-certificate-unreadable"));
    }
};

QTEST_APPLESS_MAIN(tst_crypto_serverCertificate)
#include "tst_crypto_serverCertificate.moc"
