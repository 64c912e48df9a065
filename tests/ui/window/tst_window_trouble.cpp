// What goes wrong on a real machine, in the whole window: it lives on, says what happened and what to do,
// nothing is lost, and nothing is half-written.
#include "wholeWindow.h"

#include <desk/text.h>

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <cluster/clusterPanel.h>
#include <csignal>
#include <look/state.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace gatehouse;
using namespace gatehouse::window::testing;
using State = desk::EngineBridge::State;

namespace {

// Files of this process may not grow beyond so much: what a full disk is to whoever writes, on a machine of
// one's own.
class FullDisk {
public:
    explicit FullDisk(rlim_t bytes) {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &before_);
        rlimit less = before_;
        less.rlim_cur = bytes;
        ::setrlimit(RLIMIT_FSIZE, &less);
    }
    ~FullDisk() { ::setrlimit(RLIMIT_FSIZE, &before_); }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

private:
    rlimit before_{};
};

QByteArray contents(const QString& file) {
    QFile in(file);
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
}

void write(const QString& file, const QByteArray& text) {
    QFile out(file);
    QVERIFY2(out.open(QIODevice::WriteOnly), qPrintable(file));
    out.write(text);
}

QByteArray anIngress(const char* name, const char* more) {
    return QByteArray("apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: ") + name +
           ", namespace: default}\nspec:\n" + more;
}

} // namespace

class TestWindowTrouble : public QObject {
    Q_OBJECT

    std::unique_ptr<WholeWindow> at_;
    std::unique_ptr<QTemporaryDir> place_;

    QString at(const char* name) const { return place_->filePath(QString::fromLatin1(name)); }
    desk::Workspace& workspace() { return at_->desk().workspace; }
    // The window's own message, above its pages.
    QString message() {
        for (look::MessageBar* bar : at_->window().findChildren<look::MessageBar*>())
            if (bar->isVisible() && bar->parentWidget() == at_->window().centralWidget())
                return bar->message();
        return {};
    }
    void answer() {
        for (QPushButton* button :
             at_->window().findChildren<QPushButton*>(QStringLiteral("messageBarAction")))
            if (button->isVisible() &&
                button->parentWidget()->parentWidget() == at_->window().centralWidget())
                return QTest::mouseClick(button, Qt::LeftButton);
        QFAIL("the message has no button");
    }
    void saveStory() {
        at_->openStory();
        QVERIFY(workspace().saveAs(at("story.gatehouse.yaml")));
    }
    void lives() { // its pages and its commands answer
        at_->window().showPage(QStringLiteral("problems"));
        at_->press("view.palette");
        at_->settle();
        QVERIFY(at_->find<QLineEdit>("paletteSearch").isVisible());
        at_->calm();
    }

private slots:
    void initTestCase() { at_ = std::make_unique<WholeWindow>(); }
    void init() {
        place_ = std::make_unique<QTemporaryDir>();
        at_->calm();
    }
    void cleanup() {
        if (at_->desk().engine.state() == State::Running)
            at_->stop();
        workspace().close();
    }
    void cleanupTestCase() { at_.reset(); }

