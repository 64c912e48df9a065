// The token preview: what it shows is what the provider issues in a login, and what the gate says to it is
// what the gate does.
#include "deskFixture.h"

#include <engine/engine.h>
#include <lab/templates.h>
#include <rehearsal/httpDriver.h>
#include <rehearsal/report.h>

#include <QTabBar>
#include <algorithm>
#include <forms/claimsJson.h>
#include <forms/previewPage.h>
#include <user/systemClock.h>
#include <user/usedCodesFile.h>
#include <user/userState.h>

using namespace gatehouse;
using forms::DeskFixture;

namespace {

constexpr const char* client = "/providers/0/realms/0/clients/0";

// Every token that the gate was given on the way, by their names in the provider's answer.
void addTokens(std::string_view body, std::map<std::string, std::string>& out) {
    for (const char* name : {"access_token", "id_token"}) {
        const std::string key = "\"" + std::string(name) + "\":\"";
        if (const auto at = body.find(key); at != std::string_view::npos)
            out[name] = body.substr(at + key.size(), body.find('"', at + key.size()) - at - key.size());
    }
}

std::map<std::string, std::string> tokensOf(const diagnosis::Evidence& evidence) {
    std::map<std::string, std::string> out;
    for (const auto& step : evidence.steps) {
        auto all = step.children;
        all.push_back(step.exchange);
        for (const auto& exchange : all) {
            if (exchange == nullptr)
                continue;
            addTokens(exchange->client.response.body.start, out);
            for (const auto& attempt : exchange->attempts)
                addTokens(attempt.response.body.start, out);
        }
    }
    return out;
}

std::string payloadOf(const std::string& token) {
    const QByteArray whole = QByteArray::fromStdString(token);
    return QByteArray::fromBase64(whole.split('.').value(1), QByteArray::Base64UrlEncoding).toStdString();
}

// Without what is another one each time.
QMap<QString, QString> lasting(std::string_view json) {
    static const QStringList fresh{"exp", "iat", "auth_time", "jti", "sid", "at_hash", "nonce"};
    QMap<QString, QString> out;
    for (const auto& claim : forms::claimsOf(json))
        if (!fresh.contains(claim.name))
            out.insert(claim.name, claim.value);
    return out;
}

} // namespace

class PreviewTest : public QObject {
    Q_OBJECT

    std::unique_ptr<DeskFixture> at_;

    QTreeWidget* claims() const { return at_->find<QTreeWidget>("forms.claims"); }
    void openPreview(const QString& path) {
        QVERIFY(at_->choose(path));
        auto* tabs = at_->find<QTabBar>("forms.tabs");
        QVERIFY(tabs->isVisible());
        tabs->setFocus();
        if (tabs->currentIndex() == 0)
            QTest::keyClick(tabs, Qt::Key_Right);
        QCOMPARE(tabs->currentIndex(), 1);
    }
    QTreeWidgetItem* claim(const QString& token, const QString& name) const {
        for (int i = 0; i < claims()->topLevelItemCount(); ++i)
            for (int j = 0; j < claims()->topLevelItem(i)->childCount(); ++j)
                if (claims()->topLevelItem(i)->text(0) == token &&
                    claims()->topLevelItem(i)->child(j)->text(0) == name)
                    return claims()->topLevelItem(i)->child(j);
        return nullptr;
    }
    QString gateAnswer() const {
        QString out;
        if (auto* line = at_->find<QWidget>("forms.gateAnswer"))
            for (auto* label : line->findChildren<QLabel*>())
                out += label->text() + " ";
        return out;
    }

private slots:
    void init() {
        at_ = std::make_unique<DeskFixture>();
        at_->open(lab::templates().front().text);
        QVERIFY(QTest::qWaitForWindowActive(at_->window.get()));
    }
    void cleanup() { at_.reset(); }

