#include <desk/secretVault.h>
#include <desk/text.h>
#include <desk/workspace.h>
#include <lab/templates.h>

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace gatehouse;
using desk::SecretVault;
using desk::Workspace;

namespace {

QString story() {
    for (const auto& one : lab::templates())
        if (one.name == "story")
            return desk::qt(one.text);
    return {};
}

const QString gateScope = QStringLiteral("/gates/0/options/scope");

} // namespace

class TestWorkspace : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    SecretVault vault_;

    QString written(const QString& name, const QString& text) const {
        const QString path = folder_.filePath(name);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate))
            return {};
        file.write(text.toUtf8());
        return path;
    }

private slots:
    void initTestCase() { qputenv("XDG_DATA_HOME", folder_.path().toUtf8()); }

    void aTemplateIsOpenUnsavedAndCompiles() {
        Workspace workspace(vault_);
        QSignalSpy opened(&workspace, &Workspace::opened);
        workspace.openText(story(), QStringLiteral("story.gatehouse.yaml"));
        QCOMPARE(opened.size(), 1);
        QVERIFY(workspace.isOpen());
        QVERIFY(workspace.isModified()); // it is in no file yet
        QVERIFY(!workspace.canUndo());
        QVERIFY(workspace.isArrangementCurrent());
        QCOMPARE(workspace.title(), QStringLiteral("story.gatehouse.yaml"));
    }

    void aFormsEditIsOneStepAndKeepsEveryOtherByte() {
        Workspace workspace(vault_);
        workspace.openText(story(), QStringLiteral("story"));
        const QString before = workspace.text();
        QVERIFY(workspace.set(gateScope, Node::scalar("openid"), QStringLiteral("scope")));
        QVERIFY(workspace.text() != before);
        QCOMPARE(workspace.undoName(), QStringLiteral("scope"));
        workspace.undo();
        QCOMPARE(workspace.text(), before);
        QCOMPARE(workspace.redoName(), QStringLiteral("scope"));
        workspace.redo();
        QVERIFY(workspace.text().contains(QStringLiteral("scope: openid")));
    }

    void keystrokesInOneFieldBecomeOneStep() {
        Workspace workspace(vault_);
        workspace.openText(story(), QStringLiteral("story"));
        const QString before = workspace.text();
        for (const char* text : {"o", "op", "ope", "openid"})
            QVERIFY(workspace.set(gateScope, Node::scalar(text), QStringLiteral("scope")));
        workspace.undo();
        QCOMPARE(workspace.text(), before);
        QVERIFY(!workspace.canUndo());
    }

    void textThatIsNoLabIsADraftBesideTheLastDocument() {
        Workspace workspace(vault_);
        workspace.openText(story(), QStringLiteral("story"));
        const auto good = workspace.document();
        workspace.setText(QStringLiteral("gatehouse: 1\ngates: {{\n"));
        QVERIFY(workspace.hasDraft());
        QCOMPARE(workspace.document(), good);
        workspace.compile();
        QVERIFY(anyRefused(workspace.problems()));
        QVERIFY(workspace.problems().front().error.where.line > 0);
        QVERIFY(!workspace.isArrangementCurrent());
        const auto refused = workspace.set(gateScope, Node::scalar("openid"), QStringLiteral("scope"));
        QVERIFY(!refused);
        QCOMPARE(refused.error().what->code, "lab-draft-stands");
        workspace.undo();
        QVERIFY(!workspace.hasDraft());
        workspace.compile();
        QVERIFY(workspace.isArrangementCurrent());
    }

    void savingWritesWhatIsShownAndClearsTheMark() {
        Workspace workspace(vault_);
        workspace.openText(story(), QStringLiteral("story"));
        QSignalSpy modified(&workspace, &Workspace::modifiedChanged);
        const QString file = folder_.filePath(QStringLiteral("saved.gatehouse.yaml"));
        QVERIFY(workspace.saveAs(file));
        QVERIFY(!workspace.isModified());
        QFile read(file);
        QVERIFY(read.open(QIODevice::ReadOnly));
        QCOMPARE(QString::fromUtf8(read.readAll()), workspace.text());
        QVERIFY(workspace.set(gateScope, Node::scalar("openid"), QStringLiteral("scope")));
        QVERIFY(workspace.isModified());
        workspace.undo();
        QVERIFY(!workspace.isModified());
    }

    void savingIntoAFolderThatIsNotThereSaysSoAndLosesNothing() {
        Workspace workspace(vault_);
        workspace.openText(story(), QStringLiteral("story"));
        const auto refused = workspace.saveAs(QStringLiteral("/nowhere/at/all/x.gatehouse.yaml"));
        QVERIFY(!refused);
        QVERIFY(!desk::words(refused.error()).isEmpty());
        QVERIFY(workspace.isModified());
        QCOMPARE(workspace.text(), story());
    }

    void aChangeByAnotherProgramIsTold() {
        const QString file = written(QStringLiteral("watched.gatehouse.yaml"), story());
        Workspace workspace(vault_);
        QVERIFY(workspace.open(file));
        QSignalSpy changed(&workspace, &Workspace::changedOnDisk), gone(&workspace, &Workspace::goneFromDisk);
        written(QStringLiteral("watched.gatehouse.yaml"), story() + QStringLiteral("# one more line\n"));
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(workspace.text(), story());
        QVERIFY(QFile::remove(file));
        QTRY_COMPARE(gone.size(), 1);
        QVERIFY(workspace.save());
        QVERIFY(QFile::exists(file));
    }

    void aSecretThatComesLaterCompilesTheLabAgain() {
        Workspace workspace(vault_);
        workspace.openText(story(), QStringLiteral("story"));
        QSignalSpy compiled(&workspace, &Workspace::compiled);
        vault_.keep(workspace.document()->lab().name, "alice-password", crypto::SecretString("typed"),
                    [](const Result<void>&) {});
        QTRY_COMPARE(compiled.size(), 1);
        const auto& origins = workspace.secretOrigins();
        const auto found = std::find_if(origins.begin(), origins.end(),
                                        [](const auto& one) { return one.name == "alice-password"; });
        QVERIFY(found != origins.end());
        QCOMPARE(found->origin, arrangement::SecretOrigin::Store);
    }
};

QTEST_GUILESS_MAIN(TestWorkspace)
#include "tst_desk_workspace.moc"
