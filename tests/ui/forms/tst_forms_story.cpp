// The whole story by forms alone: from an empty lab, with keys and clicks, to a rehearsal that is as
// expected; and undo back to the first text.
#include "deskFixture.h"

#include <lab/templates.h>
#include <rehearsal/httpDriver.h>
#include <rehearsal/report.h>

#include <user/systemClock.h>
#include <user/usedCodesFile.h>
#include <user/userState.h>

using namespace gatehouse;
using forms::DeskFixture;

namespace {

std::string_view emptyLab() {
    for (const auto& each : lab::templates())
        if (each.name == "empty")
            return each.text;
    return {};
}

} // namespace

#define DO(action) QVERIFY2(action, #action)

class StoryTest : public QObject {
    Q_OBJECT

    std::unique_ptr<DeskFixture> at_;
    QString first_;

    void setText(const char* id, const char* text) { DO(at_->type(id, text)); }

private slots:
    void initTestCase() {
        at_ = std::make_unique<DeskFixture>();
        at_->open(emptyLab());
        QVERIFY(QTest::qWaitForWindowActive(at_->window.get()));
        first_ = at_->text();
    }
    void cleanupTestCase() { at_.reset(); }

    void listeners() {
        DO(at_->add("/listeners"));
        setText("lab/listeners/*/name", "https");
        setText("lab/listeners/*/bind", "127.0.0.1:8443");
        setText("lab/listeners/*/public", "443");
        DO(at_->add("/listeners"));
        setText("lab/listeners/*/name", "http");
        setText("lab/listeners/*/bind", "127.0.0.1:8080");
        setText("lab/listeners/*/public", "80");
        DO(at_->add("/listeners"));
        setText("lab/listeners/*/name", "proxy");
        setText("lab/listeners/*/bind", "127.0.0.1:8888");
        DO(at_->check("lab/listeners/*/connect", Qt::Checked));
        QCOMPARE(at_->root()["listeners"].size(), std::size_t(3));
        QCOMPARE(at_->root()["listeners"].items()[2]["connect"].text(), "true");
    }

    void providerAndRealm() {
        DO(at_->add("/providers"));
        setText("lab/providers/*/url", "https://keycloak.domain.tld");
        DO(at_->add("/providers/0/realms"));
        setText("realm/realm/realm", "demo");
        QCOMPARE(at_->root()["providers"].items()[0]["realms"].items()[0]["realm"].text(), "demo");
    }

    void group() {
        DO(at_->add("/providers/0/realms/0/groups"));
        setText("realm/group/name", "oauth2-proxy");
    }

    void clientWithItsMapper() {
        DO(at_->add("/providers/0/realms/0/clients"));
        setText("realm/client/clientId", "oauth2-proxy");
        setText("realm/client/secret", "oauth2-proxy-client");
        DO(at_->enter("realm/client/redirectUris", "https://whoami.domain.tld/oauth2/callback"));
        DO(at_->add("/providers/0/realms/0/clients/0/protocolMappers"));
        setText("realm/mapper/name", "groups");
        setText("realm/mapper/config.claim.name", "groups");
        DO(at_->check("realm/mapper/config.userinfo.token.claim", Qt::Checked));
    }

    void users() {
        int number = 0;
        for (const char* name : {"alice", "bob"}) {
            const QString user = QString("/providers/0/realms/0/users/%1").arg(number++);
            DO(at_->add("/providers/0/realms/0/users"));
            setText("realm/user/username", name);
            setText("realm/user/email", qPrintable(QString(name) + "@domain.tld"));
            setText("realm/user/firstName", name);
            setText("realm/user/lastName", "Example");
            DO(at_->check("realm/user/emailVerified", Qt::Checked));
            if (number == 1)
                DO(at_->enter("realm/user/groups", "/oauth2-proxy"));
            DO(at_->add(user + "/credentials")); // a password
            DO(at_->add(user + "/credentials"));
            DO(at_->pick("realm/credential/type", "otp"));
        }
        const Node& bob = at_->root()["providers"].items()[0]["realms"].items()[0]["users"].items()[1];
        QCOMPARE(bob["credentials"].items()[0]["value"]["secret"].text(), "bob-password");
        QCOMPARE(bob["credentials"].items()[1]["secretData"]["secret"].text(), "bob-totp");
        QVERIFY(bob["credentials"].items()[1]["value"].isAbsent());
    }

    void gate() {
        DO(at_->add("/gates"));
        DO(at_->pick("gate/provider", "keycloak-oidc") || at_->type("gate/provider", "keycloak-oidc"));
        setText("gate/oidc-issuer-url", "https://keycloak.domain.tld/realms/demo");
        setText("gate/client-id", "oauth2-proxy");
        setText("gate/client-secret", "oauth2-proxy-client");
        setText("gate/cookie-secret", "oauth2-proxy-cookie");
        setText("gate/scope", "openid email profile");
        DO(at_->type("gate/code-challenge-method", "S256"));
        DO(at_->enter("gate/allowed-group", "oauth2-proxy"));
        DO(at_->enter("gate/email-domain", "*"));
        DO(at_->check("gate/reverse-proxy", Qt::Checked));
        DO(at_->enter("gate/trusted-proxy-ip", "127.0.0.1/32"));
        DO(at_->enter("gate/upstream", "static://202"));
        setText("gate/http-address", "0.0.0.0:4180");
    }

