// Keeping a window out of screen captures, where the system offers it.
#pragma once

class QWidget;

namespace gatehouse::browser {

// Windows 10 (2004) and newer: the widget's window is left out while `hidden`. False: this system offers
// nothing of the kind (X11 and Wayland do not: whoever may record a screen sees all of it).
bool keepOutOfCaptures(const QWidget& widget, bool hidden);

} // namespace gatehouse::browser
