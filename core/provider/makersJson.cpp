#include <provider/makersJson.h>

#include <algorithm>

namespace gatehouse::provider {

Makers::Makers(const TokenRequest& request, TokenPart part, const Claims& claims)
    : out_(request.makers), part_(part), claims_(claims) {
    if (out_ != nullptr)
        before_ = claims;
}

void Makers::ran(const realm::ProtocolMapper& mapper, const std::string& scope) {
    if (out_ == nullptr)
        return;
    for (const auto& [name, value] : claims_.fixed.items())
        if (const auto old = before_.fixed.find(name); old == before_.fixed.end() || *old != value)
            add(name, mapper, scope);
    for (const auto& other : claims_.others)
        if (std::ranges::find(before_.others, other) == before_.others.end())
            add(other.first, mapper, scope);
    if (claims_.audience != before_.audience)
        add("aud", mapper, scope);
    before_ = claims_;
}

void Makers::add(const std::string& claim, const realm::ProtocolMapper& mapper, const std::string& scope) {
    using Part = Provider::Preview::Part;
    const Part part = part_ == TokenPart::Id         ? Part::IdToken
                      : part_ == TokenPart::Userinfo ? Part::Userinfo
                                                     : Part::AccessToken;
    out_->push_back({part, claim, mapper.name, scope, mapper.from});
}

} // namespace gatehouse::provider
