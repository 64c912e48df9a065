// The rows of fields() by topic, one file each; `fields.cpp` joins them.
#pragma once

#include <realm/fields.h>

#include <span>

namespace gatehouse::realm {

std::span<const FieldRow> realmRows();
std::span<const FieldRow> realmTokenRows();
std::span<const FieldRow> webAuthnRows();
std::span<const FieldRow> clientRows();
std::span<const FieldRow> clientAttributeRows();
std::span<const FieldRow> mapperRows();
std::span<const FieldRow> userRows();

} // namespace gatehouse::realm
