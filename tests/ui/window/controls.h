// What of a window can be touched, and what a screen reader, a keyboard and a stranger need of it.
#pragma once

#include <QString>
#include <QWidget>
#include <vector>

namespace gatehouse::window::testing {

// Visible ones, Qt's own inner parts (the arrows of a tab bar, the clear button of a line) left out.
std::vector<QWidget*> controls(QWidget& seen);
// "QPushButton startDemo in startPage", for a report.
QString place(const QWidget& control);
// As a screen reader reads it: its own name, its label's, its text.
QString spokenName(QWidget& control);
// The tool tip, the help beside it, or that of its action.
QString helpOf(const QWidget& control);
// Its command is in a menu, so a keyboard gets there without it.
bool isInMenu(const QWidget& control);

} // namespace gatehouse::window::testing
