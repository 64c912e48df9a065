// Edits of a lab's text: what becomes of it, to the letter.

#include "edits.h"

#include <lab/yamlText.h>

#include <QTest>

using namespace gatehouse;
using namespace samples;

class TestLabEdit : public QObject {
    Q_OBJECT

private slots:
    void oneEdit_data();
    void oneEdit();
    void whatCannotBe();
    void aStoryEditedKeepsItsComments();
    void wholeListsAreChangedItemByItem();
};

void TestLabEdit::oneEdit_data() {
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("value"); // YAML of it; "-" removes
    QTest::addColumn<QString>("after");
    const auto row = [](const char* name, const char* before, const char* path, const char* value,
                        const char* after) {
        QTest::newRow(name) << QString(before) << QString(path) << QString(value) << QString(after);
    };
    row("a word", "gatehouse: 1\nname: a # c\n", "/name", "b", "gatehouse: 1\nname: b # c\n");
    row("quotes stay", "gatehouse: 1\ncontroller: {a: 'x'}\n", "/controller/a", "'true'",
        "gatehouse: 1\ncontroller: {a: 'true'}\n");
    row("a truth that is text", "gatehouse: 1\ncontroller:\n  a: x # c\n", "/controller/a", "'true'",
        "gatehouse: 1\ncontroller:\n  a: \"true\" # c\n");
    row("a new name", "gatehouse: 1\n# next\ntrust: []\n", "/name", "lab",
        "gatehouse: 1\nname: lab\n# next\ntrust: []\n");
    row("nothing yet", "gatehouse: 1\ncontroller: # c\ntrust: []\n", "/controller/a", "b",
        "gatehouse: 1\ncontroller: {a: b} # c\ntrust: []\n");
    row("an empty map", "gatehouse: 1\ncontroller: {} # c\n", "/controller/a", "b",
        "gatehouse: 1\ncontroller: {a: b} # c\n");
    row("a map that is not there", "gatehouse: 1\nservices: []\n", "/controller/a", "b",
        "gatehouse: 1\ncontroller: {a: b}\nservices: []\n");
    row("a list that is not there", "gatehouse: 1\n", "/trust/0/host", "a.test",
        "gatehouse: 1\ntrust:\n  - {host: a.test}\n");
    row("one more of a list in brackets", "gatehouse: 1\ntrust: [{host: a.test}] # c\n", "/trust/1",
        "{host: b.test}", "gatehouse: 1\ntrust: # c\n  - host: a.test\n  - host: b.test\n");
    row("one more of a list", "gatehouse: 1\ntrust:\n  - {host: a.test} # c\n  # end\n", "/trust/-",
        "{host: b.test}", "gatehouse: 1\ntrust:\n  - {host: a.test} # c\n  - {host: b.test}\n  # end\n");
    row("in the table's order", "gatehouse: 1\ntrust:\n- host: a.test # c\n  caFile: x\n", "/trust/0/port",
        "8", "gatehouse: 1\ntrust:\n- host: a.test # c\n  port: 8\n  caFile: x\n");
    row("before the first", "gatehouse: 1\nservices:\n- name: a # c\n", "/services/0/namespace", "b",
        "gatehouse: 1\nservices:\n- namespace: b\n  name: a # c\n");
    row("a value becomes a map", "gatehouse: 1\nservices:\n- name: a\n  runs: none # c\n", "/services/0/runs",
        "{gate: g}", "gatehouse: 1\nservices:\n- name: a\n  runs: {gate: g} # c\n");
    row("a map becomes a value",
        "gatehouse: 1\nservices:\n- name: a\n  runs: # c\n    # d\n    gate: g # e\n  port: 8\n",
        "/services/0/runs", "none",
        "gatehouse: 1\nservices:\n- name: a\n  runs: none # c\n    # d\n # e\n  port: 8\n");
    row("a removed field", "gatehouse: 1\nname: a # c\n# d\ntrust: []\n", "/name", "-",
        "gatehouse: 1\n# d\ntrust: []\n");
    row("a removed first field", "gatehouse: 1\nservices:\n- port: 8 # c\n  # d\n  name: a\n",
        "/services/0/port", "-", "gatehouse: 1\nservices:\n- # d\n  name: a\n");
    row("the last of a map", "gatehouse: 1\ncontroller:\n  a: b\n", "/controller/a", "-",
        "gatehouse: 1\ncontroller: {}\n");
    row("the last of a list", "gatehouse: 1\ntrust:\n- host: a.test\nname: n\n", "/trust/0", "-",
        "gatehouse: 1\ntrust: []\nname: n\n");
    row("an item in brackets", "gatehouse: 1\ntrust: [{host: a.test}, {host: b.test}]\n", "/trust/0", "-",
        "gatehouse: 1\ntrust: [{host: b.test}]\n");
    row("an item", "gatehouse: 1\ntrust:\n# a\n- host: a.test\n  port: 1\n# b\n- host: b.test\n", "/trust/0",
        "-", "gatehouse: 1\ntrust:\n# a\n# b\n- host: b.test\n");
    row("several lines", "gatehouse: 1\ncontroller:\n  a: x # c\n  b: y\n", "/controller/a", "\"p q\\nr\\n\"",
        "gatehouse: 1\ncontroller:\n  a: | # c\n    p q\n    r\n  b: y\n");
    row("from several lines", "gatehouse: 1\ncontroller:\n  a: |\n    p\n    q\n\n  b: y\n", "/controller/a",
        "z", "gatehouse: 1\ncontroller:\n  a: z\n\n  b: y\n");
    row("over two lines", "gatehouse: 1\nname: one\n  two # c\n", "/name", "x",
        "gatehouse: 1\nname: x # c\n");
    row("line ends of Windows", "gatehouse: 1\r\nname: a # c\r\ntrust: []\r\n", "/trust", "[{host: a.test}]",
        "gatehouse: 1\r\nname: a # c\r\ntrust:\r\n  - {host: a.test}\r\n");
    row("a new line of Windows", "gatehouse: 1\r\ntrust: []\r\n", "/name", "a",
        "gatehouse: 1\r\nname: a\r\ntrust: []\r\n");
    row("no line end at the end", "gatehouse: 1", "/name", "a", "gatehouse: 1\nname: a");
    row("a byte order mark", "\xEF\xBB\xBFgatehouse: 1\nname: a\n", "/name", "b",
        "\xEF\xBB\xBFgatehouse: 1\nname: b\n");
    row("a null that is written", "gatehouse: 1\nname: null # c\n", "/name", "b",
        "gatehouse: 1\nname: b # c\n");
    row("a key of a realm in its order",
        "gatehouse: 1\nproviders:\n- name: k\n  url: https://k.test\n  realms:\n  - realm: demo\n    users: "
        "[]\n",
        "/providers/0/realms/0/accessTokenLifespan", "60",
        "gatehouse: 1\nproviders:\n- name: k\n  url: https://k.test\n  realms:\n  - realm: demo\n"
        "    accessTokenLifespan: 60\n    users: []\n");
    row("a key with a slash", "gatehouse: 1\ningresses:\n- name: i\n  annotations:\n    x/y: a\n",
        "/ingresses/0/annotations/x~1z", "'1'",
        "gatehouse: 1\ningresses:\n- name: i\n  annotations:\n    x/y: a\n    x/z: \"1\"\n");
    row("an asked-for key", "gatehouse: 1\ncontroller:\n  ? a\n  : b\n", "/controller/a", "c",
        "gatehouse: 1\ncontroller:\n  a: c\n");
}

