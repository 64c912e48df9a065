#include <base/encoding.h>
#include <crypto/cipher.h>

#include <QTest>
#include <random>

using namespace gatehouse;
using namespace gatehouse::crypto;

namespace {

std::string bytes(std::string_view hexText) {
    return *fromHex(hexText);
}

const std::string iv = bytes("000102030405060708090a0b0c0d0e0f");
const std::string blocks = bytes("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
                                 "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710");

std::string randomBytes(std::mt19937& random, std::size_t size) {
    std::string out;
    while (out.size() < size)
        out += static_cast<char>(random() & 0xFF);
    return out;
}

} // namespace

class tst_crypto_cipher : public QObject {
    Q_OBJECT

private slots:
    void cfbOfSp800_38a() { // appendix F.3.13 to F.3.18
        constexpr const char* rows[][2] = {
            {"2b7e151628aed2a6abf7158809cf4f3c",
             "3b3fd92eb72dad20333449f8e83cfb4ac8a64537a0b3a93fcde3cdad9f1ce58b"
             "26751f67a3cbb140b1808cf187a4f4dfc04b05357c5d1c0eeac4c66f9ff7f2e6"},
            {"8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b",
             "cdc80d6fddf18cab34c25909c99a417467ce7f7f81173621961a2b70171d3d7a"
             "2e1e8a1dd59b88b1c8e60fed1efac4c9c05f9f9ca9834fa042ae8fba584b09ff"},
            {"603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4",
             "dc7e84bfda79164b7ecd8486985d386039ffed143b28b1c832113c6331e5407b"
             "df10132415e54b92a13ed0a8267ae2f975a385741ab9cef82031623d55b1e471"},
        };
        for (const auto& [keyHex, sealedHex] : rows) {
            const std::string key = bytes(keyHex);
            const std::string sealed = bytes(sealedHex);
            const AesCfbKey kept(key);
            for (std::size_t size = 0; size <= blocks.size(); ++size) { // a stream: any length is a prefix
                const auto plain = std::string_view(blocks).substr(0, size);
                const auto part = std::string_view(sealed).substr(0, size);
                QVERIFY(aesCfbEncrypt(key, iv, plain) == part && kept.encrypt(iv, plain) == part);
                QVERIFY(aesCfbDecrypt(key, iv, part) == plain && kept.decrypt(iv, part) == plain);
            }
        }
    }

    void cfbComesBack() {
        std::mt19937 random(38);
        for (const std::size_t keySize : {16u, 24u, 32u}) {
            AesCfbKey key(randomBytes(random, keySize));
            for (std::size_t size = 1; size < 6000; size += 97) {
                const std::string nonce = randomBytes(random, 16);
                const std::string plain = randomBytes(random, size);
                QVERIFY(key.decrypt(nonce, key.encrypt(nonce, plain)) == plain);
            }
            AesCfbKey moved = std::move(key);
            QVERIFY(moved.decrypt(iv, moved.encrypt(iv, "still there")) == "still there");
            key = std::move(moved);
            QVERIFY(key.decrypt(iv, key.encrypt(iv, "back again")) == "back again");
        }
    }

    void sessionCookieOfOauth2Proxy() { // golden vector of oauth2-proxy 7.15
        const std::string key = *fromBase64Url("OQINaROshtE9TcZkNAm-5Zs2Pv3xaWytBmc5W7sPX7w=");
        const std::string frame = bytes("04224d186440a795000000f65789a26361d7ff1d6f34546553f100a2656fd6ff6553"
                                        "f22ca26174a6616363657373a26974a5"
                                        "6964746f6ba27274a772656672657368a165b1616c696365406578616d706c652e63"
                                        "6f6da175d92466316532643363342d"
                                        "303030302d343030302d383030302d300100f01a31a16792a72f61646d696e73b372"
                                        "6f6c653a6f66666c696e655f616363"
                                        "657373a27075a5616c69636500000000d4200dc7");
        const std::string cookie =
            "AAECAwQFBgcICQoLDA0ODyLCXK4ngdvKfohbJ2KXtXIRkGQ8Rj2I-kPe1DKY1BdtPhiNDPyuBg0zIR75It"
            "jfg180p29SETldKWKCSYA_6geMLeAFLDbhfCd-t2fVSighZZzX2tbgdz4Mbln_PX-c45fHDFlZ7sg886JTqb5A"
            "vFCBvdKUxWCH3-caWG6Uf7W1Bt07H0z-zv1D5cnv7FbQwSTB0r228MOoY06F_cimMBaUCOoqp1lTKg==";
        QVERIFY(base64UrlPadded(iv + aesCfbEncrypt(key, iv, frame)) == cookie);
        const std::string raw = *fromBase64Url(cookie);
        QVERIFY(AesCfbKey(key).decrypt(raw.substr(0, 16), raw.substr(16)) == frame);
    }

