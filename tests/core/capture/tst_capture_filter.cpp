// The filter line: grammar, where an error's caret stands, what is offered, what matches.
#include <capture/filter.h>

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::capture;

namespace {

exchange::ExchangePtr sample() {
    auto made = std::make_shared<exchange::Exchange>();
    made->id = 7;
    made->method = "POST";
    made->scheme = "https";
    made->authority = "Whoami.domain.tld:8443";
    made->target = "/oauth2/callback?code=1&rd=%2FHome";
    made->client.status = 403;
    made->client.to.party = exchange::Party::Ingress;
    made->client.when.done = std::chrono::milliseconds(250);
    made->client.request.head =
        "POST /oauth2/callback HTTP/1.1\r\nHost: whoami\r\nX-Forwarded-User: Alice\r\n";
    made->client.response.body.start = "Access Denied by policy";
    made->client.response.body.size = 12'000;
    exchange::Leg leg;
    leg.to.party = exchange::Party::Service;
    made->attempts.push_back(leg);
    static constexpr exchange::RuleRow group{"gate.group", "The user must be in an allowed group", ""};
    static constexpr exchange::RuleRow session{"gate.session", "The session cookie was opened", ""};
    made->trace.push_back({&session, exchange::Outcome::Matched, {}, "alice"});
    made->trace.push_back({&group, exchange::Outcome::Denied, {}, "needs admins"});
    return made;
}

} // namespace

