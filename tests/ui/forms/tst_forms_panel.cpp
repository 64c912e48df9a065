// The panel as a person uses it: every field drawn, named and explained; mistakes told where they are made;
// text and forms as two views of one document.
#include "deskFixture.h"

#include <lab/templates.h>

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAccessible>
#include <QDir>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTextBlock>
#include <forms/objectForm.h>
#include <forms/pointer.h>
#include <forms/sourceView.h>
#include <set>

using namespace gatehouse;
using forms::DeskFixture;
using forms::FieldRow;
using forms::FieldSpec;

namespace {

std::string_view story() {
    return lab::templates().front().text;
}

} // namespace

class PanelTest : public QObject {
    Q_OBJECT

    std::unique_ptr<DeskFixture> at_;

    QString message(const QString& row) const {
        auto* label = at_->row(row)->findChild<QLabel*>("message:" + row);
        return label->isVisible() ? label->text() : QString();
    }
    forms::SourceView* source() const { return at_->find<forms::SourceView>("forms.source"); }
    void showSource() {
        auto* button = at_->find<QToolButton>("forms.showSource");
        if (!button->isChecked())
            QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(source()->isVisible());
    }

private slots:
    void init() {
        at_ = std::make_unique<DeskFixture>();
        QVERIFY(QTest::qWaitForWindowActive(at_->window.get()));
    }
    void cleanup() { at_.reset(); }

    // The text waits for a pause in typing; undo, save and another lab do not.
    void typedTextIsNeitherLostNorPutIntoAnotherLab() {
        at_->open(story());
        showSource();
        const QString before = at_->text();
        const auto typeAtEnd = [this](const char* text) {
            source()->setFocus();
            source()->moveCursor(QTextCursor::End);
            QTest::keyClicks(source(), text);
        };
        typeAtEnd("# mine");
        at_->desk->workspace.gather(); // as Save and Close do
        QCOMPARE(at_->text(), before + "# mine");
        typeAtEnd(" and more");
        at_->desk->workspace.undo();
        QVERIFY(!at_->text().contains(" and more"));
        QCOMPARE(source()->toPlainText(), at_->text());
        typeAtEnd("# of the first");
        at_->open("gatehouse: 1\n");
        QCOMPARE(at_->text(), QString("gatehouse: 1\n"));
        at_->desk->workspace.gather();
        QCOMPARE(at_->text(), QString("gatehouse: 1\n"));
        // New colours are no new text.
        look::apply(*qobject_cast<QApplication*>(qApp), look::Scheme::Dark);
        QCOMPARE(source()->toPlainText(), QString("gatehouse: 1\n"));
    }

    void withoutALabItSaysSo() {
        auto* empty = at_->find<QWidget>("forms.empty");
        QVERIFY(empty->isVisible());
        QSignalSpy pages(&at_->desk->navigator, &desk::Navigator::pageWanted);
        QTest::mouseClick(empty->findChild<QPushButton*>("forms.toStart"), Qt::LeftButton);
        QCOMPARE(pages.count(), 1);
        at_->open(story());
        QVERIFY(!empty->isVisible());
    }

    void mistakesAreToldUnderTheirField() {
        at_->open(story());
        QVERIFY(at_->choose("/listeners/0"));
        const QString before = at_->text();
        QVERIFY(at_->type("lab/listeners/*/bind", "nowhere"));
        QVERIFY2(message("lab/listeners/*/bind").contains("host:port"),
                 qPrintable(message("lab/listeners/*/bind")));
        QCOMPARE(at_->text(), before);
        QVERIFY(at_->type("lab/listeners/*/bind", "127.0.0.1:9443"));
        QVERIFY(message("lab/listeners/*/bind").isEmpty());
        QVERIFY(at_->text().contains("bind: 127.0.0.1:9443"));
        QVERIFY(at_->type("lab/listeners/*/name", ""));
        QVERIFY(message("lab/listeners/*/name").contains("must be given"));
    }

    void compilingTellsTheFieldToo() {
        at_->open(story());
        QVERIFY(at_->choose("/services/1"));
        QVERIFY(at_->type("lab/services/*/runs/gate", "nobody"));
        at_->desk->workspace.compile();
        auto* ofAll = at_->find<QLabel>("forms.objectProblems");
        QVERIFY(!message("lab/services/*/runs/gate").isEmpty() || !message("lab/services/*/runs").isEmpty() ||
                (ofAll->isVisible() && ofAll->text().contains("nobody")));
    }

    void aBooleanHasThreeStates() {
        at_->open(story());
        QVERIFY(at_->choose("/providers/0/realms/0"));
        const QString id = "realm/realm/rememberMe";
        QVERIFY(at_->row(id) != nullptr);
        QVERIFY(at_->check(id, Qt::Checked));
        QVERIFY(at_->text().contains("rememberMe: true"));
        QVERIFY(at_->check(id, Qt::Unchecked));
        QVERIFY(at_->text().contains("rememberMe: false"));
        QVERIFY(at_->check(id, Qt::PartiallyChecked));
        QVERIFY(!at_->text().contains("rememberMe"));
    }

