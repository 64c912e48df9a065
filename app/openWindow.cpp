#include <desk/desk.h>
#include <desk/text.h>

#include <QApplication>
#include <QEvent>
#include <QSocketNotifier>
#include <QTimer>
#include <app/exitCodes.h>
#include <app/openWindow.h>
#include <app/panels.h>
#include <app/wakeUp.h>
#include <browser/chromiumStart.h>
#include <cstdio>
#include <cstdlib>
#include <look/tokens.h>
#include <window/mainWindow.h>

namespace gatehouse::app {

namespace {

bool isSet(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr && *value != '\0';
}

// For whoever measures how long the window takes: a line once it has been painted (tests/bench/startup.py).
class FirstPaint : public QObject {
public:
    using QObject::QObject;
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::Paint) {
            watched->removeEventFilter(this);
            std::fputs("the window is shown\n", stderr);
        }
        return false;
    }
};

} // namespace

bool hasWindow() {
    return true;
}

bool canShowWindow() {
#if defined(__linux__)
    return isSet("DISPLAY") || isSet("WAYLAND_DISPLAY") || isSet("QT_QPA_PLATFORM");
#else
    return true;
#endif
}

int openWindow(const WindowOptions& options) {
    browser::prepareChromium({options.softwareRendering, options.browserSandbox});
    int count = 1;
    char name[] = "gatehouse";
    char* arguments[] = {
        name,
        nullptr}; // Qt and Chromium have switches of their own: none of them is for the user's command line
    QApplication application(count, arguments);
    QApplication::setApplicationName(QStringLiteral("gatehouse"));
    QApplication::setApplicationDisplayName(QStringLiteral("Gatehouse"));
    QApplication::setApplicationVersion(QStringLiteral(GATEHOUSE_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("org.gatehouse.Gatehouse"));

    desk::Desk desk;
    look::apply(application, look::schemeOf(desk.settings.theme()));
    window::MainWindow window(desk);
    addPanels(window, desk);
    if (isSet("GATEHOUSE_TELL_WHEN_SHOWN"))
        window.installEventFilter(new FirstPaint(&window));
    window.show();
    // SIGTERM and SIGINT close the window as its button does: what runs ends, and nothing stays behind.
    const auto signalled = WakeUp::create();
    QSocketNotifier notifier(signalled ? (*signalled)->descriptor() : -1, QSocketNotifier::Read);
    notifier.setEnabled(signalled.has_value());
    QObject::connect(&notifier, &QSocketNotifier::activated, &window, [&] {
        notifier.setEnabled(false);
        QApplication::quit();
    });
    desk.vault.probe();
    if (!options.lab.empty())
        window.openFile(desk::qt(options.lab));
    if (options.demo)
        QTimer::singleShot(0, &window, &window::MainWindow::runDemo);
    return QApplication::exec() == 0 ? exitOk : exitEnvironment;
}

} // namespace gatehouse::app
