#include <base/error.h>

#include <QTest>

using namespace gatehouse;

namespace {

constexpr Message noService{"test-no-service", "No service {service} in namespace {namespace}",
                            "Add {service} under services"};

Result<int> refuse() {
    return fail(noService, {{"service", "whoami"}, {"namespace", "default"}},
                {"lab.yaml", 12, 7, "/services/0"}, "ENOENT");
}

Error filledWith(std::map<std::string, std::string> args, const Message& what = noService) {
    return Error{&what, std::move(args), {}, {}};
}

} // namespace

class tst_base_error : public QObject {
    Q_OBJECT

private slots:
    void textAndHint() {
        const auto refused = refuse();
        QVERIFY(!refused);
        QVERIFY(text(refused.error()) == "No service whoami in namespace default");
        QVERIFY(hint(refused.error()) == "Add whoami under services");
        QVERIFY(refused.error().what->code == "test-no-service");
    }

    void aMissingArgumentShows() {
        QVERIFY(text(filledWith({{"service", "a"}})) == "No service a in namespace {namespace}");
    }

    void argumentsAreNotFilledAgain() {
        const auto tricky = filledWith({{"service", "{namespace}"}, {"namespace", "{service}"}});
        QVERIFY(text(tricky) == "No service {namespace} in namespace {service}");
    }

    void bracesThatNameNothing() {
        static constexpr Message odd{"test-odd", "}{a}{ {} {a", ""};
        QVERIFY(text(filledWith({{"a", "1"}}, odd)) == "}1{ {} {a");
        QVERIFY(hint(filledWith({}, odd)).empty());
    }

    void describeInOneLine() {
        QVERIFY(describe(refuse().error()) ==
                "lab.yaml:12:7: /services/0: No service whoami in namespace default (ENOENT)");
        auto error = refuse().error();
        error.technical.clear();
        error.where = {"lab.yaml", 0, 0, ""};
        QVERIFY(describe(error) == "lab.yaml: No service whoami in namespace default");
        error.where = {};
        QVERIFY(describe(error) == "No service whoami in namespace default");
    }

    void onlyRefusedRefuses() {
        const Error error = filledWith({});
        QVERIFY(!anyRefused({}));
        QVERIFY(!anyRefused({{Problem::Kind::Warning, error}, {Problem::Kind::Difference, error}}));
        QVERIFY(anyRefused({{Problem::Kind::Warning, error}, {Problem::Kind::Refused, error}}));
    }
};

QTEST_APPLESS_MAIN(tst_base_error)
#include "tst_base_error.moc"
