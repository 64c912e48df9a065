// Catalog: every kind of object a lab has, its fields and what it holds, drawn from the rooms' tables. No
// form is written by hand: what is not in a table is not in a form.
#pragma once

#include <forms/fieldSpec.h>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::forms {

struct ObjectType;

// A list of objects inside an object, or (single) one object under a key.
struct Collection {
    std::string row;
    std::string path; // below the object: "/clients", "/roles/realm"
    std::string_view label, help, whenEmpty, note;
    Support support = Support::Does;
    std::string item; // the type of what it holds
    bool single = false;
};

// Sections of an object that people look for by a name of their own.
struct Page {
    std::string_view label;
    std::string_view section;
};

struct ObjectType {
    std::string id; // "lab", "lab/listeners/*", "realm/client"
    std::string_view label;
    std::string_view help;
    std::string pattern; // of lab::fields(), for objects outside realms
    std::vector<FieldSpec> fields;
    std::vector<Collection> collections;
    std::vector<Page> pages;
    std::vector<std::string> rows; // drawn by the form as a whole: maps that are laid flat
    bool unnamed = false;          // holds nothing but its vocabulary: the controller's settings

    const FieldSpec* field(std::string_view path) const;
    const Collection* collection(std::string_view path) const;
};

std::span<const ObjectType> objectTypes();
const ObjectType& objectType(std::string_view id); // asserts that there is one

// What kind of object stands at this path of a lab, and where a deeper path enters it. Null: none.
struct Located {
    const ObjectType* type = nullptr;
    std::string object;                     // its path
    const Collection* collection = nullptr; // the path is this list of the object
    const FieldSpec* field = nullptr;       // the path is in this field
};
Located locate(std::string_view path);

// The default of the field at this path, for fields that depend on it.
std::string_view defaultAt(const ObjectType& type, std::string_view path);

// What a new object of this type has, from the rows' beginnings; `owner` is the name of what will hold it.
Node beginningOf(const ObjectType& type, std::string_view owner);
// The same for a map of lab::fields() that is laid flat into its object's form.
Node beginningOf(std::string_view pattern);

} // namespace gatehouse::forms
