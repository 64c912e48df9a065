#include <algorithm>
#include <live/families.h>
#include <unordered_map>
#include <unordered_set>

namespace gatehouse::live {

namespace {

using exchange::ExchangePtr;

class Sorting {
public:
    explicit Sorting(const std::vector<ExchangePtr>& all) {
        for (const ExchangePtr& one : all)
            if (one->parent != 0)
                children_[one->parent].push_back(one);
    }

    void place(const ExchangePtr& one) {
        out.push_back(one);
        placed.insert(one.get());
        const auto below = children_.find(one->id);
        if (below == children_.end())
            return;
        std::vector<ExchangePtr> family = std::move(below->second);
        children_.erase(below); // a live exchange comes more than once in a batch
        std::sort(family.begin(), family.end(), [](const auto& a, const auto& b) { return a->id < b->id; });
        for (const ExchangePtr& child : family)
            place(child);
    }

    std::vector<ExchangePtr> out;
    std::unordered_set<const exchange::Exchange*> placed;

private:
    std::unordered_map<std::uint64_t, std::vector<ExchangePtr>> children_;
};

} // namespace

std::vector<ExchangePtr> Families::sort(const std::vector<ExchangePtr>& arrived, const Known& known) {
    std::vector<ExchangePtr> all = std::move(waiting_);
    waiting_.clear();
    all.insert(all.end(), arrived.begin(), arrived.end());
    Sorting sorting(all);
    for (const ExchangePtr& one : all)
        if (sorting.placed.count(one.get()) == 0 && (one->parent == 0 || known(one->parent)))
            sorting.place(one);
    for (const ExchangePtr& one : all)
        if (sorting.placed.count(one.get()) == 0)
            waiting_.push_back(one);
    return std::move(sorting.out);
}

std::vector<ExchangePtr> Families::release() {
    return std::move(waiting_);
}

} // namespace gatehouse::live
