// The story by hand with the pages of a real Keycloak, first-time enrolment included. GATEHOUSE_STORY_LAB
// names the lab; tests/peers starts the Keycloak and writes it. Without one nothing can be shown, and that is
// said.
#include "storyChecks.h"

#include <QApplication>
#include <browser/browser.h>
#include <browser/chromiumStart.h>
#include <browser/loginRun.h>
#include <cstdio>

using namespace gatehouse;
using story::StoryWindow;

namespace {

constexpr int skipped = 77;
const QString whoami = QStringLiteral("X-Forwarded-Host: whoami.domain.tld");

} // namespace

class StoryWithKeycloak : public QObject {
    Q_OBJECT

    std::unique_ptr<StoryWindow> at_;

private slots:
    void initTestCase() {
        at_ = std::make_unique<StoryWindow>();
        at_->window().openFile(qEnvironmentVariable("GATEHOUSE_STORY_LAB"));
        QCOMPARE(at_->window().currentPage(), QStringLiteral("setup"));
        QVERIFY(at_->choose("run.start"));
        QVERIFY(at_->runs());
        at_->window().showPage(QStringLiteral("browser"));
    }
    void cleanupTestCase() { at_.reset(); }

    void aliceByHand() {
        story::logsInByHand(*at_, QStringLiteral("alice"));
        QVERIFY(at_->pageSays(whoami));
        at_->picture("keycloak-alice");
    }

    void theListIsFilled() { story::listIsFilled(*at_); }
    void theHeaderTableIsRight() { story::headersAreRight(*at_); }
    void bobIsOutsideTheGroup() { story::bobIsRefused(*at_); }

    // The driver sets up an authenticator from the page's key or QR code; its codes stand in the card then.
    void carolEnrolsFirst() {
        emit at_->desk().navigator.loginWanted(QStringLiteral("carol"));
        QTRY_VERIFY_WITH_TIMEOUT(at_->browser().login() != nullptr && at_->browser().login()->isOver(),
                                 story::patience);
        QVERIFY2(at_->browser().login()->hindrance().isEmpty(),
                 qPrintable(at_->browser().login()->hindrance()));
        QVERIFY(at_->pageSays(whoami));
        at_->picture("keycloak-carol-enrolled");
    }

    void carolByHandWithTheCodeOfTheCard() {
        // Keycloak takes a code once, and the one of the enrolment has been used: a person waits for the
        // next.
        const QString used = at_->codeOfTheCard(QStringLiteral("carol"));
        QCOMPARE(used.size(), 6);
        QTRY_VERIFY_WITH_TIMEOUT(at_->codeOfTheCard(QStringLiteral("carol")) != used, 40'000);
        QVERIFY(at_->choose("browser.clear"));
        story::logsInByHand(*at_, QStringLiteral("carol"));
        QVERIFY2(at_->pageSays(whoami), qPrintable(at_->pageText()));
        at_->picture("keycloak-carol-by-hand");
    }
};

int main(int argc, char** argv) {
    if (qEnvironmentVariableIsEmpty("GATEHOUSE_STORY_LAB")) {
        std::fputs("SKIPPED: GATEHOUSE_STORY_LAB names no lab with a real Keycloak; run_peers.py makes one\n",
                   stderr);
        return skipped;
    }
    browser::prepareChromium({true, false});
    QApplication application(argc, argv);
    StoryWithKeycloak test;
    return QTest::qExec(&test, argc, argv);
}
#include "story_with_keycloak.moc"
