#include <ingress/nearest.h>

#include <algorithm>
#include <numeric>
#include <vector>

namespace gatehouse::ingress {

namespace {

std::size_t distance(std::string_view a, std::string_view b) { // Levenshtein
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

} // namespace

std::string nearest(std::string_view name, std::span<const AnnotationRow> rows) {
    const auto best = std::min_element(rows.begin(), rows.end(), [name](const auto& a, const auto& b) {
        return distance(name, a.name) < distance(name, b.name);
    });
    return best == rows.end() ? std::string() : std::string(best->name);
}

} // namespace gatehouse::ingress
