// What a lab's fields say.

#include "samples.h"

#include <QTest>
#include <algorithm>

using namespace gatehouse;
using namespace samples;

class TestLabValues : public QObject {
    Q_OBJECT

private slots:
    void theStoryIsRead();
    void oneField_data();
    void oneField();
    void listenersHaveDefaults();
    void servicesRunInFiveWays();
    void providersRunEmbeddedOrElsewhere();
    void optionsKeepOrderAndShape();
    void annotationsKeepOrderAndQuotes();
    void backends();
    void rehearsalsMayDiffer();
    void plainSecretsAreNeverRepeated();
    void notYetFieldsOpenButAreKept();
};

void TestLabValues::theStoryIsRead() {
    const auto checked = parse(story());
    QVERIFY2(checked.value && checked.problems.empty(), qPrintable(shown(checked.problems)));
    const lab::Lab& lab = checked.value->lab();
    QCOMPARE(lab.name, std::string("whoami"));
    QCOMPARE(lab.listeners.size(), std::size_t(3));
    QVERIFY(lab.listeners[0].kind == lab::Listener::Kind::Https);
    QVERIFY(lab.listeners[2].kind == lab::Listener::Kind::Connect);
    QCOMPARE(lab.listeners[0].bindPort, std::uint16_t(8443));
    QCOMPARE(lab.listeners[0].publicPort, std::uint16_t(443));

    QCOMPARE(lab.providers.size(), std::size_t(1));
    const lab::Provider& provider = lab.providers[0];
    QVERIFY(provider.embedded && !provider.admin);
    QCOMPARE(provider.url.text(), std::string("https://keycloak.domain.tld/"));
    const realm::Realm& realm = provider.realms.at(0);
    QCOMPARE(realm.realm, std::string("demo"));
    QCOMPARE(realm.clients.at(0).secret.name, std::string("oauth2-proxy-client"));
    QCOMPARE(realm.clients[0].protocolMappers.at(0).config.at("full.path"), std::string("false"));
    QCOMPARE(realm.users.size(), std::size_t(2));
    QCOMPARE(realm.users[0].groups, std::vector<std::string>{"/oauth2-proxy"});
    QCOMPARE(realm.users[0].credentials.at(1).secretData.name, std::string("alice-totp"));
    QVERIFY(realm.users[1].groups.empty());

    QCOMPARE(lab.gates.at(0).options.size(), std::size_t(13));
    QCOMPARE(lab.controller.at(0).value, std::string("true"));
    QVERIFY(lab.controller[0].quoted);
    QCOMPARE(lab.ingresses.size(), std::size_t(2));
    QCOMPARE(lab.ingresses[1].rules.at(0).paths.at(0).backend.port, std::uint16_t(4180));
    QVERIFY(std::holds_alternative<lab::RunsEmbedded>(lab.services.at(0).runs));
    QCOMPARE(std::get<lab::RunsGate>(lab.services.at(1).runs).gate, std::string("oauth2-proxy"));
    QCOMPARE(lab.rehearsals.size(), std::size_t(2));
    QCOMPARE(lab.rehearsals[0].expect, std::string("allowed"));
    QCOMPARE(lab.rehearsals[1].as, std::string("bob"));
    QCOMPARE(lab.rehearsals[1].expect, std::string("denied"));
}