    // First, before the engine has what it needs: the authority's key cannot be kept.
    void theEngineCannotStart() {
        const QString state = qEnvironmentVariable("XDG_DATA_HOME") + QStringLiteral("/gatehouse");
        QDir(state).removeRecursively();
        write(state, "somebody's file");
        at_->openStory();
        at_->press("run.start");
        QTRY_VERIFY_WITH_TIMEOUT(!message().isEmpty(), 20'000);
        QVERIFY(at_->desk().engine.state() != State::Running);
        answer(); // Show them
        auto& list = at_->find<QListWidget>("problems");
        QVERIFY(list.count() > 0);
        QVERIFY2(list.item(0)->text().contains(state), qPrintable(list.item(0)->text()));
        QCOMPARE(contents(state), QByteArray("somebody's file"));
        lives();
        QVERIFY(QFile::remove(state));
        at_->run();
        QCOMPARE(at_->desk().engine.state(), State::Running);
    }

    void theDiskIsFullWhileSaving() {
        saveStory();
        const QByteArray before = contents(workspace().file());
        const QString mine = workspace().text() + QStringLiteral("# mine\n");
        workspace().setText(mine);
        {
            FullDisk full(2048);
            at_->press("lab.save");
        }
        QVERIFY(!message().isEmpty());
        QCOMPARE(contents(workspace().file()), before);
        QCOMPARE(QDir(place_->path()).entryList(QDir::Files | QDir::Hidden),
                 QStringList("story.gatehouse.yaml"));
        QCOMPARE(workspace().text(), mine);
        QVERIFY(workspace().isModified());
        lives();
        at_->press("lab.save");
        QCOMPARE(QString::fromUtf8(contents(workspace().file())), mine);
        QVERIFY(!workspace().isModified());
    }

    void theDiskIsFullWhileManifestsAreWritten() {
        at_->openStory();
        at_->window().showPage(QStringLiteral("cluster"));
        at_->settle();
        QVERIFY(QDir(place_->path()).mkdir(QStringLiteral("set")));
        auto* const panel = at_->window().findChild<cluster::ClusterPanel*>();
        QVERIFY(panel != nullptr);
        {
            FullDisk full(1024); // the first files fit, a later one does not
            panel->save(at("set"));
        }
        QStringList said;
        for (look::MessageBar* bar : at_->window().findChildren<look::MessageBar*>())
            if (bar->isVisible())
                said << bar->message();
        QVERIFY(!said.isEmpty());
        QCOMPARE(QDir(at("set")).entryList(QDir::Files | QDir::Hidden), QStringList());
        lives();
    }

    void theFolderCannotBeWritten() {
        at_->openStory();
        const QString text = workspace().text();
        // Root writes where the mode forbids it, but not where the system does.
        const bool root = ::geteuid() == 0;
        const QString folder = root ? QStringLiteral("/proc/self") : at("closed");
        if (!root) {
            QVERIFY(QDir().mkdir(folder));
            QVERIFY(QFile::setPermissions(folder, QFileDevice::ReadOwner | QFileDevice::ExeOwner));
        }
        const auto saved = workspace().saveAs(folder + QStringLiteral("/lab.gatehouse.yaml"));
        QVERIFY(!saved);
        QVERIFY2(desk::words(saved.error()).contains(folder), qPrintable(desk::whole(saved.error())));
        QCOMPARE(workspace().text(), text);
        QVERIFY(workspace().isModified());
        QVERIFY(workspace().file().isEmpty());
        lives();
    }

    void theLabIsDeletedWhileItRuns() {
        saveStory();
        at_->run();
        const QString file = workspace().file(), text = workspace().text();
        QSignalSpy gone(&workspace(), &desk::Workspace::goneFromDisk);
        QVERIFY(QFile::remove(file));
        QTRY_COMPARE_WITH_TIMEOUT(gone.size(), 1, 10'000);
        QVERIFY2(message().contains(QStringLiteral("story.gatehouse.yaml")), qPrintable(message()));
        QCOMPARE(at_->desk().engine.state(), State::Running);
        QCOMPARE(workspace().text(), text);
        answer(); // Save
        QCOMPARE(QString::fromUtf8(contents(file)), text);
        lives();
    }

    void twentyMistakesAreToldAndNothingIsHalfImported() {
        at_->openStory();
        const QString before = workspace().text();
        QByteArray all;
        for (int i = 0; i < 20; ++i)
            all += anIngress(("web" + std::to_string(i)).c_str(), "  ruels: []\n") + "---\n";
        write(at("many.yaml"), all);
        at_->window().importManifests(place_->path());
        QCOMPARE(workspace().text(), before);
        QVERIFY(!workspace().isModified() || !workspace().canUndo());
        QVERIFY2(message().contains(place_->path()) && message().contains(QStringLiteral("20")),
                 qPrintable(message()));
        answer(); // Show them
        QCOMPARE(at_->window().currentPage(), QStringLiteral("problems"));
        auto& list = at_->find<QListWidget>("problems");
        int told = 0;
        for (int i = 0; i < list.count(); ++i) {
            const QString text = list.item(i)->text();
            told += text.contains(QStringLiteral("many.yaml, line")) && text.contains(QStringLiteral("ruels"))
                        ? 1
                        : 0;
        }
        QCOMPARE(told, 20);
        lives();
    }

    void goodManifestsTakeTheLabsPlaceAndUndoBringsItBack() {
        at_->openStory();
        const QString before = workspace().text();
        write(
            at("web.yaml"),
            anIngress("web",
                      "  rules: [{host: web.domain.tld, http: {paths: [{path: /, pathType: Prefix, backend: "
                      "{service: {name: web, port: {number: 80}}}}]}}]\n"));
        at_->window().importManifests(at("web.yaml"));
        QVERIFY2(workspace().text().contains(QStringLiteral("web.domain.tld")), qPrintable(message()));
        QCOMPARE(workspace().undoName(), QStringLiteral("importing manifests"));
        answer(); // Undo
        QCOMPARE(workspace().text(), before);
        at_->window().importManifests(at("nowhere"));
        QVERIFY(message().contains(QStringLiteral("nowhere")));
        QCOMPARE(workspace().text(), before);
    }
};

int main(int argc, char** argv) {
    Surroundings surroundings;
    QApplication application(argc, argv);
    TestWindowTrouble test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_window_trouble.moc"
