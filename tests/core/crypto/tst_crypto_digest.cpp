#include <base/encoding.h>
#include <crypto/digest.h>
#include <crypto/passwordHash.h>

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::crypto;

namespace {

std::string bytes(std::string_view hexText) {
    return *fromHex(hexText);
}

std::string counting(int first, int last) { // both included
    std::string out;
    for (int i = first; i <= last; ++i)
        out += static_cast<char>(i);
    return out;
}

} // namespace

class tst_crypto_digest : public QObject {
    Q_OBJECT

private slots:
    void digestsOfFips180() {
        QVERIFY(hex(digest(Hash::Sha1, "abc")) == "a9993e364706816aba3e25717850c26c9cd0d89d");
        QVERIFY(hex(digest(Hash::Sha256, "abc")) ==
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        QVERIFY(hex(digest(Hash::Sha256, "")) ==
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        QVERIFY(hex(digest(Hash::Sha384, "abc")) ==
                "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
                "8086072ba1e7cc2358baeca134c825a7");
        QVERIFY(hex(digest(Hash::Sha512, "abc")) ==
                "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
    }

    void pkceOfRfc7636() { // appendix B
        QVERIFY(base64Url(digest(Hash::Sha256, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")) ==
                "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    void macsOfRfc4231() {
        const std::string longKey(131, '\xAA');
        QVERIFY(hex(hmac(Hash::Sha256, std::string(20, '\x0B'), "Hi There")) ==
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
        QVERIFY(hex(hmac(Hash::Sha256, "Jefe", "what do ya want for nothing?")) ==
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        QVERIFY(hex(hmac(Hash::Sha384, "Jefe", "what do ya want for nothing?")) ==
                "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab2"
                "1649");
        QVERIFY(
            hex(hmac(Hash::Sha512, "Jefe", "what do ya want for nothing?")) ==
            "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fd"
            "caeab1a34d4a6b4b636e070a38bce737");
        QVERIFY(hex(hmac(Hash::Sha256, longKey, "Test Using Larger Than Block-Size Key - Hash Key First")) ==
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
        QVERIFY(hex(hmac(Hash::Sha1, "Jefe", "what do ya want for nothing?")) == // RFC 2202
                "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
    }

    void emptyKeyAndText() {
        QVERIFY(hex(hmac(Hash::Sha256, {}, {})) ==
                "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
    }

    void aKeptKeyGivesTheSameMacs() {
        HmacKey key(Hash::Sha256, "Jefe");
        for (std::size_t size = 0; size < 200; ++size) {
            const std::string text(size, 'x');
            QVERIFY(key.mac(text) == hmac(Hash::Sha256, "Jefe", text));
        }
        HmacKey moved = std::move(key);
        QVERIFY(moved.mac("a") == hmac(Hash::Sha256, "Jefe", "a"));
        key = HmacKey(Hash::Sha512, "other");
        QVERIFY(key.mac("a") == hmac(Hash::Sha512, "other", "a"));
        moved = std::move(key);
        QVERIFY(moved.mac("a") == hmac(Hash::Sha512, "other", "a"));
    }

    void signaturesOfOauth2Proxy() { // golden vectors of oauth2-proxy 7.15: key is the secret's text
        const HmacKey key(Hash::Sha256, "OQINaROshtE9TcZkNAm-5Zs2Pv3xaWytBmc5W7sPX7w=");
        const std::string csrf =
            "AAECAwQFBgcICQoLDA0OD6VBYnJj4V19Xax-9xI2PjtXyHwZtjb-WEKAsawqUj0kgq7N-uryiFHmBiAeQypKGk_"
            "D5FVw63COd76hyz6-SHTU1v0jHftIcj-1hJfsQ3U7j0xBBlcjig2IbO0MsBHM0l4zpPylBxQ=";
        const auto signature = [&](std::string_view name, std::string_view value) {
            return base64UrlPadded(key.mac(std::string(name) + std::string(value) + "1700000000"));
        };
        QVERIFY(signature("_oauth2_proxy_csrf", csrf) == "PHedfGRB4EJyCWtqsBozIpgdDGzyYuPMWRJNSkN59Oc=");
        QVERIFY(signature("_oauth2_proxy_ctu3M2x2_csrf", csrf) ==
                "tSjSevWDDAK8WaTkNzJWE1OD2EH4qdZnErRXNtBStiE=");
        QVERIFY(
            signature(
                "_oauth2_proxy",
                "djIuWDI5aGRYUm9NbDl3Y205NGVTMHhNREV4TVRJeE16RTBNVFV4TmpFM01UZ3hPVEZoTVdJeFl6RmtNV1V4WmcuZ0lH"
                "Q2c0U0Zob2VJaVlxTGpJMk9qdw==") == "4aqBO-Cy9IVMGB23iUNgxB1T1_iI3nwrv2q2_wJccU4=");
        QVERIFY(base64Url(digest(Hash::Sha256, counting(0x20, 0x3F))) ==
                "ctu3M2x2eAAj-D2kw1Xy7uqFczsT00d2l5F3kMEikIQ");
        QVERIFY(base64Url(digest(Hash::Sha256, counting(0x60, 0x7F))) ==
                "TY0nT_fhdq-XepWgBVyMXzR404ZANDoGDO6JPlbzmVc");
    }

    void hkdfOfRfc5869() { // appendix A.1 to A.3
        QVERIFY(hex(hkdf(std::string(22, '\x0B'), counting(0, 12), counting(0xF0, 0xF9), 42)) ==
                "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
        QVERIFY(
            hex(hkdf(counting(0, 0x4F), counting(0x60, 0xAF), counting(0xB0, 0xFF), 82)) ==
            "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09"
            "da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87");
        QVERIFY(hex(hkdf(std::string(22, '\x0B'), {}, {}, 42)) ==
                "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
        QCOMPARE(hkdf("key", "salt", "info", 255 * 32).size(), std::size_t(8160));
    }

    void scryptOfRfc7914() { // section 12
        QVERIFY(scrypt("", "", 64, {16, 1, 1}) == bytes("77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdf"
                                                        "fa3fede21442fcd0069ded0948f8326a753a0fc81f17"
                                                        "e8d3e0fb2e0d3628cf35e20c38d18906"));
        QVERIFY(scrypt("password", "NaCl", 64, {1024, 8, 16}) ==
                bytes("fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109"
                      "279d9830da"
                      "c727afb94a83ee6d8360cbdfa2cc0640"));
        QVERIFY(scrypt("pleaseletmein", "SodiumChloride", 64, {16384, 8, 1}) ==
                bytes("7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d497"
                      "05242a9af9"
                      "e61e85dc0d651e40dfcf017b45575887"));
        QCOMPARE(scrypt("the defaults find their memory", "salt", 32).size(), std::size_t(32));
    }
};

QTEST_APPLESS_MAIN(tst_crypto_digest)
#include "tst_crypto_digest.moc"
