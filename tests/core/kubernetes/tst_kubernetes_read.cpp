// Manifests as others write them: old versions, lists, anchors, charts' Deployments, realm exports, mistakes.
#include <kubernetes/kubernetes.h>

#include <QFile>
#include <QtTest>
#include <set>

namespace gatehouse::kubernetes::test {

namespace {

std::string dataFile(const char* name) {
    QFile file(QString::fromLatin1(GATEHOUSE_TEST_DATA "/data/") + QLatin1String(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read", name);
    return file.readAll().toStdString();
}

Checked<Imported> readOne(const std::string& text, const std::string& name = "in.yaml") {
    return read({{name, text}}, "in");
}

std::string told(const std::vector<Problem>& problems) {
    std::string out;
    for (const Problem& problem : problems)
        out += std::string(problem.error.what->code) + " " + describe(problem.error) + "\n";
    return out;
}

// Which lines have a problem of this kind.
std::set<unsigned> lines(const std::vector<Problem>& problems, Problem::Kind kind) {
    std::set<unsigned> out;
    for (const Problem& problem : problems)
        if (problem.kind == kind)
            out.insert(problem.error.where.line);
    return out;
}

bool says(const std::vector<Problem>& problems, std::string_view code, unsigned line = 0) {
    for (const Problem& problem : problems)
        if (problem.error.what->code == code && (line == 0 || problem.error.where.line == line))
            return true;
    return false;
}

lab::Document document(const Checked<Imported>& imported) {
    if (!imported.value)
        qFatal("%s", told(imported.problems).c_str());
    auto parsed = lab::Document::parse(imported.value->text, "in.gatehouse.yaml");
    if (!parsed.value)
        qFatal("%s", imported.value->text.c_str());
    return std::move(*parsed.value);
}

std::string revealed(const Imported& imported, std::string_view name) {
    const crypto::SecretString* value = imported.secrets.find(name);
    return value == nullptr ? "(none)"
                            : value->reveal([](std::string_view bytes) { return std::string(bytes); });
}

const std::string deployment = dataFile("deployment.yaml");

} // namespace

class tst_kubernetes_read : public QObject {
    Q_OBJECT

private slots:
    void everyMistakeHasItsPlace() {
        const std::string text = dataFile("mistakes.yaml");
        std::set<unsigned> expected;
        unsigned line = 0;
        for (const QByteArray& each : QByteArray::fromStdString(text).split('\n')) {
            ++line;
            if (each.trimmed().endsWith("# wrong"))
                expected.insert(line);
            if (each.contains("# wrong below"))
                expected.insert(line + 1);
        }
        QVERIFY(expected.size() >= 20);
        const auto imported = readOne(text, "mistakes.yaml");
        QVERIFY(!imported.value);
        const std::set<unsigned> found = lines(imported.problems, Problem::Kind::Refused);
        for (const unsigned each : expected)
            QVERIFY2(found.contains(each),
                     ("line " + std::to_string(each) + " is not told:\n" + told(imported.problems)).c_str());
        for (const unsigned each : found)
            QVERIFY2(expected.contains(each),
                     ("line " + std::to_string(each) + " is right:\n" + told(imported.problems)).c_str());
        for (const Problem& problem : imported.problems)
            QCOMPARE(QString::fromStdString(problem.error.where.file), QStringLiteral("mistakes.yaml"));
    }

    void oldVersions_data() {
        QTest::addColumn<QString>("version");
        QTest::newRow("extensions") << "extensions/v1beta1";
        QTest::newRow("networking") << "networking.k8s.io/v1beta1";
    }
    void oldVersions() {
        QFETCH(QString, version);
        const auto imported =
            readOne("apiVersion: " + version.toStdString() + "\n" + dataFile("old-ingress.yaml"));
        const lab::Document lab = document(imported);
        const lab::IngressObject& ingress = lab.lab().ingresses.at(0);
        QVERIFY(ingress.ingressClassName == "nginx");
        QCOMPARE(ingress.annotations.size(), std::size_t{1});
        QVERIFY(ingress.defaultBackend && ingress.defaultBackend->name == "rest" &&
                ingress.defaultBackend->port == 8080);
        const auto& paths = ingress.rules.at(0).paths;
        QVERIFY(paths.at(0).backend.portName == "http" &&
                paths.at(0).pathType == lab::PathType::ImplementationSpecific);
        QVERIFY(paths.at(1).backend.port == 80 && paths.at(1).pathType == lab::PathType::Prefix);
        for (const char* code : {"api-version-old", "path-type-assumed", "class-moved"})
            QVERIFY2(says(imported.problems, code), code);
    }

    void listsAnchorsAndMerges() {
        const auto imported = readOne(dataFile("lists-and-anchors.yaml"));
        const lab::Document lab = document(imported);
        QCOMPARE(lab.lab().services.size(), std::size_t{3});
        QVERIFY(lab.lab().services.at(1).name == "b" && lab.lab().services.at(1).port == 80);
        QVERIFY(lab.lab().services.at(2).port == 81 && lab.lab().services.at(2).portName == "web");
    }

    void bombsAreRefused() {
        std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
        for (int i = 1; i < 9; ++i) {
            text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
            for (int n = 0; n < 10; ++n)
                text += (n > 0 ? ", *a" : "*a") + std::to_string(i - 1);
            text += "]\n";
        }
        QVERIFY(says(readOne(text).problems, "manifest-overgrown"));
        for (const char* odd : {"", "\0x", "a: &a [*a]", "{", "- - - [", "a: b: c", "{{ .Values.x }}: 1",
                                "\t", "[1, 2]", "text", "apiVersion: v1\nkind: List\nitems: [1]", "kind: {}",
                                "realm: {}", "{a: b}\n  , c: d", "{a: b}\n]", "gatehouse: []"})
            QVERIFY2(!readOne(odd).value, odd);
        QVERIFY(says(readOne("metadata: {name: {{ .Release.Name }}-x}").problems, "helm-template"));
    }

    void unknownThingsAreTold() {
        const auto imported = readOne(dataFile("unknown-things.yaml"));
        QVERIFY(imported.value);
        QVERIFY(says(imported.problems, "object-left-out", 6));
        QVERIFY(says(imported.problems, "object-unknown", 10));
        QVERIFY(says(imported.problems, "manifest-no-object", 14));
        QVERIFY(says(imported.problems, "object-field-left-out", 19));
        QVERIFY(says(imported.problems, "service-stands-in"));
    }

    void gateByArgumentsAndEnvironment() {
        const auto imported = readOne(deployment + dataFile("gate-by-arguments.yaml"));
        ;
        const lab::Document lab = document(imported);
        const lab::GateSpec& gate = lab.lab().gates.at(0);
        QVERIFY(gate.name == "gate" && gate.namespace_ == "sso");
        std::map<std::string, std::string> options;
        for (const lab::Setting& each : gate.options) {
            std::string text = each.secret ? "secret " + each.secret.name : "";
            for (const std::string& value : each.values)
                text += (text.empty() ? "" : "|") + value;
            options[each.name] = text;
        }
        const std::map<std::string, std::string> expected{
            {"provider", "oidc"},
            {"http-address", ":4181"},
            {"email-domain", "a.test|b.test|c.test"},
            {"reverse-proxy", "true"},
            {"client-secret", "secret creds-client-secret"},
            {"scope", "a $(x) $(UNKNOWN)"},
            {"cookie-name", "last"},
            {"client-id", "app"},
            {"cookie-secret", "secret elsewhere-cookie"},
            {"redirect-url", "https://sso.test/oauth2/callback"},
            {"whitelist-domain", ".a.test|.b.test"},
            {"upstream", "static://202"},
            {"cookie-refresh", "1h"}};
        for (const auto& [name, value] : expected)
            QCOMPARE(QString::fromStdString(name + "=" + options[name]),
                     QString::fromStdString(name + "=" + value));
        QCOMPARE(options.size(), expected.size());
        QVERIFY(revealed(*imported.value, "creds-client-secret") == "secret-1");
        QVERIFY(imported.value->text.find("secret-1") == std::string::npos);
        QVERIFY(says(imported.problems, "secret-value-elsewhere"));
        QVERIFY(says(imported.problems, "object-field-left-out"));
        QVERIFY(lab.lab().configMaps.empty()); // its ConfigMap is spent
        QVERIFY(std::holds_alternative<lab::RunsGate>(lab.lab().services.at(0).runs));
        QVERIFY(std::holds_alternative<lab::RunsNowhere>(lab.lab().services.at(1).runs)); // its metrics
    }

    void gateByConfigurationFile() {
        const auto imported = readOne(deployment + dataFile("gate-by-file.yaml"));
        QVERIFY(!imported.value);
        QVERIFY2(says(imported.problems, "config-invalid-key", 25), told(imported.problems).c_str());
        QVERIFY2(says(imported.problems, "secret-was-plain"), told(imported.problems).c_str());
        QVERIFY2(says(imported.problems, "service-target-port", 31), told(imported.problems).c_str());
        QVERIFY(told(imported.problems).find("CANARY") == std::string::npos);
    }

    void realmExports() {
        const auto imported = readOne(dataFile("realm-export.json"), "realm.json");
        const lab::Document lab = document(imported);
        QVERIFY(imported.value->text.find("CANARY") == std::string::npos);
        QVERIFY(told(imported.problems).find("CANARY") == std::string::npos);
        QVERIFY(imported.value->text.find("accessTokenLifespan") == std::string::npos); // it holds anyway
        const realm::Realm& realm = lab.lab().providers.at(0).realms.at(0);
        QCOMPARE(realm.ssoSessionIdleTimeout, 600);
        QVERIFY(realm.clients.at(0).secret.name == "app-secret");
        QVERIFY(revealed(*imported.value, "app-secret") == "CANARY-client");
        QVERIFY(realm.clients.at(1).secret.name == "masked-secret");
        const auto& credentials = realm.users.at(0).credentials;
        QVERIFY(credentials.at(0).value.name == "alice-password" &&
                credentials.at(1).secretData.name == "alice-totp");
        QCOMPARE(credentials.at(1).digits, 8);
        QVERIFY(revealed(*imported.value, "alice-totp") == "CANARY-key");
        QVERIFY(says(imported.problems, "realm-field-unknown", 11));
        QVERIFY(says(imported.problems, "password-hashed", 8));
        QVERIFY(says(imported.problems, "secret-was-plain", 4));
        QVERIFY(says(imported.problems, "realm-secret-masked", 5));
        QVERIFY(says(imported.problems, "provider-guessed"));
    }

    void kustomizationsNameTheirFiles() {
        const std::string service =
            "apiVersion: v1\nkind: Service\nmetadata: {name: NAME}\nspec: {ports: [{port: 80}]}\n";
        const auto named = [&](const char* name) {
            std::string out = service;
            return out.replace(out.find("NAME"), 4, name);
        };
        const auto imported =
            read({{"kustomization.yaml",
                   "namespace: prod\nresources: [base, b.yaml]\npatches: [{path: p.yaml}]\n"},
                  {"base/kustomization.yml", "resources:\n  - a.yaml\n  - ../../x.yaml\n"},
                  {"base/a.yaml", named("a")},
                  {"b.yaml", named("b")},
                  {"c.yaml", named("c")}},
                 "set");
        QVERIFY(!imported.value);
        QVERIFY(says(imported.problems, "resource-missing", 3));
        QVERIFY(says(imported.problems, "file-not-listed"));
        QVERIFY(says(imported.problems, "object-field-left-out"));
        const auto right = read({{"kustomization.yaml", "namespace: prod\nresources: [base]\n"},
                                 {"base/kustomization.yml", "resources: [a.yaml]\n"},
                                 {"base/a.yaml", named("a")}},
                                "set");
        QVERIFY(document(right).lab().services.at(0).namespace_ == "prod");
    }

    void aGateWithoutItsRealmGoesToTheRealOne() {
        const auto imported = readOne(
            deployment + "          args: [--oidc-issuer-url=https://id.test/realms/x, --client-id=a]\n");
        const lab::Document lab = document(imported);
        QVERIFY(!lab.lab().providers.at(0).embedded);
        QVERIFY(lab.lab().providers.at(0).url.host == "id.test");
        QVERIFY(says(imported.problems, "provider-outside", 13));
        QVERIFY(imported.value->origin("/gates/0/options/client-id").line == 13);
    }
};

} // namespace gatehouse::kubernetes::test

QTEST_APPLESS_MAIN(gatehouse::kubernetes::test::tst_kubernetes_read)
#include "tst_kubernetes_read.moc"
