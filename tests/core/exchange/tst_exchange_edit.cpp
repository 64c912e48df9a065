// What edits make of a head: the order that nginx writes, and the last word that counts.
#include <exchange/edit.h>

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::exchange;

namespace {

constexpr RuleRow because{"test.because", "", ""};

std::string lines(const http::Headers& original, const EditList& edits, EditedFields where) {
    std::string out;
    writeFields(original, edits.edits(), where, out);
    return out;
}

} // namespace

class tst_exchange_edit : public QObject {
    Q_OBJECT

    Arena arena_;
    const http::Headers original_{{"Host", "a"}, {"Cookie", "x=1"}, {"cookie", "y=2"}, {"Accept", "*/*"}};

private slots:
    void nothingChanged() {
        QCOMPARE(lines(original_, EditList(arena_), EditedFields::First),
                 std::string("Host: a\r\nCookie: x=1\r\ncookie: y=2\r\nAccept: */*\r\n"));
    }

    void editedFieldsComeFirstOrLast() {
        EditList edits(arena_);
        edits.set("X-Real-IP", "127.0.0.1", &because);
        edits.set("Host", "b", &because);
        QCOMPARE(
            lines(original_, edits, EditedFields::First),
            std::string("X-Real-IP: 127.0.0.1\r\nHost: b\r\nCookie: x=1\r\ncookie: y=2\r\nAccept: */*\r\n"));
        QCOMPARE(
            lines(original_, edits, EditedFields::Last),
            std::string("Cookie: x=1\r\ncookie: y=2\r\nAccept: */*\r\nX-Real-IP: 127.0.0.1\r\nHost: b\r\n"));
    }

    // RFC 9110 section 5.1: names have no case, and a Set or Remove means every field of that name.
    void setAndRemoveMeanAllOfThatName() {
        EditList set(arena_);
        set.set("COOKIE", "z=3", &because);
        QCOMPARE(lines(original_, set, EditedFields::Last),
                 std::string("Host: a\r\nAccept: */*\r\nCOOKIE: z=3\r\n"));
        EditList remove(arena_);
        remove.remove("Cookie", &because);
        QCOMPARE(lines(original_, remove, EditedFields::Last), std::string("Host: a\r\nAccept: */*\r\n"));
    }

    void addComesBesideWhatIsThere() {
        EditList edits(arena_);
        edits.add("Set-Cookie", "a=1", &because);
        edits.add("Set-Cookie", "b=2", &because);
        const http::Headers answer{{"Set-Cookie", "own=0"}};
        QCOMPARE(lines(answer, edits, EditedFields::Last),
                 std::string("Set-Cookie: own=0\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n"));
    }

    void theLastWordCounts() {
        EditList edits(arena_);
        edits.set("X", "first", &because);
        edits.add("X", "beside", &because);
        edits.set("x", "second", &because);
        edits.add("X", "beside it", &because);
        QCOMPARE(lines({}, edits, EditedFields::First), std::string("x: second\r\nX: beside it\r\n"));
        edits.remove("X", &because);
        QCOMPARE(lines({}, edits, EditedFields::First), std::string());
    }

    void theListAndTheLinesAgree() {
        EditList edits(arena_);
        edits.remove("Accept", &because);
        edits.set("Host", "b", &because);
        edits.add("Cookie", "z=3", &because);
        std::string fromList;
        const http::Headers list = edited(original_, edits.edits(), EditedFields::Last);
        for (const http::Header field : list.view())
            fromList.append(field.name).append(": ").append(field.value).append("\r\n");
        QCOMPARE(fromList, lines(original_, edits, EditedFields::Last));
    }

    // Whoever made the texts may be gone: the list's arena has them.
    void textsAreKept() {
        EditList edits(arena_);
        {
            std::string name = "X-Name";
            std::string value(100, 'v');
            edits.set(name, value, &because, FieldId{7}, true);
            name.assign("gone");
            value.assign("gone");
        }
        const HeadEdit& edit = edits.edits().front();
        QCOMPARE(edit.name, std::string_view("X-Name"));
        QCOMPARE(std::string(edit.value), std::string(100, 'v'));
        QVERIFY(edit.secret && edit.rule == &because && edit.from == FieldId{7});
    }

    void appendedEditsStayInOrder() {
        EditList edits(arena_);
        edits.set("A", "1", &because);
        EditList more(arena_);
        for (int i = 0; i < 40; ++i) // more than is made room for at first
            more.add("B", std::to_string(i), &because);
        edits.append(more.edits());
        const std::string out = lines({}, edits, EditedFields::First);
        QVERIFY(out.starts_with("A: 1\r\nB: 0\r\nB: 1\r\n") && out.ends_with("B: 39\r\n"));
        QCOMPARE(edits.take().size(), std::size_t(41));
        QVERIFY(edits.empty());
    }
};

QTEST_GUILESS_MAIN(tst_exchange_edit)
#include "tst_exchange_edit.moc"
