// Texts that are labs, texts that are none, and where the mistakes are.

#include "samples.h"

#include <QTest>
#include <algorithm>
#include <chrono>
#include <random>

using namespace gatehouse;
using namespace samples;

class TestLabText : public QObject {
    Q_OBJECT

private slots:
    void everyTemplateIsALab();
    void aServiceOfOnesOwn_data();
    void aServiceOfOnesOwn();
    void placesAreThoseOfAnEditor();
    void twentyMistakesHaveTwentyPlaces();
    void aTextThatIsNoLab_data();
    void aTextThatIsNoLab();
    void randomBytesEndQuickly();
    void damagedStoriesEndQuickly();
    void aStoryIsReadInFiveMilliseconds();
};

void TestLabText::everyTemplateIsALab() {
    for (const lab::Template& each : lab::templates()) {
        const auto checked = parse(std::string(each.text));
        QVERIFY2(checked.value && checked.problems.empty(), qPrintable(shown(checked.problems)));
        QVERIFY(!each.description.empty());
    }
}

void TestLabText::aServiceOfOnesOwn_data() {
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("provider");
    QTest::newRow("usual") << "http://127.0.0.1:3000" << "app.example.org" << "keycloak.example.org";
    QTest::newRow("bare") << "https://[::1]:1880/red?x=1" << "red.test" << "keycloak.test";
    QTest::newRow("same name") << "http://localhost" << "keycloak.test" << "login.test";
}

void TestLabText::aServiceOfOnesOwn() {
    QFETCH(QString, url);
    QFETCH(QString, host);
    QFETCH(QString, provider);
    const auto target = http::parseUrl(url.toStdString());
    QVERIFY(target);
    const std::string text = lab::protectTemplate(*target, host.toStdString());
    QVERIFY(text.find("@HOST@") == std::string::npos && text.find("@NAME@") == std::string::npos);
    const auto checked = parse(text);
    QVERIFY2(checked.value && checked.problems.empty(), qPrintable(shown(checked.problems)));
    const lab::Lab& lab = checked.value->lab();
    QCOMPARE(std::get<lab::RunsAt>(lab.services.at(0).runs).url, *target);
    QCOMPARE(QString::fromStdString(lab.providers.at(0).url.host), provider);
    QCOMPARE(QString::fromStdString(lab.ingresses.at(0).rules.at(0).host), host);
    QCOMPARE(lab.listeners.size(), std::size_t(3));
    const realm::User& alice = lab.providers[0].realms.at(0).users.at(0);
    QCOMPARE(alice.credentials.size(), std::size_t(2));
    QCOMPARE(alice.groups.at(0), "/" + lab.providers[0].realms[0].groups.at(0).name);
    QCOMPARE(lab.rehearsals.at(0).url.host, host.toStdString());
}

void TestLabText::placesAreThoseOfAnEditor() {
    const std::string text = "\xEF\xBB\xBFgatehouse: 1\r\nname: \"\xC3\xA4\xC3\xB6\"\r\n"
                             "trust: [{host: \xC3\xA4.b}, {host: c.d}]\r\n";
    const auto bad = parse(text);
    QCOMPARE(QString::fromStdString(lines(bad.problems)), QString("3:16 wrong-form /trust/0/host\n"));
    const auto good = parse(text.substr(0, text.find("{host: \xC3")) + "{host: c.d}]\r\n");
    QVERIFY2(good.value, qPrintable(shown(good.problems)));
    const Document& document = *good.value;
    const Place place = document.place(document.field("/trust/0/host"));
    QCOMPARE(place, (Place{"folder/whoami.gatehouse.yaml", 3, 16, "/trust/0/host"}));
    QCOMPARE(document.place(document.field("/gatehouse")).column, 12u);
    QCOMPARE(document.place(document.field("/name")).column, 7u);
    QCOMPARE(document.place(document.lab().trust.at(0).from).field, std::string("/trust/0"));
    QVERIFY(!document.field("/trust/1") && !document.field("/trust/x") && !document.field("/nothing/at/all"));
    QCOMPARE(document.place(FieldId{}).line, 0u);

    const auto checked = parse(story());
    const Document& lab = *checked.value;
    const FieldId annotation = lab.lab().ingresses.at(0).annotations.at(1).from;
    QCOMPARE(lab.place(annotation).field,
             std::string("/ingresses/0/annotations/nginx.ingress.kubernetes.io~1auth-signin"));
    QCOMPARE(lab.field(lab.place(annotation).field), annotation);
    QCOMPARE(lab.place(lab.lab().providers[0].realms[0].users[0].credentials[0].from).field,
             std::string("/providers/0/realms/0/users/0/credentials/0"));
}

