// What happens to an Ingress for its hosts and paths alone: the API server's validation, the controller's
// inspection, the webhook's path types.
#pragma once

#include <ingress/findings.h>
#include <ingress/settings.h>
#include <lab/lab.h>

namespace gatehouse::ingress {

// False: the object does not reach the controller, or the controller takes it out.
bool objectStands(const lab::IngressObject& object, Findings& findings);
// Served all the same, but no webhook lets it in.
void webhookChecks(const lab::IngressObject& object, const Settings& settings, Findings& findings);

} // namespace gatehouse::ingress
