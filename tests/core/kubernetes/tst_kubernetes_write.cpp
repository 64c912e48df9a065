// What an export writes, what it refuses, and the traps it tells first.
#include <kubernetes/kubernetes.h>
#include <lab/templates.h>

#include <QtTest>
#include <algorithm>

namespace gatehouse::kubernetes::test {

namespace {

std::string story() {
    return std::string(lab::templates().front().text);
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    const auto at = text.find(what);
    if (at == std::string::npos)
        qFatal("the story has no \"%s\"", std::string(what).c_str());
    return text.replace(at, what.size(), with);
}

lab::Document document(const std::string& text) {
    auto parsed = lab::Document::parse(text, "story.gatehouse.yaml");
    if (!parsed.value)
        qFatal("%s", describe(parsed.problems.front().error).c_str());
    return std::move(*parsed.value);
}

const Problem* problem(const std::vector<Problem>& problems, std::string_view code) {
    const auto found =
        std::ranges::find_if(problems, [code](const Problem& each) { return each.error.what->code == code; });
    return found == problems.end() ? nullptr : &*found;
}

std::string told(const std::vector<Problem>& problems) {
    std::string out;
    for (const Problem& each : problems)
        out += std::string(each.error.what->code) + ": " + describe(each.error) + "\n";
    return out;
}

std::string file(const std::vector<ManifestFile>& files, std::string_view name) {
    const auto found = std::ranges::find(files, name, &ManifestFile::name);
    return found == files.end() ? std::string() : found->text;
}

constexpr const char* anchor = "      reverse-proxy: true                    # believe X-Forwarded-* …\n";

} // namespace

class tst_kubernetes_write : public QObject {
    Q_OBJECT

private slots:
    void traps_data() {
        QTest::addColumn<QByteArray>("what");
        QTest::addColumn<QByteArray>("with");
        QTest::addColumn<QByteArray>("code");
        const auto row = [](const char* code, const char* what, const char* with) {
            QTest::newRow(code) << QByteArray(what) << QByteArray(with) << QByteArray(code);
        };
        const auto option = [&](const char* code, const std::string& line) {
            row(code, anchor, (std::string(anchor) + "      " + line + "\n").c_str());
        };
        row("gate-listens-on-loopback", "http-address: 0.0.0.0:4180", "http-address: 127.0.0.1:4180");
        row("gate-reverse-proxy-missing", "reverse-proxy: true", "reverse-proxy: false");
        row("gate-trusts-every-proxy", "trusted-proxy-ip: [127.0.0.1/32, 10.0.0.0/8]", "cookie-name: x");
        option("gate-skip-route-unseen", "skip-auth-route: [^/public]");
        option("gate-cookie-insecure", "cookie-secure: false");
        option("gate-samesite-strict", "cookie-samesite: strict");
        row("gate-samesite-none", anchor,
            "      reverse-proxy: true\n      cookie-samesite: none\n      cookie-secure: false\n");
        option("gate-refresh-lock", "cookie-refresh: 1h");
        option("gate-file-not-in-pod", "provider-ca-file: [/tmp/ca.pem]\n      htpasswd-file: /tmp/users");
        row("gate-upstream-loopback", "upstream: [static://202]", "upstream: [\"http://127.0.0.1:3000\"]");
        option("buffers-too-small", "pass-access-token: true");
        row("ingress-class-missing", "    ingressClassName: nginx\n", "");
        row("backend-unknown", "service: {name: whoami, port: {number: 80}}",
            "service: {name: whoever, port: {number: 80}}");
        row("backend-port", "service: {name: whoami, port: {number: 80}}",
            "service: {name: whoami, port: {number: 81}}");
        row("gate-other-namespace", "  - namespace: default                       # without",
            "  - namespace: elsewhere                     # without");
        row("auth-url-hairpin", "http-address", "http-address");
        row("auth-url-short-name", "https://$host/oauth2/auth", "http://oauth2-proxy:4180/oauth2/auth");
        row("auth-url-path", "https://$host/oauth2/auth", "https://$host/oauth2/check");
        row("secure-cookie-without-tls",
            "tls:\n      - {hosts: [whoami.domain.tld], secretName: whoami-domain-cert}\n    rules:\n      - "
            "host: whoami.domain.tld\n        http:\n          paths:\n            - {path: /, pathType: "
            "Prefix, backend: {service: {name: whoami, port: {number: 80}}}}\n  - namespace: default         "
            "              # without those two annotations, or nobody could ever log in\n    name: "
            "whoami-oauth2-proxy\n    ingressClassName: nginx\n    tls:\n      - {hosts: "
            "[whoami.domain.tld], secretName: whoami-domain-cert}\n",
            "rules:\n      - host: whoami.domain.tld\n        http:\n          paths:\n            - {path: "
            "/, pathType: Prefix, backend: {service: {name: whoami, port: {number: 80}}}}\n  - namespace: "
            "default\n    name: whoami-oauth2-proxy\n    ingressClassName: nginx\n");
        row("whitelist-domain-missing", "auth-signin: https://$host/oauth2/start",
            "auth-signin: https://login.domain.tld/oauth2/start");
        row("set-xauthrequest-missing", "    annotations:\n",
            "    annotations:\n      nginx.ingress.kubernetes.io/auth-response-headers: "
            "X-Auth-Request-Email\n");
        row("tls-secret-expected", "http-address", "http-address");
        row("creation-time-stays", "    name: whoami\n",
            "    name: whoami\n    creationTimestamp: 2026-01-01T00:00:00Z\n");
        row("secrets-to-fill", "http-address", "http-address");
        row("keycloak-expected", "http-address", "http-address");
        row("service-expected", "port: 80, runs: embedded", "port: 80, runs: \"http://127.0.0.1:3000\"");
        // What the controller does with a value is told by the same rows as on the desk.
        row("external-auth-fails-open", "    annotations:\n",
            "    annotations:\n      nginx.ingress.kubernetes.io/auth-request-redirect: $request_uri\n");
        row("annotation-too-risky", "    annotations:\n",
            "    annotations:\n      nginx.ingress.kubernetes.io/auth-snippet: \"return 401;\"\n");
    }
    void traps() {
        QFETCH(QByteArray, what);
        QFETCH(QByteArray, with);
        QFETCH(QByteArray, code);
        const lab::Document lab = document(replaced(story(), what.toStdString(), with.toStdString()));
        const auto written = write(lab, nullptr, {});
        const Problem* found = problem(written.problems, code.toStdString());
        QVERIFY2(found != nullptr, told(written.problems).c_str());
        QVERIFY2(written.value, told(written.problems).c_str());
        QVERIFY(!text(found->error).empty() && text(found->error).find('{') == std::string::npos);
        QVERIFY(hint(found->error).find('{') == std::string::npos);
        if (code != "secrets-to-fill")
            QVERIFY2(found->error.where.line > 0, "it has no place");
        if (what != with) // and it is the change that is told, unless the story has it anyway
            QVERIFY2(problem(write(document(story()), nullptr, {}).problems, code.toStdString()) == nullptr ||
                         code == "auth-url-hairpin",
                     code);
    }