void TestLabText::twentyMistakesHaveTwentyPlaces() {
    const std::string text = file("twenty-mistakes.gatehouse.yaml");
    QVERIFY(!text.empty());
    const auto checked = Document::parse(text, "twenty-mistakes.gatehouse.yaml");
    QVERIFY(!checked.value);
    QCOMPARE(QString::fromStdString(lines(checked.problems)),
             QString::fromStdString(file("twenty-mistakes.expected")));
    QVERIFY(checked.problems.size() >= 20);
    for (const Problem& problem : checked.problems) {
        QCOMPARE(problem.error.where.file, std::string("twenty-mistakes.gatehouse.yaml"));
        const std::string said = gatehouse::text(problem.error) + hint(problem.error);
        QVERIFY2(
            !hint(problem.error).empty() && said.find("{field}") == std::string::npos &&
                said.find("{value}") == std::string::npos && said.find("{expected}") == std::string::npos &&
                said.find("{suggestion}") == std::string::npos && said.find("{name}") == std::string::npos,
            said.c_str());
    }
}

void TestLabText::aTextThatIsNoLab_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, QByteArray text, const char* expected) {
        QTest::newRow(name) << std::move(text) << QString(expected);
    };
    row("nothing", "", "1:1 empty-document \n");
    row("comments", "# nothing\n", "1:1 empty-document \n");
    row("null", "---\n", "1:1 empty-document \n");
    row("a word", "lab\n", "1:1 wrong-type \n");
    row("a list", "- gatehouse: 1\n", "1:1 wrong-type \n");
    row("no version", "name: x\n", "1:1 missing-field \n");
    row("another version", "gatehouse: 2\n", "1:12 lab-version /gatehouse\n");
    row("two documents", "gatehouse: 1\n---\ngatehouse: 1\n", "2:1 more-documents \n");
    row("an end and more", "gatehouse: 1\n...\nx\n", "3:1 more-documents \n");
    row("a key twice", "gatehouse: 1\nname: a\nname: b\n", "3:1 duplicate-key /name\n");
    row("a key twice, quoted", "gatehouse: 1\n\"gatehouse\": 1\n", "2:1 duplicate-key /gatehouse\n");
    row("a key twice, deep", "gatehouse: 1\ntrust: [{host: a.b, host: c.d}]\n",
        "2:21 duplicate-key /trust/0/host\n");
    row("an anchor", "gatehouse: 1\nname: &a x\n", "2:7 anchor-refused \n");
    row("an alias", "gatehouse: 1\nname: &a x\ntrust: *a\n", "2:7 anchor-refused \n3:8 anchor-refused \n");
    row("a merge", "gatehouse: 1\n<<: {name: x}\n", "2:1 unknown-field /<<\n");
    row("a tag", "gatehouse: !!str 1\n", "1:12 tag-refused \n");
    row("a bare tag", "gatehouse: ! 1\n", "1:12 tag-refused \n");
    row("a list as key", "gatehouse: 1\n[a]: b\n", "2:1 key-no-text \n");
    row("nothing as key", "gatehouse: 1\n~: b\n", "2:1 key-no-text \n");
    row("a tab", "gatehouse: 1\nlisteners:\n\t- name: a\n", "3:2 yaml-syntax \n");
    row("an open bracket", "gatehouse: 1\ntrust: [\n", "3:1 yaml-syntax /trust\n");
    row("an open quote", "gatehouse: 1\nname: \"x\n", "2:7 yaml-syntax \n");
    row("a colon too many", "gatehouse: 1: 2\n", "1:13 yaml-syntax \n");
    row("a byte that is no text", "gatehouse: 1\nname: \xFF\n", "2:7 not-utf8 \n");
    row("half a character", "gatehouse: 1\nname: \xE2\x82", "2:7 not-utf8 \n");
    row("an overlong slash", "gatehouse: 1\nname: \xC0\xAF\n", "2:7 not-utf8 \n");
    row("a surrogate", "gatehouse: 1\nname: \xED\xA0\x80\n", "2:7 not-utf8 \n");
    row("a NUL", QByteArray("gatehouse: 1\0\n", 14), "1:13 control-character \n");
    row("an end of text", "gatehouse: 1\nname: \x04 2\n", "2:7 control-character \n");
    row("an old line end", "gatehouse: 1\rname: x\n", "1:13 control-character \n");
    row("five megabytes", QByteArray(5 << 20, ' '), "1:1 file-too-large \n");
    row("deep", "a: " + QByteArray(1000, '['), "1:5 key-no-text /a/0\n");
}

