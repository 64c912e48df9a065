// The objects of one lab as a tree, and what they have to do with each other.
#pragma once

#include <forms/catalog.h>
#include <string>
#include <vector>

namespace gatehouse::forms {

struct LabObject {
    std::string path;
    const ObjectType* type = nullptr;       // null: a list of objects
    const Collection* collection = nullptr; // the list it is, or the one it stands in
    std::string_view section;               // a page of the object above: its one section
    std::string title;                      // empty for a list: its label
    std::vector<LabObject> inside;
};
LabObject objectsOf(const Node& root);

// What a person calls this object: its name, host, path …
std::string titleOf(const ObjectType& type, const Node& object);
// The field that tells it from others of its list; null: it has none.
const FieldSpec* namingField(const ObjectType& type);

// What of this lab may stand in a field that offers "groups", "services" …; `object` is where the field is.
std::vector<std::string> offersOf(const Node& root, std::string_view object, std::string_view what);

// Who names this object and would be left with a name of nothing: paths of the fields that do.
struct Use {
    std::string path; // of the field
    std::string by;   // "service oauth2-proxy"
};
std::vector<Use> usesOf(const Node& root, std::string_view object);

} // namespace gatehouse::forms
