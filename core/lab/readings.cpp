#include <lab/forms.h>
#include <lab/readings.h>
#include <lab/scalars.h>

#include <algorithm>

namespace gatehouse::lab {

std::string textOf(const Node& node, std::string byDefault) {
    return node.isScalar() ? node.text() : byDefault;
}

std::uint16_t portOf(const Node& node, std::uint16_t byDefault) {
    return node.isScalar() ? toPort(node.text()).value_or(byDefault) : byDefault;
}

int secondsOf(const Node& node) {
    constexpr std::int64_t year = 366 * 24 * 3600; // more is a slip of the pen, and must not overflow a clock
    return static_cast<int>(std::clamp(asInteger(node).value_or(0), -year, year));
}

http::Url urlOf(const Node& node) {
    if (node.isScalar())
        if (auto url = http::parseUrl(node.text()))
            return *std::move(url);
    return {};
}

std::span<const Node> itemsOf(const Node& list) {
    return list.isList() ? std::span<const Node>(list.items()) : std::span<const Node>();
}

std::vector<KeyValue> readKeyValues(const Node& map) {
    std::vector<KeyValue> out;
    for (const auto& [key, value] : map.entries())
        if (value->isScalar())
            out.push_back({std::string(key), value->text(), value->quoted() || readsAsText(value->text()),
                           value->id()});
    return out;
}

} // namespace gatehouse::lab
