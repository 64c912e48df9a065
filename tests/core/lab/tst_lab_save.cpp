// A saved file is whole, whenever the saver dies.

#include "samples.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <chrono>
#include <csignal>
#include <random>
#include <string>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace gatehouse;
using namespace samples;

namespace {

std::string content(const QString& path) {
    QFile in(path);
    return in.open(QIODevice::ReadOnly) ? in.readAll().toStdString() : std::string();
}

// Versions of a lab, told apart by their names, long enough for several writes.
std::string version(int number) {
    return "gatehouse: 1\nname: v" + std::to_string(number) + "\n" + std::string(200'000, '#') + "\n# end\n";
}

} // namespace

class TestLabSave : public QObject {
    Q_OBJECT

private slots:
    void savesAndReplaces();
    void keepsRightsAndLinks();
    void saysWhyNot();
    void survivesFiftyKills();
};

void TestLabSave::savesAndReplaces() {
    const QTemporaryDir folder;
    const QString path = folder.filePath("a.yaml");
    QVERIFY(lab::saveWhole(path.toStdString(), "one"));
    QCOMPARE(content(path), std::string("one"));
    QVERIFY(lab::saveWhole(path.toStdString(), ""));
    QCOMPARE(content(path), std::string());
    QVERIFY(lab::saveWhole(path.toStdString(), version(1)));
    QCOMPARE(content(path), version(1));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1);
}

void TestLabSave::keepsRightsAndLinks() {
    const QTemporaryDir folder;
    const QString path = folder.filePath("a.yaml");
    const QString link = folder.filePath("link.yaml");
    QVERIFY(lab::saveWhole(path.toStdString(), "one"));
    QVERIFY(::chmod(qPrintable(path), 0640) == 0);
    QVERIFY(QFile::link("a.yaml", link));
    QVERIFY(lab::saveWhole(link.toStdString(), "two"));
    QCOMPARE(content(path), std::string("two"));
    QVERIFY(QFileInfo(link).isSymLink());
    struct ::stat rights{};
    QVERIFY(::stat(qPrintable(path), &rights) == 0);
    QCOMPARE(int(rights.st_mode & 0777), 0640);
}

void TestLabSave::saysWhyNot() {
    const QTemporaryDir folder;
    const std::string path = folder.filePath("no/such/folder.yaml").toStdString();
    const auto saved = lab::saveWhole(path, "x");
    QVERIFY(!saved);
    QCOMPARE(saved.error().where.file, path);
    QVERIFY(!saved.error().technical.empty());
}

void TestLabSave::survivesFiftyKills() {
    const QTemporaryDir folder;
    const QString path = folder.filePath("lab.yaml");
    const std::string name = path.toStdString();
    QVERIFY(lab::saveWhole(name, version(0)));
    std::mt19937 random(50);
    int changed = 0;
    std::string last = content(path);
    for (int kill = 0; kill < 50; ++kill) {
        int saved[2];
        QVERIFY(::pipe(saved) == 0);
        const ::pid_t child = ::fork();
        QVERIFY(child >= 0);
        if (child == 0)
            for (int number = kill * 1000 + 1;; ++number)
                if (!lab::saveWhole(name, version(number)) || ::write(saved[1], ".", 1) != 1)
                    ::_exit(1);
        char dot = 0;
        QVERIFY(::read(saved[0], &dot, 1) == 1); // it has begun
        const auto instant = std::chrono::steady_clock::now() + std::chrono::microseconds(random() % 6000);
        while (std::chrono::steady_clock::now() < instant)
            ;
        QVERIFY(::kill(child, SIGKILL) == 0);
        ::close(saved[0]);
        ::close(saved[1]);
        int status = 0;
        QVERIFY(::waitpid(child, &status, 0) == child && WIFSIGNALED(status));
        const std::string found = content(path);
        const auto document = Document::parse(found, name);
        QVERIFY2(document.value && found.ends_with("\n# end\n"), found.substr(0, 100).c_str());
        QCOMPARE(found, version(std::stoi(document.value->lab().name.substr(1))));
        changed += found != last ? 1 : 0;
        last = found;
    }
    QVERIFY2(changed == 50, qPrintable(QString::number(changed)));
    // What the killed ones left behind is in nobody's way.
    QVERIFY(lab::saveWhole(name, "gatehouse: 1\n"));
    QCOMPARE(content(path), std::string("gatehouse: 1\n"));
}

QTEST_GUILESS_MAIN(TestLabSave)
#include "tst_lab_save.moc"
