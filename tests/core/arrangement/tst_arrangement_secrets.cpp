#include <arrangement/secrets.h>
#include <base/encoding.h>
#include <lab/templates.h>

#include <QTest>
#include <map>

using namespace gatehouse;
using namespace gatehouse::arrangement;

namespace {

lab::Document story() {
    for (const lab::Template& one : lab::templates())
        if (one.name == "story")
            return std::move(*lab::Document::parse(std::string(one.text), "story.gatehouse.yaml").value);
    qFatal("no story");
}

std::string valueOf(const ResolvedSecrets& secrets, std::string_view name) {
    const crypto::SecretString* secret = secrets.source->find(name);
    return secret == nullptr ? std::string()
                             : secret->reveal([](std::string_view value) { return std::string(value); });
}

lab::Document labWith(const std::string& text) {
    auto parsed = lab::Document::parse(text, "lab.gatehouse.yaml");
    for (const Problem& problem : parsed.problems)
        qInfo("%s", describe(problem.error).c_str());
    return std::move(*parsed.value);
}

bool has(const std::vector<Problem>& problems, std::string_view code) {
    for (const Problem& problem : problems)
        if (problem.error.what->code == code)
            return true;
    return false;
}

} // namespace

class SecretsTest : public QObject {
    Q_OBJECT

private slots:
    void generatedValuesAreTheSameAtTheNextStartAndOthersForOtherUsers() {
        const lab::Document document = story();
        const crypto::SecretString seed(std::string(32, 'a'));
        const crypto::SecretString other(std::string(32, 'b'));
        const auto first = resolveSecrets(document, {{}, {}, &seed});
        const auto again = resolveSecrets(document, {{}, {}, &seed});
        const auto foreign = resolveSecrets(document, {{}, {}, &other});
        QVERIFY(first.value && again.value && foreign.value);
        for (const SecretNeed& need : secretNeeds(document)) {
            QVERIFY(!valueOf(*first.value, need.name).empty());
            QCOMPARE(valueOf(*first.value, need.name), valueOf(*again.value, need.name));
            QVERIFY(valueOf(*first.value, need.name) != valueOf(*foreign.value, need.name));
        }
    }

    void eachHasTheShapeThatItsFieldAsksFor() {
        const lab::Document document = story();
        const crypto::SecretString seed(std::string(32, 'a'));
        const auto secrets = resolveSecrets(document, {{}, {}, &seed});
        for (const SecretNeed& need : secretNeeds(document)) {
            const std::string value = valueOf(*secrets.value, need.name);
            if (need.shape == SecretShape::CookieSecret)
                QCOMPARE(fromBase64Url(value).value_or("").size(), std::size_t{32});
            if (need.shape == SecretShape::TotpKey)
                QCOMPARE(value.size(), std::size_t{20});
        }
    }

    void theEnvironmentWins() {
        const lab::Document document = story();
        const crypto::SecretString seed(std::string(32, 'a'));
        SecretInput input;
        input.seed = &seed;
        input.environment = [](std::string_view name) -> std::optional<std::string> {
            return name == "GATEHOUSE_SECRET_ALICE_PASSWORD" ? std::optional<std::string>("from outside")
                                                             : std::nullopt;
        };
        const auto secrets = resolveSecrets(document, input);
        QCOMPARE(valueOf(*secrets.value, "alice-password"), std::string("from outside"));
    }

    void withoutSeedNothingIsMadeUp() {
        const auto secrets = resolveSecrets(story(), {});
        QVERIFY(!secrets.value);
        QCOMPARE(secrets.problems.size(), secretNeeds(story()).size());
        QVERIFY(has(secrets.problems, "secret-missing"));
        QVERIFY(secrets.problems.front().error.where.line > 0);
    }

    void whatAForeignServerMustKnowIsNeverGenerated() {
        const lab::Document document = labWith(R"(
gatehouse: 1
providers:
  - name: keycloak
    url: https://keycloak.example.test
    runs: {external: {admin: {username: admin, password: {secret: keycloak-admin}}}}
    realms:
      - realm: demo
        clients: [{clientId: app, secret: {secret: app-client}}]
gates:
  - name: gate
    options: {client-secret: {secret: app-client}, cookie-secret: {secret: cookie}}
)");
        for (const SecretNeed& need : secretNeeds(document))
            QCOMPARE(need.generatable, need.name == "cookie");
    }

    void namesThatShareAVariableAreRefused() {
        const lab::Document document = labWith(R"(
gatehouse: 1
gates:
  - {name: a, options: {cookie-secret: {secret: one-two}}}
  - {name: b, options: {cookie-secret: {secret: one_two}}}
)");
        const crypto::SecretString seed(std::string(32, 'a'));
        const auto secrets = resolveSecrets(document, {{}, {}, &seed});
        QVERIFY(!secrets.value);
        QVERIFY(has(secrets.problems, "secret-names-collide"));
        QCOMPARE(environmentName("one-two"), std::string("GATEHOUSE_SECRET_ONE_TWO"));
    }

    void anEmptyVariableIsNoValue() {
        SecretInput input;
        input.environment = [](std::string_view) { return std::optional<std::string>(""); };
        const auto secrets = resolveSecrets(story(), input);
        QVERIFY(!secrets.value);
        QVERIFY(has(secrets.problems, "secret-empty"));
    }
};

QTEST_APPLESS_MAIN(SecretsTest)
#include "tst_arrangement_secrets.moc"
