// A made-up language: every text that goes through tr() or GH_TEXT comes back in ⟦⟧, with accents, a third
// longer. What stands on the screen without ⟦⟧ was not translated, unless it is data; what does not fit would
// not in German either.
#pragma once

#include <QRegularExpression>
#include <QString>
#include <QTranslator>

namespace gatehouse::window::testing {

class PseudoLocale : public QTranslator {
public:
    bool isEmpty() const override { return false; }
    QString translate(const char* context, const char* text, const char* disambiguation,
                      int number) const override;
};

QString pseudo(const QString& text);
// What of a shown text is outside all ⟦⟧.
QString rawPartOf(const QString& shown);

} // namespace gatehouse::window::testing
