#include <lab/document.h>
#include <lab/scalars.h>
#include <lab/splicer.h>
#include <lab/splices.h>

#include <algorithm>
#include <charconv>

namespace gatehouse::lab {

namespace {

constexpr std::size_t noIndex = static_cast<std::size_t>(-1);

std::size_t indexOf(const Node& node, const std::string& step) {
    if (node.isMap()) {
        const auto entries = node.entries();
        const auto found = std::find_if(entries.begin(), entries.end(),
                                        [&](const auto& entry) { return entry.first == step; });
        return found == entries.end() ? noIndex : static_cast<std::size_t>(found - entries.begin());
    }
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), index);
    const bool number = error == std::errc{} && end == step.data() + step.size();
    return node.isList() && number && index < node.size() ? index : noIndex;
}

// The same content, also to readers to whom quotes make a difference.
bool same(const Node& a, const Node& b) {
    if (!(a == b))
        return false;
    if (a.isScalar())
        return a.quoted() == b.quoted() || readsAsText(a.text());
    return std::equal(a.items().begin(), a.items().end(), b.items().begin(), same);
}

using Entries = std::vector<std::pair<std::string, Node>>;

Entries entriesOf(const Node& map) {
    Entries out;
    for (const auto& [key, value] : map.entries())
        out.emplace_back(std::string(key), *value);
    return out;
}

Node withChild(const Node& parent, std::size_t index, Node child) {
    if (parent.isList()) {
        std::vector<Node> items = parent.items();
        items[index] = std::move(child);
        return Node::list(std::move(items), parent.id());
    }
    Entries entries = entriesOf(parent);
    entries[index].second = std::move(child);
    return Node::map(std::move(entries), parent.id());
}

Node withNode(const Node& root, Steps path, const Node& node) {
    if (path.empty())
        return node;
    const std::size_t index = indexOf(root, path[0]);
    return withChild(root, index, withNode(root.items()[index], path.subspan(1), node));
}

// Entries that both have must stand in the same order, or the map is another one.
bool sameOrder(const Node& a, const Node& b) {
    std::size_t last = 0;
    for (const auto& [key, value] : b.entries()) {
        const std::size_t index = indexOf(a, std::string(key));
        if (index == noIndex)
            continue;
        if (index < last)
            return false;
        last = index;
    }
    return true;
}

bool spansLines(const SpannedText& text, const Node& node) {
    const Span& span = text.span(node);
    return (span.brackets || span.flow) &&
           std::string_view(text.text()).substr(span.begin, span.end - span.begin).find('\n') !=
               std::string_view::npos;
}

} // namespace

const Node& nodeAt(const Node& root, Steps path) {
    static const Node absent;
    const Node* node = &root;
    for (const std::string& step : path) {
        const std::size_t index = indexOf(*node, step);
        if (index == noIndex)
            return absent;
        node = &node->items()[index];
    }
    return *node;
}

bool Splicer::accept(std::string candidate, const Node& expected) {
    if (candidate.empty())
        return false;
    auto read = SpannedText::make(std::move(candidate));
    if (!read || !(read->root() == expected))
        return false;
    text_ = *std::move(read);
    return true;
}

bool Splicer::change(Steps path, const Node& changed, std::string candidate) {
    const Node expected = withNode(root(), path, changed);
    if (accept(std::move(candidate), expected))
        return true;
    // From here outwards; what stands in brackets on one line becomes lines where it is outgrown.
    for (const bool bounded : {true, false})
        for (Steps at = path; !at.empty(); at = at.first(at.size() - 1)) {
            const bool inList = nodeAt(root(), at.first(at.size() - 1)).isList();
            if (bounded && spansLines(text_, nodeAt(root(), at)))
                break; // there may be comments inside the brackets
            if (accept(withValue(text_, nodeAt(root(), at), inList, nodeAt(expected, at), false, bounded),
                       expected))
                return true;
        }
    return accept(writeYaml(expected), expected);
}

bool Splicer::replace(Steps path, const Node& value) {
    if (path.empty())
        return accept(writeYaml(value), value);
    const bool inList = nodeAt(root(), path.first(path.size() - 1)).isList();
    return change(path, value, withValue(text_, nodeAt(root(), path), inList, value));
}