    void resetLeavesItOut() {
        at_->open(story());
        QVERIFY(at_->choose("/gates/0"));
        QVERIFY(at_->row("gate/scope") != nullptr);
        auto* reset = at_->find<QToolButton>("reset:gate/scope");
        QVERIFY(reset->isVisible());
        QTest::mouseClick(reset, Qt::LeftButton);
        QVERIFY(!at_->text().contains("scope: openid"));
        QVERIFY(!reset->isVisible());
    }

    void listsAreEditedByKeys() {
        at_->open(story());
        QVERIFY(at_->choose("/gates/0"));
        const QString id = "gate/allowed-group";
        QVERIFY(at_->enter(id, "admins"));
        const Node& groups = at_->root()["gates"].items()[0]["options"]["allowed-group"];
        QCOMPARE(groups.size(), std::size_t(2));
        auto* list = at_->row(id)->findChild<QListWidget*>("field:" + id + ":entries");
        list->setCurrentRow(0);
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Delete);
        const Node& left = at_->root()["gates"].items()[0]["options"]["allowed-group"];
        QCOMPARE(left.size(), std::size_t(1));
        QCOMPARE(left.items()[0].text(), "admins");
    }

    void undoInAFieldIsTheLabs() {
        at_->open(story());
        const QString before = at_->text();
        QVERIFY(at_->choose("/gates/0"));
        QVERIFY(at_->type("gate/scope", "openid"));
        QVERIFY(at_->text() != before);
        QTest::keyClick(at_->row("gate/scope")->editor()->focusProxy(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(at_->text(), before);
        QCOMPARE(qobject_cast<QLineEdit*>(at_->row("gate/scope")->editor()->focusProxy())->text(),
                 "openid email profile");
    }

    void removalIsToldAndUndone() {
        at_->open(story());
        const QString before = at_->text();
        QVERIFY(at_->choose("/gates/0"));
        QTest::keyClick(at_->tree(), Qt::Key_Delete);
        QVERIFY(!at_->text().contains("cookie-secret"));
        auto* bar = at_->find<look::MessageBar>("forms.bar");
        QVERIFY(bar->isVisible());
        QVERIFY2(bar->message().contains("oauth2-proxy"), qPrintable(bar->message()));
        emit bar->activated();
        QCOMPARE(at_->text(), before);
    }

    void theSourceFollowsAndLeads() {
        at_->open(story());
        showSource();
        QCOMPARE(source()->toPlainText(), at_->text());
        QVERIFY(at_->choose("/gates/0"));
        QVERIFY(at_->type("gate/scope", "openid"));
        QCOMPARE(source()->toPlainText(), at_->text());
        QVERIFY(source()->textCursor().block().text().contains("scope: openid"));
        // And back: the cursor in the text chooses the field's form.
        const auto at = source()->toPlainText().indexOf("expect: denied");
        auto cursor = source()->textCursor();
        source()->setFocus();
        cursor.setPosition(static_cast<int>(at));
        source()->setTextCursor(cursor);
        QCOMPARE(at_->tree()->currentItem()->data(0, Qt::UserRole).toString(), "/rehearsals/1");
    }

    void typingInTheSourceChangesTheForm() {
        at_->open(story());
        showSource();
        QVERIFY(at_->choose("/gates/0"));
        QVERIFY(at_->row("gate/scope") != nullptr);
        source()->setFocus();
        auto cursor = source()->textCursor();
        cursor.setPosition(static_cast<int>(source()->toPlainText().indexOf("openid email profile")));
        source()->setTextCursor(cursor);
        QTest::keyClicks(source(), "address ");
        QTRY_COMPARE(at_->text(), source()->toPlainText());
        QCOMPARE(at_->root()["gates"].items()[0]["options"]["scope"].text(), "address openid email profile");
        QCOMPARE(qobject_cast<QLineEdit*>(at_->row("gate/scope")->editor()->focusProxy())->text(),
                 "address openid email profile");
    }

    void aDraftStopsTheForms() {
        at_->open(story());
        showSource();
        QVERIFY(at_->choose("/gates/0"));
        source()->setFocus();
        auto cursor = source()->textCursor();
        cursor.setPosition(static_cast<int>(source()->toPlainText().indexOf("gates:")));
        source()->setTextCursor(cursor);
        QTest::keyClicks(source(), "}");
        QTRY_VERIFY(at_->desk->workspace.hasDraft());
        auto* bar = at_->find<look::MessageBar>("forms.draftBar");
        QTRY_VERIFY(bar->isVisible());
        QVERIFY(!at_->find<QWidget>("forms.form")->isEnabled());
        auto home = source()->textCursor();
        home.setPosition(0);
        source()->setTextCursor(home);
        at_->desk->workspace.compile();
        emit bar->activated();
        QVERIFY(source()->textCursor().blockNumber() > 10);
        QTest::keyClick(source(), Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(!at_->desk->workspace.hasDraft());
        QVERIFY(!bar->isVisible());
        QVERIFY(at_->find<QWidget>("forms.form")->isEnabled());
        QCOMPARE(source()->toPlainText(), desk::qt(story()));
    }

    void theSearchFindsAnySetting() {
        at_->open(story());
        auto* search = at_->find<QLineEdit>("forms.search");
        at_->tree()->setFocus();
        QTest::keyClick(at_->tree(), Qt::Key_F, Qt::ControlModifier);
        QVERIFY(search->hasFocus());
        QTest::keyClicks(search, "Valid redirect");
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(at_->tree()->currentItem()->text(0), "oauth2-proxy");
        auto* row = at_->row("realm/client/redirectUris");
        QVERIFY(row != nullptr);
        QVERIFY(row->isAncestorOf(QApplication::focusWidget()));
    }

    void theNavigatorLeadsToFields() {
        at_->open(story());
        emit at_->desk->navigator.fieldWanted(
            "/ingresses/0/annotations/nginx.ingress.kubernetes.io~1auth-url");
        QCOMPARE(at_->tree()->currentItem()->text(0), "whoami");
        QVERIFY(at_->row("annotation/auth-url")->isAncestorOf(QApplication::focusWidget()));
        emit at_->desk->navigator.placeWanted(5, 1);
        QVERIFY(source()->isVisible());
        QCOMPARE(source()->textCursor().blockNumber(), 4);
    }

    void aSecretsValueStaysOutOfTheLab() {
        at_->open(story());
        QVERIFY(at_->choose("/providers/0/realms/0/clients/0"));
        const QString id = "realm/client/secret";
        auto* row = at_->row(id);
        QVERIFY(row != nullptr);
        QTest::mouseClick(row->findChild<QPushButton*>("field:" + id + ":set the value"), Qt::LeftButton);
        auto* value = row->findChild<QLineEdit*>("field:" + id + ":new value");
        QVERIFY(value->isVisible());
        QCOMPARE(value->echoMode(), QLineEdit::Password);
        QTest::keyClicks(value, "typed-by-a-person-9182");
        QTest::keyClick(value, Qt::Key_Return);
        const auto lab = at_->desk->workspace.document()->lab().name;
        QTRY_VERIFY(at_->desk->vault.find(lab, "oauth2-proxy-client").has_value());
        QVERIFY(at_->desk->vault.find(lab, "oauth2-proxy-client")->equals("typed-by-a-person-9182"));
        QVERIFY(!at_->text().contains("9182"));
        QVERIFY(value->text().isEmpty());
        // Shown by the explicit door only.
        at_->desk->workspace.compile();
        const auto shown = [&] {
            for (auto* label : row->findChildren<QLabel*>())
                if (label->isVisible() && label->text().contains("9182"))
                    return true;
            return false;
        };
        QVERIFY(!shown());
        QTest::mouseClick(row->findChild<QToolButton*>("field:" + id + ":show the value"), Qt::LeftButton);
        QVERIFY(shown());
        QTest::mouseClick(row->findChild<QToolButton*>("field:" + id + ":show the value"), Qt::LeftButton);
        QVERIFY(!shown());
    }

    void theReviewTellsWhatDiffers() {
        at_->open(story());
        auto& engine = at_->desk->engine;
        at_->desk->workspace.compile();
        QTest::mouseClick(at_->find<QToolButton>("forms.showReview"), Qt::LeftButton);
        engine.run(at_->desk->workspace.arrangement(), true);
        QTRY_COMPARE_WITH_TIMEOUT(engine.state(), desk::EngineBridge::State::Running, 20000);
        auto* table = at_->find<QTreeWidget>("forms.differences");
        QCOMPARE(table->topLevelItemCount(), 0);
        QVERIFY(at_->choose("/gates/0"));
        QVERIFY(at_->type("gate/scope", "openid"));
        auto* review = at_->find<QToolButton>("forms.showReview");
        QVERIFY2(review->text().contains('1'), qPrintable(review->text()));
        QTest::mouseClick(review, Qt::LeftButton);
        QCOMPARE(table->topLevelItemCount(), 1);
        QCOMPARE(table->topLevelItem(0)->text(1), "openid email profile");
        QCOMPARE(table->topLevelItem(0)->text(2), "openid");
        engine.stop();
        QTRY_COMPARE_WITH_TIMEOUT(engine.state(), desk::EngineBridge::State::Stopped, 20000);
    }
};

QTEST_MAIN(PanelTest)
#include "tst_forms_panel.moc"