class FilterTest : public QObject {
    Q_OBJECT
private slots:
    void matches_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("expected");
        const auto row = [](const char* text, bool expected) {
            QTest::newRow(text) << QByteArray(text) << expected;
        };
        row("", true);
        row("   ", true);
        row("host:whoami", true);
        row("host=whoami.domain.tld:8443", true);
        row("host=whoami", false);
        row("host!=whoami", true);
        row("HOST:WHOAMI", true);
        row("path:/callback", true);
        row("path=/oauth2/callback", true);
        row("path:rd", false); // of the query
        row("url:rd=", true);
        row("url:8443/oauth2", true);
        row("url=whoami.domain.tld:8443/oauth2/callback?code=1&rd=%2fhome", true);
        row("method:post", true);
        row("method:PO", false);
        row("method!=GET", true);
        row("status:403", true);
        row("status:4xx", true);
        row("status!=4xx", false);
        row("status>=400", true);
        row("status<403", false);
        row("status<=4xx", true);
        row("user:ali", true);
        row("user=alice", true);
        row("user=bob", false);
        row("decision:denied", true);
        row("decision!=denied", false);
        row("outcome:denied", true);
        row("party:service", true);
        row("party:gate", false);
        row("kind:request", true);
        row("kind:auth", false);
        row("rule:gate.group", true);
        row("duration>200ms", true);
        row("dur<0.2s", false);
        row("duration>=250", true); // milliseconds without a unit
        row("duration>.2s", true);
        row("duration>0.2004s", true);
        row("duration<.2s", false);
        row("size>10k", true);
        row("size>12k", false);
        row("header:x-forwarded-user", true);
        row("header:x-forwarded-user=alice", true);
        row("header:x-forwarded-user=bob", false);
        row("header:cookie", false);
        row("body:\"access denied\"", true);
        row("denied", true);            // anywhere: the body
        row("\"allowed group\"", true); // anywhere: the rule's words
        row("nowhere", false);
        row("-nowhere", true);
        row("not nowhere", true);
        row("not not host:whoami", true);
        row("-path:/static status:4xx", true);
        row("status:2xx or status:4xx", true);
        row("status:2xx or status:4xx and user:bob", false); // and binds tighter
        row("(status:2xx or status:4xx) and user:alice", true);
        row("(status:2xx or status:4xx) user:bob", false);
        row("status:2xx OR (user:alice AND NOT kind:auth)", true);
        row("https://whoami", false);        // a word, no field
        row("whoami.domain.tld:8443", true); // a word, no field
        row("\"quoted \\\" quote\"", false);
    }
    void matches() {
        QFETCH(QByteArray, text);
        QFETCH(bool, expected);
        const auto filter = Filter::parse(text.toStdString());
        QVERIFY2(filter.has_value(), filter ? "" : describe(filter.error()).c_str());
        const auto exchange = sample();
        const Row row = summarize(*exchange, {});
        QCOMPARE(filter->matches(row, *exchange), expected);
        if (filter->needsOnlyRows())
            QCOMPARE(filter->matches(row), expected);
    }

    void errors_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<int>("column");
        QTest::addColumn<int>("length");
        const auto row = [](const char* text, const char* code, int column, int length) {
            QTest::newRow(text) << QByteArray(text) << QByteArray(code) << column << length;
        };
        row("hots:whoami", "filter-no-such-field", 1, 4);
        row("a and hots:whoami", "filter-no-such-field", 7, 4);
        row("status:abc", "filter-not-a-status", 8, 3);
        row("status:4444", "filter-not-a-status", 8, 4);
        row("x duration>fast", "filter-not-a-duration", 12, 4);
        row("size>9y", "filter-not-a-size", 6, 2);
        row("decision:maybe", "filter-not-a-choice", 10, 5);
        row("host<5", "filter-not-ordered", 5, 1);
        row("host:", "filter-value-missing", 6, 0);
        row("host: x", "filter-value-missing", 6, 0);
        row("(a or b", "filter-not-closed", 1, 1);
        row("a or (b", "filter-not-closed", 6, 1);
        row("a)", "filter-not-opened", 2, 1);
        row("a or", "filter-condition-missing", 5, 0);
        row("or a", "filter-condition-missing", 1, 2);
        row("a and and b", "filter-condition-missing", 7, 3);
        row("not", "filter-condition-missing", 4, 0);
        row("()", "filter-condition-missing", 2, 1);
        row("a \"open", "filter-quote-not-closed", 3, 5);
        row("body:\"open", "filter-quote-not-closed", 6, 5);
    }
    void errors() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, code);
        QFETCH(int, column);
        QFETCH(int, length);
        const auto filter = Filter::parse(text.toStdString());
        QVERIFY(!filter.has_value());
        QCOMPARE(QByteArray::fromStdString(std::string(filter.error().what->code)), code);
        QCOMPARE(static_cast<int>(filter.error().where.column), column);
        QCOMPARE(std::stoi(filter.error().args.at("length")), length);
        QVERIFY(gatehouse::text(filter.error()).find('{') == std::string::npos);
        QVERIFY(hint(filter.error()).find('{') == std::string::npos);
    }

    void depthIsBounded() {
        const auto filter = Filter::parse(std::string(100'000, '('));
        QVERIFY(!filter.has_value());
        QVERIFY(!Filter::parse(std::string(100'000, '-') + "a").has_value());
    }

    void onlyRowsAreTold() {
        QVERIFY(Filter::parse("status:4xx user:alice -host:x")->needsOnlyRows());
        QVERIFY(!Filter::parse("status:4xx alice")->needsOnlyRows());
        QVERIFY(!Filter::parse("header:cookie")->needsOnlyRows());
    }

    void completions_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("cursor");
        QTest::addColumn<QByteArray>("first");
        QTest::addColumn<int>("begin");
        const auto row = [](const char* text, int cursor, const char* first, int begin) {
            QTest::newRow(text) << QByteArray(text) << cursor << QByteArray(first) << begin;
        };
        row("ho", 2, "host:", 0);
        row("a -dec", 6, "decision:", 3);
        row("(du", 3, "duration>", 1);
        row("decision:d", 10, "denied", 9);
        row("decision:", 9, "none", 9);
        row("status>=4", 9, "4xx", 8);
        row("host:w", 6, "whoami.domain.tld", 5);
        row("user=al", 7, "alice", 5);
        row("header:x-f", 10, "x-forwarded-user", 7);
        row("\"ho", 3, "", 0);
        row("nosuch:", 7, "", 0);
    }
    void completions() {
        QFETCH(QByteArray, text);
        QFETCH(int, cursor);
        QFETCH(QByteArray, first);
        QFETCH(int, begin);
        const FilterVocabulary seen{{"whoami.domain.tld"}, {"alice"}, {"x-forwarded-user"}};
        const auto found = complete(text.toStdString(), static_cast<std::size_t>(cursor), seen);
        QCOMPARE(found.candidates.empty() ? QByteArray()
                                          : QByteArray::fromStdString(found.candidates[0].text),
                 first);
        if (!first.isEmpty())
            QCOMPARE(static_cast<int>(found.begin), begin);
    }

    void everyCandidateParses() {
        for (const FilterFieldRow& field : filterFields()) {
            QVERIFY2(Filter::parse(field.example).has_value(), std::string(field.example).c_str());
            const std::string start = std::string(field.name) + ":";
            for (const FilterCandidate& value : complete(start, start.size(), {}).candidates)
                QVERIFY2(Filter::parse(start + value.text).has_value(), (start + value.text).c_str());
        }
    }

    void termsAreQuoted() {
        const auto exchange = sample();
        const Row row = summarize(*exchange, {});
        const std::vector<std::string> terms{filterTerm(FilterField::Host, "whoami.domain.tld:8443"),
                                             filterTerm(FilterField::User, "alice"),
                                             filterTerm(FilterField::Path, "/oauth2/callback")};
        for (const std::string& term : terms) {
            const auto filter = Filter::parse(term);
            QVERIFY2(filter && filter->matches(row, *exchange), term.c_str());
        }
        QCOMPARE(filterTerm(FilterField::User, "a (b) \"c\""), std::string("user=\"a (b) \\\"c\\\"\""));
        QVERIFY(Filter::parse(filterTerm(FilterField::User, "a (b) \"c\"")).has_value());
    }
};

QTEST_APPLESS_MAIN(FilterTest)
#include "tst_capture_filter.moc"
