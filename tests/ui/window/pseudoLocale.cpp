#include "pseudoLocale.h"

#include <QKeySequence>
#include <array>
#include <utility>

namespace gatehouse::window::testing {

namespace {

constexpr double longer = 0.3;

QChar accented(QChar plain) {
    static constexpr std::array<std::pair<char16_t, char16_t>, 12> table{{{u'a', u'á'},
                                                                          {u'e', u'é'},
                                                                          {u'i', u'í'},
                                                                          {u'o', u'ó'},
                                                                          {u'u', u'ú'},
                                                                          {u'c', u'ç'},
                                                                          {u'n', u'ñ'},
                                                                          {u's', u'š'},
                                                                          {u'A', u'Å'},
                                                                          {u'E', u'É'},
                                                                          {u'O', u'Ö'},
                                                                          {u'U', u'Ü'}}};
    for (const auto& [from, to] : table)
        if (plain == QChar(from))
            return QChar(to);
    return plain;
}

// Not to be touched: %1, %n, {name}, <tags>, &entities; and the letter behind & stays a key that can be
// pressed.
qsizetype untouchedAt(const QString& text, qsizetype at) {
    static const QRegularExpression fixed(
        QStringLiteral("%L?[0-9n]|\\{[a-zA-Z0-9-]+\\}|<[^>]+>|&[a-z]+;|&.|\\*\\.[a-z.*]+|\\n"));
    const auto match =
        fixed.match(text, at, QRegularExpression::NormalMatch, QRegularExpression::AnchorAtOffsetMatchOption);
    return match.hasMatch() ? match.capturedLength() : 0;
}

bool isKeys(const QString& text) {
    static const QRegularExpression keys(QStringLiteral("^(Ctrl|Alt|Shift|Meta)\\+\\S+$|^F[0-9]+$"));
    return keys.match(text).hasMatch();
}

} // namespace

QString pseudo(const QString& text) {
    if (text.trimmed().isEmpty() || isKeys(text))
        return text;
    QString out;
    qsizetype letters = 0;
    for (qsizetype at = 0; at < text.size();) {
        if (const qsizetype fixed = untouchedAt(text, at); fixed > 0) {
            out += text.mid(at, fixed);
            at += fixed;
            continue;
        }
        letters += text[at].isLetter() ? 1 : 0;
        out += accented(text[at++]);
    }
    const auto padding =
        qMax<qsizetype>(1, static_cast<qsizetype>(static_cast<double>(letters) * longer) - 2);
    return QStringLiteral("⟦") + out + QString(padding, QChar(u'·')) + QStringLiteral("⟧");
}

QString PseudoLocale::translate(const char*, const char* text, const char*, int number) const {
    QString out = pseudo(QString::fromUtf8(text));
    if (number >= 0)
        out.replace(QStringLiteral("%n"), QString::number(number));
    return out;
}

QString rawPartOf(const QString& shown) {
    QString out;
    int depth = 0;
    for (const QChar each : shown) {
        if (each == QChar(u'⟦'))
            ++depth;
        else if (each == QChar(u'⟧'))
            depth = qMax(0, depth - 1);
        else if (depth == 0)
            out += each;
    }
    return out;
}

} // namespace gatehouse::window::testing
