// A copy of a live exchange that can be handed out while the original goes on.
#pragma once

#include <exchange/exchange.h>

namespace gatehouse::exchange {

ExchangePtr snapshot(const Exchange& live);

} // namespace gatehouse::exchange
