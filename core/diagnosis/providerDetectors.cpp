// What the provider's pages say. Texts and ids are Keycloak's (keycloak.md 2.2, 2.5), so that the embedded
// provider and a real server are judged alike.

#include <diagnosis/clues.h>
#include <diagnosis/detectors.h>

#include <array>

namespace gatehouse::diagnosis {

namespace {

using Found = std::optional<Args>;

bool atProvider(const Evidence& evidence) {
    return answeredBy(lastStep(evidence), evidence) == exchange::Party::Provider;
}

Found when(bool found) {
    return found ? Found(Args{}) : std::nullopt;
}

Found redirectUriUnregistered(const Evidence& evidence) {
    if (!atProvider(evidence) || !says(lastStep(evidence).page, "Invalid parameter: redirect_uri"))
        return std::nullopt;
    return Args{{"uri", callbackParameter(evidence, "redirect_uri")}};
}

Found clientUnknown(const Evidence& evidence) {
    const PageFacts& page = lastStep(evidence).page;
    if (!atProvider(evidence) || !(says(page, "Client not found.") || says(page, "Client disabled.")))
        return std::nullopt;
    return Args{{"client", callbackParameter(evidence, "client_id")}};
}

Found userDisabled(const Evidence& evidence) {
    return when(atProvider(evidence) && says(lastStep(evidence).page, "Account is disabled"));
}

Found userLocked(const Evidence& evidence) {
    for (const provider::Event& event : evidence.events)
        if (event.error == "user_temporarily_disabled" || event.type.starts_with("USER_DISABLED_BY_"))
            return Args{};
    return std::nullopt;
}

Found wrongPassword(const Evidence& evidence) {
    return when(atProvider(evidence) && says(lastStep(evidence).page, "Invalid username or password."));
}

Found authenticatorClockOff(const Evidence& evidence) {
    if (!evidence.otpRefused || evidence.otpStepsOff.value_or(0) == 0)
        return std::nullopt;
    return Args{{"seconds", std::to_string(*evidence.otpStepsOff * 30)}};
}

Found otpUsed(const Evidence& evidence) {
    return when(evidence.otpRefused && evidence.otpStepsOff == 0);
}

Found wrongOtp(const Evidence& evidence) {
    return when(evidence.otpRefused);
}

Found actionNeeded(const Evidence& evidence) {
    const PageFacts& page = lastStep(evidence).page;
    if (!atProvider(evidence))
        return std::nullopt;
    for (const std::string_view form :
         {"kc-totp-settings-form", "kc-passwd-update-form", "kc-update-profile-form",
          "kc-idp-review-profile-form", "kc-recovery-codes-settings-form"})
        if (showsForm(page, form))
            return Args{{"detail", page.heading.empty() ? page.title : page.heading}};
    return std::nullopt;
}

Found notSignedIn(const Evidence& evidence) {
    return when(evidence.user.empty() && showsForm(lastStep(evidence).page, "kc-form-login"));
}

Found providerRefused(const Evidence& evidence) {
    const Step& last = lastStep(evidence);
    if (!atProvider(evidence) || last.status < 400)
        return std::nullopt;
    return Args{{"detail", last.page.messages.empty() ? last.page.title : last.page.messages.front()}};
}

constexpr std::array detectors{
    Detector{"redirect-uri-unregistered", redirectUriUnregistered},
    Detector{"client-unknown", clientUnknown},
    Detector{"user-disabled", userDisabled},
    Detector{"user-locked", userLocked},
    Detector{"authenticator-clock-off", authenticatorClockOff},
    Detector{"otp-used", otpUsed},
    Detector{"wrong-otp", wrongOtp},
    Detector{"wrong-password", wrongPassword},
    Detector{"action-needed", actionNeeded},
    Detector{"not-signed-in", notSignedIn},
    Detector{"provider-refused", providerRefused},
};

} // namespace

std::span<const Detector> providerDetectors() {
    return detectors;
}

} // namespace gatehouse::diagnosis
