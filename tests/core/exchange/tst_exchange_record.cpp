// The record of an exchange: which step decided, and a copy that lives on its own.
#include <exchange/snapshot.h>

#include <QTest>
#include <cstring>

using namespace gatehouse;
using namespace gatehouse::exchange;

namespace {

constexpr RuleRow passing{"test.passing", "", ""};
constexpr RuleRow denying{"test.denying", "", ""};

} // namespace

class tst_exchange_record : public QObject {
    Q_OBJECT

private slots:
    void whoDecided_data() {
        QTest::addColumn<QList<int>>("outcomes");
        QTest::addColumn<int>("deciding"); // -1: nobody
        const auto list = [](std::initializer_list<Outcome> outcomes) {
            QList<int> out;
            for (const Outcome outcome : outcomes)
                out.append(static_cast<int>(outcome));
            return out;
        };
        QTest::newRow("nothing") << list({}) << -1;
        QTest::newRow("only passed on") << list({Outcome::Matched, Outcome::Note}) << -1;
        QTest::newRow("answered") << list({Outcome::Matched, Outcome::Answered, Outcome::Note}) << 1;
        QTest::newRow("the last of several")
            << list({Outcome::Failed, Outcome::Denied, Outcome::Matched}) << 1;
    }
    void whoDecided() {
        QFETCH(const QList<int>, outcomes);
        QFETCH(const int, deciding);
        Arena arena;
        Trace trace(arena);
        for (const int outcome : outcomes)
            trace.add(&passing, static_cast<Outcome>(outcome));
        const TraceStep* const step = decidingStep(trace.steps());
        QCOMPARE(step == nullptr ? -1 : static_cast<int>(step - trace.steps().data()), deciding);
    }

    // A tunnel is shown while it lasts: the copy must not look into the original's memory.
    void aSnapshotStandsAlone() {
        auto live = std::make_shared<Exchange>();
        live->id = 7;
        live->parent = 3;
        live->kind = Exchange::Kind::Tunnel;
        live->live = true;
        live->authority = "app.domain.tld";
        fill(*live, live->client, "client");
        live->attempts.emplace_back();
        fill(*live, live->attempts.back(), "attempt");
        live->trace.push_back({&denying, Outcome::Denied, FieldId{5}, live->arena.keep("detail")});
        const ExchangePtr copy = snapshot(*live);
        wipe(*live);
        live.reset();
        QCOMPARE(copy->id, std::uint64_t(7));
        QCOMPARE(copy->parent, std::uint64_t(3));
        QVERIFY(copy->live && copy->kind == Exchange::Kind::Tunnel);
        QCOMPARE(copy->authority, std::string("app.domain.tld"));
        verify(copy->client, "client");
        QCOMPARE(copy->attempts.size(), std::size_t(1));
        verify(copy->attempts.front(), "attempt");
        QCOMPARE(copy->trace.front().detail, std::string_view("detail"));
        QVERIFY(copy->trace.front().rule == &denying && copy->trace.front().from == FieldId{5});
    }

private:
    static void fill(Exchange& owner, Leg& leg, const std::string& of) {
        leg.to.name = of;
        leg.status = 101;
        leg.request.head = owner.arena.keep(of + " request");
        leg.request.body = {owner.arena.keep(of + " body"), 1000, BodyState::StillOpen};
        leg.response.head = owner.arena.keep(of + " response");
        leg.requestEdits.push_back({HeadEdit::Op::Set, true, &passing, FieldId{2},
                                    owner.arena.keep(of + " name"), owner.arena.keep(of + " value")});
        leg.responseEdits.push_back(
            {HeadEdit::Op::Remove, false, &denying, {}, owner.arena.keep(of + " gone"), {}});
    }

    static void verify(const Leg& leg, const std::string& of) {
        QCOMPARE(leg.to.name, of);
        QCOMPARE(leg.status, 101);
        QCOMPARE(std::string(leg.request.head), of + " request");
        QCOMPARE(std::string(leg.request.body.start), of + " body");
        QCOMPARE(leg.request.body.size, std::uint64_t(1000));
        QCOMPARE(std::string(leg.response.head), of + " response");
        QCOMPARE(std::string(leg.requestEdits.front().name), of + " name");
        QCOMPARE(std::string(leg.requestEdits.front().value), of + " value");
        QVERIFY(leg.requestEdits.front().secret && leg.requestEdits.front().rule == &passing);
        QCOMPARE(std::string(leg.responseEdits.front().name), of + " gone");
    }

    // What a view into the original would show from now on.
    static void wipe(Exchange& exchange) {
        for (Leg* const leg : {&exchange.client, &exchange.attempts.front()})
            for (const std::string_view text :
                 {leg->request.head, leg->request.body.start, leg->response.head,
                  leg->requestEdits.front().name, leg->requestEdits.front().value,
                  leg->responseEdits.front().name})
                std::memset(const_cast<char*>(text.data()), '#', text.size());
        const std::string_view detail = exchange.trace.front().detail;
        std::memset(const_cast<char*>(detail.data()), '#', detail.size());
    }
};

QTEST_GUILESS_MAIN(tst_exchange_record)
#include "tst_exchange_record.moc"
