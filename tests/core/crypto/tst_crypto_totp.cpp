#include <base/encoding.h>
#include <crypto/totp.h>

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::crypto;

namespace {

std::string digitsOf(std::size_t size) { // the RFC's keys: 1234567890 again and again
    std::string out;
    while (out.size() < size)
        out += static_cast<char>('0' + (out.size() + 1) % 10);
    return out;
}

} // namespace

class tst_crypto_totp : public QObject {
    Q_OBJECT

private slots:
    void hotpOfRfc4226() { // appendix D
        constexpr const char* codes[] = {"755224", "287082", "359152", "969429", "338314",
                                         "254676", "287922", "162583", "399871", "520489"};
        for (std::uint64_t counter = 0; counter < 10; ++counter)
            QVERIFY(hotp(digitsOf(20), counter, {}) == codes[counter]);
    }

    void totpOfRfc6238() { // appendix B; SHA-256 and SHA-512 have longer keys
        struct Row {
            std::int64_t time;
            const char *sha1, *sha256, *sha512;
        };
        constexpr Row rows[] = {
            {59, "94287082", "46119246", "90693936"},
            {1111111109, "07081804", "68084774", "25091201"},
            {1111111111, "14050471", "67062674", "99943326"},
            {1234567890, "89005924", "91819424", "93441116"},
            {2000000000, "69279037", "90698825", "38618901"},
            {20000000000, "65353130", "77737706", "47863826"},
        };
        for (const Row& row : rows) {
            QVERIFY(totp(digitsOf(20), row.time, {Hash::Sha1, 8, 30}) == row.sha1);
            QVERIFY(totp(digitsOf(32), row.time, {Hash::Sha256, 8, 30}) == row.sha256);
            QVERIFY(totp(digitsOf(64), row.time, {Hash::Sha512, 8, 30}) == row.sha512);
        }
    }

    void keycloaksOwnKeys() { // the key is the ASCII text; the authenticator gets its Base32
        QVERIFY(base32("mySecretmySecretmySe") == "NV4VGZLDOJSXI3LZKNSWG4TFORWXSU3F");
        QVERIFY(totp("mySecretmySecretmySe", 59, {}) == "638225");
    }

    void steps() {
        const OtpPolicy policy;
        QCOMPARE(totpStep(0, policy), std::int64_t(0));
        QCOMPARE(totpStep(29, policy), std::int64_t(0));
        QCOMPARE(totpStep(30, policy), std::int64_t(1));
        QCOMPARE(totpStep(-1, policy), std::int64_t(-1));
        QCOMPARE(totpStep(-30, policy), std::int64_t(-1));
        QCOMPARE(totpStep(-31, policy), std::int64_t(-2));
        QCOMPARE(totpStep(119, {Hash::Sha1, 6, 60}), std::int64_t(1));
        QVERIFY(totp("key", 59, policy) == totp("key", 30, policy) &&
                totp("key", 60, policy) != totp("key", 59, policy));
    }

    void absurdPoliciesEndSomewhere() { // a realm can be imported with digits 0 and period 0
        QCOMPARE(totp("key", 59, {Hash::Sha1, 0, 0}).size(), std::size_t(1));
        QCOMPARE(totp("key", 59, {Hash::Sha1, 40, 30}).size(), std::size_t(9));
        QCOMPARE(totp("", 59, {}).size(), std::size_t(6));
    }