bool Splicer::set(std::vector<std::string> path, const Node& value) {
    const Node& old = nodeAt(root(), path);
    if (same(old, value))
        return true;
    if (old.isMap() && value.isMap() && old.size() > 0 && value.size() > 0 && sameOrder(old, value))
        return setMap(path, value);
    if (old.isList() && value.isList() && old.size() > 0 && value.size() > 0)
        return setList(path, value);
    return replace(path, value);
}

bool Splicer::setMap(const std::vector<std::string>& path, const Node& value) {
    const Splicer before = *this;
    bool done = true;
    // What is new comes first, so that no map is ever without an entry.
    const auto entries = value.entries();
    for (std::size_t i = 0; done && i < entries.size(); ++i) {
        const std::string key(entries[i].first);
        std::vector<std::string> child = path;
        child.push_back(key);
        const std::size_t after =
            i == 0 ? noIndex : indexOf(nodeAt(root(), path), std::string(entries[i - 1].first));
        done = indexOf(nodeAt(root(), path), key) != noIndex
                   ? set(child, *entries[i].second)
                   : insertEntry(path, after + 1, key, *entries[i].second);
    }
    for (const auto& [key, gone] : entriesOf(nodeAt(root(), path))) {
        std::vector<std::string> child = path;
        child.push_back(key);
        if (done && indexOf(value, key) == noIndex)
            done = remove(child);
    }
    if (!done)
        *this = before;
    return done;
}

bool Splicer::setList(const std::vector<std::string>& path, const Node& value) {
    const Splicer before = *this;
    const auto old = [&]() -> const Node& { return nodeAt(root(), path); };
    const auto child = [&](std::size_t index) {
        std::vector<std::string> out = path;
        out.push_back(std::to_string(index));
        return out;
    };
    // What both begin and end with stays; between, one is set to the other, one by one.
    std::size_t head = 0;
    while (head < std::min(old().size(), value.size()) && same(old().items()[head], value.items()[head]))
        ++head;
    std::size_t tail = 0;
    while (tail < std::min(old().size(), value.size()) - head &&
           same(old().items()[old().size() - 1 - tail], value.items()[value.size() - 1 - tail]))
        ++tail;
    const std::size_t shared = std::min(old().size(), value.size()) - tail;
    bool done = true;
    for (std::size_t i = head; done && i < shared; ++i)
        done = set(child(i), value.items()[i]);
    for (std::size_t i = shared; done && i + tail < value.size(); ++i)
        done = insertItem(path, i, value.items()[i]);
    while (done && old().size() > value.size())
        done = remove(child(shared));
    if (!done)
        *this = before;
    return done;
}

bool Splicer::insertEntry(Steps map, std::size_t index, const std::string& key, const Node& value) {
    const Node& old = nodeAt(root(), map);
    Entries entries = entriesOf(old);
    entries.emplace(entries.begin() + static_cast<std::ptrdiff_t>(index), key, value);
    return change(map, Node::map(std::move(entries)), withEntry(text_, old, index, key, value));
}

bool Splicer::insertItem(Steps list, std::size_t index, const Node& value) {
    const Node& old = nodeAt(root(), list);
    std::vector<Node> items = old.items();
    items.insert(items.begin() + static_cast<std::ptrdiff_t>(index), value);
    return change(list, Node::list(std::move(items)), withItem(text_, old, index, value));
}

bool Splicer::remove(Steps path) {
    const Steps parentPath = path.first(path.size() - 1);
    const Node& parent = nodeAt(root(), parentPath);
    const auto index = static_cast<std::ptrdiff_t>(indexOf(parent, path.back()));
    if (parent.size() == 1)
        return replace(parentPath, parent.isMap() ? Node::map({}) : Node::list({}));
    const std::string candidate = withoutChild(text_, parent, static_cast<std::size_t>(index));
    if (parent.isList()) {
        std::vector<Node> items = parent.items();
        items.erase(items.begin() + index);
        return change(parentPath, Node::list(std::move(items)), candidate);
    }
    Entries entries = entriesOf(parent);
    entries.erase(entries.begin() + index);
    return change(parentPath, Node::map(std::move(entries)), candidate);
}

} // namespace gatehouse::lab
