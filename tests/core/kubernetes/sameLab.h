// Two labs said to be the same: every field of lab::fields(), cluster and desk, with defaults filled in.
//
// Order counts where it means something: annotations, paths, list values. Objects are named, so theirs does
// not; realms are compared as Keycloak's own representation.
#pragma once

#include <kubernetes/kubernetes.h>
#include <lab/fields.h>
#include <realm/fields.h>

#include <algorithm>
#include <set>
#include <string>

namespace gatehouse::kubernetes::test {

class Canonical {
public:
    explicit Canonical(const lab::Document& document) : document_(document) {}

    Node lab() {
        const Node root = map(document_.root(), {});
        std::vector<std::pair<std::string, Node>> entries;
        for (const auto& [key, value] : root.entries())
            if (key != "name")
                entries.emplace_back(key, *value);
        entries.emplace_back("name", Node::scalar(document_.lab().name));
        return Node::map(std::move(entries));
    }

private:
    static bool empty(const Node& node) {
        return node.isAbsent() || node.kind() == Node::Kind::Null ||
               ((node.isMap() || node.isList()) && node.size() == 0);
    }

    Node value(const Node& node, const lab::LabFieldRow& row) {
        const std::string path(row.path);
        if (path == "/providers/*/realms")
            return {}; // in their own way
        if (path == "/gates/*/options")
            return options(node);
        if (node.isMap() && !lab::below(path).empty() && !lab::below(path).front()->path.ends_with("/*"))
            return map(node, path);
        if (node.isList())
            return list(node, path);
        return node;
    }

    Node map(const Node& node, const std::string& pattern) {
        std::vector<std::pair<std::string, Node>> out;
        for (const lab::LabFieldRow* row : lab::below(pattern)) {
            const std::string key(row->path.substr(row->path.rfind('/') + 1));
            Node each = node[key];
            if (empty(each) && row->byDefault.empty())
                continue;
            each = empty(each) ? Node::scalar(std::string(row->byDefault)) : value(each, *row);
            if (!each.isAbsent())
                out.emplace_back(key, std::move(each));
        }
        return Node::map(std::move(out));
    }

    Node list(const Node& node, const std::string& path) {
        const lab::LabFieldRow* row = lab::row(path + "/*");
        std::vector<Node> items;
        for (std::size_t i = 0; i < node.size(); ++i) {
            items.push_back(row == nullptr ? node.items()[i] : value(node.items()[i], *row));
            if (path == "/providers")
                items.back() = Node::list({items.back(), realms(document_.lab().providers.at(i))});
        }
        static const std::set<std::string> named{"/gates", "/services", "/ingresses", "/configMaps"};
        if (named.contains(path))
            std::ranges::sort(items, {}, [](const Node& each) {
                return each["namespace"].text() + "/" + each["name"].text() + "/" + each["port"].text();
            });
        return Node::list(std::move(items));
    }

    static Node realms(const lab::Provider& provider) {
        std::vector<Node> out;
        for (const realm::Realm& each : provider.realms)
            out.push_back(full(realm::nodeFromJson(realm::toJson(each, nullptr), "realm").value()));
        return Node::list(std::move(out));
    }

    // Without what is empty, where that is the same as absent.
    static Node full(const Node& node) {
        if (node.isList()) {
            std::vector<Node> items;
            for (const Node& item : node.items())
                items.push_back(full(item));
            return Node::list(std::move(items));
        }
        if (!node.isMap())
            return node;
        std::vector<std::pair<std::string, Node>> out;
        for (const auto& [key, each] : node.entries()) {
            const auto named = [&field = key](const realm::FieldRow& row) {
                return row.name == field &&
                       (!row.byDefault.empty() && row.byDefault != "[]" && row.byDefault != "{}");
            };
            const bool means = std::ranges::any_of(realm::fields(), named);
            const bool own = key == "defaultClientScopes" || key == "optionalClientScopes";
            if (!empty(*each) || means || own)
                out.emplace_back(key, full(*each));
        }
        std::ranges::sort(out, {}, [](const auto& each) { return each.first; });
        return Node::map(std::move(out));
    }

    // A scalar and a list of one are the same to oauth2-proxy.
    static Node options(const Node& node) {
        std::vector<std::pair<std::string, Node>> out;
        for (const auto& [key, each] : node.entries())
            out.emplace_back(key, each->isScalar() ? Node::list({*each}) : *each);
        std::ranges::sort(out, {}, [](const auto& each) { return each.first; });
        return Node::map(std::move(out));
    }

    const lab::Document& document_;
};

inline void difference(const Node& a, const Node& b, const std::string& path, std::string& out) {
    if (a == b || out.size() > 4000)
        return;
    if (a.isMap() && b.isMap()) {
        for (const auto& [key, value] : a.entries())
            difference(*value, b[key], path + "/" + std::string(key), out);
        for (const auto& [key, value] : b.entries())
            if (a[key].isAbsent())
                difference(Node(), *value, path + "/" + std::string(key), out);
        return;
    }
    if (a.isList() && b.isList() && a.size() == b.size()) {
        for (std::size_t i = 0; i < a.size(); ++i)
            difference(a.items()[i], b.items()[i], path + "/" + std::to_string(i), out);
        return;
    }
    out += path + ": " + (a.isAbsent() ? "(absent)\n" : lab::writeYaml(a)) + "  became " +
           (b.isAbsent() ? "(absent)\n" : lab::writeYaml(b));
}

// Empty when they are the same.
inline std::string differences(const lab::Document& a, const lab::Document& b) {
    std::string out;
    const Node x = Canonical(a).lab(), y = Canonical(b).lab();
    difference(x, y, {}, out);
    return out.empty() && !(x == y) ? "order of fields" : out;
}

} // namespace gatehouse::kubernetes::test
