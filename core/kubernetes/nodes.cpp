#include <kubernetes/nodes.h>

namespace gatehouse::kubernetes {

Node texts(const std::vector<std::string>& values) {
    std::vector<Node> items;
    items.reserve(values.size());
    for (const std::string& value : values)
        items.push_back(text(value));
    return Node::list(std::move(items));
}

MapOf& MapOf::add(std::string key, Node value) {
    const bool nothing = value.isAbsent() || value.kind() == Node::Kind::Null ||
                         ((value.isMap() || value.isList()) && value.size() == 0);
    return nothing ? *this : put(std::move(key), std::move(value));
}

Entries entriesOf(const Node& map) {
    Entries out;
    for (const auto& [key, value] : map.entries())
        out.emplace_back(key, *value);
    return out;
}

Node with(const Node& map, std::string_view key, Node value) {
    Entries entries;
    bool placed = false;
    for (auto& [name, each] : entriesOf(map)) {
        if (name != key) {
            entries.emplace_back(name, std::move(each));
            continue;
        }
        placed = true;
        if (!value.isAbsent())
            entries.emplace_back(name, value);
    }
    if (!placed && !value.isAbsent())
        entries.emplace_back(key, std::move(value));
    return Node::map(std::move(entries), map.id());
}

} // namespace gatehouse::kubernetes
