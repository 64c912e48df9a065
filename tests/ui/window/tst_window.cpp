// The shell by key and mouse: start page, running, palette, problems, unsaved work. Its panels have tests of
// their own.
#include <desk/desk.h>
#include <desk/text.h>

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTextBrowser>
#include <QToolButton>
#include <QtTest>
#include <look/tokens.h>
#include <window/mainWindow.h>

using namespace gatehouse;
using State = desk::EngineBridge::State;

namespace {

template <class T>
T* child(QWidget& window, const char* name) {
    T* found = window.findChild<T*>(QString::fromLatin1(name));
    [&] { QVERIFY2(found != nullptr, name); }();
    return found;
}

// A lab whose only listener takes this port.
QString labAt(quint16 port) {
    return QStringLiteral("gatehouse: 1\n"
                          "listeners:\n"
                          "  - {name: http, bind: 127.0.0.1:%1, public: 80}\n"
                          "services:\n"
                          "  - {namespace: default, name: whoami, port: 80, runs: embedded}\n"
                          "ingresses:\n"
                          "  - namespace: default\n"
                          "    name: whoami\n"
                          "    rules: [{host: whoami.domain.tld, http: {paths: [{path: /, pathType: Prefix, "
                          "backend: {service: {name: whoami, port: {number: 80}}}}]}}]\n")
        .arg(port);
}

} // namespace

class TestWindow : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> home_;
    std::unique_ptr<desk::Desk> desk_;
    std::unique_ptr<window::MainWindow> window_;

    void click(const char* name) { QTest::mouseClick(child<QWidget>(*window_, name), Qt::LeftButton); }

