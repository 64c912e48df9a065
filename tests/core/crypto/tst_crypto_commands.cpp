// The same answers from other people's programs: openssl, oathtool, zbarimg.
#include <base/encoding.h>
#include <crypto/authority.h>
#include <crypto/cipher.h>
#include <crypto/digest.h>
#include <crypto/jose.h>
#include <crypto/qrCode.h>
#include <crypto/totp.h>

#include <QCoreApplication>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <cstdio>
#include <nlohmann/json.hpp>

using namespace gatehouse;
using namespace gatehouse::crypto;

namespace {

bool anyMissing = false;

bool missing(const QString& program) {
    if (!QStandardPaths::findExecutable(program).isEmpty())
        return false;
    std::fprintf(stderr, "NOT CHECKED: %s is not installed (packaging/dependencies.txt, group test)\n",
                 qPrintable(program));
    anyMissing = true;
    return true;
}

struct Ran {
    int code;
    QByteArray output; // both streams
};

Ran run(const QString& program, const QStringList& arguments, const QByteArray& input = {}) {
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    process.waitForFinished();
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAll()};
}

} // namespace

class tst_crypto_commands : public QObject {
    Q_OBJECT

    QTemporaryDir folder;

    QString write(const char* name, const std::string& bytes) {
        QFile file(folder.filePath(QLatin1String(name)));
        if (!file.open(QIODevice::WriteOnly) ||
            file.write(bytes.data(), static_cast<qint64>(bytes.size())) < 0)
            qFatal("cannot write %s", name);
        return file.fileName();
    }

private slots:
    void opensslVerifiesALeaf() {
        if (missing("openssl"))
            return;
        const auto entropy = systemEntropy();
        const Now now{WallTime(std::chrono::seconds(1'700'000'000)), {}};
        const Authority authority = Authority::create(now, *entropy);
        const auto leaf =
            authority.issue({"whoami.domain.tld", "*.apps.domain.tld", "127.0.0.1", "::1"}, now, *entropy);
        QVERIFY(leaf);
        const QString leafFile = write("leaf.pem", leaf->certificatePem);
        const QStringList trust{"verify",
                                "-x509_strict",
                                "-check_ss_sig",
                                "-attime",
                                "1700000000",
                                "-CAfile",
                                write("ca.pem", authority.certificatePem())};
        const auto verify = [&](const QStringList& more) {
            return run("openssl", trust + more + QStringList{leafFile});
        };
        for (const QStringList& fine :
             QList<QStringList>{{"-purpose", "sslserver", "-verify_hostname", "whoami.domain.tld"},
                                {"-verify_hostname", "a.apps.domain.tld"},
                                {"-verify_ip", "127.0.0.1"},
                                {"-verify_ip", "::1"}}) {
            const Ran ran = verify(fine);
            QVERIFY2(ran.code == 0, ran.output);
        }
        for (const QStringList& wrong : QList<QStringList>{{"-purpose", "sslclient"},
                                                           {"-verify_hostname", "domain.tld"},
                                                           {"-verify_hostname", "a.b.apps.domain.tld"},
                                                           {"-verify_ip", "127.0.0.2"}})
            QVERIFY2(verify(wrong).code != 0, qPrintable(wrong.join(' ')));
        // pathlen:0, and a leaf signs nothing.
        const QByteArray text =
            run("openssl", {"x509", "-noout", "-text", "-in", write("ca.pem", authority.certificatePem())})
                .output;
        QVERIFY(text.contains("CA:TRUE, pathlen:0") && text.contains("Certificate Sign") &&
                !text.contains("CRL Sign"));
        const QByteArray serial =
            run("openssl", {"x509", "-noout", "-serial", "-in", leafFile}).output.trimmed();
        QVERIFY2(serial.size() > 30, serial); // serial= and 128 random bits
        const QByteArray print =
            run("openssl", {"x509", "-noout", "-fingerprint", "-sha256", "-in", leafFile}).output.toLower();
        QVERIFY(print.trimmed().replace(":", "").endsWith(
            QByteArray::fromStdString(certificateFacts(leaf->certificatePem)->fingerprint)));
    }

    void opensslReadsOurKeys() {
        if (missing("openssl"))
            return;
        for (const auto kind :
             {PrivateKey::Kind::Rsa2048, PrivateKey::Kind::EcP256, PrivateKey::Kind::Ed25519}) {
            const PrivateKey key = PrivateKey::generate(kind);
            const Ran ran = run("openssl", {"pkey", "-check", "-noout", "-in", write("key.pem", key.pem())});
            QVERIFY2(ran.code == 0, ran.output);
            // The key id is the digest of what openssl writes as the public key.
            const Ran der =
                run("openssl", {"pkey", "-pubout", "-outform", "DER", "-in", write("key.pem", key.pem())});
            QVERIFY(base64Url(digest(Hash::Sha256, der.output.toStdString())) == key.id());
        }
    }

    void opensslVerifiesASignature() {
        if (missing("openssl"))
            return;
        const PrivateKey key = PrivateKey::generate(PrivateKey::Kind::Rsa2048);
        const std::string token = sign(key, "PS256", {}, {{"sub", "alice"}});
        const auto jws = parseJws(token);
        QVERIFY(jws);
        const Ran ran =
            run("openssl",
                {"dgst", "-sha256", "-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:digest",
                 "-prverify", write("key.pem", key.pem()), "-signature", write("signature", jws->signature)},
                QByteArray::fromStdString(std::string(jws->signedPart)));
        QVERIFY2(ran.code == 0, ran.output);
    }

    void opensslDecryptsOurCfb() {
        if (missing("openssl"))
            return;
        const std::string key(32, 'k');
        const std::string iv(16, 'i');
        std::string plain;
        for (int i = 0; i < 5000; ++i)
            plain += static_cast<char>(i * 7);
        const QStringList options{"enc", "-aes-256-cfb",
                                  "-K",  QString::fromStdString(hex(key)),
                                  "-iv", QString::fromStdString(hex(iv))};
        QVERIFY(run("openssl", options + QStringList{"-d"},
                    QByteArray::fromStdString(aesCfbEncrypt(key, iv, plain)))
                    .output.toStdString() == plain);
        QVERIFY(aesCfbDecrypt(
                    key, iv,
                    run("openssl", options, QByteArray::fromStdString(plain)).output.toStdString()) == plain);
    }

    void oathtoolAgrees() {
        if (missing("oathtool"))
            return;
        const std::string key = digest(Hash::Sha512, "a key of 64 bytes");
        const std::pair<Hash, QString> hashes[] = {
            {Hash::Sha1, "SHA1"}, {Hash::Sha256, "SHA256"}, {Hash::Sha512, "SHA512"}};
        for (const auto& [hash, name] : hashes)
            for (const int digits : {6, 8})
                for (const std::int64_t time : {0LL, 59LL, 1'700'000'015LL, 4'102'444'800LL}) {
                    const Ran ran =
                        run("oathtool",
                            {"--totp=" + name, "--digits=" + QString::number(digits), "--time-step-size=30s",
                             "--now=@" + QString::number(time), QString::fromStdString(hex(key))});
                    QVERIFY2(ran.code == 0, ran.output);
                    QVERIFY2(ran.output.trimmed().toStdString() == totp(key, time, {hash, digits, 30}),
                             ran.output);
                }
        const Ran ran = run("oathtool", {"--hotp", "--counter=5", QString::fromStdString(hex(key))});
        QVERIFY(ran.output.trimmed().toStdString() == hotp(key, 5, {}));
    }

    void zbarimgReadsTheEnrolment() {
        if (missing("zbarimg"))
            return;
        const std::string uri =
            otpauthUri({"My realm", "alice@domain.tld", "mySecretmySecretmySe", {Hash::Sha256, 8, 60}, {}});
        const QString picture = write("code.png", qrPng(*qrCode(uri)));
        QProcess zbar; // its words about a missing desktop bus go to the other stream
        zbar.start("zbarimg", {"--quiet", "--raw", picture});
        QVERIFY(zbar.waitForFinished());
        QVERIFY(zbar.readAllStandardOutput().trimmed().toStdString() == uri);
    }

    void nothingIsMissingWhereItMustNot() {
        QVERIFY(!anyMissing || qEnvironmentVariable("GATEHOUSE_REQUIRE_REAL_PARTS") != QLatin1String("1"));
    }
};

int main(int argc, char** argv) {
    const QCoreApplication application(argc, argv);
    tst_crypto_commands tests;
    const int failed = QTest::qExec(&tests, argc, argv);
    return failed != 0 ? failed : anyMissing ? 77 : 0;
}
#include "tst_crypto_commands.moc"
