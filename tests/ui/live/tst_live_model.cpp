// The list's model: order, bound, filter, undo; and families of exchanges.
#include "sample.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>
#include <live/exchangeModel.h>
#include <live/families.h>

using namespace gatehouse;
using namespace gatehouse::live;
using live::testing::sample;
using live::testing::samples;

namespace {

constexpr std::size_t plenty = 256U * 1024 * 1024;

capture::Filter filter(const char* text) {
    auto parsed = capture::Filter::parse(text);
    if (!parsed)
        qFatal("%s", describe(parsed.error()).c_str());
    return *parsed;
}

std::vector<std::uint64_t> ids(const ExchangeModel& model) {
    std::vector<std::uint64_t> out;
    for (int row = 0; row < model.rowCount(); ++row)
        out.push_back(model.rowAt(row)->id);
    return out;
}

using Ids = std::vector<std::uint64_t>;

} // namespace

class LiveModelTest : public QObject {
    Q_OBJECT
private slots:
    void keepsItsPromisesAsAModel() {
        ExchangeModel model(40 * 5000); // room for few: rows go at the front all the time
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        for (std::uint64_t id = 1; id < 400; id += 20)
            model.append(samples(id, 20));
        QVERIFY(model.dropped() > 0);
        QVERIFY(model.bytes() <= 40 * 5000);
        model.setFilter(filter("status:4xx"));
        model.append(samples(400, 50));
        model.setFilter(filter("\"q=41\"")); // reads heads: in slices
        QTRY_VERIFY(!model.isFiltering());
        model.append(samples(450, 50));
        model.setSubrequestsShown(false);
        model.clear();
        model.append(samples(600, 5));
        model.undoClear();
        model.setFilter({});
        QVERIFY(model.rowCount() > 5);
    }

    void filterIsAnIndex() {
        ExchangeModel model(plenty);
        model.append(samples(1, 100));
        model.setFilter(filter("decision:denied"));
        QCOMPARE(ids(model), (Ids{10, 20, 30, 40, 50, 60, 70, 80, 90, 100}));
        model.append(samples(101, 20));
        QCOMPARE(model.rowCount(), 12);
        QCOMPARE(model.total(), std::size_t(120));
        QCOMPARE(model.rowOf(30), 2);
        QCOMPARE(model.rowOf(31), -1);
        model.setFilter({});
        QCOMPARE(model.rowCount(), 120);
    }

    void scanningTakesInWhatComesMeanwhile() {
        ExchangeModel model(plenty);
        model.append(samples(1, 20'000));
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        model.setFilter(filter("\"q=20005\""));
        model.append(samples(20'001, 10));
        QTRY_VERIFY(!model.isFiltering());
        QCOMPARE(ids(model), (Ids{20'005}));
        QVERIFY(resets.size() >= 1);
    }

    void liveOnesTakeTheirFormerPlace() {
        ExchangeModel model(plenty);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        auto tunnel = sample(1);
        tunnel->live = true;
        model.append({tunnel, sample(2)});
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QCOMPARE(model.index(0, ExchangeModel::Status).data().toString(), QString("open"));
        model.append({sample(1)});
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(model.index(0, ExchangeModel::Status).data().toString(), QString("200"));
    }

    void undoBringsBackWhatWasBefore() {
        ExchangeModel model(plenty);
        model.append(samples(1, 3));
        model.clear();
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(model.canUndoClear());
        model.append(samples(4, 2));
        model.undoClear();
        QCOMPARE(ids(model), (Ids{1, 2, 3, 4, 5}));
        QVERIFY(!model.canUndoClear());
    }

    void childrenStandBelowTheirParent() {
        ExchangeModel model(plenty);
        Families families;
        const auto known = [&model](std::uint64_t id) { return model.isKnown(id); };
        auto child = sample(2), grandchild = sample(3), parent = sample(1), other = sample(4);
        child->parent = 1;
        child->kind = exchange::Exchange::Kind::AuthSubrequest;
        grandchild->parent = 2;
        grandchild->kind = exchange::Exchange::Kind::BackChannel;
        model.append(families.sort({grandchild, child, other}, known)); // they finish first
        QCOMPARE(ids(model), (Ids{4}));
        QVERIFY(families.isWaiting());
        model.append(families.sort({parent}, known));
        QVERIFY(!families.isWaiting());
        QCOMPARE(ids(model), (Ids{4, 1, 2, 3}));
        QCOMPARE(model.index(2, 0).data(ExchangeModel::DepthRole).toInt(), 1);
        QCOMPARE(model.index(3, 0).data(ExchangeModel::DepthRole).toInt(), 2);
        QCOMPARE(model.childrenOf(1).size(), std::size_t(1));
        model.setSubrequestsShown(false);
        QCOMPARE(ids(model), (Ids{4, 1}));
        auto late = sample(5);
        late->parent = 1;
        model.append(families.sort({late}, known));
        model.setSubrequestsShown(true);
        QCOMPARE(ids(model), (Ids{4, 1, 2, 3, 5}));
    }

    void orphansAreReleased() {
        Families families;
        auto child = sample(9);
        child->parent = 8;
        QVERIFY(families.sort({child}, [](std::uint64_t) { return false; }).empty());
        QCOMPARE(families.release().size(), std::size_t(1));
        QVERIFY(!families.isWaiting());
    }

    void rowsAreSpoken() {
        ExchangeModel model(plenty);
        model.append(samples(10, 1));
        const QString spoken = model.index(0, 0).data(Qt::AccessibleTextRole).toString();
        QVERIFY2(spoken.contains("403") && spoken.contains("refused"), qPrintable(spoken));
        QCOMPARE(model.index(0, ExchangeModel::User).data().toString(), QString());
        QVERIFY(model.index(0, ExchangeModel::Decision)
                    .data(ExchangeModel::ReasonRole)
                    .toString()
                    .contains("group"));
    }
};

QTEST_MAIN(LiveModelTest)
#include "tst_live_model.moc"
