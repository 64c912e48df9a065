// The vault on what this process finds: no bus by default, a real keyring below tests/ui/desk/with-keyring,
// which says so in GATEHOUSE_KEYRING.
#include <desk/secretVault.h>

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTimer>
#include <QtTest>
#include <fstream>
#include <sstream>
#include <sys/stat.h>
#include <user/userState.h>

using gatehouse::Result;
using gatehouse::crypto::SecretString;
using gatehouse::desk::SecretFile;
using gatehouse::desk::SecretVault;

namespace {

std::string valueOf(const std::optional<SecretString>& secret) {
    return secret ? secret->reveal([](std::string_view bytes) { return std::string(bytes); })
                  : std::string("(none)");
}

std::string fileText(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

} // namespace

class TestSecrets : public QObject {
    Q_OBJECT

    QTemporaryDir home_;
    QByteArray keyring() const { return qgetenv("GATEHOUSE_KEYRING"); }

    static void probeAndWait(SecretVault& vault,
                             std::chrono::milliseconds patience = std::chrono::seconds(10)) {
        QSignalSpy probed(&vault, &SecretVault::probed);
        vault.probe(patience);
        QTRY_COMPARE_WITH_TIMEOUT(probed.size(), 1, 15'000);
    }
    static Result<void> unlock(SecretVault& vault, const QString& phrase) {
        std::optional<Result<void>> out;
        vault.unlockFile(phrase, [&](const Result<void>& done) { out = done; });
        [&] { QTRY_VERIFY_WITH_TIMEOUT(out.has_value(), 10'000); }();
        return *out;
    }

private slots:
    void init() { qputenv("XDG_DATA_HOME", home_.path().toUtf8()); }

    void theProbeSaysWhichStoreIsInUse() {
        SecretVault vault;
        QCOMPARE(vault.kind(), SecretVault::Kind::NotYetKnown);
        QElapsedTimer since;
        qint64 longest = 0; // that the window would have stood still
        QTimer tick;
        connect(&tick, &QTimer::timeout, this, [&] { longest = qMax(longest, since.restart()); });
        since.start();
        tick.start(1);
        probeAndWait(vault, std::chrono::seconds(4));
        QVERIFY2(longest < 500, qPrintable(QString::number(longest)));
        if (keyring() == "unlocked") {
            QCOMPARE(vault.kind(), SecretVault::Kind::Keyring);
            QVERIFY(vault.whyNotKeyring().isEmpty());
        } else {
            QCOMPARE(vault.kind(), SecretVault::Kind::ThisRunOnly);
            QVERIFY(!vault.whyNotKeyring().isEmpty());
        }
    }

    void whatIsKeptInAKeyringIsThereForAnotherVault() {
        if (keyring() != "unlocked") { // then another run finds nothing, and fetching says no more than that
            SecretVault vault;
            probeAndWait(vault, std::chrono::seconds(4));
            vault.keep("story", "alice-password", SecretString("wonderland"),
                       [](const Result<void>& done) { QVERIFY(done); });
            SecretVault other;
            other.fetch("story", {"alice-password"}, [](const Result<void>& done) { QVERIFY(done); });
            QCOMPARE(valueOf(other.find("story", "alice-password")), "(none)");
            return;
        }
        {
            SecretVault vault;
            probeAndWait(vault);
            bool kept = false;
            vault.keep("story", "alice-password", SecretString("w\xc3\xb6nder\0land"),
                       [&](const Result<void>& done) { kept = done.has_value(); });
            QTRY_VERIFY(kept);
        }
        SecretVault vault;
        probeAndWait(vault);
        QCOMPARE(valueOf(vault.find("story", "alice-password")), "(none)");
        bool fetched = false;
        vault.fetch("story", {"alice-password", "not-there"},
                    [&](const Result<void>& done) { fetched = done.has_value(); });
        QTRY_VERIFY(fetched);
        QCOMPARE(valueOf(vault.find("story", "alice-password")), "w\xc3\xb6nder");
        bool forgotten = false;
        vault.forget("story", "alice-password",
                     [&](const Result<void>& done) { forgotten = done.has_value(); });
        QTRY_VERIFY(forgotten);
        QCOMPARE(valueOf(vault.find("story", "alice-password")), "(none)");
    }

    void aValueIsThereAtOnceWhateverTheStore() {
        SecretVault vault;
        QSignalSpy changed(&vault, &SecretVault::changed);
        vault.keep("story", "key", SecretString("value"), [](const Result<void>&) {});
        QCOMPARE(valueOf(vault.find("story", "key")), "value");
        QCOMPARE(valueOf(vault.find("other", "key")), "(none)");
        QCOMPARE(changed.size(), 1);
    }

    void theEncryptedFileOpensWithItsPassPhraseOnly() {
        {
            SecretVault vault;
            QVERIFY(!vault.encryptedFileExists());
            vault.keep("story", "early", SecretString("typed before"), [](const Result<void>&) {});
            QVERIFY(unlock(vault, QStringLiteral("correct horse")));
            QCOMPARE(vault.kind(), SecretVault::Kind::EncryptedFile);
            vault.keep("story", "late", SecretString("CANARY-typed-after"),
                       [](const Result<void>& done) { QVERIFY(done); });
        }
        const auto file = gatehouse::user::stateFolder() / "secrets";
        struct stat facts{};
        QCOMPARE(::stat(file.c_str(), &facts), 0);
        QCOMPARE(facts.st_mode & 0777U, 0600U);
        QVERIFY(fileText(file).find("CANARY") == std::string::npos);
        QVERIFY(fileText(file).find("story") == std::string::npos);

        SecretVault wrong;
        const auto refused = unlock(wrong, QStringLiteral("wrong horse"));
        QVERIFY(!refused);
        QCOMPARE(refused.error().what->code, "secret-file-pass-phrase");
        QCOMPARE(valueOf(wrong.find("story", "late")), "(none)");

        SecretVault again;
        QVERIFY(unlock(again, QStringLiteral("correct horse")));
        QCOMPARE(valueOf(again.find("story", "early")), "typed before");
        QCOMPARE(valueOf(again.find("story", "late")), "CANARY-typed-after");
    }

    void aDamagedFileIsRefusedAndLeftAlone() {
        const auto file = gatehouse::user::stateFolder() / "secrets";
        std::string bytes = fileText(file);
        QVERIFY(!bytes.empty());
        for (const std::size_t at : {std::size_t{3}, std::size_t{25}, bytes.size() - 1}) {
            std::string torn = bytes;
            torn[at] = static_cast<char>(torn[at] ^ 1);
            QVERIFY(gatehouse::user::writePrivate(file, torn));
            SecretVault vault;
            QVERIFY(!unlock(vault, QStringLiteral("correct horse")));
            QCOMPARE(fileText(file), torn);
        }
        QVERIFY(gatehouse::user::writePrivate(file, bytes.substr(0, 30)));
        SecretVault vault;
        QVERIFY(!unlock(vault, QStringLiteral("correct horse")));
    }

    void anEmptyPassPhraseIsRefused() {
        SecretVault vault;
        const auto refused = unlock(vault, QString());
        QVERIFY(!refused);
        QCOMPARE(refused.error().what->code, "secret-file-empty-pass-phrase");
    }
};

QTEST_GUILESS_MAIN(TestSecrets)
#include "tst_desk_secrets.moc"
