#include <desk/text.h>
#include <lab/templates.h>

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QDir>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QtTest>
#include <cluster/clusterPanel.h>
#include <user/manifests.h>

using namespace gatehouse;

class TestClusterPanel : public QObject {
    Q_OBJECT

    QTemporaryDir home_;
    std::unique_ptr<QWidget> window_;
    std::unique_ptr<desk::Desk> desk_;
    std::unique_ptr<look::Actions> actions_;
    cluster::ClusterPanel* panel_ = nullptr;

    QString story() const {
        for (const auto& one : lab::templates())
            if (one.name == "story")
                return desk::qt(one.text);
        return {};
    }
    template <class T>
    T* child(const char* name) {
        return panel_->findChild<T*>(QString::fromLatin1(name));
    }
    QStringList files() {
        QStringList out;
        for (int i = 0; i < child<QListWidget>("clusterFiles")->count(); ++i)
            out << child<QListWidget>("clusterFiles")->item(i)->text();
        return out;
    }

private slots:
    void init() {
        for (const char* name : {"XDG_DATA_HOME", "XDG_CONFIG_HOME"})
            qputenv(name, home_.path().toUtf8());
        window_ = std::make_unique<QWidget>();
        desk_ = std::make_unique<desk::Desk>();
        actions_ = std::make_unique<look::Actions>(window_.get());
        panel_ = new cluster::ClusterPanel(*desk_, *actions_, window_.get());
        panel_->resize(1100, 640);
    }
    void cleanup() {
        actions_.release(); // the window's child
        window_.reset();
        desk_.reset();
    }

    void withoutALabItSaysSo() {
        window_->show();
        QVERIFY(files().isEmpty());
        QVERIFY(!child<QListWidget>("clusterFiles")->isVisible());
    }

    void theFilesAreThoseOfTheCommandLineAndFollowTheLab() {
        desk_->workspace.openText(story(), QStringLiteral("story.gatehouse.yaml"));
        window_->show();
        const auto made = user::makeSet(desk_->workspace.document(), {});
        QVERIFY(made.value.has_value());
        QStringList expected;
        for (const auto& file : *made.value)
            expected << desk::qt(file.name);
        QCOMPARE(files(), expected);
        child<QListWidget>("clusterFiles")->setCurrentRow(0);
        QCOMPARE(child<QPlainTextEdit>("clusterText")->toPlainText(), desk::qt(made.value->front().text));

        const int row = static_cast<int>(files().indexOf(QRegularExpression(QStringLiteral("ingress.*"))));
        QVERIFY(row >= 0);
        child<QListWidget>("clusterFiles")->setCurrentRow(row);
        QVERIFY(desk_->workspace.set(QStringLiteral("/ingresses/0/name"), Node::scalar("renamed"),
                                     QStringLiteral("name")));
        QTRY_VERIFY(
            child<QPlainTextEdit>("clusterText")->toPlainText().contains(QStringLiteral("name: renamed")));
    }

    void secretsAreInTheFilesOnlyWhenAskedFor() {
        desk_->workspace.openText(story(), QStringLiteral("story.gatehouse.yaml"));
        desk_->vault.keep(desk_->workspace.document()->lab().name, "oauth2-proxy-client",
                          crypto::SecretString("CANARY-of-the-client"), [](const Result<void>&) {});
        window_->show();
        const auto all = [&] {
            QString text;
            for (int i = 0; i < child<QListWidget>("clusterFiles")->count(); ++i) {
                child<QListWidget>("clusterFiles")->setCurrentRow(i);
                text += child<QPlainTextEdit>("clusterText")->toPlainText();
            }
            return text;
        };
        QVERIFY(!all().contains(QStringLiteral("CANARY")));
        child<QCheckBox>("clusterSecretValues")->setFocus();
        QTest::keyClick(child<QCheckBox>("clusterSecretValues"), Qt::Key_Space);
        QTRY_VERIFY(all().contains(QStringLiteral("CANARY-of-the-client")) ||
                    all().contains(QString::fromLatin1(QByteArray("CANARY-of-the-client").toBase64())));
    }

    void savingWritesTheSetAndAsksBeforeItReplaces() {
        desk_->workspace.openText(story(), QStringLiteral("story.gatehouse.yaml"));
        window_->show();
        QTemporaryDir folder;
        const QString set = folder.filePath(QStringLiteral("set"));
        panel_->save(set);
        QCOMPARE(QDir(set).entryList(QDir::Files).size(), files().size());
        QFile first(set + u'/' + files().front());
        QVERIFY(first.open(QIODevice::ReadWrite));
        first.resize(0);
        first.close();
        panel_->save(set);
        QCOMPARE(first.size(), 0); // not yet
        auto* replace = child<QPushButton>("messageBarAction");
        QVERIFY(replace->isVisible());
        QTest::mouseClick(replace, Qt::LeftButton);
        QVERIFY(first.size() > 0);
    }

    void savingIntoAPlaceThatCannotBeWrittenSaysSo() {
        desk_->workspace.openText(story(), QStringLiteral("story.gatehouse.yaml"));
        window_->show();
        panel_->save(QStringLiteral("/proc/nowhere"));
        auto* bar = panel_->findChild<look::MessageBar*>();
        QVERIFY(bar->isVisible());
        QVERIFY(!bar->message().isEmpty());
    }

    void copyTakesTheShownFile() {
        desk_->workspace.openText(story(), QStringLiteral("story.gatehouse.yaml"));
        window_->show();
        child<QListWidget>("clusterFiles")->setCurrentRow(1);
        QTest::mouseClick(child<QPushButton>("clusterCopy"), Qt::LeftButton);
        QCOMPARE(QApplication::clipboard()->text(), child<QPlainTextEdit>("clusterText")->toPlainText());
    }
};

QTEST_MAIN(TestClusterPanel)
#include "tst_cluster_panel.moc"
