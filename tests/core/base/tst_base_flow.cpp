#include <base/flow.h>

#include <QTest>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

using namespace gatehouse;

namespace {

using Asking = Flow<std::string, std::string, int>;

Asking sum(std::string first, std::string second) {
    const int a = co_await first;
    const int b = co_await second;
    co_return std::to_string(a + b);
}

Asking atOnce() {
    co_return "done";
}

Asking whileGiven(int most) {
    int rounds = 0;
    for (; rounds < most; ++rounds) {
        std::string question = std::to_string(rounds);
        const int more = co_await question;
        if (more == 0)
            break;
    }
    co_return std::to_string(rounds);
}

struct Watch {
    explicit Watch(int& ended) : counter(ended) {}
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;
    ~Watch() { ++counter; }
    int& counter;
};

Asking watched(int& ended) {
    const Watch inside(ended);
    std::string question = "go on?";
    const int answer = co_await question;
    co_return std::to_string(answer);
}

// What is asked and given need not be copyable.
using Moving = Flow<std::unique_ptr<int>, std::unique_ptr<int>, std::unique_ptr<int>>;
Moving doubled() {
    auto question = std::make_unique<int>(21);
    std::unique_ptr<int> given = co_await std::move(question);
    *given *= 2;
    co_return given;
}

static_assert(!std::is_copy_constructible_v<Asking> && !std::is_copy_assignable_v<Asking>);
static_assert(std::is_nothrow_move_constructible_v<Asking>);

} // namespace

class tst_base_flow : public QObject {
    Q_OBJECT

private slots:
    void asksInOrder() {
        Asking flow = sum("first", "second");
        std::vector<std::string> asked;
        int given = 20;
        while (!flow.done()) {
            asked.push_back(flow.ask());
            flow.give(given++);
        }
        QVERIFY((asked == std::vector<std::string>{"first", "second"}));
        QVERIFY(flow.take() == "41");
    }

    void mayAnswerWithoutAsking() {
        Asking flow = atOnce();
        QVERIFY(flow.done());
        QVERIFY(flow.take() == "done");
    }

    void asksAsOftenAsItLikes() {
        Asking flow = whileGiven(100000);
        for (int i = 0; i < 99999; ++i)
            flow.give(1);
        QVERIFY(!flow.done() && flow.ask() == "99999");
        flow.give(0);
        QVERIFY(flow.done() && flow.take() == "99999");
    }

    void destructionCancels() {
        int ended = 0;
        {
            const Asking flow = watched(ended);
            QVERIFY(!flow.done());
            QCOMPARE(ended, 0);
        }
        QCOMPARE(ended, 1);
    }

    void movingLeavesOneOwner() {
        int ended = 0;
        {
            Asking flow = watched(ended);
            Asking moved = std::move(flow);
            moved.give(7);
            QVERIFY(moved.done() && moved.take() == "7");
            QCOMPARE(ended, 1);
        }
        QCOMPARE(ended, 1);
    }

    void assignmentCancelsWhatWasThere() {
        int ended = 0;
        {
            Asking flow = watched(ended);
            flow = atOnce();
            QVERIFY(flow.done());
            QCOMPARE(ended, 1); // at once: a cancelled computation must not hold its resources any longer
        }
        QCOMPARE(ended, 1);
    }

    void movesWhatCannotBeCopied() {
        Moving flow = doubled();
        flow.give(std::move(flow.ask()));
        QVERIFY(flow.done());
        QCOMPARE(*flow.take(), 42);
    }
};

QTEST_APPLESS_MAIN(tst_base_flow)
#include "tst_base_flow.moc"