private slots:
    void init() {
        home_ = std::make_unique<QTemporaryDir>();
        for (const char* name : {"XDG_DATA_HOME", "XDG_CONFIG_HOME", "HOME"})
            qputenv(name, home_->path().toUtf8());
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, home_->path());
        desk_ = std::make_unique<desk::Desk>();
        look::apply(*qApp, look::Scheme::Light);
        window_ = std::make_unique<window::MainWindow>(*desk_);
        window_->finish();
        window_->show();
        QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
    }
    void cleanup() {
        window_.reset();
        desk_.reset();
    }

    void theProtectFormTellsWhatIsWrongWhileTyping() {
        auto* service = child<QLineEdit>(*window_, "protectService");
        auto* problem = child<QLabel>(*window_, "protectProblem");
        auto* protect = child<QPushButton>(*window_, "startProtect");
        QVERIFY(!protect->isEnabled());
        QTest::keyClicks(service, QStringLiteral("127.0.0.1"));
        QVERIFY(problem->isVisible());
        service->clear();
        QTest::keyClicks(service, QStringLiteral("http://127.0.0.1:3000"));
        QVERIFY(!problem->isVisible());
        QTest::keyClicks(child<QLineEdit>(*window_, "protectHost"), QStringLiteral("App"));
        QVERIFY(problem->isVisible());
        child<QLineEdit>(*window_, "protectHost")->clear();
        QTest::keyClicks(child<QLineEdit>(*window_, "protectHost"), QStringLiteral("app.domain.tld"));
        QVERIFY(protect->isEnabled());
    }

    void runAndStopByKeys() {
        desk_->workspace.openText(labAt(0), QStringLiteral("small"));
        QTRY_VERIFY(window_->actions()[QStringLiteral("run.start")]->isEnabled());
        QTest::keyClick(window_.get(), Qt::Key_F5);
        QTRY_COMPARE(desk_->engine.state(), State::Running);
        QCOMPARE(child<look::Badge>(*window_, "runState")->accessibleName(), QStringLiteral("Running"));
        QVERIFY(child<QLabel>(*window_, "engineWhere")->text().contains(QStringLiteral("127.0.0.1")));
        QTest::keyClick(window_.get(), Qt::Key_F5, Qt::ShiftModifier);
        QTRY_COMPARE(desk_->engine.state(), State::Stopped);
    }

    void aTakenPortIsCuredByOneButton() {
        QTcpServer holder;
        QVERIFY(holder.listen(QHostAddress::LocalHost));
        desk_->workspace.openText(labAt(holder.serverPort()), QStringLiteral("small"));
        QTRY_VERIFY(window_->actions()[QStringLiteral("run.start")]->isEnabled());
        window_->actions()[QStringLiteral("run.start")]->trigger();
        QTRY_COMPARE(desk_->engine.state(), State::Failed);
        auto* action = child<QPushButton>(*window_, "messageBarAction");
        QVERIFY(action->isVisible());
        QTest::mouseClick(action, Qt::LeftButton);
        QTRY_COMPARE(desk_->engine.state(), State::Running);
    }

    void aWrongLabShowsItsProblemsAndKeepsTheWindowAlive() {
        desk_->workspace.openText(
            QStringLiteral("gatehouse: 1\ngates: [{name: g, options: {no-such-option: 1}}]\n"),
            QStringLiteral("wrong"));
        window_->actions()[QStringLiteral("run.start")]->trigger();
        auto* action = child<QPushButton>(*window_, "messageBarAction");
        QTRY_VERIFY(action->isVisible());
        QTest::mouseClick(action, Qt::LeftButton);
        QCOMPARE(window_->currentPage(), QStringLiteral("problems"));
        auto* problems = child<QListWidget>(*window_, "problems");
        QVERIFY(problems->count() > 0);
        QString all;
        for (int i = 0; i < problems->count(); ++i)
            all += problems->item(i)->text() + u'\n';
        QVERIFY2(all.contains(QStringLiteral("no-such-option")) && all.contains(QStringLiteral("line 2")),
                 qPrintable(all));
    }

    void thePaletteDoesWhatItsWordsSay() {
        QTest::keyClick(window_.get(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        auto* search = child<QLineEdit>(*window_, "paletteSearch");
        QTRY_VERIFY(search->isVisible());
        QTest::keyClicks(search, QStringLiteral("white and yellow"));
        QCOMPARE(child<QListWidget>(*window_, "paletteList")->count(), 1);
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(look::scheme(), look::Scheme::HighContrast);
        QVERIFY(!search->isVisible());
    }

    void f1OpensTheGuideAtThisPage() {
        QTest::keyClick(window_.get(), Qt::Key_F1);
        auto* guide = child<QTextBrowser>(*window_, "helpText");
        QTRY_VERIFY(guide->isVisible());
        QVERIFY(guide->toPlainText().contains(QStringLiteral("The first minute")));
        emit desk_->navigator.helpWanted(QStringLiteral("cluster"));
        QVERIFY(guide->toPlainText().contains(QStringLiteral("kustomization.yaml")));
    }

    void unsavedWorkIsAskedAboutBeforeItIsGone() {
        desk_->workspace.openText(labAt(0), QStringLiteral("small"));
        desk_->workspace.setText(labAt(0) + QStringLiteral("# mine\n"));
        QVERIFY(desk_->workspace.isModified());
        window_->close();
        auto* box = window_->findChild<QMessageBox*>(QStringLiteral("unsavedBox"));
        QVERIFY(box != nullptr);
        QVERIFY(window_->isVisible());
        for (QAbstractButton* button : box->buttons())
            if (box->buttonRole(button) == QMessageBox::DestructiveRole)
                QTest::mouseClick(button, Qt::LeftButton);
        QTRY_VERIFY(!window_->isVisible());
    }

    void everythingThatCanBeTouchedHasANameAndAHelp() {
        for (const look::Actions::Row& row : window_->actions().rows()) {
            QVERIFY2(!row.help.isEmpty(), qPrintable(row.name));
            QVERIFY2(!row.text.isEmpty(), qPrintable(row.name));
        }
        QSet<QKeySequence> keys;
        for (const look::Actions::Row& row : window_->actions().rows()) {
            QVERIFY2(row.shortcut.isEmpty() || !keys.contains(row.shortcut), qPrintable(row.name));
            keys.insert(row.shortcut);
        }
        for (const auto* button : window_->findChildren<QAbstractButton*>())
            if (button->isVisible() && button->focusPolicy() != Qt::NoFocus)
                QVERIFY2(!button->text().isEmpty() || !button->accessibleName().isEmpty(),
                         qPrintable(button->objectName()));
    }
};

QTEST_MAIN(TestWindow)
#include "tst_window.moc"