void TestLabEdit::oneEdit() {
    QFETCH(QString, before);
    QFETCH(QString, path);
    QFETCH(QString, value);
    QFETCH(QString, after);
    std::string made;
    if (value == "-") {
        made = without(before.toStdString(), path.toStdString());
    } else {
        const auto yaml = lab::readYaml("v: " + value.toStdString() + "\n", {});
        QVERIFY(yaml.value);
        made = with(before.toStdString(), path.toStdString(), yaml.value->root["v"]);
    }
    QCOMPARE(QString::fromStdString(made), after);
}

void TestLabEdit::whatCannotBe() {
    const auto document = parse("gatehouse: 1\ntrust: [{host: a.test}]\n");
    const auto code = [&](const Result<Document>& result) {
        return result ? std::string("done") : std::string(result.error().what->code);
    };
    QCOMPARE(code(document.value->without("/name")), std::string("no-such-place"));
    QCOMPARE(code(document.value->without("")), std::string("no-such-place"));
    QCOMPARE(code(document.value->with("/trust/5", text("x"))), std::string("no-such-place"));
    QCOMPARE(code(document.value->with("/trust/0/host/x", text("x"))), std::string("no-such-place"));
    QCOMPARE(code(document.value->with("/trust/0/host", text("A B"))), std::string("wrong-form"));
    QCOMPARE(code(document.value->with("/name", text("\xFF"))), std::string("not-writable"));
    QCOMPARE(code(document.value->without("/gatehouse")), std::string("missing-field"));
    QCOMPARE(code(document.value->with("/nonsense", text("x"))), std::string("unknown-field"));
    QCOMPARE(document.value->text(), std::string("gatehouse: 1\ntrust: [{host: a.test}]\n"));
}

