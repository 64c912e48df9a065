#include <http/head.h>

#include <QTest>

using namespace gatehouse::http;

class tst_http_head : public QObject {
    Q_OBJECT

private slots:
    void fieldsKeepOrderAndCase() {
        Headers headers{{"B", "1"}, {"a", "2"}, {"b", "3"}};
        QVERIFY(headers.view().get("b") == "1");
        QCOMPARE(headers.view().count("B"), std::size_t(2));
        QVERIFY((headers.view().all("b") == std::vector<std::string_view>{"1", "3"}));
        QVERIFY(headers.view()[1].name == "a");
        headers.set("b", "4");
        QCOMPARE(headers.size(), std::size_t(2));
        QVERIFY(headers.view()[1].name == "b" && headers.view()[1].value == "4");
        headers.remove("A");
        QVERIFY(!headers.view().has("a") && headers.view().get("a").empty());
        QVERIFY(!headers.view().find("a"));
    }

    void copiesStandAlone() {
        Headers one{{"Name", "value"}};
        const Headers two = one;
        one.set("Name", "other");
        QVERIFY(two.view().get("name") == "value");
    }

    // A value taken from the list itself survives the growth of the list.
    void addsItsOwnFields() {
        Headers headers{{"Seed", "0123456789abcdef"}};
        for (int i = 0; i < 200; ++i)
            headers.add(headers.view()[0].name, headers.view()[0].value);
        for (const Header field : headers.view())
            QVERIFY(field.name == "Seed" && field.value == "0123456789abcdef");
    }

    void targets() {
        RequestView view;
        view.target = "/a/b?c=d?e";
        QVERIFY(view.path() == "/a/b" && view.query() == "c=d?e");
        view.target = "/a";
        QVERIFY(view.path() == "/a" && view.query().empty());
    }

    void phrases() {
        QVERIFY(reasonPhrase(200) == "OK");
        QVERIFY(reasonPhrase(511) == "Network Authentication Required");
        QVERIFY(reasonPhrase(100) == "Continue");
        QVERIFY(reasonPhrase(299).empty() && reasonPhrase(0).empty() && reasonPhrase(999).empty());
    }
};

QTEST_APPLESS_MAIN(tst_http_head)
#include "tst_http_head.moc"
