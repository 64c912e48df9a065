// The tables' rows as fields; one function a table. Private to this room.
#pragma once

#include <realm/fields.h>

#include <forms/catalog.h>

namespace gatehouse::forms {

ObjectType labType(std::string_view pattern, std::string id);
ObjectType realmType(realm::Holder holder);
std::string_view realmTypeId(realm::Holder holder);

void addOptions(ObjectType& type, const std::string& path);     // of a gate
void addAnnotations(ObjectType& type, const std::string& path); // of an Ingress
void addControllerKeys(ObjectType& type, const std::string& path);

std::vector<Choice> choicesOf(std::string_view joined, char separator);

} // namespace gatehouse::forms
