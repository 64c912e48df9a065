#include <capture/store.h>

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::capture;

namespace {

std::shared_ptr<exchange::Exchange> made(std::uint64_t id, std::uint64_t parent = 0,
                                         std::size_t bytes = 100) {
    auto exchange = std::make_shared<exchange::Exchange>();
    exchange->id = id;
    exchange->parent = parent;
    exchange->arena.keep(std::string(bytes, 'x'));
    return exchange;
}

} // namespace

class tst_capture_store : public QObject {
    Q_OBJECT

private slots:
    void keepsOrder() {
        Store store;
        store.add({made(3), made(1), made(2)});
        QCOMPARE(store.size(), std::size_t(3));
        QCOMPARE(store[0]->id, std::uint64_t(3));
        QCOMPARE(store.find(2)->id, std::uint64_t(2));
        QVERIFY(!store.find(4));
        store.clear();
        QVERIFY(store.size() == 0 && store.bytes() == 0 && !store.find(2));
    }

    void liveOnesAreReplaced() {
        Store store;
        auto live = made(1);
        live->live = true;
        store.add({live, made(2)});
        const std::size_t before = store.bytes();
        store.add(made(1, 0, 50'000));
        QCOMPARE(store.size(), std::size_t(2));
        QVERIFY(!store[0]->live && store[0]->id == 1);
        QVERIFY(store.bytes() > before);
    }

    void boundedByBytes() {
        Store store(100'000);
        for (std::uint64_t id = 1; id <= 100; ++id)
            store.add(made(id, 0, 5000));
        QVERIFY(store.bytes() <= 100'000);
        QVERIFY(store.size() >= 10 && store.size() < 25);
        QCOMPARE(store.dropped(), 100 - store.size());
        QVERIFY(!store.find(1));
        QCOMPARE(store.find(100)->id, std::uint64_t(100));
        QCOMPARE(store[store.size() - 1]->id, std::uint64_t(100));
        store.add(made(101, 0, 200'000)); // larger than all room: it stays alone
        QCOMPARE(store.size(), std::size_t(1));
        std::size_t bytes = footprint(*store[0]);
        QCOMPARE(store.bytes(), bytes);
    }

    void children() {
        Store store;
        store.add({made(1), made(2, 1), made(3), made(4, 1)});
        const auto children = store.childrenOf(1);
        QCOMPARE(children.size(), std::size_t(2));
        QVERIFY(children[0]->id == 2 && children[1]->id == 4);
    }
};

QTEST_APPLESS_MAIN(tst_capture_store)
#include "tst_capture_store.moc"
