// LabEdits: what forms change, each as one new document and one step of undo: fields by their rows, and whole
// objects.
#pragma once

#include <desk/workspace.h>

#include <forms/catalog.h>

namespace gatehouse::forms {

class LabEdits {
public:
    explicit LabEdits(desk::Workspace& workspace) : workspace_(workspace) {}

    const Node& root() const;
    const Node& object(std::string_view path) const;
    const Node& value(const std::string& object, const FieldSpec& spec) const;
    bool isWritable() const { return workspace_.document() != nullptr && !workspace_.hasDraft(); }

    // What the table wants beside the value comes with it: the required neighbours of a new map, the
    // beginnings of a chosen kind.
    Result<void> write(const std::string& object, const FieldSpec& spec, const Node& value);
    Result<void> reset(const std::string& object, const FieldSpec& spec); // to what leaving it out means

    // Paths of the new objects.
    Result<std::string> add(const std::string& list, const Collection& collection);
    Result<std::string> duplicate(const std::string& object);
    Result<void> remove(const std::string& object);

private:
    std::string uniqueName(const std::string& list, const FieldSpec& naming, const std::string& wanted) const;
    Result<void> take(Result<lab::Document> next, const QString& what);

    desk::Workspace& workspace_;
};

} // namespace gatehouse::forms
