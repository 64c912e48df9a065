#include <desk/text.h>
#include <realm/pointer.h>

#include <QCoreApplication>
#include <algorithm>
#include <forms/fieldChange.h>
#include <forms/labEdits.h>
#include <forms/objects.h>
#include <forms/pointer.h>

namespace gatehouse::forms {

using desk::qt;

namespace {

const Node absent;

QString tr(const char* text) {
    return QCoreApplication::translate("forms", text);
}

// A list item with another name.
Node renamed(const Node& item, const FieldSpec& naming, const std::string& name) {
    std::vector<std::pair<std::string, Node>> entries;
    for (const auto& [key, node] : item.entries())
        entries.emplace_back(key, key == naming.name ? scalarFor(naming, name) : *node);
    return Node::map(std::move(entries));
}

} // namespace

const Node& LabEdits::root() const {
    return workspace_.document() == nullptr ? absent : workspace_.document()->root();
}

const Node& LabEdits::object(std::string_view path) const {
    return nodeAt(root(), path);
}

const Node& LabEdits::value(const std::string& object, const FieldSpec& spec) const {
    return valueOf(this->object(object), spec);
}

Result<void> LabEdits::take(Result<lab::Document> next, const QString& what) {
    if (!next)
        return std::unexpected(next.error());
    return workspace_.take(std::move(*next), what);
}

Result<void> LabEdits::write(const std::string& object, const FieldSpec& spec, const Node& value) {
    if (value.isAbsent())
        return reset(object, spec);
    const Node& before = this->value(object, spec);
    if (before == value && before.quoted() == value.quoted())
        return {};
    if (!isWritable())
        return workspace_.set(qt(object + spec.path), value, {}); // it says why not
    const QString title = qt(titleOf(*locate(object).type, this->object(object)));
    return take(FieldChange(*workspace_.document(), object).write(spec, value),
                tr("Change %1 of %2").arg(desk::translated(spec.label), title));
}

Result<void> LabEdits::reset(const std::string& object, const FieldSpec& spec) {
    if (value(object, spec).isAbsent())
        return {};
    if (!isWritable())
        return workspace_.remove(qt(object + spec.path), {});
    const QString title = qt(titleOf(*locate(object).type, this->object(object)));
    return take(FieldChange(*workspace_.document(), object).reset(spec),
                tr("Reset %1 of %2").arg(desk::translated(spec.label), title));
}

std::string LabEdits::uniqueName(const std::string& list, const FieldSpec& naming,
                                 const std::string& wanted) const {
    const Node& items = object(list);
    const auto taken = [&](const std::string& name) {
        return std::ranges::any_of(items.items(), [&](const Node& item) {
            const Node& other = nodeAt(item, naming.path);
            return other.isScalar() && other.text() == name;
        });
    };
    std::string out = wanted;
    for (int number = 2; taken(out); ++number)
        out = wanted + "-" + std::to_string(number);
    return out;
}

Result<std::string> LabEdits::add(const std::string& list, const Collection& collection) {
    const ObjectType& type = objectType(collection.item);
    const Located holder = locate(parentPath(list));
    const FieldSpec* naming = namingField(type);
    const std::string name = naming == nullptr ? titleOf(*holder.type, object(holder.object))
                                               : uniqueName(list, *naming, std::string(naming->starts));
    Node fresh = beginningOf(type, name);
    if (naming != nullptr)
        fresh = renamed(fresh, *naming, name);
    const Node& items = object(list);
    const std::string path = child(list, items.isList() ? items.size() : 0);
    const auto done =
        workspace_.set(qt(path), fresh, tr("Add %1 %2").arg(desk::translated(type.label), qt(name)));
    return done ? Result<std::string>(path) : std::unexpected(done.error());
}

Result<std::string> LabEdits::duplicate(const std::string& path) {
    const ObjectType& type = *locate(path).type;
    const std::string list = parentPath(path);
    Node copy = object(path);
    const std::string name = titleOf(type, copy);
    if (const FieldSpec* naming = namingField(type))
        copy = renamed(copy, *naming, uniqueName(list, *naming, name));
    const std::string next = child(list, object(list).size());
    const auto done =
        workspace_.set(qt(next), copy, tr("Duplicate %1 %2").arg(desk::translated(type.label), qt(name)));
    return done ? Result<std::string>(next) : std::unexpected(done.error());
}

Result<void> LabEdits::remove(const std::string& path) {
    const ObjectType& type = *locate(path).type;
    return workspace_.remove(
        qt(path), tr("Remove %1 %2").arg(desk::translated(type.label), qt(titleOf(type, object(path)))));
}

} // namespace gatehouse::forms
