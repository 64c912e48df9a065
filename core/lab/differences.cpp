#include <lab/differences.h>
#include <realm/pointer.h>

#include <algorithm>

namespace gatehouse::lab {

namespace {

// What tells one object of a list from the next.
std::string nameOf(const Node& item) {
    if (item.isScalar())
        return item.text();
    std::string out;
    for (const char* key :
         {"namespace", "name", "realm", "clientId", "username", "type", "host", "path", "as", "url"})
        if (const Node& part = item[key]; part.isScalar())
            out += part.text() + '\n';
    return out;
}

// Values of a list or map that holds only scalars, in one line.
std::string inOneLine(const Node& node) {
    if (node.isScalar())
        return node.text();
    std::string out;
    const auto add = [&out](const std::string& part) { out += (out.empty() ? "" : ", ") + part; };
    for (const auto& [key, value] : node.entries())
        add(std::string(key) + ": " + inOneLine(*value));
    if (node.isList())
        for (const Node& item : node.items())
            add(inOneLine(item));
    return node.isMap() ? "{" + out + "}" : "[" + out + "]";
}

bool isFlat(const Node& node) {
    return node.isScalar() || node.kind() == Node::Kind::Null ||
           std::ranges::all_of(node.items(), [](const Node& item) { return item.isScalar(); });
}

class Comparison {
public:
    void compare(const std::string& path, const Node& before, const Node& after) {
        if (before == after)
            return;
        if (before.isMap() && after.isMap())
            return maps(path, before, after);
        if (before.isList() && after.isList() && !(isFlat(before) && isFlat(after)))
            return lists(path, before, after);
        one(path, before, after);
    }

    std::vector<FieldDifference> take() { return std::move(out_); }

private:
    static std::string below(const std::string& path, std::string_view step) {
        return path + "/" + realm::pointerStep(step);
    }
    static std::string below(const std::string& path, std::size_t index) {
        return path + "/" + std::to_string(index);
    }

    void maps(const std::string& path, const Node& before, const Node& after) {
        for (const auto& [key, value] : after.entries())
            compare(below(path, key), before[key], *value);
        for (const auto& [key, value] : before.entries())
            if (after[key].isAbsent())
                compare(below(path, key), *value, Node());
    }

    void lists(const std::string& path, const Node& before, const Node& after) {
        std::vector<bool> met(before.size(), false);
        for (std::size_t i = 0; i < after.size(); ++i) {
            const std::size_t at = match(before, after, i, met);
            if (at < before.size())
                met[at] = true;
            compare(below(path, i), at < before.size() ? before.items()[at] : Node(), after.items()[i]);
        }
        for (std::size_t i = 0; i < before.size(); ++i)
            if (!met[i])
                compare(below(path, i), before.items()[i], Node());
    }

    // The object of that name; without one, that in its place, unless it has gone elsewhere: it was renamed.
    static std::size_t match(const Node& before, const Node& after, std::size_t index,
                             const std::vector<bool>& met) {
        const std::string name = nameOf(after.items()[index]);
        for (std::size_t i = 0; i < before.size(); ++i)
            if (!met[i] && nameOf(before.items()[i]) == name)
                return i;
        if (index >= before.size() || met[index])
            return before.size();
        const std::string old = nameOf(before.items()[index]);
        const bool elsewhere =
            std::ranges::any_of(after.items(), [&old](const Node& item) { return nameOf(item) == old; });
        return elsewhere ? before.size() : index;
    }

    // All of something that is new, gone, or of another kind.
    void one(const std::string& path, const Node& before, const Node& after) {
        const Node& shown = after.isAbsent() ? before : after;
        if ((before.isAbsent() || after.isAbsent()) && !isFlat(shown))
            return everyField(path, shown, after.isAbsent());
        const auto text = [](const Node& node) {
            return node.isAbsent() ? std::nullopt : std::optional(inOneLine(node));
        };
        out_.push_back({path, text(before), text(after)});
    }

    void everyField(const std::string& path, const Node& node, bool gone) {
        const auto each = [&](const std::string& inner, const Node& value) {
            if (gone)
                one(inner, value, Node());
            else
                one(inner, Node(), value);
        };
        for (const auto& [key, value] : node.entries())
            each(below(path, key), *value);
        if (node.isList())
            for (std::size_t i = 0; i < node.size(); ++i)
                each(below(path, i), node.items()[i]);
    }

    std::vector<FieldDifference> out_;
};

} // namespace

std::vector<FieldDifference> differences(const Node& before, const Node& after) {
    Comparison comparison;
    comparison.compare("", before, after);
    return comparison.take();
}

} // namespace gatehouse::lab
