#include <base/node.h>

#include <charconv>

namespace gatehouse {

Node Node::null(FieldId id) {
    Node node;
    node.kind_ = Kind::Null;
    node.id_ = id;
    return node;
}

Node Node::scalar(std::string text, bool quoted, FieldId id) {
    Node node;
    node.kind_ = Kind::Scalar;
    node.text_ = std::move(text);
    node.quoted_ = quoted;
    node.id_ = id;
    return node;
}

Node Node::list(std::vector<Node> items, FieldId id) {
    Node node;
    node.kind_ = Kind::List;
    node.items_ = std::move(items);
    node.id_ = id;
    return node;
}

Node Node::map(std::vector<std::pair<std::string, Node>> entries, FieldId id) {
    Node node;
    node.kind_ = Kind::Map;
    node.id_ = id;
    for (auto& [key, value] : entries) {
        node.keys_.push_back(std::move(key));
        node.items_.push_back(std::move(value));
    }
    return node;
}

std::vector<std::pair<std::string_view, const Node*>> Node::entries() const {
    std::vector<std::pair<std::string_view, const Node*>> out;
    out.reserve(keys_.size());
    for (std::size_t i = 0; i < keys_.size(); ++i)
        out.emplace_back(keys_[i], &items_[i]);
    return out;
}

const Node& Node::operator[](std::string_view key) const {
    static const Node absent;
    for (std::size_t i = 0; i < keys_.size(); ++i)
        if (keys_[i] == key)
            return items_[i];
    return absent;
}

bool operator==(const Node& a, const Node& b) {
    return a.kind_ == b.kind_ && a.text_ == b.text_ && a.keys_ == b.keys_ && a.items_ == b.items_;
}

std::optional<bool> asBool(const Node& node) {
    if (!node.isScalar())
        return std::nullopt;
    if (node.text() == "true")
        return true;
    if (node.text() == "false")
        return false;
    return std::nullopt;
}

std::optional<std::int64_t> asInteger(const Node& node) {
    if (!node.isScalar())
        return std::nullopt;
    std::int64_t value = 0;
    const std::string& text = node.text();
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

} // namespace gatehouse
