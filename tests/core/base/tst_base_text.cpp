#include <base/ascii.h>
#include <base/node.h>
#include <base/now.h>

#include <QTest>

using namespace gatehouse;

class tst_base_text : public QObject {
    Q_OBJECT

private slots:
    void asciiOnly() {
        QVERIFY(lower("Set-Cookie \xC3\x84") == "set-cookie \xC3\x84");
        QVERIFY(equalsIgnoreCase("HOST", "host") && !equalsIgnoreCase("host", "hosts"));
        QVERIFY(!equalsIgnoreCase("@", "`") && !equalsIgnoreCase("[", "{")); // neighbours of the letters
        QVERIFY(startsWithIgnoreCase("Bearer x", "bearer ") && !startsWithIgnoreCase("Bear", "bearer"));
        QVERIFY(asciiDigit('9') && !asciiDigit(':') && asciiAlpha('Z') && !asciiAlpha('_'));
    }

    void trimming() {
        QVERIFY(trim(" \ta b\t ") == "a b" && trim(" ").empty() && trim("").empty());
        QVERIFY(trim("\r\nx") == "\r\nx"); // line ends are no blanks: a header value must not hide one
    }

    void splitting() {
        using Parts = std::vector<std::string_view>;
        QVERIFY((split("a,b,,c", ',') == Parts{"a", "b", "", "c"}));
        QVERIFY((split("", ',') == Parts{""}) && (split(",", ',') == Parts{"", ""}));
    }

    void nodes() {
        const Node node =
            Node::map({{"on", Node::scalar("true", true)}, {"many", Node::list({Node::scalar("7")})}});
        QVERIFY(node.isMap() && node.size() == 2);
        QVERIFY(node["on"].quoted() && asBool(node["on"]) == true);
        QVERIFY(asInteger(node["many"].items().front()) == 7);
        QVERIFY(node["absent"].isAbsent() && node["absent"]["deeper"].isAbsent());
        QVERIFY(node.entries().front().first == "on");
        QVERIFY(!asBool(Node::scalar("yes")) && !asBool(Node::list({})));
        QVERIFY(!asInteger(Node::scalar("7x")) && !asInteger(Node::scalar("")) &&
                !asInteger(Node::scalar("+7")));
        QVERIFY(asInteger(Node::scalar("-9223372036854775808")) == INT64_MIN);
        QVERIFY(!asInteger(Node::scalar("9223372036854775808")));
    }

    void nodesCompareByContent() {
        QVERIFY(Node::scalar("a", true, FieldId{3}) == Node::scalar("a"));
        QVERIFY(!(Node::scalar("a") == Node::scalar("b")) && !(Node::null() == Node()));
        const auto map = [](const char* key) { return Node::map({{key, Node::null()}}); };
        QVERIFY(map("a") == map("a") && !(map("a") == map("b")));
    }

    void secondsRoundDown() { // a token of the year 1969 is not one second younger
        const Now before{WallTime(std::chrono::milliseconds(-1)), {}};
        QCOMPARE(before.unixSeconds(), std::int64_t(-1));
        const Now after{WallTime(std::chrono::milliseconds(1999)), {}};
        QCOMPARE(after.unixSeconds(), std::int64_t(1));
    }
};

QTEST_APPLESS_MAIN(tst_base_text)
#include "tst_base_text.moc"
