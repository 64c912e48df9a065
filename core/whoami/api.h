// The JSON of `/api`, byte for byte as Go's encoder writes it.
#pragma once

#include <whoami/whoami.h>

namespace gatehouse::whoami {

std::string apiJson(const http::RequestView& request, const Facts& facts);

} // namespace gatehouse::whoami