void TestLabValues::oneField_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected"); // empty: it is a lab
    const auto row = [](const char* text, const char* expected = "") {
        QTest::newRow(text) << QString(text) << QString(expected);
    };
    row("listeners:");
    row("listeners: {}", "2:12 wrong-type /listeners\n");
    row("listeners: [https]", "2:13 wrong-type /listeners/0\n");
    row("listeners: [{name: a, bind: '[::1]:80'}]");
    row("listeners: [{name: a, bind: ':80'}]");
    row("listeners: [{name: a, bind: 80}]");
    row("listeners: [{name: a, bind: '::1:80'}]", "2:29 wrong-form /listeners/0/bind\n");
    row("listeners: [{name: a, bind: 'a b:80'}]", "2:29 wrong-form /listeners/0/bind\n");
    row("listeners: [{name: a, bind: 'a:99999'}]", "2:29 wrong-form /listeners/0/bind\n");
    row("listeners: [{name: a, tls: maybe}]", "2:28 wrong-form /listeners/0/tls\n");
    row("providers: [{name: a}]", "2:13 missing-field /providers/0\n");
    row("providers: [{name: a, url: 'ftp://b'}]", "2:28 wrong-form /providers/0/url\n");
    row("providers: [{name: a, url: 'https://u:p@b'}]", "2:28 wrong-form /providers/0/url\n");
    row("providers: [{name: a, url: 'https://b', runs: external}]");
    row("providers: [{name: a, url: 'https://b', runs: {extern: {}}}]",
        "2:48 unknown-field /providers/0/runs/extern\n");
    row("providers: [{name: a, url: 'https://b', runs: {external: {admin: {username: x}}}}]",
        "2:66 missing-field /providers/0/runs/external/admin\n");
    row("providers: [{name: a, url: 'https://b', realms: [{}]}]",
        "2:50 missing-field /providers/0/realms/0\n");
    row("providers: [{name: a, url: 'https://b', realms: [demo]}]",
        "2:50 wrong-type /providers/0/realms/0\n");
    row("gates: [{name: a}]", "2:9 missing-field /gates/0\n");
    row("gates: [{name: a, options: {}}]");
    row("gates: [{name: a, options: {scope: }}]", "2:29 wrong-type /gates/0/options/scope\n");
    row("gates: [{name: a, options: {scope: {a: b}}}]", "2:36 wrong-type /gates/0/options/scope\n");
    row("gates: [{name: a, options: {scope: [[a]]}}]", "2:37 wrong-type /gates/0/options/scope/0\n");
    row("gates: [{name: a, options: {cookie-secret: {secret: 'a b'}}}]",
        "2:53 bad-secret-name /gates/0/options/cookie-secret/secret\n");
    row("ingresses: [{name: a, creationTimestamp: 2026-01-31T12:00:00Z}]");
    row("ingresses: [{name: a, creationTimestamp: '2026-01-31T12:00:00.5+01:00'}]");
    row("ingresses: [{name: a, creationTimestamp: yesterday}]",
        "2:42 wrong-form /ingresses/0/creationTimestamp\n");
    row("ingresses: [{name: a, creationTimestamp: 2026-01-31}]",
        "2:42 wrong-form /ingresses/0/creationTimestamp\n");
    row("ingresses: [{name: a_b}]", "2:20 wrong-form /ingresses/0/name\n");
    row("ingresses: [{name: a, rules: [{host: '*.domain.tld'}]}]");
    row("ingresses: [{name: a, rules: [{host: 'a.*.tld'}]}]", "2:38 wrong-form /ingresses/0/rules/0/host\n");
    row("ingresses: [{name: a, rules: [{http: {}}]}]", "2:38 missing-field /ingresses/0/rules/0/http\n");
    row("ingresses: [{name: a, rules: [{http: {paths: [{pathType: prefix, backend: {service: {name: a, port: "
        "{number: 1}}}}]}}]}]",
        "2:58 not-a-choice /ingresses/0/rules/0/http/paths/0/pathType\n");
    row("services: [{name: a, runs: nowhere}]", "2:28 not-a-choice /services/0/runs\n");
    row("services: [{name: a, runs: 'tcp://b'}]", "2:28 wrong-form /services/0/runs\n");
    row("services: [{name: a, runs: {}}]", "2:28 runs-how /services/0/runs\n");
    row("services: [{name: a, port: http}]", "2:28 wrong-form /services/0/port\n");
    row("trust: [{host: 10.0.0.1, port: 443, caFile: ca.pem}]");
    row("configMaps: [{name: a, data: {b: [c]}}]", "2:34 wrong-type /configMaps/0/data/b\n");
    row("rehearsals: [{url: 'https://a/', expect: [allowed]}]", "2:42 wrong-type /rehearsals/0/expect\n");
    row("rehearsals: [{url: 'https://a/', with: {paswort: x}}]",
        "2:41 unknown-field /rehearsals/0/with/paswort\n");
}

