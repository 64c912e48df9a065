#include <arrangement/arrangement.h>
#include <arrangement/secrets.h>
#include <lab/templates.h>

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::arrangement;

namespace {

std::string storyText() {
    for (const lab::Template& one : lab::templates())
        if (one.name == "story")
            return std::string(one.text);
    qFatal("no story");
}

Checked<std::shared_ptr<const Arrangement>> compiled(std::string text,
                                                     const std::vector<std::string>& tolerate = {}) {
    auto parsed = lab::Document::parse(std::move(text), "lab.gatehouse.yaml");
    for (const Problem& problem : parsed.problems)
        qInfo("%s", describe(problem.error).c_str());
    if (!parsed.value)
        return {std::nullopt, std::move(parsed.problems)};
    auto document = std::make_shared<const lab::Document>(std::move(*parsed.value));
    const crypto::SecretString seed(std::string(32, 'a'));
    auto secrets = resolveSecrets(*document, {{}, {}, &seed});
    return compile(document, secrets.value->source, {tolerate});
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    const auto at = text.find(what);
    if (at == std::string::npos)
        qFatal("the story does not say %s", std::string(what).c_str());
    return text.replace(at, what.size(), by);
}

const Error* find(const std::vector<Problem>& problems, std::string_view code) {
    for (const Problem& problem : problems)
        if (problem.error.what->code == code)
            return &problem.error;
    return nullptr;
}

} // namespace

class CompileTest : public QObject {
    Q_OBJECT

private slots:
    void theStoryCompilesWithoutARefusal() {
        const auto checked = compiled(storyText());
        for (const Problem& problem : checked.problems)
            qInfo("%s", describe(problem.error).c_str());
        QVERIFY(checked.value);
        const Arrangement& arrangement = **checked.value;
        QVERIFY(arrangement.isLabName("whoami.domain.tld"));
        QVERIFY(arrangement.isLabName("keycloak.domain.tld"));
        QVERIFY(!arrangement.isLabName("elsewhere.domain.tld"));
        QVERIFY(arrangement.providerAt("keycloak.domain.tld", 443) != nullptr);
        QVERIFY(arrangement.providerAt("keycloak.domain.tld", 80) == nullptr);
        QVERIFY(!arrangement.notRehearsed.empty());
    }

    void servicesHaveTheirInClusterNames() {
        const auto checked = compiled(storyText());
        const Arrangement& arrangement = **checked.value;
        for (const char* host : {"oauth2-proxy.default.svc", "oauth2-proxy.default.svc.cluster.local"}) {
            const Backend* backend = arrangement.clusterBackend(host, 4180);
            QVERIFY(backend != nullptr && std::holds_alternative<GateBackend>(*backend));
        }
        QVERIFY(arrangement.clusterBackend("oauth2-proxy.default.svc", 80) == nullptr);
        QVERIFY(arrangement.clusterBackend("oauth2-proxy.default", 4180) == nullptr);
    }

    void aRealmFieldThatIsNotDoneIsRefusedUnlessTolerated() {
        const std::string text =
            replaced(storyText(), "- realm: demo\n", "- realm: demo\n        organizationsEnabled: true\n");
        const auto refused = compiled(text);
        QVERIFY(!refused.value);
        const Error* error = find(refused.problems, "field-not-yet");
        QVERIFY(error != nullptr && error->where.line > 0);
        const auto tolerated = compiled(text, {"organizationsEnabled"});
        QVERIFY(tolerated.value && find(tolerated.problems, "field-not-yet") != nullptr);
    }

    void aServiceOfAGateThatIsNotThereIsNamed() {
        const auto checked = compiled(replaced(storyText(), "{gate: oauth2-proxy}", "{gate: oauth3-proxy}"));
        QVERIFY(!checked.value);
        const Error* error = find(checked.problems, "no-such-gate");
        QVERIFY(error != nullptr);
        QVERIFY(error->where.line > 0);
        QVERIFY(hint(*error).find("oauth2-proxy") != std::string::npos);
        QVERIFY(find(checked.problems, "gate-not-routed") != nullptr);
    }

    void aRehearsalOfAStrangerOrOfAnotherHostIsRefused() {
        const std::string text = replaced(storyText(), "{as: bob,", "{as: mallory,");
        QVERIFY(find(compiled(text).problems, "rehearsal-no-such-user") != nullptr);
        const auto lines =
            compiled(storyText() + "  - {as: alice, url: https://elsewhere.domain.tld/, expect: allowed}\n");
        const Error* error = find(lines.problems, "rehearsal-not-served");
        QVERIFY(error != nullptr);
        QVERIFY(text.size() > 0 && hint(*error).find("whoami.domain.tld") != std::string::npos);
    }

    void aProviderMayNotShareItsHostWithAnIngress() {
        const auto checked = compiled(
            replaced(storyText(), "url: https://keycloak.domain.tld", "url: https://whoami.domain.tld"));
        QVERIFY(find(checked.problems, "host-of-two") != nullptr);
    }

    void problemsComeInTheOrderOfTheFile() {
        const auto checked = compiled(replaced(storyText(), "{gate: oauth2-proxy}", "{gate: nobody}"));
        std::uint32_t last = 0;
        for (const Problem& problem : checked.problems) {
            QVERIFY(problem.error.where.line >= last);
            last = problem.error.where.line;
        }
    }
};

QTEST_APPLESS_MAIN(CompileTest)
#include "tst_arrangement_compile.moc"
