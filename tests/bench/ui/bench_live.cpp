// What the list of requests costs with 200,000 of them: prints figures, judges nothing.
//
//   bench_live [ROWS]
#include <QApplication>
#include <QHeaderView>
#include <QTableView>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <live/exchangeModel.h>
#include <live/livePanel.h>
#include <look/tokens.h>
#include <ui/live/sample.h>
#include <vector>

using namespace gatehouse;
using namespace gatehouse::live;

namespace {

// Of this process: what else the machine does is not counted.
template <class Work>
double milliseconds(Work work) {
    const std::clock_t before = std::clock();
    work();
    return static_cast<double>(std::clock() - before) * 1e3 / CLOCKS_PER_SEC;
}

void print(const char* what, std::vector<double> times) {
    std::sort(times.begin(), times.end());
    std::printf("%-44s median %8.2f ms   worst %8.2f ms\n", what, times[times.size() / 2], times.back());
}

void benchFilters(ExchangeModel& model) {
    for (const char* text :
         {"status:4xx", "host:whoami", "path:/99", "user:bob", "decision:denied", "duration>1ms",
          "host:whoami status:4xx -path:/5", "host:nowhere or user:alice"}) {
        std::vector<double> times;
        for (int i = 0; i < 5; ++i) {
            model.setFilter({});
            const auto filter = capture::Filter::parse(text);
            times.push_back(milliseconds([&] { model.setFilter(*filter); }));
        }
        print(text, times);
    }
    std::vector<double> slices;
    const double whole = milliseconds([&] {
        slices.push_back(milliseconds([&] { model.setFilter(*capture::Filter::parse("nowhere")); }));
        while (model.isFiltering())
            slices.push_back(milliseconds([] { QApplication::processEvents(QEventLoop::AllEvents, 1); }));
    });
    print("a word anywhere: one slice", slices);
    std::printf("%-44s        %8.2f ms\n", "a word anywhere: all of it", whole);
    model.setFilter({});
}

void benchAppend(ExchangeModel& model, QTableView& view, std::uint64_t next) {
    std::vector<double> alone, painted;
    for (int i = 0; i < 40; ++i, next += 500) {
        const auto batch = live::testing::samples(next, 500);
        alone.push_back(milliseconds([&] { model.append(batch); }));
        painted.push_back(milliseconds([&] {
            view.scrollToBottom();
            view.viewport()->repaint();
        }));
    }
    print("append of 500 rows", alone);
    print("scroll to the end and paint", painted);
}

} // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    look::apply(application, look::Scheme::Light);
    const std::size_t rows = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 200'000;
    ExchangeModel model(std::size_t(8) << 30U);
    QTableView view;
    view.setModel(&model);
    view.resize(1280, 720);
    view.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view.show();
    std::uint64_t next = 1;
    const double filled = milliseconds([&] {
        for (; next <= rows; next += 500)
            model.append(live::testing::samples(next, 500));
    });
    std::printf("%zu rows in %.0f ms\n", model.total(), filled);
    benchFilters(model);
    benchAppend(model, view, next);
    view.setModel(nullptr);
    std::printf("without a view:\n");
    benchFilters(model);
    return 0;
}
