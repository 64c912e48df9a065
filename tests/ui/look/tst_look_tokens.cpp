// Every text is readable on its ground in every scheme, and every icon that a state needs is there.
#include <QApplication>
#include <QtTest>
#include <cmath>
#include <look/moods.h>
#include <look/state.h>
#include <look/tokens.h>

using namespace gatehouse::look;

namespace {

// Relative luminance and contrast ratio (WCAG 2.2, 1.4.3).
double channel(int value) {
    const double c = value / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(QRgb colour) {
    return 0.2126 * channel(qRed(colour)) + 0.7152 * channel(qGreen(colour)) +
           0.0722 * channel(qBlue(colour));
}

double contrast(QRgb a, QRgb b) {
    const double la = luminance(a), lb = luminance(b);
    return (qMax(la, lb) + 0.05) / (qMin(la, lb) + 0.05);
}

const TokenRow& rowOf(Token token) {
    return tokens()[static_cast<std::size_t>(token)];
}

void readable(const TokenRow& text, Token ground) {
    const TokenRow& behind = rowOf(ground);
    const auto say = [&](const char* scheme, double ratio) {
        return QByteArray(text.name.data(), static_cast<qsizetype>(text.name.size())) + " on " +
               QByteArray(behind.name.data(), static_cast<qsizetype>(behind.name.size())) + ' ' + scheme +
               ": " + QByteArray::number(ratio);
    };
    for (const auto& [scheme, ratio] :
         {std::pair("light", contrast(text.light, behind.light)),
          std::pair("dark", contrast(text.dark, behind.dark)),
          std::pair("high contrast", contrast(text.highContrast, behind.highContrast))})
        QVERIFY2(ratio >= 4.5, say(scheme, ratio).constData());
}

} // namespace

class TestTokens : public QObject {
    Q_OBJECT

private slots:
    void theTableIsInTheOrderOfTheEnumeration() {
        QCOMPARE(tokens().size(), static_cast<std::size_t>(Token::Count));
        for (std::size_t i = 0; i < tokens().size(); ++i)
            QCOMPARE(static_cast<std::size_t>(tokens()[i].token), i);
    }

    void everyTextIsReadableOnItsGround() {
        for (const TokenRow& row : tokens())
            if (row.on != row.token)
                readable(row, row.on);
        // Plain text stands on all three grounds.
        for (const Token text : {Token::Text, Token::TextQuiet, Token::Accent})
            for (const Token ground : {Token::Ground, Token::Surface, Token::Raised})
                readable(rowOf(text), ground);
    }

    void aChangeOfSchemeReachesThePalette() {
        for (const Scheme one : {Scheme::Dark, Scheme::HighContrast, Scheme::Light}) {
            apply(*qApp, one);
            QCOMPARE(QApplication::palette().color(QPalette::Window), color(Token::Ground));
            QCOMPARE(scheme(), one);
        }
    }

    void everyMoodHasAnIconThatDrawsSomething() {
        for (const Mood mood : {Mood::Neutral, Mood::Good, Mood::Warning, Mood::Bad, Mood::Busy}) {
            const QImage picture = icon(iconOf(mood), tokenOf(mood)).pixmap(32, 32).toImage();
            QVERIFY(!picture.isNull());
            int drawn = 0;
            for (int y = 0; y < picture.height(); ++y)
                for (int x = 0; x < picture.width(); ++x)
                    drawn += picture.pixelColor(x, y).alpha() > 128 ? 1 : 0;
            QVERIFY2(drawn > 20, qPrintable(iconOf(mood)));
        }
    }

    void aBadgeIsReadByItsText() {
        Badge badge;
        badge.show(Mood::Good, QStringLiteral("Running"));
        QCOMPARE(badge.accessibleName(), QStringLiteral("Running"));
        QVERIFY(badge.sizeHint().width() > badge.fontMetrics().horizontalAdvance(QStringLiteral("Running")));
    }
};

QTEST_MAIN(TestTokens)
#include "tst_look_tokens.moc"