    void controller() {
        DO(at_->choose("/controller"));
        DO(at_->check("controller/proxy-add-original-uri-header", Qt::Checked));
        QVERIFY(at_->text().contains("proxy-add-original-uri-header: \"true\""));
    }

    void services() {
        DO(at_->add("/services"));
        setText("lab/services/*/name", "whoami");
        DO(at_->add("/services"));
        setText("lab/services/*/name", "oauth2-proxy");
        setText("lab/services/*/port", "4180");
        DO(at_->pick("lab/services/*/runs", "gate"));
        QCOMPARE(at_->root()["services"].items()[1]["runs"]["gate"].text(), "oauth2-proxy");
    }

    void ingresses() {
        struct Wanted {
            const char *name, *path, *service, *port;
        };
        int number = 0;
        for (const Wanted& each : {Wanted{"whoami", "/", "whoami", "80"},
                                   Wanted{"whoami-oauth2-proxy", "/oauth2", "oauth2-proxy", "4180"}}) {
            const QString ingress = QString("/ingresses/%1").arg(number++);
            DO(at_->add("/ingresses"));
            setText("lab/ingresses/*/name", each.name);
            if (number == 1) {
                setText("annotation/auth-url", "https://$host/oauth2/auth");
                setText("annotation/auth-signin", "https://$host/oauth2/start?rd=$escaped_request_uri");
            }
            DO(at_->add(ingress + "/tls"));
            DO(at_->enter("lab/ingresses/*/tls/*/hosts", "whoami.domain.tld"));
            setText("lab/ingresses/*/tls/*/secretName", "whoami-domain-cert");
            DO(at_->add(ingress + "/rules"));
            setText("lab/ingresses/*/rules/*/host", "whoami.domain.tld");
            DO(at_->add(ingress + "/rules/0/http/paths"));
            setText("lab/ingresses/*/rules/*/http/paths/*/path", each.path);
            setText("lab/ingresses/*/rules/*/http/paths/*/backend/service/name", each.service);
            setText("lab/ingresses/*/rules/*/http/paths/*/backend/service/port/number", each.port);
        }
    }

    void rehearsals() {
        DO(at_->add("/rehearsals"));
        setText("lab/rehearsals/*/as", "alice");
        setText("lab/rehearsals/*/url", "https://whoami.domain.tld/");
        DO(at_->add("/rehearsals"));
        setText("lab/rehearsals/*/as", "bob");
        setText("lab/rehearsals/*/url", "https://whoami.domain.tld/");
        setText("lab/rehearsals/*/expect", "denied");
    }

    // As a person would have written it: an object a line or several, no line that runs out of the window.
    void theTextIsReadable() {
        for (const QString& line : at_->text().split('\n')) {
            QVERIFY2(line.size() <= 125, qPrintable(line));
            QVERIFY2(!line.contains("[{"), qPrintable(line));
        }
    }

    void itCompiles() {
        auto& workspace = at_->desk->workspace;
        QVERIFY(!workspace.hasDraft());
        workspace.compile();
        QStringList refused;
        for (const Problem& problem : workspace.problems())
            if (problem.kind == Problem::Kind::Refused)
                refused.append(desk::qt(describe(problem.error)));
        QVERIFY2(refused.isEmpty(), qPrintable(refused.join('\n') + "\n" + at_->text()));
        QVERIFY(workspace.isArrangementCurrent());
    }

    void itRehearsesAsExpected() {
        const auto arrangement = at_->desk->workspace.arrangement();
        QVERIFY(arrangement != nullptr);
        auto authority = user::userAuthority();
        QVERIFY(authority.has_value());
        rehearsal::Recorder recorder;
        engine::EngineOptions options;
        options.authority = *authority;
        options.anyFreePort = true;
        auto engine = engine::Engine::start(std::move(options), [&recorder] { recorder.wake(); });
        QVERIFY(engine.has_value());
        QVERIFY(engine::applyAndWait(**engine, arrangement).has_value());
        user::SystemClock clock([](std::string_view, std::int64_t) {});
        user::UsedCodesFile used({}, [](const Error&) {});
        rehearsal::HttpDriver driver({**engine, recorder, arrangement, clock, used});
        const auto scenarios = rehearsal::scenarios(*arrangement, {});
        QVERIFY(scenarios.has_value());
        QCOMPARE(scenarios->size(), std::size_t(2));
        rehearsal::Report report;
        for (const auto& scenario : *scenarios) {
            const auto journey = driver.drive(scenario, rehearsal::personOf(*arrangement, scenario));
            report.results.push_back(rehearsal::makeResult(
                scenario, journey, 0, [](std::string_view text) { return std::string(text); }));
        }
        QVERIFY2(report.asExpected(), rehearsal::reportText(report).c_str());
        QCOMPARE(report.results[0].outcome, "allowed");
        QCOMPARE(report.results[1].outcome, "denied");
    }

    void undoLeadsBackToTheFirstText() {
        auto& workspace = at_->desk->workspace;
        int steps = 0;
        while (workspace.canUndo() && ++steps < 1000)
            workspace.undo();
        QCOMPARE(at_->text(), first_);
        QVERIFY2(steps > 50, qPrintable(QString::number(steps)));
    }
};

QTEST_MAIN(StoryTest)
#include "tst_forms_story.moc"
