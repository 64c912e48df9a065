// Every text that a widget shows, and how much of it is cut off.
#pragma once

#include <QString>
#include <QWidget>
#include <vector>

namespace gatehouse::window::testing {

struct ShownText {
    const QWidget* on = nullptr;
    QString where; // "label", "tool tip", "tab", …
    QString text;
};

std::vector<ShownText> shownTexts(QWidget& seen);
// Words that do not fit into their place; empty: all fit.
QString cutAt(const QWidget& widget);

} // namespace gatehouse::window::testing
