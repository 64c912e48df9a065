// What a scalar without quotes means to the readers of YAML in this world: YAML 1.2 (core schema), YAML 1.1
// (PyYAML, Ruby) and Go's yaml libraries, which Kubernetes uses and which mix the two.
#pragma once

#include <string_view>

namespace gatehouse::lab {

// Every reader takes it for text. False for yes, no, on, off, y, n, true, null, ~, 0123, 0x1F, 1_000, 1e3,
// 1:30, .inf, 2001-01-01 and their like, and for nothing at all.
bool readsAsText(std::string_view plain);

// `true`, `false` and JSON's numbers: every reader takes them for the same value that is no text.
bool readsAsValue(std::string_view plain);

// It may stand without quotes without being cut or taken for structure; `flow`: inside [ ] or { }.
bool standsPlain(std::string_view text, bool flow);

} // namespace gatehouse::lab
