// The story lab through the real engine and the HTTP driver: what the tests of capture and of the live panel
// look at.
#pragma once

#include <arrangement/arrangement.h>
#include <exchange/exchange.h>
#include <provider/state.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::capture::testing {

struct StoryRun {
    std::shared_ptr<const arrangement::Arrangement> arrangement;
    std::vector<exchange::ExchangePtr> exchanges; // in the order of their ids
    std::string keySet;                           // the realm's, as the provider publishes it

    // The first whose target begins so and whose kind is that.
    exchange::ExchangePtr find(exchange::Exchange::Kind kind, std::string_view target,
                               std::string_view method = "GET", int status = 0) const;
    std::vector<exchange::ExchangePtr> childrenOf(const exchange::Exchange& parent) const;
    const std::string& secret(std::string_view name) const; // its value in this run

    std::vector<std::pair<std::string, std::string>> secrets;
};

// Logs in as alice and as bob once a process; every later call gets the same run. Ends the process when
// something that has to work does not. `keys` are the realm's, where it matters; the first call decides.
const StoryRun& storyRun(std::shared_ptr<provider::KeyStore> keys = nullptr);

} // namespace gatehouse::capture::testing