    void gcmOfTheNistSubmission() { // McGrew and Viega, test cases 1, 3, 4, 15 and 16
        struct Row {
            const char *key, *plain, *associated, *sealed;
        };
        constexpr Row rows[] = {
            {"00000000000000000000000000000000", "", "", "58e2fccefa7e3061367f1d57a4e7455a"},
            {"feffe9928665731c6d6a8f9467308308",
             "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
             "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255",
             "",
             "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e"
             "21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091473f5985"
             "4d5c2af327cd64a62cf35abd2ba6fab4"},
            {"feffe9928665731c6d6a8f9467308308",
             "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
             "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
             "feedfacedeadbeeffeedfacedeadbeefabaddad2",
             "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e"
             "21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091"
             "5bc94fbc3221a5db94fae95ae7121a47"},
            {"feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
             "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
             "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255",
             "",
             "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
             "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad"
             "b094dac5d93471bdec1a502270e3cc6c"},
            {"feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
             "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
             "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
             "feedfacedeadbeeffeedfacedeadbeefabaddad2",
             "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
             "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
             "76fc6ece0f4e1768cddf8853bb2d551b"},
        };
        for (const Row& row : rows) {
            const std::string nonce =
                bytes(row.plain[0] == '\0' ? "000000000000000000000000" : "cafebabefacedbaddecaf888");
            const std::string sealed =
                aesGcmSeal(bytes(row.key), nonce, bytes(row.plain), bytes(row.associated));
            QVERIFY(hex(sealed) == row.sealed);
            QVERIFY(aesGcmOpen(bytes(row.key), nonce, sealed, bytes(row.associated)) == bytes(row.plain));
        }
    }

    void redisSessionOfOauth2Proxy() { // AES-128-GCM, golden vector of oauth2-proxy 7.15
        const std::string value = bytes("000102030405060708090a0bb366423247d208f1be3a4eaeab0b0442375ccd4dd734"
                                        "b3175ca20f40433da9b1ee7180eaa7b8164e"
                                        "4c9f22899ed48e7f01d7bb4bc4fc80ef587e91a9986068ccc9850b899125b6f8aba1"
                                        "30626cc0357ea7059552f7f84507ff0d2d"
                                        "ea49492861ebfa9c9a5e183aa68d6c8fb328429bf95735abea3d8af007a8782b0015"
                                        "58fef8f159c2e71e666b5c296b19edf4b6"
                                        "7d837396d6ce14caede9be58cd20558ae3fbe29b06a7874a74ddeb");
        const auto session =
            aesGcmOpen(*fromBase64Url("gIGCg4SFhoeIiYqLjI2Ojw"), value.substr(0, 12), value.substr(12));
        QVERIFY(session && session->starts_with("\x89\xA2\x63\x61\xD7\xFF") && session->ends_with("alice"));
    }

    void gcmOpensNothingElse() {
        const std::string key(32, 'k');
        const std::string nonce(12, 'n');
        const std::string sealed = aesGcmSeal(key, nonce, "plain text of two blocks, nearly", "for whom");
        QVERIFY(aesGcmOpen(key, nonce, sealed, "for whom"));
        for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
            std::string changed = sealed;
            changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << bit % 8));
            QVERIFY(!aesGcmOpen(key, nonce, changed, "for whom"));
        }
        for (std::size_t size = 0; size < sealed.size(); ++size)
            QVERIFY(!aesGcmOpen(key, nonce, sealed.substr(0, size), "for whom"));
        QVERIFY(!aesGcmOpen(key, nonce, sealed, "for nobody") && !aesGcmOpen(key, nonce, sealed));
        QVERIFY(!aesGcmOpen(std::string(32, 'K'), nonce, sealed, "for whom"));
        QVERIFY(!aesGcmOpen(key, std::string(12, 'N'), sealed, "for whom"));
    }

    void keySizes() {
        for (std::size_t size = 0; size < 70; ++size)
            QCOMPARE(isAesKeySize(size), size == 16 || size == 24 || size == 32);
    }
};

QTEST_APPLESS_MAIN(tst_crypto_cipher)
#include "tst_crypto_cipher.moc"
