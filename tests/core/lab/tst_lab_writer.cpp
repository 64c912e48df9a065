// Our own YAML: every reader takes from it what was meant.

#include "edits.h"

#include <lab/scalars.h>
#include <lab/yamlText.h>

#include <QTest>

using namespace gatehouse;
using namespace samples;

namespace {

Node randomTree(RandomLab& random, std::uint32_t depth) {
    const std::uint32_t kind = random.below(depth == 0 ? 2 : 5);
    if (kind == 0)
        return plain(random.below(2) == 0 ? "true" : "-17");
    if (kind == 1)
        return text(random.word());
    if (kind == 2 || kind == 3) {
        std::vector<Node> items;
        for (std::uint32_t i = random.below(4); i > 0; --i)
            items.push_back(randomTree(random, depth - 1));
        return Node::list(std::move(items));
    }
    std::vector<std::pair<std::string, Node>> entries;
    for (std::uint32_t i = random.below(4); i > 0; --i)
        entries.emplace_back(random.word() + std::to_string(i), randomTree(random, depth - 1));
    return Node::map(std::move(entries));
}

} // namespace

class TestLabWriter : public QObject {
    Q_OBJECT

private slots:
    void scalars_data();
    void scalars();
    void everyTreeComesBack();
    void itLooksAsOneWouldWriteIt();
    void whatIsNoTextToSomebody();
};

void TestLabWriter::scalars_data() {
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("written");
    const auto row = [](const char* value, const char* written) {
        QTest::newRow(value) << QString(value) << QString(written);
    };
    for (const char* same : {"text", "a b", "https://$host/oauth2/auth", "10.0.0.0/8", "1.2.3", "a:b", "a#b",
                             "-x", "static://202", "no way", "x=y", "v1.30", "user@host"})
        row(same, same);
    for (const char* word :
         {"yes",  "No",    "on",  "off",  "y",  "N",   "true", "FALSE", "null",       "~", "0123",
          "0x1F", "1_000", "1e3", "5",    "-5", "1.5", ".5",   "1:30",  "2001-01-01", "",  "<<",
          "=",    ".inf",  "-",   "*",    "&a", "!a",  "%",    "@a",    "`a",         "|", ">",
          "#a",   "a: b",  "a:",  "a #b", " a", "a ",  "[a",   "{a",    "? a"})
        row(word, qPrintable(QString("\"%1\"").arg(word)));
    row("say \"hi\"", "say \"hi\"");
    row("\"hi\"", "'\"hi\"'");
    row("it's", "it's");
    row("'a'", "\"'a'\"");
    row("back\\slash", "back\\slash");
    row("- back\\slash", "'- back\\slash'");
    row("a\tb", "\"a\\tb\"");
    row("a\rb", "\"a\\rb\"");
    row("\x01", "\"\\x01\"");
    row("a\n", "|\n  a");
    row("a\nb", "|-\n  a\n  b");
    row("a\n\nb\n", "|\n  a\n\n  b");
    row("a\n\n", "\"a\\n\\n\"");
    row(" a\nb", "\" a\\nb\"");
    row("a \nb", "\"a \\nb\"");
    row("\na", "\"\\na\"");
}

void TestLabWriter::scalars() {
    QFETCH(QString, value);
    QFETCH(QString, written);
    const std::string yaml = lab::writeYaml(Node::map({{"v", text(value.toStdString())}}));
    QCOMPARE(QString::fromStdString(yaml), "v: " + written + "\n");
    const auto read = lab::readYaml(yaml, {});
    QVERIFY(read.value && read.problems.empty());
    QCOMPARE(QString::fromStdString(read.value->root["v"].text()), value);
    QVERIFY(read.value->root["v"].quoted() || lab::readsAsText(value.toStdString()));
}

void TestLabWriter::everyTreeComesBack() {
    for (std::uint32_t seed = 0; seed < 1000; ++seed) {
        RandomLab random(seed);
        const Node tree = Node::map({{"tree", randomTree(random, 4)}, {"after", text("x")}});
        const std::string yaml = lab::writeYaml(tree);
        const auto read = lab::readYaml(yaml, {});
        QVERIFY2(read.value && read.problems.empty(), (yaml + shown(read.problems).toStdString()).c_str());
        QVERIFY2(read.value->root == tree, yaml.c_str());
    }
}

void TestLabWriter::itLooksAsOneWouldWriteIt() {
    const Node ingress = Node::map(
        {{"metadata",
          Node::map({{"name", text("whoami")}, {"annotations", Node::map({{"a/b", text("true")}})}})},
         {"spec",
          Node::map({{"rules", Node::list({Node::map({{"host", text("a.test")}, {"port", plain("80")}}),
                                           Node::list({text("x")}), text("*")})},
                     {"tls", Node::list({})},
                     {"none", Node::map({})},
                     {"nothing", Node::null()}})}});
    QCOMPARE(QString::fromStdString(lab::writeYaml(ingress)), QString(R"(metadata:
  name: whoami
  annotations:
    a/b: "true"
spec:
  rules:
    - host: a.test
      port: 80
    - - x
    - "*"
  tls: []
  none: {}
  nothing: null
)"));
    QCOMPARE(QString::fromStdString(lab::writeYaml(Node::map({{"a", plain("true")}, {"b", plain("1")}}), 4)),
             QString("    a: true\n    b: 1\n"));
    QCOMPARE(QString::fromStdString(lab::writeYaml(text("yes"))), QString("\"yes\"\n"));
    QCOMPARE(QString::fromStdString(lab::writeYaml(Node::list({}))), QString("[]\n"));
}

void TestLabWriter::whatIsNoTextToSomebody() {
    for (const char* word : {"",
                             "y",
                             "Y",
                             "yes",
                             "YES",
                             "n",
                             "no",
                             "On",
                             "off",
                             "true",
                             "False",
                             "null",
                             "NULL",
                             "~",
                             "0",
                             "-0",
                             "+12",
                             "007",
                             "0o7",
                             "0b1",
                             "0xff",
                             "1_0",
                             "12e03",
                             "1e-3",
                             "1.",
                             ".5",
                             "-.5",
                             "+.INF",
                             ".nan",
                             "1:20",
                             "-1:20:30.5",
                             "2026-1-2",
                             "2026-01-02T03:04:05Z",
                             "2026-01-02 03:04:05"})
        QVERIFY2(!lab::readsAsText(word), word);
    for (const char* word :
         {"a",   "yes!", "nope", "1.2.3", "10.0.0.1/8", "1a",  "0xzz", "e3",  ".",    "-",           "+",
          "1-2", "1e",   "v1",   "12:ab", "2026-01",    "a:b", "1s",   "30m", "S256", "0.0.0.0:4180"})
        QVERIFY2(lab::readsAsText(word), word);
    for (const char* word : {"true", "false", "0", "-1", "12", "1.5", "-0.25"})
        QVERIFY2(lab::readsAsValue(word), word);
    for (const char* word : {"True", "yes", "01", "+1", "1e3", ".5", "1.", "0x1", "", "-", "null"})
        QVERIFY2(!lab::readsAsValue(word), word);
}

QTEST_GUILESS_MAIN(TestLabWriter)
#include "tst_lab_writer.moc"
