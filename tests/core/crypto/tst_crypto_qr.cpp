#include <crypto/qrCode.h>
#include <crypto/qrRead.h>
#include <crypto/totp.h>

#include <QFile>
#include <QTest>
#include <random>

using namespace gatehouse;
using namespace gatehouse::crypto;

namespace {

const std::string enrolment = otpauthUri({"demo", "alice", "mySecretmySecretmySe", {}, {}});

Picture noise(std::size_t width, std::size_t height) { // black and white
    std::mt19937 random(1);
    Picture picture{width, height, {}};
    while (picture.pixels.size() < width * height)
        picture.pixels += random() % 2 != 0 ? '\xFF' : '\0';
    return picture;
}

Picture enlarged(const Picture& small, std::size_t times) {
    Picture out{small.width * times, small.height * times, {}};
    for (std::size_t y = 0; y < out.height; ++y)
        for (std::size_t x = 0; x < out.width; ++x)
            out.pixels += small.pixels[y / times * small.width + x / times];
    return out;
}

// The rows of data/png.tsv with that many columns.
QList<QList<QByteArray>> rowsOf(qsizetype columns) {
    QFile file(QStringLiteral(GATEHOUSE_TEST_DATA "/data/png.tsv"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("png.tsv is missing");
    QList<QList<QByteArray>> rows;
    for (const QByteArray& line : file.readAll().trimmed().split('\n'))
        if (!line.startsWith('#') && line.split('\t').size() == columns)
            rows += line.split('\t');
    return rows;
}

} // namespace

class tst_crypto_qr : public QObject {
    Q_OBJECT

private slots:
    void thePictureOfKeycloaksEnrolmentPage() {
        const auto code = qrCode(enrolment);
        QVERIFY(code);
        const std::string png = qrPng(*code);
        // Eight bits of depth would be right as well, but Keycloak's has one.
        QVERIFY(png.substr(0, 26) ==
                std::string("\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\0\xF6\0\0\0\xF6\x01\0", 26));
        QVERIFY(png.size() < 1500);
        const auto picture = readPng(png);
        QVERIFY(picture && picture->width == 246 && picture->height == 246);
        const auto text = qrRead(*picture);
        QVERIFY(text && *text == enrolment);
        QVERIFY(parseOtpauthUri(*text)->key == "mySecretmySecretmySe");
    }

    void theQuietZoneIsQuiet() {
        const auto code = qrCode(enrolment);
        const auto picture = readPng(qrPng(*code));
        const std::size_t scale = 246 / (code->size + 8);
        const std::size_t margin = (246 - code->size * scale) / 2;
        QVERIFY(margin >= 4 * scale);
        for (std::size_t i = 0; i < 246; ++i)
            for (std::size_t j = 0; j < margin; ++j)
                QVERIFY(picture->pixels[i * 246 + j] == '\xFF' && picture->pixels[j * 246 + i] == '\xFF');
        QVERIFY(picture->pixels[margin * 246 + margin] == '\0'); // the corner of a finder pattern
    }

    void everySizeOfText() {
        for (const std::size_t size : {1u, 20u, 200u, 1000u, 2000u}) {
            const std::string text(size, 'x');
            const auto picture = readPng(qrPng(*qrCode(text)));
            QVERIFY(picture);
            const auto read = qrRead(enlarged(*picture, 3));
            QVERIFY(read && *read == text);
        }
        QVERIFY(qrCode(std::string(2953, 'x')) && readPng(qrPng(*qrCode(std::string(2953, 'x')))));
        QVERIFY(!qrCode(std::string(2954, 'x')) && !qrCode("") && !qrCode(std::string(3'000'000, 'x')));
    }

    void bytesStayBytes() {
        const std::string text = "Gr\xC3\xB6\xC3\x9F"
                                 "e \xE2\x82\xAC";
        const auto read = qrRead(*readPng(qrPng(*qrCode(text))));
        QVERIFY(read && *read == text);
    }

    void theTerminal() {
        const auto code = qrCode("HELLO");
        QVERIFY(code && code->size == 21);
        const QStringList lines = QString::fromStdString(qrText(*code)).split('\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 15); // 29 rows, two a line
        for (const QString& line : lines)
            QCOMPARE(line.size(), 29);
        QVERIFY(lines[0] == QString(29, QChar(0x2588)) && lines[14] == QString(29, QChar(0x2580)));
        QVERIFY(lines[2].startsWith(QStringLiteral("████ ▄▄▄▄▄ "))); // a finder pattern, dark on light
        const QStringList light = QString::fromStdString(qrText(*code, true)).split('\n', Qt::SkipEmptyParts);
        QVERIFY(light[0] == QString(29, ' ') && light[2].startsWith(QStringLiteral("    █▀▀▀▀▀█ ")));
    }

    void aPictureWithoutACode() {
        for (const Picture& picture : {Picture{}, Picture{1, 1, "x"},
                                       Picture{100, 100, std::string(10'000, '\xFF')}, noise(200, 200)}) {
            const auto read = qrRead(picture);
            QVERIFY(!read && read.error().what->code == "qr-none");
        }
    }

    void pngComesBack() {
        for (const std::size_t width : {1u, 7u, 8u, 9u, 64u, 246u}) {
            const Picture picture = noise(width, 13);
            const auto read = readPng(writePng(picture));
            QVERIFY(read && read->width == width && read->height == 13 && read->pixels == picture.pixels);
        }
    }

    void otherKindsOfPng() {
        QCOMPARE(rowsOf(3).size(), 7);
        for (const auto& row : rowsOf(3)) {
            const auto read = readPng(QByteArray::fromBase64(row[1]).toStdString());
            QVERIFY2(read && read->width == 5 && read->height == 7, row[0]);
            QVERIFY2(QByteArray::fromStdString(read->pixels).toHex() == row[2], row[0]);
        }
    }

    void brokenPngs() {
        const std::string png = writePng(noise(40, 40));
        for (std::size_t size = 0; size < png.size(); ++size)
            QVERIFY(!readPng(png.substr(0, size)));
        for (std::size_t i = 0; i < png.size(); ++i) { // each chunk has a checksum
            std::string changed = png;
            changed[i] = static_cast<char>(changed[i] ^ 0x10);
            QVERIFY(!readPng(changed));
        }
        QVERIFY(!readPng("") && !readPng("GIF89a"));
        QVERIFY(rowsOf(2).size() > 10);
        for (const auto& row : rowsOf(2))
            QVERIFY2(!readPng(QByteArray::fromBase64(row[1]).toStdString()), row[0]);
    }
};

QTEST_APPLESS_MAIN(tst_crypto_qr)
#include "tst_crypto_qr.moc"
