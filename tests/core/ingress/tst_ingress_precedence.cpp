// Which Ingress and which location a request gets: hosts, paths, ages, ties (ingress.md 2.1, corrections 15,
// 16).
#include "arranged.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::tests;

class tst_ingress_precedence : public QObject {
    Q_OBJECT

    static lab::IngressObject aged(lab::IngressObject object, std::string time) {
        object.creationTimestamp = std::move(time);
        return object;
    }

private slots:
    void theOlderIngressKeepsThePath() {
        const auto made = make(
            input({aged(ingressObject("z-new", "h.test", {}, {path("/", "a")}), "2026-02-01T00:00:00Z"),
                   aged(ingressObject("a-old", "h.test", {}, {path("/", "b")}), "2026-01-01T00:00:00Z")}));
        QCOMPARE(serves(**made.value, "h.test", "/"), "b");
    }

    void inOneSecondTheGreaterNameWins() {
        const auto made = make(input({ingressObject("tie-a", "h.test", {}, {path("/", "a")}),
                                      ingressObject("tie-c", "h.test", {}, {path("/", "c")}),
                                      ingressObject("tie-b", "h.test", {}, {path("/", "b")})}));
        QCOMPARE(serves(**made.value, "h.test", "/"), "c");
    }

    void exactThenLongestPrefix() {
        const auto made =
            make(input({ingressObject("i", "h.test", {},
                                      {path("/", "a"), path("/foo", "b"),
                                       path("/foo", "c", lab::PathType::Exact), path("/foo/bar", "a")})}));
        const ingress::Ingress& i = **made.value;
        QCOMPARE(serves(i, "h.test", "/foo"), "c");
        QCOMPARE(serves(i, "h.test", "/foo/"), "b");
        QCOMPARE(serves(i, "h.test", "/foo/x"), "b");
        QCOMPARE(serves(i, "h.test", "/foobar"), "a");
        QCOMPARE(serves(i, "h.test", "/Foo/x"), "a");
        QCOMPARE(serves(i, "h.test", "/foo/bar/x?y=/foo"), "a");
        QCOMPARE(serves(i, "h.test", "/x/../foo/x"), "b");
        QCOMPARE(serves(i, "h.test", "//foo//x"), "b");
        QCOMPARE(serves(i, "h.test", "/%66oo/x"), "b");
    }

    void hosts() {
        const auto made = make(input(
            {ingressObject("exact", "a.h.test", {}, {path("/", "a")}),
             ingressObject("star", "*.h.test", {}, {path("/", "b")}),
             ingressObject("alias", "m.test", {{"server-alias", "x.h.test,*.al.test"}}, {path("/", "c")})}));
        const ingress::Ingress& i = **made.value;
        QCOMPARE(serves(i, "a.h.test", "/"), "a");
        QCOMPARE(serves(i, "A.H.TEST:8080", "/"), "a");
        QCOMPARE(serves(i, "a.h.test.", "/"), "a");
        QCOMPARE(serves(i, "other.h.test", "/"), "b");
        QCOMPARE(serves(i, "x.y.h.test", "/"), "404");
        QCOMPARE(serves(i, "h.test", "/"), "404");
        QCOMPARE(serves(i, "x.h.test", "/"), "c");
        QCOMPARE(serves(i, "p.q.al.test", "/"), "c");
        QVERIFY(i.serves("a.h.test") && i.serves("q.h.test") && !i.serves("else.test"));
    }

    void theCatchAllTakesWhatIsLeft() {
        const auto made = make(input({ingressObject("all", "", {}, {path("/", "a")}),
                                      ingressObject("one", "h.test", {}, {path("/p", "b")})}));
        QCOMPARE(serves(**made.value, "any.test", "/"), "a");
        QCOMPARE(serves(**made.value, "h.test", "/p"), "b");
        QCOMPARE(serves(**made.value, "h.test", "/"), "404"); // the host is its own, and has no "/"
    }

    // The "/" that no Ingress wrote still carries the annotations of the host's first Ingress.
    void theDefaultPathOfAProtectedHostIsProtected() {
        const auto made = make(
            input({ingressObject("i", "h.test", {{"auth-url", "http://auth.test/"}}, {path("/p", "a")})}));
        QCOMPARE(get(**made.value, "h.test", "/", 401)->status(), 401);
        QCOMPARE(get(**made.value, "h.test", "/", 200)->status(), 404);
    }

    void onePathIsOpenedByALongerOne() {
        const auto made = make(input(
            {ingressObject("app", "h.test", {{"auth-url", "https://$host/oauth2/auth"}}, {path("/", "a")}),
             ingressObject("gate", "h.test", {}, {path("/oauth2", "b")})}));
        QCOMPARE(get(**made.value, "h.test", "/oauth2/start", 401)->status(), 200);
        QCOMPARE(get(**made.value, "h.test", "/x", 401)->status(), 401);
    }

    void expressionsTakeTheWholeHost() {
        const auto made =
            make(input({ingressObject("re", "h.test", {{"use-regex", "true"}},
                                      {path("/a[0-9]+", "a", lab::PathType::ImplementationSpecific)}),
                        ingressObject("plain", "h.test", {}, {path("/ex", "b", lab::PathType::Exact)})}));
        QCOMPARE(serves(**made.value, "h.test", "/A12/x"), "a");
        QCOMPARE(serves(**made.value, "h.test", "/Exact/more"), "b"); // Exact lost its meaning
        QVERIFY(std::any_of(made.problems.begin(), made.problems.end(),
                            [](const Problem& p) { return p.error.what->code == "regex-leaks"; }));
    }

    void twoPathsThatBecomeOneLocation() {
        const auto made =
            make(input({ingressObject("i", "h.test", {}, {path("/foo", "a"), path("/foo/", "b")})}));
        QVERIFY(std::any_of(made.problems.begin(), made.problems.end(), [](const Problem& p) {
            return p.kind == Problem::Kind::Refused && p.error.what->code == "nginx-refuses-configuration";
        }));
    }

    void theTableIsTheSameInAnyOrder() { // of objects without an age
        std::vector<lab::IngressObject> objects{
            ingressObject("a", "h.test", {}, {path("/x", "a")}),
            ingressObject("b", "h.test", {}, {path("/x", "b"), path("/y", "b")}),
            ingressObject("c", "h.test", {}, {path("/y", "c")})};
        std::sort(objects.begin(), objects.end(),
                  [](const auto& l, const auto& r) { return l.name < r.name; });
        do {
            const auto made = make(input(objects));
            QCOMPARE(serves(**made.value, "h.test", "/x"), "b");
            QCOMPARE(serves(**made.value, "h.test", "/y"), "c");
        } while (std::next_permutation(objects.begin(), objects.end(),
                                       [](const auto& l, const auto& r) { return l.name < r.name; }));
    }
};

QTEST_APPLESS_MAIN(tst_ingress_precedence)
#include "tst_ingress_precedence.moc"
