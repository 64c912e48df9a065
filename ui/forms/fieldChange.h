// FieldChange: one field of a document changed, with what belongs to it. Comments of everything else stay.
#pragma once

#include <lab/document.h>

#include <forms/catalog.h>

namespace gatehouse::forms {

class FieldChange {
public:
    FieldChange(const lab::Document& document, std::string object);

    Result<lab::Document> write(const FieldSpec& spec, const Node& value);
    Result<lab::Document> reset(const FieldSpec& spec);

private:
    const Node& object() const;
    bool set(const std::string& path, const Node& value);
    bool remove(const std::string& path);
    bool place(const FieldSpec& spec, const Node& value);
    bool placeParts(const std::string& path, const Node& value);
    bool placeEntries(const std::string& path, const Node& before, const Node& value);
    bool placeItems(const std::string& path, const Node& before, const Node& value);
    bool follow(const FieldSpec& decider, const Node& before);
    bool begin(const FieldSpec& spec);
    bool takeAway(std::string path);

    lab::Document document_;
    std::string object_;
    const ObjectType& type_;
    Error error_;
};

} // namespace gatehouse::forms