    void refusals_data() {
        QTest::addColumn<QByteArray>("what");
        QTest::addColumn<QByteArray>("with");
        QTest::addColumn<QByteArray>("code");
        const auto row = [](const char* code, const char* what, const char* with) {
            QTest::newRow(code) << QByteArray(what) << QByteArray(with) << QByteArray(code);
        };
        row("object-name-refused", "name: whoami, port: 80, runs: embedded",
            "name: 1.whoami, port: 80, runs: embedded");
        row("port-name-refused", "port: 80, runs: embedded", "port: 80, portName: Port_Name, runs: embedded");
        row("annotation-key-refused", "    annotations:\n", "    annotations:\n      \"a b\": x\n");
        row("config-map-key-refused", "  proxy-add-original-uri-header: \"true\"", "  \"a b\": \"true\"");
        row("service-of-two", "port: 80, runs: embedded}",
            "port: 80, runs: embedded}\n  - {name: whoami, port: 81, runs: {gate: oauth2-proxy}}");
        row("service-other-namespace", "{namespace: default, name: oauth2-proxy",
            "{namespace: elsewhere, name: oauth2-proxy");
        row("service-no-gate", "runs: {gate: oauth2-proxy}", "runs: {gate: other}");
        row("gate-address-unusable", "http-address: 0.0.0.0:4180", "http-address: unix:///run/gate.sock");
        row("object-name-taken", "    name: whoami-oauth2-proxy\n", "    name: whoami\n");
        row("option-line-end", "upstream: [static://202]", "upstream: [\"static://202\\nx\"]");
        row("unknown-option", anchor, "      no-such-option: 1\n");
        row("secret-in-plain", "client-secret: {secret: oauth2-proxy-client}", "client-secret: CANARY");
    }
    void refusals() {
        QFETCH(QByteArray, what);
        QFETCH(QByteArray, with);
        QFETCH(QByteArray, code);
        const auto written =
            write(document(replaced(story(), what.toStdString(), with.toStdString())), nullptr, {});
        const Problem* found = problem(written.problems, code.toStdString());
        QVERIFY2(found != nullptr && found->kind == Problem::Kind::Refused, told(written.problems).c_str());
        QVERIFY(!written.value);
        QVERIFY(told(written.problems).find("CANARY") == std::string::npos);
    }

