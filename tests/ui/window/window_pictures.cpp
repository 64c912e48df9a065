// Pictures of the real window, page by page, in light and dark: window_pictures DIR. For looking at, for the
// guide, and for comparing with the last ones. Panels are in the ones that `gatehouse window` makes
// (tests/screenshots).
#include <desk/desk.h>
#include <desk/text.h>
#include <lab/templates.h>

#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QtTest>
#include <look/tokens.h>
#include <window/mainWindow.h>

using namespace gatehouse;

namespace {

void take(window::MainWindow& window, const QString& folder, const QString& name) {
    QCoreApplication::processEvents();
    QCoreApplication::processEvents();
    window.grab().save(QDir(folder).filePath(name + QStringLiteral(".png")));
}

} // namespace

int main(int argc, char** argv) {
    QTemporaryDir home;
    for (const char* name : {"XDG_DATA_HOME", "XDG_CONFIG_HOME", "HOME"})
        qputenv(name, home.path().toUtf8());
    QApplication application(argc, argv);
    const QString folder = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral(".");
    QDir().mkpath(folder);
    desk::Desk desk;
    look::apply(application, look::Scheme::Light);
    window::MainWindow window(desk);
    window.finish();
    window.resize(1280, 720);
    window.show();
    for (const auto& [scheme, suffix] :
         {std::pair(look::Scheme::Light, "light"), std::pair(look::Scheme::Dark, "dark"),
          std::pair(look::Scheme::HighContrast, "contrast")}) {
        look::apply(application, scheme);
        const auto named = [&](const char* page) {
            return QString::fromLatin1(page) + u'-' + QString::fromLatin1(suffix);
        };
        desk.workspace.close();
        window.showPage(QStringLiteral("start"));
        take(window, folder, named("start"));
        desk.workspace.openText(
            QStringLiteral(
                "gatehouse: 1\ngates: [{name: g, options: {no-such-option: 1}}]\nservices: [{}]\n"),
            QStringLiteral("wrong.gatehouse.yaml"));
        window.actions()[QStringLiteral("run.start")]->trigger();
        window.showPage(QStringLiteral("problems"));
        take(window, folder, named("problems"));
        window.actions()[QStringLiteral("view.palette")]->trigger();
        take(window, folder, named("palette"));
        for (auto* search : window.findChildren<QLineEdit*>(QStringLiteral("paletteSearch")))
            QTest::keyClick(search, Qt::Key_Escape);
    }
    return 0;
}
