// Kubernetes objects of the observations as the lab's values.
#pragma once

#include "observation.h"

#include <ingress/ingress.h>

namespace gatehouse::observations {

// The objects that surrounded every set (base_objects in the files), and those of one epoch.
ingress::Ingress::Input baseInput();
// Adds YAML documents: Ingresses and ConfigMaps. An error text, or nothing.
std::optional<std::string> addObjects(const std::string& yaml, ingress::Ingress::Input& into);

} // namespace gatehouse::observations