void TestLabText::aTextThatIsNoLab() {
    QFETCH(QByteArray, text);
    QFETCH(QString, expected);
    const auto checked = parse(text.toStdString());
    QVERIFY(!checked.value);
    QCOMPARE(QString::fromStdString(lines(checked.problems)), expected);
}

void TestLabText::randomBytesEndQuickly() {
    std::mt19937 random(1);
    const std::string alphabet = " \n\t:-[]{},#&*!|>'\"%@`?~0aé\\yes<<";
    for (int round = 0; round < 3000; ++round) {
        std::string text(random() % 400, ' ');
        for (char& c : text)
            c = round % 3 == 0 ? static_cast<char>(random()) : alphabet[random() % alphabet.size()];
        const auto checked = parse(text);
        QVERIFY(checked.value.has_value() != anyRefused(checked.problems));
    }
    for (const std::string_view piece :
         {"[",   "{",    "- ", "? ", "a: ", "\"",   "'",  "&a ", "!",  "a: b\n",
          "[a,", "{a: ", "\n", "#",  "|\n", "- - ", ": ", "%",   "\\", "x,"}) {
        std::string text;
        while (text.size() < (256u << 10))
            text += piece;
        const auto start = std::chrono::steady_clock::now();
        const auto checked = parse(text);
        const auto took = std::chrono::steady_clock::now() - start;
        QVERIFY2(took < std::chrono::seconds(10), std::string(piece).c_str());
        QVERIFY(checked.problems.size() <= 1000);
    }
}

void TestLabText::damagedStoriesEndQuickly() {
    std::mt19937 random(2);
    const std::string original = story();
    int labs = 0;
    for (int round = 0; round < 600; ++round) {
        std::string text = original;
        for (std::uint32_t i = random() % 4 + 1; i > 0; --i) {
            const std::size_t at = random() % text.size();
            const std::size_t length = std::min<std::size_t>(random() % 40, text.size() - at);
            if (random() % 3 == 0)
                text.insert(at, original.substr(random() % (original.size() - 40), length));
            else if (random() % 2 == 0)
                text.erase(at, length);
            else
                text[at] = static_cast<char>(random());
        }
        const auto checked = parse(text);
        QVERIFY(checked.value.has_value() != anyRefused(checked.problems));
        labs += checked.value ? 1 : 0;
    }
    QVERIFY(labs > 5 && labs < 560);
}

void TestLabText::aStoryIsReadInFiveMilliseconds() {
    const std::string text = story();
    std::vector<double> milliseconds;
    for (int i = 0; i < 21; ++i) {
        const auto start = std::chrono::steady_clock::now();
        const auto checked = parse(text);
        milliseconds.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
        QVERIFY(checked.value);
    }
    std::sort(milliseconds.begin(), milliseconds.end());
    qInfo("the story is read in %.2f ms (median of 21)", milliseconds[10]);
#ifdef NDEBUG
    QVERIFY(milliseconds[10] < 5);
#endif
}

QTEST_GUILESS_MAIN(TestLabText)
#include "tst_lab_text.moc"
