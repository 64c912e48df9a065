// Ingress objects in Kubernetes' own shape (networking.k8s.io/v1), with metadata and spec laid flat.
#pragma once

#include <lab/lab.h>
#include <realm/findings.h>

namespace gatehouse::lab {

IngressObject readIngress(const Node& node, realm::Findings& findings);

} // namespace gatehouse::lab
