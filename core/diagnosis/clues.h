// Questions that detectors ask of the evidence. Private to this room.
#pragma once

#include <diagnosis/evidence.h>

#include <string>
#include <string_view>

namespace gatehouse::diagnosis {

// The last step, or an empty one when nothing was tried.
const Step& lastStep(const Evidence& evidence);

// The newest trace step of that rule, in any exchange of the visit; null when the rule never spoke.
const exchange::TraceStep* spoke(const Evidence& evidence, std::string_view rule);

// The last leg of a step that reached, or tried to reach, that party; null when none did.
const exchange::Leg* legTo(const Step& step, exchange::Party party);

// Which part answered: the ingress, the gate, the provider, the service. Engine when nobody did.
exchange::Party answeredBy(const Step& step, const Evidence& evidence);

bool says(const PageFacts& page, std::string_view text); // in a message or in the text, case-free
bool showsForm(const PageFacts& page, std::string_view id);

// A parameter of the last callback-like request ("error", "error_description"); empty when there is none.
std::string callbackParameter(const Evidence& evidence, std::string_view name);

// Does the path lead to a gate under this host, by the lab's own rules (longest prefix)?
bool leadsToGate(const arrangement::Arrangement& arrangement, std::string_view host, std::string_view path);

} // namespace gatehouse::diagnosis
