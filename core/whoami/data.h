// `/data?size=…&unit=…`: a run of letters between bars.
#pragma once

#include <whoami/whoami.h>

namespace gatehouse::whoami {

exchange::Respond data(const http::RequestView& request);

} // namespace gatehouse::whoami
