#include <base/encoding.h>
#include <crypto/digest.h>
#include <oidc/authorization.h>

#include <algorithm>

namespace gatehouse::oidc {

namespace {

void setParameter(http::Form& form, std::string_view name, std::string_view value) {
    std::erase_if(form, [name](const auto& pair) { return pair.first == name; });
    form.emplace_back(name, value);
}

} // namespace

std::string AuthorizationRequest::url() const {
    const std::string_view whole = endpoint;
    const auto mark = whole.find('?');
    http::Form form = mark == std::string_view::npos ? http::Form{} : http::parseForm(whole.substr(mark + 1));
    setParameter(form, "redirect_uri", redirectUri);
    form.emplace_back("scope", scope);
    setParameter(form, "client_id", clientId);
    setParameter(form, "response_type", "code");
    form.emplace_back("state", state);
    form.insert(form.end(), extra.begin(), extra.end());
    std::ranges::stable_sort(form, {}, [](const auto& pair) -> const std::string& { return pair.first; });
    return std::string(whole.substr(0, mark)) + "?" + http::formText(form);
}

std::string sha256Url(std::string_view text) {
    return base64Url(crypto::digest(crypto::Hash::Sha256, text));
}

} // namespace gatehouse::oidc
