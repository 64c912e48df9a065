// The row whose name a misspelt one is closest to.
#pragma once

#include <ingress/ingress.h>

#include <string>

namespace gatehouse::ingress {

std::string nearest(std::string_view name, std::span<const AnnotationRow> rows);

} // namespace gatehouse::ingress
