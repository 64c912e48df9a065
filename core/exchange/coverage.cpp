#include <exchange/coverage.h>

#ifdef GATEHOUSE_RULE_COVERAGE

#include <cstdlib>
#include <fstream>
#include <mutex>
#include <set>
#include <string>
#include <utility>

namespace gatehouse::exchange {

namespace {

class Record {
public:
    explicit Record(const char* file) : file_(file) {}

    void add(Rule rule, std::string_view outcome) {
        const std::scoped_lock lock(mutex_);
        if (!seen_.emplace(rule, outcome).second)
            return;
        // Written at once: a test may end its process in ways that run nothing afterwards.
        std::string line(rule->id);
        line.append(" ").append(outcome).append("\n");
        std::ofstream(file_, std::ios::app) << line << std::flush;
    }

private:
    const std::string file_;
    std::mutex mutex_;
    std::set<std::pair<Rule, std::string_view>> seen_; // outcomes are literals
};

} // namespace

void recordHit(Rule rule, std::string_view outcome) {
    static const char* const file = std::getenv("GATEHOUSE_RULES_HIT");
    if (!file)
        return;
    static Record record(file);
    record.add(rule, outcome);
}

} // namespace gatehouse::exchange

#endif
