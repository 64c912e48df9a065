#include "scenes.h"

#include <desk/text.h>
#include <lab/templates.h>

#include <QDialog>
#include <QFile>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QTcpServer>
#include <QTest>
#include <QToolButton>

namespace gatehouse::window::testing {

namespace {

Scene page(const char* scene, const char* page) {
    return {scene, [page](WholeWindow& at) -> QWidget* {
                at.window().showPage(QString::fromLatin1(page));
                return &at.window();
            }};
}

// Acts on the page, and looks at the window.
Scene on(const char* scene, const char* page, void (*act)(WholeWindow&)) {
    return {scene, [page, act](WholeWindow& at) -> QWidget* {
                at.window().showPage(QString::fromLatin1(page));
                act(at);
                return &at.window();
            }};
}

void openWrong(WholeWindow& at) {
    at.openText(
        QStringLiteral("gatehouse: 1\ngates:\n  - name: g\n    options: {no-such-option: 1, scope: [1, 2], "
                       "upstream: [nowhere]}\nservices: [{}]\n"),
        QStringLiteral("wrong.gatehouse.yaml"));
    at.desk().workspace.compile();
}

// Somebody else's program holds the port that the lab wants.
void failToRun(WholeWindow& at) {
    QTcpServer holder;
    if (!holder.listen(QHostAddress::LocalHost))
        qFatal("no port to hold");
    at.openStory();
    QString text = at.desk().workspace.text();
    text.replace(QStringLiteral("127.0.0.1:8443"), QStringLiteral("127.0.0.1:%1").arg(holder.serverPort()));
    at.openText(text, QStringLiteral("story.gatehouse.yaml"));
    at.desk().workspace.compile();
    at.press("run.start");
    if (!QTest::qWaitFor([&] { return at.desk().engine.state() == desk::EngineBridge::State::Failed; },
                         patience))
        qFatal("the lab runs although its port is taken");
}

void save(WholeWindow& at) {
    const QString file = qEnvironmentVariable("HOME") + QStringLiteral("/story.gatehouse.yaml");
    at.openStory();
    if (auto saved = at.desk().workspace.saveAs(file); !saved)
        qFatal("%s", qPrintable(desk::whole(saved.error())));
    at.desk().settings.addRecentLab(qEnvironmentVariable("HOME") + QStringLiteral("/gone.gatehouse.yaml"));
    at.desk().settings.addRecentLab(file);
}

} // namespace

std::vector<Scene> scenesWithoutLab() {
    return {
        page("start", "start"),
        on("start-mistake", "start",
           [](WholeWindow& at) {
               at.type("protectService", QStringLiteral("127.0.0.1"));
               at.type("protectHost", QStringLiteral("App"));
           }),
        on("guide", "start", [](WholeWindow& at) { at.press("help.page"); }),
        on("palette", "start", [](WholeWindow& at) { at.press("view.palette"); }),
        on("palette-nothing", "start",
           [](WholeWindow& at) {
               at.press("view.palette");
               at.type("paletteSearch", QStringLiteral("make coffee"));
           }),
        page("browser-no-lab", "browser"),
        page("requests-nothing", "requests"),
        page("setup-no-lab", "setup"),
        page("cluster-no-lab", "cluster"),
        page("problems-no-lab", "problems"),
        {"store",
         [](WholeWindow& at) -> QWidget* {
             at.click("secretStore");
             return at.window().findChild<QDialog*>(QStringLiteral("storeCard"));
         }},
        on("cannot-run", "start",
           [](WholeWindow& at) {
               openWrong(at);
               at.press("run.start");
           }),
        page("problems", "problems"),
        page("setup-problems", "setup"),
        on("setup-draft", "setup",
           [](WholeWindow& at) {
               at.desk().workspace.setText(at.desk().workspace.text() + QStringLiteral("listeners: [\n"));
               at.desk().workspace.compile();
               at.check("forms.source", true);
           }),
        on("cluster-cannot", "cluster", [](WholeWindow& at) { openWrong(at); }),
        on("failed", "start", failToRun),
        page("browser-failed", "browser"),
        page("requests-failed", "requests"),
        on("start-recent", "start", save),
        {"unsaved",
         [](WholeWindow& at) -> QWidget* {
             at.desk().workspace.setText(at.desk().workspace.text() + QStringLiteral("# mine\n"));
             at.press("lab.close");
             return at.window().findChild<QMessageBox*>(QStringLiteral("unsavedBox"));
         }},
        on("gone-from-disk", "start",
           [](WholeWindow& at) {
               save(at);
               bool gone = false;
               QObject::connect(&at.desk().workspace, &desk::Workspace::goneFromDisk, &at.window(),
                                [&gone] { gone = true; });
               QFile::remove(at.desk().workspace.file());
               if (!QTest::qWaitFor([&gone] { return gone; }))
                   qFatal("nobody has seen that the file is gone");
           }),
        on("browser-stopped", "browser", [](WholeWindow& at) { at.openStory(); }),
        page("problems-none", "problems"),
        page("cluster", "cluster"),
    };
}

std::vector<Scene> scenes() {
    std::vector<Scene> all = scenesWithoutLab();
    for (Scene& scene : all)
        scene.moves = scene.name.ends_with("failed"); // names the port and the process that has it
    for (auto part : {scenesOfForms, scenesOfRequests, scenesOfRunning})
        for (Scene& scene : part())
            all.push_back(std::move(scene));
    return all;
}

} // namespace gatehouse::window::testing
