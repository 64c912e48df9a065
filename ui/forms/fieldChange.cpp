#include <lab/fields.h>
#include <realm/pointer.h>

#include <algorithm>
#include <forms/fieldChange.h>
#include <forms/objects.h>
#include <forms/pointer.h>
#include <span>

namespace gatehouse::forms {

namespace {

// The same map with one entry more, or another.
Node withEntry(const Node& map, const std::string& key, Node value) {
    std::vector<std::pair<std::string, Node>> entries;
    bool there = false;
    for (const auto& [name, node] : map.entries()) {
        const bool same = name == key;
        entries.emplace_back(name, same ? std::move(value) : *node);
        there = there || same;
    }
    if (!there)
        entries.emplace_back(key, std::move(value));
    return Node::map(std::move(entries));
}

Node withValue(const Node& node, std::span<const std::string> steps, const Node& value) {
    if (steps.empty())
        return value;
    return withEntry(node, steps.front(), withValue(node[steps.front()], steps.subspan(1), value));
}

} // namespace

FieldChange::FieldChange(const lab::Document& document, std::string object)
    : document_(document), object_(std::move(object)), type_(*locate(object_).type) {}

const Node& FieldChange::object() const {
    return nodeAt(document_.root(), object_);
}

bool FieldChange::set(const std::string& path, const Node& value) {
    auto next = document_.with(path, value);
    if (next)
        document_ = std::move(*next);
    else
        error_ = next.error();
    return next.has_value();
}

bool FieldChange::remove(const std::string& path) {
    auto next = document_.without(path);
    if (next)
        document_ = std::move(*next);
    else
        error_ = next.error();
    return next.has_value();
}

Result<lab::Document> FieldChange::write(const FieldSpec& spec, const Node& value) {
    const Node before = object();
    if (!place(spec, value) || (spec.kind != Kind::Alternatives && !follow(spec, before)))
        return std::unexpected(error_);
    return std::move(document_);
}

// Fields that depend on this one: those that mean nothing any more go, those that begin with something come.
bool FieldChange::follow(const FieldSpec& decider, const Node& before) {
    for (const FieldSpec& each : type_.fields) {
        if (each.whenPath != decider.path)
            continue;
        const bool was = applies(before, each, decider.byDefault);
        const bool is = applies(object(), each, decider.byDefault);
        const bool there = !valueOf(object(), each).isAbsent();
        if (was && !is && there && !takeAway(object_ + each.path))
            return false;
        if (is && !was && !there && !each.starts.empty() && !begin(each))
            return false;
    }
    return true;
}

bool FieldChange::begin(const FieldSpec& spec) {
    const Located owner = locate(parentPath(parentPath(object_)));
    const std::string name = titleOf(*owner.type, nodeAt(document_.root(), owner.object));
    std::string text(spec.starts);
    if (const auto star = text.find('*'); star != std::string::npos)
        text.replace(star, 1, name);
    return place(spec, spec.kind == Kind::Secret ? Node::map({{"secret", Node::scalar(std::move(text))}})
                                                 : scalarFor(spec, std::move(text)));
}

bool FieldChange::place(const FieldSpec& spec, const Node& value) {
    const std::string around = parentPath(spec.path);
    if (!spec.whenPath.empty() && around == spec.whenPath && nodeAt(object(), around).isScalar()) {
        // runs: http://… is short for runs: {url: http://…}
        if (spec.shorthand)
            return set(object_ + around, value);
        return set(object_ + around,
                   Node::map({{std::string(spec.whenValues.front()), nodeAt(object(), around)},
                              {lastStep(spec.path), value}}));
    }
    const auto steps = realm::pointerSteps(spec.path);
    std::string at = object_, pattern = type_.pattern;
    for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
        at = child(at, steps[i]);
        pattern += "/" + steps[i];
        if (nodeAt(document_.root(), at).isAbsent() && lab::row(pattern) != nullptr)
            return set(at, withValue(beginningOf(std::string_view(pattern)), std::span(steps).subspan(i + 1),
                                     value));
    }
    return placeParts(object_ + spec.path, value);
}

// Entries one by one: comments beside those that stay are kept.
bool FieldChange::placeParts(const std::string& path, const Node& value) {
    const Node before = nodeAt(document_.root(), path);
    if (before.isMap() && value.isMap() && before.size() > 0 && before["secret"].isAbsent() &&
        value["secret"].isAbsent())
        return placeEntries(path, before, value);
    if (before.isList() && value.isList() && before.size() > 0)
        return placeItems(path, before, value);
    return set(path, value);
}

bool FieldChange::placeEntries(const std::string& path, const Node& before, const Node& value) {
    const auto kept = std::ranges::count_if(
        before.entries(), [&value](const auto& entry) { return !value[entry.first].isAbsent(); });
    if (kept == 0)
        return set(path, value);
    for (const auto& [key, node] : value.entries())
        if (!(before[key] == *node) && !set(child(path, key), *node))
            return false;
    for (const auto& [key, node] : before.entries())
        if (value[key].isAbsent() && !remove(child(path, key)))
            return false;
    return true;
}

bool FieldChange::placeItems(const std::string& path, const Node& before, const Node& value) {
    const auto& old = before.items();
    const auto& fresh = value.items();
    if (fresh.size() + 1 == old.size()) { // one was taken out
        const auto differs = std::ranges::mismatch(old, fresh);
        const auto index = static_cast<std::size_t>(differs.in1 - old.begin());
        if (std::equal(differs.in1 + 1, old.end(), differs.in2, fresh.end()))
            return remove(child(path, index));
    }
    if (fresh.size() < old.size())
        return set(path, value);
    for (std::size_t i = 0; i < fresh.size(); ++i)
        if ((i >= old.size() || !(old[i] == fresh[i])) && !set(child(path, i), fresh[i]))
            return false;
    return true;
}

Result<lab::Document> FieldChange::reset(const FieldSpec& spec) {
    std::string path = object_ + spec.path;
    if (nodeAt(document_.root(), path).isAbsent()) // a shorthand: all of it goes
        path = parentPath(path);
    // Of a map that may be left out, a required field goes with the map.
    if (spec.required)
        for (std::string up = parentPath(path); up.size() > object_.size(); up = parentPath(up))
            if (const auto* row = lab::row(type_.pattern + up.substr(object_.size()));
                row != nullptr && !row->required) {
                path = up;
                break;
            }
    const Node before = object();
    if (!takeAway(path) || (spec.kind != Kind::Alternatives && !follow(spec, before)))
        return std::unexpected(error_);
    return std::move(document_);
}

// With the maps that would be left with nothing in them.
bool FieldChange::takeAway(std::string path) {
    while (parentPath(path).size() > object_.size() &&
           nodeAt(document_.root(), parentPath(path)).size() == 1) {
        const auto* row = lab::row(type_.pattern + parentPath(path).substr(object_.size()));
        if (row != nullptr && row->required)
            break;
        path = parentPath(path);
    }
    return remove(path);
}

} // namespace gatehouse::forms