void TestLabEdit::aStoryEditedKeepsItsComments() {
    Document document = *parse(story()).value;
    const auto all = comments(document.text());
    QVERIFY(all.size() > 30);
    const std::pair<const char*, Node> edits[] = {
        {"/providers/0/realms/0/users/0/firstName", text("Alicia")},
        {"/gates/0/options/scope", text("openid")},
        {"/gates/0/options/cookie-refresh", text("1m")},
        {"/gates/0/options/allowed-group", Node::list({text("a"), text("b")})},
        {"/services/0/runs", text("http://127.0.0.1:3000")},
        {"/providers/0/realms/0/clients/0/attributes/pkce.code.challenge.method", text("S256")},
        {"/providers/0/realms/0/users/1/groups", Node::list({text("/oauth2-proxy")})},
        {"/ingresses/0/annotations/nginx.ingress.kubernetes.io~1auth-snippet", text("a;\nb;\n")},
        {"/rehearsals/2", Node::map({{"as", text("eve")}, {"url", text("https://whoami.domain.tld/")}})},
        {"/trust/0", Node::map({{"host", text("keycloak.real.test")}})},
        {"/listeners/0/bind", text("127.0.0.1:9443")}};
    for (const auto& [path, value] : edits) {
        const auto next = document.with(path, value);
        QVERIFY2(next, next ? "" : (path + (" " + describe(next.error()))).c_str());
        QVERIFY2(comments(next->text()) == all, next->text().c_str());
        QVERIFY2(scalarsBut(document, path) == scalarsBut(*next, path) || std::string(path).ends_with("/0"),
                 next->text().c_str());
        document = *next;
    }
    QCOMPARE(document.lab().rehearsals.size(), std::size_t(3));
    QCOMPARE(document.lab().ingresses[0].annotations.at(2).value, std::string("a;\nb;\n"));
    QVERIFY(document.text().find("  - {as: eve, url: https://whoami.domain.tld/}\n") != std::string::npos);
}

void TestLabEdit::wholeListsAreChangedItemByItem() {
    const std::string before =
        "gatehouse: 1\ntrust:\n  - host: a.test # a\n  - host: b.test # b\n  - host: c.test # c\n";
    const auto item = [](const char* host) { return Node::map({{"host", text(host)}}); };
    const auto lists = [&](std::initializer_list<const char*> hosts) {
        std::vector<Node> items;
        for (const char* host : hosts)
            items.push_back(item(host));
        return Node::list(std::move(items));
    };
    QCOMPARE(QString::fromStdString(with(before, "/trust", lists({"a.test", "c.test"}))),
             QString("gatehouse: 1\ntrust:\n  - host: a.test # a\n  - host: c.test # c\n"));
    QCOMPARE(QString::fromStdString(with(before, "/trust", lists({"a.test", "b.test", "x.test", "c.test"}))),
             QString("gatehouse: 1\ntrust:\n  - host: a.test # a\n  - host: b.test # b\n  - {host: x.test}\n"
                     "  - host: c.test # c\n"));
    QCOMPARE(
        QString::fromStdString(with(before, "/trust", lists({"a.test", "y.test", "c.test"}))),
        QString("gatehouse: 1\ntrust:\n  - host: a.test # a\n  - host: y.test # b\n  - host: c.test # c\n"));
    QCOMPARE(QString::fromStdString(with(before, "/trust", lists({}))),
             QString("gatehouse: 1\ntrust: []\n # c\n"));
    const Node map = Node::map({{"host", text("b.test")}, {"caFile", text("x")}});
    QCOMPARE(QString::fromStdString(with(before, "/trust/1", map)),
             QString("gatehouse: 1\ntrust:\n  - host: a.test # a\n  - host: b.test # b\n    caFile: x\n"
                     "  - host: c.test # c\n"));
    QCOMPARE(QString::fromStdString(with(before, "/trust/1/host", text("b.test"))),
             QString::fromStdString(before));
    QCOMPARE(QString::fromStdString(
                 with("gatehouse: 1\nservices: [{name: a, port: 8}]\n", "/services/0/port", plain("9"))),
             QString("gatehouse: 1\nservices: [{name: a, port: 9}]\n"));
}

QTEST_GUILESS_MAIN(TestLabEdit)
#include "tst_lab_edit.moc"
