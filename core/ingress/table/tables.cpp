#include <ingress/table/rows.h>

#include <algorithm>
#include <initializer_list>
#include <vector>

namespace gatehouse::ingress {

namespace {

using Rows = std::vector<AnnotationRow>;

Rows joined(std::initializer_list<std::span<const AnnotationRow>> parts) {
    Rows all;
    for (const auto part : parts)
        all.insert(all.end(), part.begin(), part.end());
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return all;
}

const AnnotationRow* find(std::span<const AnnotationRow> rows, std::string_view name) {
    const auto at =
        std::lower_bound(rows.begin(), rows.end(), name,
                         [](const auto& row, std::string_view wanted) { return row.name < wanted; });
    return at != rows.end() && at->name == name ? &*at : nullptr;
}

} // namespace

std::span<const AnnotationRow> annotations() {
    static const Rows rows =
        joined({table::annotationsAuth(), table::annotationsRouting(), table::annotationsResponse(),
                table::annotationsProxy(), table::annotationsOther()});
    return rows;
}

std::span<const AnnotationRow> configMapKeys() {
    static const Rows rows =
        joined({table::configMapAuth(), table::configMapForwarding(), table::configMapResponse(),
                table::configMapAccess(), table::configMapProxy(), table::configMapServer(),
                table::configMapLogging(), table::configMapTelemetry(), table::configMapNginx()});
    return rows;
}

const AnnotationRow* annotation(std::string_view name) {
    return find(annotations(), name);
}

const AnnotationRow* configMapKey(std::string_view name) {
    return find(configMapKeys(), name);
}

} // namespace gatehouse::ingress
