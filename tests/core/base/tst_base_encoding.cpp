#include <base/encoding.h>

#include <QTest>
#include <random>

using namespace gatehouse;

namespace {

// What has only one spelling decodes from no other: encode(decode(x)) == x for every x that decodes.
using Encode = std::string (*)(std::string_view);
using Decode = std::optional<std::string> (*)(std::string_view);
struct Codec {
    const char* name;
    Encode encode;
    Decode decode;
};
constexpr Codec codecs[] = {
    {"base64", base64, fromBase64},
    {"base64url", base64Url, fromBase64Url},
    {"base64url padded", base64UrlPadded, fromBase64Url},
    {"base32", base32, fromBase32},
    {"hex", hex, fromHex},
};

std::string randomBytes(std::mt19937& random, std::size_t size) {
    std::string bytes;
    while (bytes.size() < size)
        bytes += static_cast<char>(random() & 0xFF);
    return bytes;
}

} // namespace

class tst_base_encoding : public QObject {
    Q_OBJECT

private slots:
    void vectorsOfRfc4648() { // section 10
        constexpr const char* rows[][5] = {
            // text, base64, base64url, base32 without padding, hex
            {"", "", "", "", ""},
            {"f", "Zg==", "Zg", "MY", "66"},
            {"fo", "Zm8=", "Zm8", "MZXQ", "666f"},
            {"foo", "Zm9v", "Zm9v", "MZXW6", "666f6f"},
            {"foob", "Zm9vYg==", "Zm9vYg", "MZXW6YQ", "666f6f62"},
            {"fooba", "Zm9vYmE=", "Zm9vYmE", "MZXW6YTB", "666f6f6261"},
            {"foobar", "Zm9vYmFy", "Zm9vYmFy", "MZXW6YTBOI", "666f6f626172"},
        };
        for (const auto& [text, b64, url, b32, sixteen] : rows) {
            QVERIFY(base64(text) == b64 && base64Url(text) == url && base64UrlPadded(text) == b64);
            QVERIFY(base32(text) == b32 && hex(text) == sixteen);
            QVERIFY(fromBase64(b64) == text && fromBase64Url(url) == text && fromBase64Url(b64) == text);
            QVERIFY(fromBase32(b32) == text && fromHex(sixteen) == text);
        }
        QVERIFY(base64("\xFB\xFF\xFE") == "+//+" && base64Url("\xFB\xFF\xFE") == "-__-");
    }

    void everyByteSurvives() {
        std::mt19937 random(4648);
        for (std::size_t size = 0; size < 300; ++size) {
            const std::string bytes = randomBytes(random, size);
            for (const Codec& codec : codecs)
                QVERIFY2(codec.decode(codec.encode(bytes)) == bytes, codec.name);
        }
    }

    void randomTextNeitherCrashesNorGrows() {
        constexpr std::string_view likely = "ABCDabcd0123+/-_= \n%";
        std::mt19937 random(20250101);
        for (int i = 0; i < 20000; ++i) {
            std::string text;
            for (auto left = random() % 24; left > 0; --left)
                text +=
                    random() % 8 != 0 ? likely[random() % likely.size()] : static_cast<char>(random() & 0xFF);
            for (const Codec& codec : codecs) {
                const auto bytes = codec.decode(text);
                QVERIFY2(!bytes || bytes->size() <= text.size(), codec.name);
            }
            if (const auto bytes = fromHex(text)) // the one with one spelling, but for case
                QVERIFY(hex(*bytes).size() == text.size());
        }
    }

    void badBase64() {
        for (const char* text : {"Zg", "Zg=", "Zg===", "Z", "====", "Zm9v====", "Zm9v\n", " Zm9v", "Zm=v",
                                 "Z-_=", "Zm9vZ===", "=Zg=", "Zg==Zg=="})
            QVERIFY2(!fromBase64(text), text);
        for (const char* text : {"Z", "Zg=", "Zg===", "Z+/v", "Zm9vZ", "Zm 9v", "Z===", "="})
            QVERIFY2(!fromBase64Url(text), text);
        QVERIFY(!fromBase64Url(std::string_view("Zm9\0", 4)) && !fromBase64("Zm9\xC3"));
        QVERIFY(fromBase64Url("Zh") == "f"); // spare bits set: Go's decoder ignores them as well
    }

    void base32AsPeopleTypeIt() {
        QVERIFY(fromBase32("mzxw 6ytb oi==") == "foobar");
        QVERIFY(!fromBase32("MZXW1") && !fromBase32("MZXW8") && !fromBase32("M-"));
        // RFC 4648 section 6: these lengths carry digits that are part of no byte.
        QVERIFY(!fromBase32("M") && !fromBase32("MZX") && !fromBase32("MZXW6Y"));
    }

    void badHex() {
        QVERIFY(fromHex("00FFab") == std::string("\0\xFF\xAB", 3));
        for (const char* text : {"0", "0g", "0x", " 00", "00 "})
            QVERIFY2(!fromHex(text), text);
    }
};

QTEST_APPLESS_MAIN(tst_base_encoding)
#include "tst_base_encoding.moc"
