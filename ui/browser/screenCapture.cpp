#include <QWidget>
#include <browser/screenCapture.h>

#ifdef Q_OS_WIN
#include <windows.h>
#endif

namespace gatehouse::browser {

bool keepOutOfCaptures([[maybe_unused]] const QWidget& widget, [[maybe_unused]] bool hidden) {
#ifdef Q_OS_WIN
    constexpr DWORD excludeFromCapture = 0x11; // WDA_EXCLUDEFROMCAPTURE
    return SetWindowDisplayAffinity(reinterpret_cast<HWND>(widget.window()->winId()),
                                    hidden ? excludeFromCapture : 0) != 0;
#else
    return false;
#endif
}

} // namespace gatehouse::browser
