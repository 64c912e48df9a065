#include <base/ascii.h>
#include <base/encoding.h>
#include <crypto/png.h>
#include <crypto/qrRead.h>
#include <rehearsal/page.h>

#include <algorithm>
#include <array>
#include <utility>

namespace gatehouse::rehearsal {

namespace {

constexpr std::array<std::pair<std::string_view, PageKind>, 3> loginForms{
    {{"kc-form-login", PageKind::Password},
     {"kc-otp-login-form", PageKind::OneTimeCode},
     {"kc-totp-settings-form", PageKind::Enrolment}}};

// Forms of Keycloak's that ask for what a driver cannot know.
constexpr std::array<std::string_view, 6> formsForPeople{
    "kc-passwd-update-form",  "kc-update-profile-form",      "kc-select-credential-form",
    "kc-reset-password-form", "kc-recovery-code-login-form", "kc-register-form"};

std::optional<std::size_t> formAt(const Page& page, std::string_view id) {
    const Form* const form = page.form(id);
    return form == nullptr ? std::nullopt : std::optional(static_cast<std::size_t>(form - page.forms.data()));
}

std::optional<crypto::OtpAuth> readPicture(std::string_view source) {
    constexpr std::string_view inlinePng = "data:image/png;base64,";
    if (!source.starts_with(inlinePng))
        return std::nullopt;
    const auto bytes = fromBase64(trim(source.substr(inlinePng.size())));
    if (!bytes)
        return std::nullopt;
    const auto picture = crypto::readPng(*bytes);
    if (!picture)
        return std::nullopt;
    const auto text = crypto::qrRead(*picture);
    return text ? crypto::parseOtpauthUri(*text) : std::nullopt;
}

} // namespace

Recognised recognise(const Page& page, int status) {
    for (const auto& [id, kind] : loginForms)
        if (const auto form = formAt(page, id))
            return {kind, *form};
    if (status < 400 && !page.forms.empty() && page.forms.front().action.ends_with("/start"))
        return {PageKind::SignIn, 0};
    if (page.facts.pageId == "login-error")
        return {PageKind::Refusal};
    const bool asks = std::any_of(formsForPeople.begin(), formsForPeople.end(),
                                  [&](std::string_view id) { return page.form(id) != nullptr; });
    if (asks || (page.facts.pageId.starts_with("login-") && !page.forms.empty()))
        return {PageKind::OfProvider};
    return {};
}

std::optional<EnrolmentKey> enrolmentKey(const Page& page, const crypto::OtpPolicy& policy) {
    for (const std::string& source : page.images)
        if (auto seen = readPicture(source)) {
            if (seen->counter)
                return std::nullopt; // codes by counter, which no clock gives
            return EnrolmentKey{crypto::SecretString::take(std::move(seen->key)), seen->policy};
        }
    if (!page.otpauthKey.empty()) {
        std::string letters = page.otpauthKey;
        std::erase(letters, ' ');
        if (auto bytes = fromBase32(letters))
            return EnrolmentKey{crypto::SecretString::take(std::move(*bytes)), policy};
    }
    if (!page.totpSecret.empty())
        return EnrolmentKey{crypto::SecretString(page.totpSecret), policy};
    return std::nullopt;
}

} // namespace gatehouse::rehearsal
