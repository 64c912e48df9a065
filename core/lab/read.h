// Nodes of a lab as values.
#pragma once

#include <lab/lab.h>
#include <realm/findings.h>

#include <functional>
#include <string_view>

namespace gatehouse::lab {

// `file` names a lab that has no name of its own. Problems stand in `problems`; NotYet fields of embedded
// realms, in Lab::notYet.
Lab readLab(const Node& root, std::string_view file, const std::function<Place(FieldId)>& place,
            std::vector<Problem>& problems);

} // namespace gatehouse::lab
