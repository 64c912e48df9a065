// A provider from Admin REST calls: their bodies are representations, applied in order to one document, which
// realm::read takes.
#pragma once

#include <provider/provider.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace gatehouse::observations {

struct World {
    std::shared_ptr<const provider::Provider> provider;
    std::shared_ptr<crypto::SecretSource> secrets;
    nlohmann::ordered_json realm;        // the representation, plain values included
    std::vector<std::string> notApplied; // calls that have no counterpart here
    std::vector<std::string> problems;   // what realm::read or the provider said
};

World worldFromSetup(const nlohmann::ordered_json& calls);

} // namespace gatehouse::observations
