// From an empty lab to the cluster, by forms alone: made by keys, run by its button, logged in in the
// embedded browser, exported by clicks; and what was exported is the lab.
#include "storyWindow.h"

#include <desk/text.h>
#include <kubernetes/kubernetes.h>

#include <QApplication>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QPlainTextEdit>
#include <QPushButton>
#include <browser/browser.h>
#include <browser/chromiumStart.h>
#include <core/kubernetes/sameLab.h>
#include <forms/formsPanel.h>
#include <look/state.h>
#include <ui/forms/storyByForms.h>
#include <user/manifests.h>

using namespace gatehouse;
using story::StoryWindow;

class TestStoryForms : public QObject {
    Q_OBJECT

    std::unique_ptr<StoryWindow> at_;

    QString folder() const { return at_->home().path() + QStringLiteral("/manifests"); }

    // The dialog of the page, by its own line and button.
    void chooseFolder(const QString& path) {
        auto* const dialog = at_->window().findChild<QFileDialog*>();
        QVERIFY(dialog != nullptr && dialog->isVisible());
        // Not typed: on the way Qt's dialog opens folders and writes their names over what is there.
        dialog->selectFile(path);
        QTest::mouseClick(dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Open),
                          Qt::LeftButton);
        QTRY_VERIFY(at_->window().findChild<QFileDialog*>() == nullptr);
    }

private slots:
    void initTestCase() { at_ = std::make_unique<StoryWindow>(); }
    void cleanupTestCase() { at_.reset(); }

    void anEmptyLab() {
        QVERIFY(at_->click("startEmpty"));
        QCOMPARE(at_->window().currentPage(), QStringLiteral("setup"));
        at_->picture("forms-empty");
    }

    void madeByKeys() {
        auto* const panel = at_->window().findChild<forms::FormsPanel*>();
        QVERIFY(panel != nullptr);
        const QString failed = forms::StoryByForms({at_->desk(), *panel}).all();
        QVERIFY2(failed.isEmpty(), qPrintable(failed));
        at_->picture("forms-made");
    }

    void runsAndLogsIn() {
        QVERIFY(at_->choose("run.start"));
        QVERIFY(at_->runs());
        at_->window().showPage(QStringLiteral("browser"));
        QVERIFY(at_->chooseSession(QStringLiteral("alice")));
        QVERIFY(at_->choose("browser.home"));
        QVERIFY(at_->logInByHand(QStringLiteral("alice")));
        QVERIFY(at_->pageSays(QStringLiteral("X-Forwarded-Host: whoami.domain.tld")));
        QVERIFY(at_->pageText().contains(QStringLiteral("X-Original-Uri: /")));
        at_->picture("forms-alice");
        QVERIFY(at_->chooseSession(QStringLiteral("bob")));
        QVERIFY(at_->choose("browser.home"));
        QVERIFY(at_->logInByHand(QStringLiteral("bob")));
        QVERIFY(at_->pageSays(QStringLiteral("403")));
    }

    void exportsByClicks() {
        at_->window().showPage(QStringLiteral("cluster"));
        at_->picture("forms-cluster");
        QVERIFY(at_->find<QPlainTextEdit>("clusterText")->toPlainText().size() > 50);
        QVERIFY(QDir().mkpath(folder()));
        QVERIFY(at_->click("clusterSave"));
        at_->picture("forms-cluster-dialog");
        chooseFolder(folder());
        QTRY_VERIFY(QFile::exists(folder() + QStringLiteral("/kustomization.yaml")));
        at_->picture("forms-cluster-saved");
        for (const char* name : {"gatehouse.yaml", "ingresses.yaml"})
            QVERIFY2(QFile::exists(folder() + QLatin1Char('/') + QLatin1String(name)), name);
    }

    void importedItIsTheLab() {
        const auto sources = user::readSources(desk::utf8(folder()));
        QVERIFY(sources.has_value() && sources->size() > 5);
        const auto imported = kubernetes::read(*sources, "manifests");
        QVERIFY(imported.value.has_value());
        const auto again = lab::Document::parse(imported.value->text, "again.gatehouse.yaml");
        QVERIFY(again.value.has_value());
        const std::string different =
            kubernetes::test::differences(*at_->desk().workspace.document(), *again.value);
        QVERIFY2(different.empty(), different.c_str());
    }

    // A second time nothing is written over without being asked for.
    void savedAgainAsks() {
        const QString file = folder() + QStringLiteral("/gatehouse.yaml");
        QFile out(file);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write("mine\n");
        out.close();
        QVERIFY(at_->click("clusterSave"));
        chooseFolder(folder());
        auto* const bar = at_->find<QWidget>("clusterPanel")->findChild<look::MessageBar*>();
        QTRY_VERIFY2(bar->message().contains(QStringLiteral("already")), qPrintable(bar->message()));
        auto* const replace =
            at_->find<QWidget>("clusterPanel")->findChild<QPushButton*>(QStringLiteral("messageBarAction"));
        QTRY_VERIFY(replace->isVisible());
        at_->picture("forms-cluster-replace");
        QVERIFY(out.open(QIODevice::ReadOnly) && out.readAll() == "mine\n");
        out.close();
        QTest::mouseClick(replace, Qt::LeftButton);
        QTRY_VERIFY(out.size() > 10);
    }
};

int main(int argc, char** argv) {
    browser::prepareChromium({true, false});
    QApplication application(argc, argv);
    TestStoryForms test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_story_forms.moc"
