#include <crypto/authority.h>
#include <crypto/jose.h>

#include <QFile>
#include <QTest>
#include <set>

using namespace gatehouse;
using namespace gatehouse::crypto;
using std::chrono::days;
using std::chrono::minutes;

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

std::string_view codeOf(const auto& result) {
    return result ? std::string_view("ok") : result.error().what->code;
}

using Names = std::vector<std::string>;

} // namespace

class tst_crypto_authority : public QObject {
    Q_OBJECT

    std::unique_ptr<Entropy> entropy = systemEntropy();
    Authority authority = Authority::create(now, *entropy);

private slots:
    void itsOwnCertificate() {
        const auto facts = certificateFacts(authority.certificatePem());
        QVERIFY(facts && facts->subject == "CN=Gatehouse local CA" && facts->issuer == facts->subject);
        QVERIFY(facts->names.empty());
        QVERIFY(facts->notBefore == now.wall - minutes(5) && facts->notAfter == now.wall + days(3652));
        QVERIFY(facts->fingerprint == authority.fingerprint() && facts->fingerprint.size() == 64);
        QVERIFY(authority.keyPem().starts_with("-----BEGIN PRIVATE KEY-----\n"));
        QVERIFY(!authority.certificatePem().contains("PRIVATE"));
    }

    void aLeaf() {
        const auto leaf = authority.issue(
            {"whoami.domain.tld", "*.apps.domain.tld", "127.0.0.1", "[::1]", "localhost"}, now, *entropy);
        QVERIFY(leaf);
        const auto facts = certificateFacts(leaf->certificatePem);
        QVERIFY(facts && facts->subject == "CN=whoami.domain.tld" &&
                facts->issuer == "CN=Gatehouse local CA");
        QVERIFY((facts->names ==
                 Names{"whoami.domain.tld", "*.apps.domain.tld", "127.0.0.1", "::1", "localhost"}));
        QVERIFY(facts->notBefore == now.wall - minutes(5) && facts->notAfter == now.wall + days(90));
        // The key belongs to the certificate.
        QVERIFY(PublicKey::fromPem(leaf->certificatePem)->id() == PrivateKey::fromPem(leaf->keyPem)->id());
    }

    void namesThatACertificateCanCarry() {
        const std::string label(63, 'a');
        const std::string longest = label + '.' + label + '.' + label + '.' + std::string(61, 'b');
        for (const auto& name :
             Names{"a", "A.Domain.TLD", "xn--mnchen-3ya.de", "_dmarc.domain.tld", "a-b.c", longest, "0x7f.a",
                   "1.2.3.4", "::", "::ffff:1.2.3.4", "[2001:db8::1]", "255.255.255.255"})
            QVERIFY2(codeOf(authority.issue({name}, now, *entropy)) == "ok", name.c_str());
    }

    void namesThatItCannot() {
        const std::string label(63, 'a');
        const std::string tooLong = label + '.' + label + '.' + label + '.' + std::string(62, 'b');
        for (const auto& name : Names{"",
                                      ".",
                                      "a..b",
                                      ".a",
                                      "a.",
                                      "*",
                                      "*.",
                                      "a.*.b",
                                      "*.*.a",
                                      "a*.b",
                                      "-a.b",
                                      "a-.b",
                                      "a b",
                                      "a/b",
                                      "a:8443",
                                      "https://a",
                                      "m\xC3\xBCnchen.de",
                                      "1.2.3",
                                      "1.2.3.4.5",
                                      "1.2.3.256",
                                      "999",
                                      ":::",
                                      "[::1",
                                      "2001:db8::1::2",
                                      "fe80::1%eth0",
                                      tooLong,
                                      label + "a",
                                      std::string("a\0b", 3),
                                      "a\n",
                                      "a,DNS:b"})
            QVERIFY2(codeOf(authority.issue({"fine.domain.tld", name}, now, *entropy)) == "certificate-name",
                     name.c_str());
        QVERIFY(codeOf(authority.issue({}, now, *entropy)) == "certificate-no-names");
    }

    void aNameTooLongForTheSubject() {
        const std::string name = std::string(60, 'a') + ".domain.tld"; // a common name ends at 64
        const auto facts = certificateFacts(authority.issue({name}, now, *entropy)->certificatePem);
        QVERIFY(facts && facts->subject.empty() && facts->names == Names{name});
    }

    void addressesAreShownAsPeopleWriteThem() { // RFC 5952
        const Names given{
            "2001:0db8:0:0:1:0:0:1", "2001:db8:0:1:1:1:1:1", "::", "1::", "fe80:0:0:0:0:0:0:1", "0:0:1::"};
        const Names shown{"2001:db8::1:0:0:1", "2001:db8:0:1:1:1:1:1", "::", "1::", "fe80::1", "0:0:1::"};
        const auto facts = certificateFacts(authority.issue(given, now, *entropy)->certificatePem);
        QVERIFY(facts && facts->names == shown);
    }

    void aLeafDoesNotOutliveItsAuthority() {
        const auto facts = certificateFacts(authority.issue({"a"}, at(days(3600)), *entropy)->certificatePem);
        QVERIFY(facts && facts->notAfter == now.wall + days(3652));
        QVERIFY(codeOf(authority.issue({"a"}, at(days(3652)), *entropy)) == "authority-expired");
    }

    void keptInFiles() {
        const auto again = Authority::fromPem(authority.certificatePem(), authority.keyPem());
        QVERIFY(again && again->fingerprint() == authority.fingerprint());
        const auto facts = certificateFacts(again->issue({"a"}, now, *entropy)->certificatePem);
        QVERIFY(facts && facts->issuer == "CN=Gatehouse local CA");
    }

    void filesThatAreNotOurs() {
        const Authority other = Authority::create(now, *entropy);
        const auto leaf = authority.issue({"a"}, now, *entropy);
        QVERIFY(codeOf(Authority::fromPem("", authority.keyPem())) == "authority-certificate");
        QVERIFY(codeOf(Authority::fromPem(authority.keyPem(), authority.keyPem())) ==
                "authority-certificate");
        QVERIFY(codeOf(Authority::fromPem(authority.certificatePem(), "")) == "authority-key");
        QVERIFY(codeOf(Authority::fromPem(authority.certificatePem(), file("locked.pem"))) ==
                "authority-key");
        QVERIFY(codeOf(Authority::fromPem(authority.certificatePem(), other.keyPem())) ==
                "authority-other-key");
        QVERIFY(codeOf(Authority::fromPem(leaf->certificatePem, leaf->keyPem)) == "authority-none");
        QVERIFY(codeOf(certificateFacts("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")) ==
                "certificate-unreadable");
    }

    void serialsDiffer() { // a browser refuses two certificates of one issuer and serial
        std::set<std::string> seen;
        for (int i = 0; i < 50; ++i)
            seen.insert(certificateFacts(authority.issue({"a"}, now, *entropy)->certificatePem)->fingerprint);
        QCOMPARE(seen.size(), std::size_t(50));
    }

    void foreignCertificates() {
        const auto facts = certificateFacts(file("plain.crt"));
        QVERIFY(facts && facts->names.empty() && facts->issuer == facts->subject);
        QVERIFY2(facts->subject == "CN=plain,O=Gr\xC3\xB6\xC3\x9F"
                                   "e\\, Inc.",
                 facts->subject.c_str());
        QVERIFY(facts->notAfter - facts->notBefore == days(36500));
    }
};

QTEST_APPLESS_MAIN(tst_crypto_authority)
#include "tst_crypto_authority.moc"