    void theUriAsKeycloakWritesIt() { // its observed QR codes, and URLEncoder for the rest
        const OtpAuth eve{"obs-enr-v1", "eve", "12345678901234567890", {}, {}};
        QVERIFY(otpauthUri(eve) == "otpauth://totp/obs-enr-v1:eve?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                                   "&digits=6&algorithm=SHA1&issuer=obs-enr-v1&period=30");
        const OtpAuth counting{"obs-enr-hotp", "eve", "k", {Hash::Sha512, 8, 30}, 7};
        QVERIFY(otpauthUri(counting) == "otpauth://hotp/obs-enr-hotp:eve?secret=NM&digits=8&algorithm=SHA512"
                                        "&issuer=obs-enr-hotp&counter=7");
        const OtpAuth odd{"My Realm: a/b", "alice smith+x@domain.tld", "k", {Hash::Sha256, 6, 60}, {}};
        QVERIFY(otpauthUri(odd) ==
                "otpauth://totp/My%20Realm%20%20a%2Fb:alice+smith%2Bx%40domain.tld?secret=NM&digits=6"
                "&algorithm=SHA256&issuer=My%20Realm%20%20a%2Fb&period=60");
        QVERIFY(otpauthUri({"\xC3\xA4*~", "\xE2\x82\xAC", "k", {}, {}})
                    .starts_with("otpauth://totp/%C3%A4*%7E:%E2%82%AC?"));
    }

    void whatIsWrittenIsRead() {
        std::string key;
        for (int i = 0; i < 64; ++i) {
            key += static_cast<char>(i * 41);
            const OtpAuth what{"Realm & Co?",
                               "a b+c%&=#\xC3\xA4",
                               key,
                               {i % 2 != 0 ? Hash::Sha1 : Hash::Sha256, 6 + i % 3, 10 + i},
                               {}};
            const auto read = parseOtpauthUri(otpauthUri(what));
            QVERIFY(read && read->issuer == what.issuer && read->account == what.account && read->key == key);
            QVERIFY(read->policy == what.policy && !read->counter);
        }
        const auto counting = parseOtpauthUri(otpauthUri({"r", "a", "k", {}, UINT64_MAX}));
        QVERIFY(counting && counting->counter == UINT64_MAX);
    }

    void
    urisOfOthers() { // Key-Uri-Format: all but the secret has a default; names of parameters may be added
        const auto read =
            parseOtpauthUri("otpauth://totp/ACME%20Co:%20john@example.com?secret=JBSWY3DPEHPK3PXP&image=x");
        QVERIFY(read && read->issuer == "ACME Co" && read->account == "john@example.com");
        QVERIFY(read->policy == OtpPolicy{} && read->key == std::string("Hello!\xDE\xAD\xBE\xEF"));
        const auto lower = parseOtpauthUri("otpauth://TOTP/alice?algorithm=sha256&secret=jbswy3dp&counter=3");
        QVERIFY(lower && lower->issuer.empty() && lower->account == "alice" &&
                lower->policy.hash == Hash::Sha256);
        QVERIFY(!lower->counter);
        const auto both = parseOtpauthUri("otpauth://totp/Old:alice?secret=JBSWY3DP&issuer=New");
        QVERIFY(both && both->issuer == "New"); // the parameter wins
    }

    void badUris() {
        for (const char* uri :
             {"", "otpauth://totp/a", "otpauth://totp/a?digits=6",
              "otpauth://totp/a?secret=", "otpauth://totp/a?secret=1", "https://totp/a?secret=JBSWY3DP",
              "otpauth://hotp/a?secret=JBSWY3DP", "otpauth://yotp/a?secret=JBSWY3DP",
              "otpauth://totp/a?secret=JBSWY3DP&digits=99", "otpauth://totp/a?secret=JBSWY3DP&digits=6x",
              "otpauth://totp/a?secret=JBSWY3DP&period=0", "otpauth://totp/a?secret=JBSWY3DP&period=-30",
              "otpauth://totp/a?secret=JBSWY3DP&algorithm=MD5", "otpauth://totp/%zz?secret=JBSWY3DP",
              "otpauth://totp/%4?secret=JBSWY3DP", "otpauth://totp/a?secret=JBSWY3DP&issuer=%",
              "otpauth://hotp/a?secret=JBSWY3DP&counter=18446744073709551616"})
            QVERIFY2(!parseOtpauthUri(uri), uri);
    }
};

QTEST_APPLESS_MAIN(tst_crypto_totp)
#include "tst_crypto_totp.moc"