void TestLabValues::oneField() {
    QFETCH(QString, text);
    QFETCH(QString, expected);
    const auto checked = parse(around(text.toStdString()));
    QCOMPARE(QString::fromStdString(lines(checked.problems)), expected);
    QCOMPARE(checked.value.has_value(), expected.isEmpty());
}

void TestLabValues::listenersHaveDefaults() {
    const auto absent = parse(around(""));
    QCOMPARE(absent.value->lab().listeners.size(), std::size_t(3));
    QVERIFY(!absent.value->lab().listeners[0].from);
    const auto none = parse(around("listeners: []"));
    QVERIFY(none.value->lab().listeners.empty());
    const auto own =
        parse(around("listeners: [{name: http}, {name: other, bind: '[::1]:9'}, {name: p, tls: false}, "
                     "{name: q, connect: true}]"));
    const auto& listeners = own.value->lab().listeners;
    using Kind = lab::Listener::Kind;
    QVERIFY(listeners[0].kind == Kind::Http && listeners[1].kind == Kind::Https);
    QVERIFY(listeners[2].kind == Kind::Http && listeners[3].kind == Kind::Connect);
    QCOMPARE(listeners[0].bindHost, std::string("127.0.0.1"));
    QCOMPARE(listeners[0].bindPort, std::uint16_t(0));
    QCOMPARE(listeners[1].bindHost, std::string("::1"));
    QCOMPARE(listeners[1].bindPort, std::uint16_t(9));
}