    void theOrderOfFindings() { // what is refused first, then warnings, then differences
        const auto written =
            write(document(replaced(story(), "http-address: 0.0.0.0:4180", "http-address: 127.0.0.1:4180")),
                  nullptr, {});
        QVERIFY(std::ranges::is_sorted(written.problems, {}, &Problem::kind));
    }

    void secretsStayUnlessAskedFor() {
        crypto::SecretMap secrets;
        for (const char* name : {"oauth2-proxy-client", "oauth2-proxy-cookie", "alice-password", "alice-totp",
                                 "bob-password", "bob-totp"})
            secrets.values.emplace(name, crypto::SecretString(std::string("CANARY-") + name));
        const lab::Document lab = document(story());
        const auto without = write(lab, &secrets, {});
        QVERIFY(without.value);
        for (const ManifestFile& each : *without.value) {
            QVERIFY2(each.text.find("CANARY") == std::string::npos, each.name.c_str());
            QVERIFY(!each.secret);
        }
        QVERIFY(file(*without.value, "kustomization.yaml").find("secrets.yaml") == std::string::npos);
        ExportOptions options;
        options.secretValues = true;
        const auto with = write(lab, &secrets, options);
        QVERIFY(with.value);
        for (const ManifestFile& each : *with.value)
            QVERIFY2(each.secret == (each.text.find("CANARY") != std::string::npos), each.name.c_str());
        QVERIFY(file(*with.value, "kustomization.yaml").find("secrets.yaml") != std::string::npos);
        secrets.values.erase("bob-totp");
        QVERIFY(!write(lab, &secrets, options).value);
        QVERIFY(!write(lab, nullptr, options).value);
    }

    void options() {
        ExportOptions options;
        options.controller = "other";
        QVERIFY(problem(write(document(story()), nullptr, options).problems, "controller-unknown") !=
                nullptr);
        options = {};
        options.clusterIssuer = "letsencrypt";
        options.whoami = false;
        options.keycloakNamespace = "identity";
        options.controllerNamespace = "edge";
        const auto written = write(document(story()), nullptr, options);
        QVERIFY(written.value);
        const std::string ingresses = file(*written.value, "ingresses.yaml");
        const auto first = ingresses.find("cert-manager.io/cluster-issuer: letsencrypt");
        QVERIFY(first != std::string::npos); // one of the two asks for the certificate that both use
        QVERIFY(ingresses.find("cert-manager.io/cluster-issuer", first + 10) == std::string::npos);
        QVERIFY(problem(written.problems, "tls-secret-expected") == nullptr);
        QVERIFY(file(*written.value, "whoami.yaml").empty());
        QVERIFY(file(*written.value, "keycloak-realms.yaml").find("namespace: identity") !=
                std::string::npos);
        QVERIFY(file(*written.value, "controller.yaml").find("namespace: edge") != std::string::npos);
    }

    void namespacesGetTheRestrictedStandard() {
        std::string text = story();
        for (int i = 0; i < 5; ++i)
            text = replaced(text, "namespace: default", "namespace: sso");
        const auto enforced = write(document(text), nullptr, {});
        QVERIFY(enforced.value);
        QVERIFY(
            file(*enforced.value, "namespaces.yaml").find("pod-security.kubernetes.io/enforce: restricted") !=
            std::string::npos);
        // Somebody else's pods are not thrown out.
        const auto warned =
            write(document(replaced(text, "port: 80, runs: embedded", "port: 80, runs: none")), nullptr, {});
        QVERIFY(warned.value);
        QVERIFY(file(*warned.value, "namespaces.yaml").find("pod-security.kubernetes.io/warn: restricted") !=
                std::string::npos);
    }

    void theGateAsItRuns() {
        const auto written = write(document(story()), nullptr, {});
        QVERIFY(written.value);
        const std::string gates = file(*written.value, "gates.yaml");
        for (const char* part :
             {"--http-address=0.0.0.0:4180", "--email-domain=*", "path: /ping", "path: /ready",
              "runAsNonRoot: true", "readOnlyRootFilesystem: true", "- ALL", "type: RuntimeDefault",
              "OAUTH2_PROXY_COOKIE_SECRET", "key: oauth2-proxy-cookie", "containerPort: 4180"})
            QVERIFY2(gates.find(part) != std::string::npos, part);
        for (const ManifestFile& each : *written.value)
            QVERIFY2(each.text.ends_with('\n') && each.text.find("creationTimestamp") == std::string::npos,
                     each.name.c_str());
    }
};

} // namespace gatehouse::kubernetes::test

QTEST_APPLESS_MAIN(gatehouse::kubernetes::test::tst_kubernetes_write)
#include "tst_kubernetes_write.moc"
