#include <base/arena.h>

#include <QTest>
#include <cstring>
#include <string>
#include <vector>

using namespace gatehouse;

class tst_base_memory : public QObject {
    Q_OBJECT

private slots:
    void viewsStayWhileTheArenaGrows() {
        Arena arena(16);
        std::vector<std::string_view> kept;
        for (int i = 0; i < 2000; ++i)
            kept.push_back(arena.keep("header " + std::to_string(i)));
        for (int i = 0; i < 2000; ++i)
            QVERIFY(kept[static_cast<std::size_t>(i)] == "header " + std::to_string(i));
    }

    void viewsStayWhenTheArenaMoves() {
        Arena arena;
        const auto kept = arena.keep("value");
        Arena moved = std::move(arena);
        QVERIFY(kept == "value");
        const auto later = moved.keep("later");
        QVERIFY(kept == "value" && later == "later");
    }

    void aMovedFromArenaStartsAnew() {
        Arena arena;
        arena.keep("something");
        Arena moved = std::move(arena);
        const auto mine = arena.keep("mine");
        const auto yours = moved.keep("yours");
        QVERIFY(mine == "mine" && yours == "yours");
        Arena assigned;
        assigned.keep("gone");
        assigned = std::move(moved);
        QVERIFY(assigned.keep("there") == "there" && yours == "yours");
        QVERIFY(moved.keep("again") == "again" && yours == "yours");
    }

    void nothingOverlaps() {
        Arena arena(64);
        std::vector<char*> blocks;
        for (std::size_t size = 0; size < 200; ++size) {
            char* const block = arena.take(size);
            QVERIFY(block != nullptr);
            std::memset(block, static_cast<int>(size & 0x7F), size);
            blocks.push_back(block);
        }
        for (std::size_t size = 0; size < 200; ++size)
            for (std::size_t i = 0; i < size; ++i)
                QCOMPARE(static_cast<std::size_t>(blocks[size][i]), size & 0x7F);
    }

    void countsWhatItTookFromTheSystem() {
        Arena arena(1024);
        QCOMPARE(arena.footprint(), std::size_t(0));
        arena.keep("a");
        QCOMPARE(arena.footprint(), std::size_t(1024));
        arena.take(100'000); // larger than a chunk: one of its own
        QVERIFY(arena.footprint() >= 101'024 && arena.footprint() < 110'000);
        QVERIFY(arena.keep("").empty());
    }
};

QTEST_APPLESS_MAIN(tst_base_memory)
#include "tst_base_memory.moc"
