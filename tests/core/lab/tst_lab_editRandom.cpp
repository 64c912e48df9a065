// Random edits of random labs change what they should, and nothing else.

#include "edits.h"

#include <QTest>
#include <algorithm>

using namespace gatehouse;
using namespace samples;

class TestLabEditRandom : public QObject {
    Q_OBJECT

private slots:
    void everyEditOfFiveHundredTouchesNothingElse();
    void removalsTouchNothingElse();
    void unsafeScalarsSurviveEveryPlace();
};

void TestLabEditRandom::everyEditOfFiveHundredTouchesNothingElse() {
    int added = 0;
    for (std::uint32_t seed = 0; seed < 500; ++seed) {
        RandomLab random(seed);
        const std::string before = random.text();
        const auto document = parse(before);
        QVERIFY2(document.value, qPrintable(shown(document.problems)));
        const std::string path = somePath(random, *document.value);
        const std::string word = random.word();
        added += document.value->field(path) ? 0 : 1;
        const auto after = document.value->with(path, text(word));
        QVERIFY2(after, (before + path + "\n" + (after ? "" : describe(after.error()))).c_str());
        const std::string story = "seed " + std::to_string(seed) + " " + path + " = " + word + "\n" + before +
                                  "\n---\n" + after->text();
        QVERIFY2(scalarsBut(*document.value, path) == scalarsBut(*after, path), story.c_str());
        QVERIFY2(ownComments(before) == ownComments(after->text()), story.c_str());
        const auto again = parse(after->text());
        const Place place = again.value->place(again.value->field(path));
        QVERIFY2(place.line > 0, story.c_str());
        // Kubernetes takes only text there: no finding may speak of the new value.
        for (const Problem& problem : again.problems)
            QVERIFY2(problem.error.where.field != path, story.c_str());
        const auto& annotations = again.value->lab().controller;
        for (const lab::KeyValue& each : annotations)
            if ("/controller/" + each.key == path)
                QVERIFY2(each.value == word && each.quoted, story.c_str());
    }
    QVERIFY(added > 50 && added < 450);
}

void TestLabEditRandom::removalsTouchNothingElse() {
    int removed = 0;
    for (std::uint32_t seed = 0; seed < 250; ++seed) {
        RandomLab random(seed);
        const auto document = parse(random.text());
        QVERIFY2(document.value, qPrintable(shown(document.problems)));
        const std::string path = somePath(random, *document.value);
        if (!document.value->field(path))
            continue;
        const auto after = document.value->without(path);
        const std::string story = "seed " + std::to_string(seed) + " " + path + "\n" +
                                  document.value->text() + "\n---\n" +
                                  (after ? after->text() : describe(after.error()));
        QVERIFY2(after && !after->field(path), story.c_str());
        QVERIFY2(scalarsBut(*document.value, path) == scalarsBut(*after, path), story.c_str());
        // Comments on lines of their own stay; the one behind the removed value goes with it.
        std::vector<std::string> kept = ownComments(document.value->text());
        for (const std::string& comment : ownComments(after->text())) {
            const auto found = std::find(kept.begin(), kept.end(), comment);
            QVERIFY2(found != kept.end(), story.c_str());
            kept.erase(found);
        }
        QVERIFY2(kept.size() <= 1, story.c_str());
        QVERIFY2(kept.empty() || kept[0].starts_with("# behind"), story.c_str());
        ++removed;
    }
    QVERIFY(removed > 60);
}

void TestLabEditRandom::unsafeScalarsSurviveEveryPlace() {
    const std::string block = "gatehouse: 1\ncontroller:\n  a: x\n  b: z\n";
    const std::string flow = "gatehouse: 1\ncontroller: {a: x, b: z}\n";
    const std::string quoted = "gatehouse: 1\ncontroller: {a: 'x', b: \"y\"}\n";
    for (const std::string word : {"yes",
                                   "No",
                                   "on",
                                   "OFF",
                                   "y",
                                   "0123",
                                   "0o17",
                                   "0x1F",
                                   "1_000",
                                   "1e3",
                                   ".5",
                                   "-1",
                                   "+.inf",
                                   ".NaN",
                                   "null",
                                   "~",
                                   "",
                                   "2001-01-01",
                                   "2001-01-01T10:00:00Z",
                                   "1:30",
                                   "true",
                                   "False",
                                   "<<",
                                   "=",
                                   "-",
                                   "- a",
                                   "--- a",
                                   "...",
                                   "a: b",
                                   "a:",
                                   ": a",
                                   "#a",
                                   "a #b",
                                   "a\n",
                                   "\na",
                                   "a\n\n",
                                   "a\n\nb",
                                   " a",
                                   "a ",
                                   "\ta",
                                   "a\tb",
                                   "\x01",
                                   "\x7F",
                                   "\xC2\x85",
                                   "\xE2\x80\xA8",
                                   "\xEF\xBB\xBF",
                                   "é",
                                   "😀",
                                   "\"",
                                   "'",
                                   "\\",
                                   "\\n",
                                   "{a}",
                                   "[a]",
                                   "a, b",
                                   "a]",
                                   "*a",
                                   "&a",
                                   "!a",
                                   "%a",
                                   "@a",
                                   "`a",
                                   "|",
                                   ">",
                                   "? a",
                                   "?a",
                                   "a\r\nb",
                                   "  two\n  indents\n",
                                   "x:y",
                                   "http://a/#b"})
        for (const std::string* before : {&block, &flow, &quoted})
            for (const char* path : {"/controller/a", "/controller/b", "/controller/c"}) {
                const std::string after = with(*before, path, text(word));
                const auto document = parse(after);
                QVERIFY2(document.value && document.problems.empty(), after.c_str());
                for (const lab::KeyValue& each : document.value->lab().controller)
                    if (each.key == std::string_view(path).substr(12))
                        QVERIFY2(each.value == word && each.quoted, after.c_str());
                QCOMPARE(document.value->lab().controller.size(), path[12] == 'c' ? 3u : 2u);
            }
}

QTEST_GUILESS_MAIN(TestLabEditRandom)
#include "tst_lab_editRandom.moc"
