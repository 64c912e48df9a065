// Building Nodes of objects in a few words.
#pragma once

#include <base/node.h>

#include <string>
#include <utility>
#include <vector>

namespace gatehouse::kubernetes {

using Entries = std::vector<std::pair<std::string, Node>>;

inline Node text(std::string value, FieldId id = {}) {
    return Node::scalar(std::move(value), true, id);
}
inline Node number(long long value, FieldId id = {}) {
    return Node::scalar(std::to_string(value), false, id);
}
inline Node truth(bool value) {
    return Node::scalar(value ? "true" : "false");
}
// A list of texts.
Node texts(const std::vector<std::string>& values);

// A map that grows; what is empty is left out by `add`.
class MapOf {
public:
    MapOf& put(std::string key, Node value) {
        entries_.emplace_back(std::move(key), std::move(value));
        return *this;
    }
    MapOf& put(std::string key, std::string value) { return put(std::move(key), text(std::move(value))); }
    MapOf& add(std::string key, Node value);
    MapOf& add(std::string key, std::string value) {
        return value.empty() ? *this : put(std::move(key), std::move(value));
    }
    bool empty() const { return entries_.empty(); }
    Node node(FieldId id = {}) const { return Node::map(entries_, id); }

private:
    Entries entries_;
};

// The entries of a map as values.
Entries entriesOf(const Node& map);
// The same map with one entry replaced, added at the end, or taken away (Absent).
Node with(const Node& map, std::string_view key, Node value);

} // namespace gatehouse::kubernetes
