// One observation again, through parser, route, conclude, intercept and finish; the test peers play their
// scripts.
#pragma once

#include "observation.h"

#include <ingress/ingress.h>

namespace gatehouse::observations {

struct Replayed {
    Answer answer;
    std::vector<Seen> authRequests, upstreamRequests;
};

Replayed replay(const Observation& observation, const ingress::Ingress& ingress);

} // namespace gatehouse::observations
