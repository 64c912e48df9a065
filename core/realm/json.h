// JSON as Nodes. Strict RFC 8259; a repeated key is refused, as is nesting beyond 200.
#pragma once

#include <base/error.h>
#include <base/node.h>

#include <string_view>

namespace gatehouse::realm {

// JSON that stands inside another text: every node has the place of that field.
Result<Node> nodeFromJsonAt(std::string_view json, FieldId place);

} // namespace gatehouse::realm
