// Pictures of the real window, every page in every state, in each scheme: window_pictures DIR [NAME…]. Only
// scenes whose name begins with one of the NAMEs are kept. tests/ui/pictures runs it and compares with the
// last ones.
#include "scenes.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <cstdio>
#include <look/tokens.h>

using namespace gatehouse;
using namespace gatehouse::window::testing;

namespace {

bool isWanted(const std::string& name, const QStringList& wanted) {
    return wanted.isEmpty() || std::any_of(wanted.begin(), wanted.end(), [&](const QString& each) {
               return QString::fromStdString(name).startsWith(each);
           });
}

void take(WholeWindow& at, QWidget& seen, const QString& file) {
    for (const auto& [scheme, suffix] :
         {std::pair(look::Scheme::Dark, "dark"), std::pair(look::Scheme::HighContrast, "contrast"),
          std::pair(look::Scheme::Light, "light")}) {
        look::apply(*qobject_cast<QApplication*>(qApp), scheme);
        at.settle();
        if (!seen.grab().save(QStringLiteral("%1-%2.png").arg(file, QString::fromLatin1(suffix))))
            qFatal("%s cannot be written", qPrintable(file));
    }
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fputs("usage: window_pictures DIR [NAME…]\n", stderr);
        return 2;
    }
    Surroundings surroundings;
    QApplication application(argc, argv);
    const QDir folder(QString::fromLocal8Bit(argv[1]));
    folder.mkpath(QStringLiteral("."));
    QFile moving(folder.filePath(QStringLiteral("moving.txt"))); // what no two runs paint the same
    if (!moving.open(QIODevice::WriteOnly))
        qFatal("%s cannot be written", qPrintable(moving.fileName()));
    const QStringList wanted = QCoreApplication::arguments().mid(2);
    WholeWindow at;
    for (const Scene& scene : scenes()) {
        at.calm();
        QWidget* const seen = scene.show(at);
        if (seen == nullptr)
            qFatal("%s shows nothing", scene.name.c_str());
        at.settle();
        if (isWanted(scene.name, wanted))
            take(at, *seen, folder.filePath(QString::fromStdString(scene.name)));
        if (at.desk().workspace.hasDraft())
            std::fprintf(stderr, "%s: a draft stands\n", scene.name.c_str());
        if (scene.moves)
            moving.write(QByteArray::fromStdString(scene.name + '\n'));
    }
    return 0;
}
