// Text that cannot be read on its ground, in the scheme that is in use (WCAG 2.2: 4.5:1).
#pragma once

#include <QString>
#include <QStringList>
#include <QWidget>

namespace gatehouse::window::testing {

QStringList unreadable(QWidget& seen);

} // namespace gatehouse::window::testing
