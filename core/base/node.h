// Node: a tree of what a person wrote, before anybody says what it means.
//
// YAML labs, realm JSON and TOML all become Nodes; the rooms' field tables read values out of them. A scalar
// keeps its text and whether it was quoted, so that `"true"` and `true` stay apart; the reader of the field
// decides on the type.
#pragma once

#include <base/place.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse {

class Node {
public:
    enum class Kind : std::uint8_t { Absent, Null, Scalar, List, Map };

    Node() = default;
    static Node null(FieldId id = {});
    static Node scalar(std::string text, bool quoted = false, FieldId id = {});
    static Node list(std::vector<Node> items, FieldId id = {});
    static Node map(std::vector<std::pair<std::string, Node>> entries, FieldId id = {});

    Kind kind() const { return kind_; }
    bool isAbsent() const { return kind_ == Kind::Absent; }
    bool isScalar() const { return kind_ == Kind::Scalar; }
    bool isList() const { return kind_ == Kind::List; }
    bool isMap() const { return kind_ == Kind::Map; }

    const std::string& text() const { return text_; } // scalars
    bool quoted() const { return quoted_; }           // scalars: text by intent
    const std::vector<Node>& items() const { return items_; }
    // Maps keep their order; a key stands once.
    std::vector<std::pair<std::string_view, const Node*>> entries() const;
    const Node& operator[](std::string_view key) const; // Absent when there is none
    std::size_t size() const { return items_.size(); }

    FieldId id() const { return id_; } // its place in the document it was read from

    // Same content; places and quoting aside where the text is the same.
    friend bool operator==(const Node& a, const Node& b);

private:
    Kind kind_ = Kind::Absent;
    bool quoted_ = false;
    FieldId id_;
    std::string text_;
    std::vector<std::string> keys_;
    std::vector<Node> items_;
};

std::optional<bool> asBool(const Node& node); // true, false (YAML 1.2 core schema), unquoted or quoted
std::optional<std::int64_t> asInteger(const Node& node);

} // namespace gatehouse
