#include <realm/pointer.h>

#include <QtGlobal>
#include <algorithm>
#include <forms/catalog.h>
#include <forms/catalogRows.h>
#include <forms/pointer.h>

namespace gatehouse::forms {

namespace {

bool isKnown(const std::vector<ObjectType>& types, std::string_view id) {
    return std::ranges::any_of(types, [id](const ObjectType& type) { return type.id == id; });
}

// Everything that can be reached from the lab itself.
std::vector<ObjectType> allTypes() {
    std::vector<ObjectType> out;
    out.push_back(labType("", "lab"));
    for (std::size_t i = 0; i < out.size(); ++i) {
        std::vector<std::string> wanted;
        for (const Collection& collection : out[i].collections)
            wanted.push_back(collection.item);
        for (const std::string& id : wanted) {
            if (isKnown(out, id))
                continue;
            if (id.starts_with("lab/")) {
                out.push_back(labType(std::string_view(id).substr(3), id));
                continue;
            }
            for (std::size_t holder = 0; holder < realm::holders; ++holder)
                if (realmTypeId(static_cast<realm::Holder>(holder)) == id)
                    out.push_back(realmType(static_cast<realm::Holder>(holder)));
        }
    }
    return out;
}

const Collection* enteredBy(const ObjectType& type, std::string_view rest) {
    for (const Collection& collection : type.collections)
        if (isWithin(rest, collection.path))
            return &collection;
    return nullptr;
}

const FieldSpec* deepestField(const ObjectType& type, std::string_view rest) {
    const FieldSpec* best = nullptr;
    for (const FieldSpec& field : type.fields)
        if (isWithin(rest, field.path) && (best == nullptr || field.path.size() > best->path.size()))
            best = &field;
    return best;
}

} // namespace

const FieldSpec* ObjectType::field(std::string_view path) const {
    const auto found = std::ranges::find(fields, path, &FieldSpec::path);
    return found == fields.end() ? nullptr : &*found;
}

const Collection* ObjectType::collection(std::string_view path) const {
    const auto found = std::ranges::find(collections, path, &Collection::path);
    return found == collections.end() ? nullptr : &*found;
}

std::span<const ObjectType> objectTypes() {
    static const std::vector<ObjectType> types = allTypes();
    return types;
}

const ObjectType& objectType(std::string_view id) {
    const auto types = objectTypes();
    const auto found = std::ranges::find(types, id, &ObjectType::id);
    Q_ASSERT(found != types.end());
    return *found;
}

Located locate(std::string_view path) {
    Located out{&objectType("lab"), "", nullptr, nullptr};
    std::string_view rest = path;
    while (const Collection* collection = enteredBy(*out.type, rest)) {
        rest.remove_prefix(collection->path.size());
        if (collection->single) {
            out = {&objectType(collection->item), out.object + collection->path, nullptr, nullptr};
            continue;
        }
        if (rest.empty() || rest == "/-") {
            out.collection = collection;
            return out;
        }
        const auto next = rest.find('/', 1);
        const std::string_view index = rest.substr(0, next);
        rest = next == std::string_view::npos ? std::string_view() : rest.substr(next);
        out = {&objectType(collection->item), out.object + collection->path + std::string(index), nullptr,
               nullptr};
    }
    out.field = deepestField(*out.type, rest);
    return out;
}

std::string_view defaultAt(const ObjectType& type, std::string_view path) {
    const FieldSpec* field = type.field(path);
    return field == nullptr ? std::string_view() : field->byDefault;
}

namespace {

// "*-password" of alice is alice-password.
std::string filledIn(std::string_view starts, std::string_view owner) {
    std::string out(starts);
    if (const auto star = out.find('*'); star != std::string::npos)
        out.replace(star, 1, owner);
    return out;
}

void put(std::vector<std::pair<std::string, Node>>& entries, const FieldSpec& spec, Node value) {
    const auto steps = realm::pointerSteps(spec.path);
    if (steps.size() == 1) {
        entries.emplace_back(steps.front(), std::move(value));
        return;
    }
    auto holder = std::ranges::find(entries, steps.front(), [](const auto& entry) { return entry.first; });
    std::vector<std::pair<std::string, Node>> inner;
    if (holder == entries.end())
        holder = entries.insert(entries.end(), {steps.front(), Node()});
    for (const auto& [key, node] : holder->second.entries())
        inner.emplace_back(key, *node);
    inner.emplace_back(steps.back(), std::move(value));
    holder->second = Node::map(std::move(inner));
}

} // namespace

Node beginningOf(const ObjectType& type, std::string_view owner) {
    if (type.id.starts_with("lab"))
        return beginningOf(type.pattern);
    std::vector<std::pair<std::string, Node>> entries;
    for (const FieldSpec& spec : type.fields) {
        if (spec.starts.empty())
            continue;
        const Node so_far = Node::map(entries);
        if (!applies(so_far, spec, defaultAt(type, spec.whenPath)))
            continue;
        std::string text = filledIn(spec.starts, owner);
        put(entries, spec,
            spec.kind == Kind::Secret ? Node::map({{"secret", Node::scalar(std::move(text))}})
                                      : scalarFor(spec, std::move(text)));
    }
    return Node::map(std::move(entries));
}

} // namespace gatehouse::forms
