// Who made which claim, for the token preview.
#pragma once

#include <provider/mappersJson.h>

namespace gatehouse::provider {

// The claims that are other than they were before a mapper ran. Does nothing where nobody wants to know.
class Makers {
public:
    Makers(const TokenRequest& request, TokenPart part, const Claims& claims);
    void ran(const realm::ProtocolMapper& mapper, const std::string& scope);

private:
    void add(const std::string& claim, const realm::ProtocolMapper& mapper, const std::string& scope);

    std::vector<Provider::Preview::Maker>* out_;
    TokenPart part_;
    const Claims& claims_;
    Claims before_;
};

} // namespace gatehouse::provider