    void everyClaimNamesItsMapper() {
        openPreview(client);
        auto* groups = claim("ID token", "groups");
        QVERIFY(groups != nullptr);
        QCOMPARE(groups->text(1), "[\"oauth2-proxy\"]");
        QCOMPARE(groups->text(2), "mapper groups");
        QVERIFY(claim("ID token", "email")->text(2).contains("of scope email"));
        QVERIFY(claim("ID token", "iss")->text(2).contains("protocol"));
        QVERIFY(claim("Access token", "azp") != nullptr);
        QVERIFY(claim("Userinfo", "groups") != nullptr);
        QVERIFY2(gateAnswer().contains("oauth2-proxy"), qPrintable(gateAnswer()));
    }

    void aClaimLeadsToItsMapper() {
        openPreview(client);
        auto* groups = claim("ID token", "groups");
        QVERIFY(groups != nullptr);
        claims()->setCurrentItem(groups);
        claims()->setFocus();
        QTest::keyClick(claims(), Qt::Key_Return);
        QCOMPARE(at_->tree()->currentItem()->text(0), "groups");
        QVERIFY(at_->row("realm/mapper/config.claim.name") != nullptr);
    }

    void theGateDeniesWhomItWouldDeny() {
        openPreview("/providers/0/realms/0/users/1");
        QCOMPARE(at_->find<QComboBox>("forms.previewUser")->currentText(), "bob");
        QVERIFY2(gateAnswer().contains("none of the allowed groups"), qPrintable(gateAnswer()));
        auto* why = at_->find<QPushButton>("forms.gateWhy");
        QVERIFY(why != nullptr);
        why->setFocus();
        QTest::keyClick(why, Qt::Key_Space);
        QVERIFY(at_->row("gate/allowed-group") != nullptr);
    }

    void anEditIsPreviewed() {
        QVERIFY(at_->choose(QString(client) + "/protocolMappers/0"));
        QVERIFY(at_->check("realm/mapper/config.full.path", Qt::Checked));
        openPreview(client);
        QCOMPARE(claim("ID token", "groups")->text(1), "[\"/oauth2-proxy\"]");
        QVERIFY2(gateAnswer().contains("none of the allowed groups"), qPrintable(gateAnswer()));
    }

    void itEqualsTheTokenOfALogin() {
        at_->desk->workspace.compile();
        const auto arrangement = at_->desk->workspace.arrangement();
        QVERIFY(arrangement != nullptr);
        auto authority = user::userAuthority();
        QVERIFY(authority.has_value());
        engine::EngineOptions options;
        options.authority = *authority;
        options.anyFreePort = true;
        rehearsal::Recorder recorder;
        auto engine = engine::Engine::start(std::move(options), [&recorder] { recorder.wake(); });
        QVERIFY(engine.has_value());
        QVERIFY(engine::applyAndWait(**engine, arrangement).has_value());
        user::SystemClock clock([](std::string_view, std::int64_t) {});
        user::UsedCodesFile used({}, [](const Error&) {});
        rehearsal::HttpDriver driver({**engine, recorder, arrangement, clock, used});
        const auto scenarios = rehearsal::scenarios(*arrangement, {});
        QVERIFY(scenarios.has_value());
        const auto journey =
            driver.drive(scenarios->front(), rehearsal::personOf(*arrangement, scenarios->front()));
        auto issued = tokensOf(journey.evidence);
        QVERIFY(issued.contains("id_token") && issued.contains("access_token"));

        const Now now{
            .wall = std::chrono::time_point_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now())};
        const auto preview = arrangement->providers.front().embedded->preview("demo", "oauth2-proxy", "alice",
                                                                              "openid email profile", now);
        QVERIFY(preview.has_value());
        QCOMPARE(lasting(preview->idToken), lasting(payloadOf(issued["id_token"])));
        QCOMPARE(lasting(preview->accessToken), lasting(payloadOf(issued["access_token"])));
        QVERIFY(lasting(preview->idToken).size() > 8);
    }
};

QTEST_MAIN(PreviewTest)
#include "tst_forms_preview.moc"
