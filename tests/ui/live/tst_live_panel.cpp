// The panel with the story in it, by key and mouse.
#include "panelWindow.h"
#include "sample.h"

#include <capture/headerTable.h>

#include <QAccessible>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QFileDialog>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>
#include <core/capture/storyRun.h>
#include <live/headerModel.h>
#include <live/livePanel.h>
#include <look/tokens.h>
#include <user/realmKeyFiles.h>

using namespace gatehouse;
using namespace gatehouse::live;
using capture::testing::storyRun;
using live::testing::Window;
using Kind = exchange::Exchange::Kind;

namespace {

exchange::ExchangePtr whoami() {
    for (const auto& one : storyRun().exchanges)
        if (one->kind == Kind::Request && one->target == "/" && one->client.status == 200)
            return one;
    qFatal("whoami was not reached");
}

QTreeWidgetItem* itemWith(QTreeWidget* tree, const QString& text) {
    const auto found = tree->findItems(text, Qt::MatchContains | Qt::MatchRecursive, 0);
    return found.isEmpty() ? nullptr : found.first();
}

} // namespace

class LivePanelTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        qputenv("XDG_DATA_HOME", folder_.path().toUtf8());
        QApplication::setCursorFlashTime(0);
        look::apply(*qobject_cast<QApplication*>(qApp), look::Scheme::Light);
        storyRun(
            std::make_shared<user::RealmKeyFiles>(user::stateFolder() / "realm-keys", [](const Error& error) {
                qFatal("%s", describe(error).c_str());
            }));
    }

    void showsTheStory() {
        Window window;
        window.picture("stopped");
        window.tell();
        QCOMPARE(window.panel.model().rowCount(), static_cast<int>(storyRun().exchanges.size()));
        QVERIFY(window.table()->isVisible());
        // A click on a row opens its detail.
        const int row = window.panel.model().rowOf(whoami()->id);
        const QRect place =
            window.table()->visualRect(window.panel.model().index(row, ExchangeModel::Address));
        QTest::mouseClick(window.table()->viewport(), Qt::LeftButton, {}, place.center());
        QVERIFY(window.find<QLabel>("live.title")->toolTip().contains("https://whoami.domain.tld/"));
        auto* headers = window.find<QTableView>("live.headers.table");
        QVERIFY(headers->isVisible());
        QCOMPARE(headers->model()->columnCount(), 6); // name, three stations, what, field
        QTRY_VERIFY(window.table()->height() < 400);  // the detail has its place
        QTRY_VERIFY(window.table()->viewport()->rect().contains(
            window.table()->visualRect(window.table()->currentIndex()).center()));
        window.picture("story");
        // The next row by key.
        QTest::keyClick(window.table(), Qt::Key_Down);
        QVERIFY(window.find<QLabel>("live.title")->toolTip().contains("/oauth2/auth"));
        // From the sub-request to its parent by its link.
        auto* related = window.find<QLabel>("live.related");
        QVERIFY(related->text().contains("asked by"));
        emit related->linkActivated(QString::number(whoami()->id));
        QVERIFY(!window.find<QLabel>("live.title")->toolTip().contains("/oauth2/auth"));
    }

    void filters() {
        Window window;
        window.tell();
        window.type("decision:denied");
        QCOMPARE(window.panel.model().rowCount(), 1);
        QVERIFY2(window.counts().startsWith("1 of "), qPrintable(window.counts()));
        window.type("status:wrong");
        auto* problem = window.find<QLabel>("live.filterProblem");
        QVERIFY(problem->isVisible());
        QVERIFY2(problem->text().startsWith("       ^^^^^"), qPrintable(problem->text()));
        QCOMPARE(window.panel.model().rowCount(), 1); // the last good one goes on
        window.picture("filter-error");
        window.type("user:nobody");
        QVERIFY(!problem->isVisible());
        QVERIFY(window.find<QWidget>("live.empty")->isVisible());
        window.picture("filtered-out");
        QTest::mouseClick(window.find<QPushButton>("live.empty.clearFilter"), Qt::LeftButton);
        QCOMPARE(window.panel.model().rowCount(), static_cast<int>(storyRun().exchanges.size()));
        auto* toggle = window.find<QToolButton>("button.requests.subrequests");
        QTest::mouseClick(toggle, Qt::LeftButton);
        for (int row = 0; row < window.panel.model().rowCount(); ++row)
            QCOMPARE(window.panel.model().rowAt(row)->depth, std::uint8_t(0));
        QVERIFY(window.panel.model().rowCount() < static_cast<int>(storyRun().exchanges.size()));
    }

    // What a browser opens through the proxy is in the capture, and in the list when it is wanted or went
    // wrong.
    void tunnelsStayOutOfTheWay() {
        Window window;
        window.tell();
        const int before = window.panel.model().rowCount();
        std::vector<exchange::ExchangePtr> opened;
        for (const auto outcome : {exchange::Outcome::Matched, exchange::Outcome::Answered,
                                   exchange::Outcome::Note, exchange::Outcome::Denied}) {
            const auto one = live::testing::sample(900'000 + opened.size());
            one->kind = Kind::Connect;
            one->method = "CONNECT";
            one->target = one->authority = "whoami.domain.tld:443";
            one->trace.clear();
            one->trace.push_back({&live::testing::deniedRule, outcome, {}, {}});
            opened.push_back(one);
        }
        window.feed(opened);
        QCOMPARE(window.panel.model().rowCount(), before + 1); // the refused one
        QVERIFY2(window.counts().contains("3 tunnels not shown"), qPrintable(window.counts()));
        QVERIFY(window.panel.model().find(opened.front()->id) != nullptr);
        window.panel.showExchange(opened.front()->id); // somebody leads to it: it can be shown
        QTest::mouseClick(window.find<QWidget>("live.bar")->findChild<QPushButton*>("messageBarAction"),
                          Qt::LeftButton);
        QCOMPARE(window.panel.model().rowCount(), before + 4);
        QVERIFY(!window.counts().contains("not shown"));
        auto* toggle = window.find<QToolButton>("button.requests.tunnels");
        QVERIFY(toggle->isChecked());
        window.picture("tunnels");
        QTest::mouseClick(toggle, Qt::LeftButton);
        QCOMPARE(window.panel.model().rowCount(), before + 1);
        window.panel.model().clear();
        QVERIFY(!window.counts().contains("not shown"));
        window.panel.model().undoClear();
        QVERIFY(window.counts().contains("3 tunnels not shown"));
    }

    void narrowsByTheMenu() {
        Window window;
        window.tell();
        const int row = window.panel.model().rowOf(whoami()->id);
        window.table()->scrollTo(window.panel.model().index(row, 0));
        const QPoint at = window.table()->visualRect(window.panel.model().index(row, 0)).center();
        emit window.table()->customContextMenuRequested(at);
        auto* menu = window.panel.findChild<QMenu*>();
        QVERIFY(menu);
        for (QAction* action : menu->actions())
            if (action->text() == "Only user alice")
                action->trigger();
        QCOMPARE(window.find<QLineEdit>("live.filter")->text(), QString("user=alice"));
        for (int shown = 0; shown < window.panel.model().rowCount(); ++shown)
            QCOMPARE(std::string(window.panel.model().rowAt(shown)->user()), std::string("alice"));
        menu->close();
    }

    void completes() {
        Window window;
        window.tell();
        auto* edit = window.find<QLineEdit>("live.filter");
        edit->setFocus();
        QTest::keyClicks(edit, "user:ali");
        auto* popup = edit->parentWidget()->findChild<QAbstractItemView*>();
        for (QWidget* top : QApplication::topLevelWidgets())
            if (auto* view = qobject_cast<QAbstractItemView*>(top); view && view->isVisible())
                popup = view;
        QVERIFY(popup && popup->isVisible());
        QTest::keyClick(popup, Qt::Key_Down);
        QTest::keyClick(popup, Qt::Key_Return);
        QCOMPARE(edit->text().trimmed(), QString("user:alice"));
        QVERIFY(window.panel.model().rowCount() > 0);
    }

    void followsTheTail() {
        Window window;
        window.feed(live::testing::samples(1, 200));
        QScrollBar* bar = window.table()->verticalScrollBar();
        QCOMPARE(bar->value(), bar->maximum());
        bar->setValue(0); // somebody reads
        QVERIFY(!window.actions["requests.follow"]->isChecked());
        window.feed(live::testing::samples(201, 30));
        QCOMPARE(bar->value(), 0);
        auto* fresh = window.find<QPushButton>("live.new");
        QVERIFY(fresh->isVisible());
        QVERIFY2(fresh->text().contains("30"), qPrintable(fresh->text()));
        window.picture("new");
        QTest::mouseClick(fresh, Qt::LeftButton);
        QVERIFY(!fresh->isVisible());
        QCOMPARE(bar->value(), bar->maximum());
        QVERIFY(window.actions["requests.follow"]->isChecked());
    }

    void pausesAndResumes() {
        Window window;
        window.feed(live::testing::samples(1, 5));
        window.actions["requests.pause"]->trigger();
        window.feed(live::testing::samples(6, 7));
        QCOMPARE(window.panel.model().rowCount(), 5);
        auto* bar = window.find<look::MessageBar>("live.bar");
        QVERIFY(bar->isVisible());
        QVERIFY2(bar->message().contains("7"), qPrintable(bar->message()));
        window.picture("paused");
        QTest::mouseClick(bar->findChild<QPushButton*>("messageBarAction"), Qt::LeftButton);
        QCOMPARE(window.panel.model().rowCount(), 12);
        QVERIFY(!bar->isVisible());
        QVERIFY(!window.actions["requests.pause"]->isChecked());
    }

    void clearsWithUndo() {
        Window window;
        window.feed(live::testing::samples(1, 9));
        window.actions["requests.clear"]->trigger();
        QCOMPARE(window.panel.model().rowCount(), 0);
        auto* bar = window.find<look::MessageBar>("live.bar");
        QTest::mouseClick(bar->findChild<QPushButton*>("messageBarAction"), Qt::LeftButton);
        QCOMPARE(window.panel.model().rowCount(), 9);
    }

    void headersLeadToTheLab() {
        Window window;
        window.tell();
        emit window.desk.navigator.exchangeWanted(whoami()->id);
        auto* view = window.find<QTableView>("live.headers.table");
        auto* model = qobject_cast<HeaderModel*>(view->model());
        QVERIFY(model);
        int at = -1;
        for (int row = 0; row < model->rowCount(); ++row)
            if (model->headerAt(row)->name == "X-Original-URI")
                at = row;
        QVERIFY(at >= 0);
        QVERIFY(model->index(at, model->whatColumn()).data().toString().startsWith("added"));
        QSignalSpy wanted(&window.desk.navigator, &desk::Navigator::fieldWanted);
        view->setCurrentIndex(model->index(at, model->whatColumn() + 1));
        view->scrollTo(view->currentIndex());
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {},
                          view->visualRect(view->currentIndex()).center());
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.first().first().toString(), QString("/controller/proxy-add-original-uri-header"));
        QTest::mouseClick(window.find<QPushButton>("live.headers.response"), Qt::LeftButton);
        QVERIFY(model->table().direction == capture::Direction::Response);
        window.picture("headers-response");
        QTest::mouseClick(window.find<QPushButton>("live.headers.request"), Qt::LeftButton);
        const int all = model->rowCount();
        window.find<QCheckBox>("live.headers.changedOnly")->setChecked(true);
        QVERIFY(model->rowCount() < all && model->rowCount() > 0);
        window.picture("headers-changed");
        // Its cookie is not there to be read, until somebody asks.
        window.find<QCheckBox>("live.headers.changedOnly")->setChecked(false);
        const QString cookie = model->details(rowNamed(*model, "Cookie"));
        QVERIFY(cookie.contains(QString::fromUtf8("_oauth2_proxy=…")));
        QTRY_VERIFY(window.find<QToolButton>("live.reveal")->height() > 0); // laid out, so that it can be hit
        QTest::mouseClick(window.find<QToolButton>("live.reveal"), Qt::LeftButton);
        const QString revealed = model->details(rowNamed(*model, "Cookie"));
        QVERIFY2(!revealed.contains(QString::fromUtf8("…")), qPrintable(revealed.left(400)));
        emit window.desk.navigator.exchangeWanted(storyRun().exchanges.front()->id);
        QVERIFY(!window.find<QToolButton>("live.reveal")->isChecked());
    }

    void decisionsCookiesTokens() {
        Window window;
        window.tell();
        const auto denied = storyRun().find(Kind::Request, "/oauth2/callback", "GET", 403);
        emit window.desk.navigator.exchangeWanted(denied->id);
        window.tab(1);
        auto* trace = window.find<QTreeWidget>("live.trace");
        QTreeWidgetItem* group = itemWith(trace, "allowed group");
        QVERIFY(group && group->text(0).startsWith("refused"));
        QSignalSpy wanted(&window.desk.navigator, &desk::Navigator::fieldWanted);
        trace->setCurrentItem(group);
        trace->setFocus();
        QTest::keyClick(trace, Qt::Key_Return);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.first().first().toString(), QString("/gates/0/options/allowed-group"));
        QTRY_VERIFY(window.table()->viewport()->rect().contains(
            window.table()->visualRect(window.table()->currentIndex()).center()));
        window.picture("decision");

        emit window.desk.navigator.exchangeWanted(whoami()->id);
        window.tab(2);
        auto* cookies = window.find<QTreeWidget>("live.cookies");
        QTreeWidgetItem* user = itemWith(cookies, "E-mail address");
        QVERIFY(user);
        QCOMPARE(user->text(1), QString("alice@domain.tld"));
        QCOMPARE(itemWith(cookies, "ID token")->text(1), QString::fromUtf8("…"));
        window.picture("cookies");
        window.tab(3);
        auto* tokens = window.find<QTreeWidget>("live.tokens");
        QVERIFY(itemWith(tokens, "Signature")->text(1).contains("nothing is running"));
        window.tab(6);
        window.picture("timing");
        window.tab(4);
        window.picture("body");
        window.tab(5);
        window.picture("raw");
        auto* raw = window.find<QPlainTextEdit>("live.raw.text");
        QVERIFY(raw->toPlainText().startsWith("GET / HTTP/1.1"));
        QVERIFY(!raw->toPlainText().contains("_oauth2_proxy=5"));
    }

    void tokensAreVerifiedWithTheProvidersKeys() {
        Window window;
        window.tell();
        QSignalSpy states(&window.desk.engine, &desk::EngineBridge::stateChanged);
        window.desk.engine.run(storyRun().arrangement, true);
        QTRY_VERIFY_WITH_TIMEOUT(window.desk.engine.state() == desk::EngineBridge::State::Running, 20'000);
        const int before = window.panel.model().rowCount();
        emit window.desk.navigator.exchangeWanted(whoami()->id);
        window.tab(3);
        auto* tokens = window.find<QTreeWidget>("live.tokens");
        QTRY_VERIFY_WITH_TIMEOUT(itemWith(tokens, "Signature")->text(1).startsWith("Verified"), 20'000);
        window.picture("tokens");
        QCOMPARE(window.panel.model().rowCount(), before); // its own questions are no traffic
    }

    void copiesAndSaves() {
        Window window;
        window.tell();
        emit window.desk.navigator.exchangeWanted(whoami()->id);
        window.actions["requests.copyCurl"]->trigger();
        const QString open = QApplication::clipboard()->text();
        QVERIFY(open.startsWith("#") && open.contains("curl https://whoami.domain.tld/"));
        QVERIFY(open.contains(QString::fromUtf8("_oauth2_proxy=…")));
        window.actions["requests.copyCurlSecrets"]->trigger();
        QVERIFY(!QApplication::clipboard()->text().contains(QString::fromUtf8("…")));

        window.actions["requests.saveHar"]->trigger();
        auto* dialog = window.find<QFileDialog>("live.harDialog");
        QVERIFY(dialog->isVisible());
        const QString file = folder_.filePath("out.har");
        QSignalSpy saved(&window.panel, &LivePanel::harSaved);
        emit dialog->fileSelected(file);
        QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 1, 20'000);
        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        QCOMPARE(written.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther),
                 QFileDevice::Permissions());
        QVERIFY(QJsonDocument::fromJson(written.readAll()).isObject());
        window.panel.saveHar(folder_.filePath("no/such/folder/out.har"));
        auto* bar = window.find<look::MessageBar>("live.bar");
        QTRY_VERIFY_WITH_TIMEOUT(bar->message().contains("could not be written"), 20'000);
        QVERIFY(!QFile::exists(folder_.filePath("no")));
    }

    void everythingHasAName() {
        Window window;
        window.tell();
        emit window.desk.navigator.exchangeWanted(whoami()->id);
        for (int tab = 0; tab < 7; ++tab) {
            window.tab(tab);
            for (QWidget* widget : window.panel.findChildren<QWidget*>()) {
                if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible() ||
                    widget->objectName().startsWith("qt_"))
                    continue;
                QAccessibleInterface* const known = QAccessible::queryAccessibleInterface(widget);
                const bool named = known && !known->text(QAccessible::Name).isEmpty();
                QVERIFY2(named, qPrintable(QStringLiteral("%1 %2").arg(widget->metaObject()->className(),
                                                                       widget->objectName())));
            }
        }
    }

private:
    static int rowNamed(const HeaderModel& model, std::string_view name) {
        for (int row = 0; row < model.rowCount(); ++row)
            if (model.headerAt(row)->name == name)
                return row;
        return -1;
    }
    QTemporaryDir folder_;
};

QTEST_MAIN(LivePanelTest)
#include "tst_live_panel.moc"