void TestLabValues::servicesRunInFiveWays() {
    const auto checked = parse(around(R"(
services:
  - {name: a}
  - {name: b, runs: none}
  - {name: c, runs: {gate: g}, namespace: other, portName: http, port: 4180}
  - {name: d, runs: http://127.0.0.1:3000/base}
  - {name: e, runs: {url: "https://127.0.0.1", skipCertificateCheck: true}}
)"));
    QVERIFY2(checked.value, qPrintable(shown(checked.problems)));
    const auto& services = checked.value->lab().services;
    QVERIFY(std::holds_alternative<lab::RunsEmbedded>(services[0].runs));
    QVERIFY(std::holds_alternative<lab::RunsNowhere>(services[1].runs));
    QCOMPARE(std::get<lab::RunsGate>(services[2].runs).gate, std::string("g"));
    QCOMPARE(services[2].namespace_, std::string("other"));
    QCOMPARE(services[2].portName, std::string("http"));
    QCOMPARE(services[2].port, std::uint16_t(4180));
    QCOMPARE(std::get<lab::RunsAt>(services[3].runs).url.target, std::string("/base"));
    QVERIFY(std::get<lab::RunsAt>(services[4].runs).skipCertificateCheck);
    QCOMPARE(services[0].port, std::uint16_t(80));
}

void TestLabValues::providersRunEmbeddedOrElsewhere() {
    const auto checked = parse(around(R"(
providers:
  - {name: a, url: "https://a.test/auth/"}
  - {name: b, url: "https://b.test", runs: external}
  - {name: c, url: "https://c.test", runs: {external: {admin: {username: root, password: {secret: root-password}}}}}
)"));
    QVERIFY2(checked.value, qPrintable(shown(checked.problems)));
    const auto& providers = checked.value->lab().providers;
    QVERIFY(providers[0].embedded && !providers[1].embedded && !providers[2].embedded);
    QCOMPARE(providers[0].url.target, std::string("/auth"));
    QVERIFY(!providers[1].admin);
    QCOMPARE(providers[2].admin->username, std::string("root"));
    QCOMPARE(providers[2].admin->password.name, std::string("root-password"));
}

void TestLabValues::optionsKeepOrderAndShape() {
    const auto checked = parse(around(R"(
gates:
  - name: g
    listen: 127.0.0.1:4180
    options: {upstream: [b, a], reverse-proxy: true, email-domain: "*", cookie-secret: {secret: s}, cookie-expire: 1e3}
)"));
    QVERIFY2(checked.value, qPrintable(shown(checked.problems)));
    const lab::GateSpec& gate = checked.value->lab().gates.at(0);
    QCOMPARE(gate.listen.value_or(""), std::string("127.0.0.1:4180"));
    std::string names;
    for (const lab::Setting& setting : gate.options)
        names += setting.name + " ";
    QCOMPARE(names, std::string("upstream reverse-proxy email-domain cookie-secret cookie-expire "));
    QVERIFY(gate.options[0].list && !gate.options[1].list);
    QCOMPARE(gate.options[0].values, (std::vector<std::string>{"b", "a"}));
    QCOMPARE(gate.options[1].values, std::vector<std::string>{"true"});
    QVERIFY(gate.options[3].values.empty());
    QCOMPARE(gate.options[3].secret.name, std::string("s"));
    QCOMPARE(gate.options[4].values, std::vector<std::string>{"1e3"});
}

void TestLabValues::annotationsKeepOrderAndQuotes() {
    const auto checked = parse(around(R"(
ingresses:
  - name: i
    annotations: {z: "true", a: 'no', m: 5, l: |-
      two
      lines
      , t: text, u: yes, d: 2026-01-31, ip: 10.0.0.1}
)"));
    QVERIFY(!checked.value); // a block inside brackets is no YAML; the same in block style:
    const auto block = parse(around(R"(
ingresses:
  - name: i
    annotations:
      z: "true"
      a: 'no'
      m: 5
      l: |-
        two
        lines
      t: text
      u: yes
      d: 2026-01-31
      ip: 10.0.0.1
)"));
    QVERIFY2(block.value, qPrintable(shown(block.problems)));
    std::string all;
    for (const lab::KeyValue& each : block.value->lab().ingresses.at(0).annotations)
        all += each.key + "=" + each.value + (each.quoted ? " " : "! ");
    QCOMPARE(all, std::string("z=true a=no m=5! l=two\nlines t=text u=yes! d=2026-01-31! ip=10.0.0.1 "));
    QCOMPARE(QString::fromStdString(lines(block.problems)),
             QString("8:10 unquoted-text /ingresses/0/annotations/m\n"
                     "13:10 unquoted-text /ingresses/0/annotations/u\n"
                     "14:10 unquoted-text /ingresses/0/annotations/d\n"));
}

void TestLabValues::backends() {
    const auto checked = parse(around(R"(
ingresses:
  - name: i
    namespace: apps
    creationTimestamp: 2026-01-31T12:00:00Z
    tls: [{hosts: [a.test], secretName: cert}, {}]
    defaultBackend: {service: {name: d, port: {name: web}}}
    rules:
      - http: {paths: [{backend: {service: {name: n, port: {number: 8080}}}},
                       {path: ".*", pathType: ImplementationSpecific, backend: {service: {name: m, port: {name: web}}}}]}
  - name: j
    rules: [{host: a.test, http: {paths: [{path: /, pathType: Exact, backend: {service: {name: n, port: {}}}},
                                          {backend: {}}, {backend: {service: {name: n, port: {number: 1, name: x}}}}]}}]
)"));
    QCOMPARE(QString::fromStdString(lines(checked.problems)),
             QString("13:105 backend-no-port /ingresses/1/rules/0/http/paths/0/backend/service/port\n"
                     "14:53 backend-no-service /ingresses/1/rules/0/http/paths/1/backend\n"
                     "14:94 backend-two-ports /ingresses/1/rules/0/http/paths/2/backend/service/port\n"));
    const auto good = parse(around(R"(
ingresses:
  - name: i
    namespace: apps
    creationTimestamp: 2026-01-31T12:00:00Z
    tls: [{hosts: [a.test], secretName: cert}, {}]
    defaultBackend: {service: {name: d, port: {name: web}}}
    rules:
      - http: {paths: [{backend: {service: {name: n, port: {number: 8080}}}},
                       {path: ".*", pathType: ImplementationSpecific, backend: {service: {name: m, port: {name: web}}}}]}
)"));
    QVERIFY2(good.value, qPrintable(shown(good.problems)));
    const lab::IngressObject& object = good.value->lab().ingresses.at(0);
    QCOMPARE(object.creationTimestamp, std::string("2026-01-31T12:00:00Z"));
    QCOMPARE(object.tls.size(), std::size_t(2));
    QVERIFY((object.defaultBackend == lab::ServiceRef{"apps", "d", 0, "web"}));
    QVERIFY((object.rules.at(0).paths.at(0).backend == lab::ServiceRef{"apps", "n", 8080, ""}));
    QCOMPARE(object.rules[0].paths[0].path, std::string("/"));
    QVERIFY(object.rules[0].paths[1].pathType == lab::PathType::ImplementationSpecific);
}

void TestLabValues::rehearsalsMayDiffer() {
    const auto checked = parse(around(R"(
rehearsals:
  - {url: "https://a.test/"}
  - {as: eve, url: "https://a.test/", expect: wrong-password, with: {password: wrong, otp: 000000, clockOffset: -120,
     delayBeforeCallback: 70, enrolTotp: true}}
)"));
    QVERIFY2(checked.value, qPrintable(shown(checked.problems)));
    const auto& rehearsals = checked.value->lab().rehearsals;
    QVERIFY(rehearsals[0].as.empty() && rehearsals[0].expect == "allowed" && !rehearsals[0].with.password);
    const lab::With& with = rehearsals[1].with;
    QCOMPARE(*with.password, std::string("wrong"));
    QCOMPARE(*with.otp, std::string("000000"));
    QCOMPARE(with.clockOffset, -120);
    QCOMPARE(with.delayBeforeCallback, 70);
    QVERIFY(with.enrolTotp);
}

void TestLabValues::plainSecretsAreNeverRepeated() {
    const std::string canary = "c4nary-in-a-cage";
    const auto checked =
        parse(around("providers:\n- name: a\n  url: https://u:" + canary + "@b.test\n" +
                     "  runs: {external: {admin: {username: x, password: " + canary + "}}}\n" +
                     "  realms: [{realm: r, clients: [{clientId: c, secret: " + canary +
                     "}], users: [{username: u, credentials: [{type: password, value: " + canary +
                     "}, {type: otp, secretData: '{\"value\":\"" + canary + "\"}'}]}]}]\n"));
    QVERIFY(!checked.value);
    QCOMPARE(std::count_if(checked.problems.begin(), checked.problems.end(),
                           [](const Problem& problem) { return problem.error.what->code == "plain-secret"; }),
             4);
    QVERIFY(shown(checked.problems).indexOf(QString::fromStdString(canary)) < 0);
}

void TestLabValues::notYetFieldsOpenButAreKept() {
    const std::string realm =
        "realms: [{realm: r, organizationsEnabled: true, adminPermissionsEnabled: true}]";
    const auto embedded = parse(around("providers:\n- name: a\n  url: https://a.test\n  " + realm));
    QVERIFY2(embedded.value, qPrintable(shown(embedded.problems)));
    QCOMPARE(QString::fromStdString(lines(embedded.value->lab().notYet)),
             QString("5:23 field-not-yet /providers/0/realms/0/organizationsEnabled\n"));
    QCOMPARE(embedded.value->lab().notYet[0].error.args.at("name"), std::string("organizationsEnabled"));
    const auto external =
        parse(around("providers:\n- name: a\n  url: https://a.test\n  runs: external\n  " + realm));
    QVERIFY(external.value && external.value->lab().notYet.empty());
    const auto usual = parse(around("providers:\n- name: a\n  url: https://a.test\n  realms: [{realm: r, "
                                    "organizationsEnabled: false, browserFlow: browser}]"));
    QVERIFY(usual.value && usual.value->lab().notYet.empty());
}

QTEST_GUILESS_MAIN(TestLabValues)
#include "tst_lab_values.moc"
