// Required actions: CONFIGURE_TOTP, UPDATE_PASSWORD, profile, terms (keycloak.md 2.1-2.4, corrections 29-42).
#include <base/ascii.h>
#include <base/encoding.h>
#include <provider/answer.h>
#include <provider/credentials.h>
#include <provider/ids.h>
#include <provider/loginFlow.h>
#include <provider/page.h>
#include <provider/passwordPolicy.h>
#include <provider/rules.h>
#include <realm/otp.h>

#include <algorithm>
#include <array>

namespace gatehouse::provider {
namespace {

using exchange::Outcome;
using Texts = std::map<std::string, std::string>;

struct ActionRow {
    std::string_view name;
    int priority; // Admin REST lists them so (corrections 41)
};
constexpr std::array actions{ActionRow{"TERMS_AND_CONDITIONS", 20}, ActionRow{"UPDATE_PROFILE", 40},
                             ActionRow{"CONFIGURE_TOTP", 54}, ActionRow{"UPDATE_PASSWORD", 57},
                             ActionRow{"VERIFY_PROFILE", 100}};
constexpr std::array profileFields{std::string_view("lastName"), std::string_view("firstName"),
                                   std::string_view("email")};
constexpr std::string_view missingField = "Please specify this field.";

int priority(std::string_view name) {
    const auto at = std::ranges::find(actions, name, &ActionRow::name);
    return at == actions.end() ? 1000 : at->priority;
}

std::string_view arrivalText(std::string_view action) {
    if (action == "CONFIGURE_TOTP")
        return "You need to set up Mobile Authenticator to activate your account.";
    if (action == "UPDATE_PASSWORD")
        return "You need to change your password to activate your account.";
    if (action == "UPDATE_PROFILE")
        return "You need to update your user profile to activate your account.";
    return {};
}

std::optional<Alert> arrival(const Visit& visit, bool first) {
    const auto text = first && !visit.login->applicationInitiated ? arrivalText(visit.login->currentAction)
                                                                  : std::string_view{};
    if (text.empty())
        return std::nullopt;
    return Alert{Alert::Kind::Warning, std::string(text)};
}

Details actionDetails(const Visit& visit, const UserModel& user, std::string_view credential = {}) {
    const auto& login = *visit.login;
    const auto type = parseResponseType(login.request.responseType).value_or(ResponseType{});
    Details details{{"auth_method", "openid-connect"},
                    {"custom_required_action", login.currentAction},
                    {"response_type", login.request.responseType},
                    {"redirect_uri", login.request.redirectUri},
                    {"remember_me", login.rememberMe ? "true" : "false"},
                    {"code_id", visit.root->id},
                    {"response_mode", effectiveMode(login.request.responseMode, type)},
                    {"username", user.data.username}};
    if (!credential.empty())
        details.emplace_back("credential_type", credential);
    return details;
}

void done(Visit& visit, const UserModel& user, std::string_view credential = {}) {
    auto& login = *visit.login;
    visit.trace(rule::actionDone, Outcome::Matched, login.currentAction);
    visit.changes(user).doneActions.insert(login.currentAction);
    if (login.currentAction == "UPDATE_PROFILE")
        visit.changes(user).doneActions.insert("VERIFY_PROFILE");
    // The LOGIN event that follows tells what was done.
    login.eventDetails["custom_required_action"] = login.currentAction;
    login.eventDetails["remember_me"] = login.rememberMe ? "true" : "false";
    login.eventDetails["username"] = user.data.username;
    login.eventDetails.erase("selected_credential_id");
    if (!credential.empty())
        login.eventDetails["credential_type"] = std::string(credential);
    if (login.applicationInitiated)
        login.actionStatus = "success";
    login.verified = true;
    nextStep(visit);
}

// Both names of the event, old and new (UPDATE_TOTP, UPDATE_CREDENTIAL).
void credentialEvents(Visit& visit, const UserModel& user, std::string_view old, std::string_view credential,
                      std::string error = {}, std::string reason = {}) {
    Details details = actionDetails(visit, user, credential);
    if (!reason.empty())
        details.emplace_back("reason", reason);
    const std::string suffix = error.empty() ? "" : "_ERROR";
    visit.event("UPDATE_CREDENTIAL" + suffix, error, details, &user);
    visit.event(std::string(old) + suffix, error, std::move(details), &user);
}

void logoutOthers(Visit& visit, const UserModel& user) {
    if (!visit.formValue("logout-sessions"))
        return;
    std::vector<std::string> others;
    for (const auto& [id, session] : visit.state.sessions)
        if (session.userId == user.id && id != visit.root->id)
            others.push_back(id);
    for (const auto& id : others)
        endSession(visit, id);
}

void submitTotp(Visit& visit, const UserModel& user) {
    auto& login = *visit.login;
    const auto otp = otpSettings(visit);
    const bool manual = visit.formValue("mode") == "manual";
    const std::string code = visit.formValue("totp").value_or("");
    const std::string label(trim(visit.formValue("userLabel").value_or("")));
    const auto refuse = [&](std::string_view codeError, std::string_view labelError) {
        visit.trace(rule::otpWrong, Outcome::Denied, codeError.empty() ? labelError : codeError);
        login.sessionCode = newSessionCode(visit.env.entropy);
        configureTotpPage(visit, manual, std::nullopt, codeError, labelError);
    };
    if (code.empty())
        return refuse("Please specify authenticator code.", {});
    OtpDevice device;
    device.id = newUuid(visit.env.entropy);
    device.label = label;
    device.key = crypto::SecretString(login.totpSecret); // its characters are the key (keycloak.md 2.3)
    device.counterBased = otp.counterBased;
    device.counter = otp.counter;
    device.policy = otp.policy;
    if (checkOtp(visit, user, device, code) != OtpVerdict::Right)
        return refuse("Invalid authenticator code.", {});
    const auto existing = otpDevices(visit, user);
    if (!existing.empty() && label.empty())
        return refuse({}, "Please specify device name.");
    if (std::ranges::any_of(existing, [&label](const auto* other) { return other->label == label; }))
        return refuse({}, "Device already exists with the same name");
    logoutOthers(visit, user);
    visit.changes(user).devices.push_back(std::move(device));
    credentialEvents(visit, user, "UPDATE_TOTP", "otp");
    done(visit, user, "otp");
}

void submitNewPassword(Visit& visit, const UserModel& user) {
    auto& login = *visit.login;
    const std::string fresh = visit.formValue("password-new").value_or("");
    const auto refuse = [&](std::string error, std::string reason, std::optional<Alert> alert,
                            std::string_view newError, std::string_view confirmError) {
        credentialEvents(visit, user, "UPDATE_PASSWORD", "password", std::move(error), std::move(reason));
        visit.trace(rule::requestInvalid, Outcome::Denied, "new password");
        login.sessionCode = newSessionCode(visit.env.entropy);
        updatePasswordPage(visit, std::move(alert), newError, confirmError);
    };
    if (fresh.empty())
        return refuse("password_missing", {}, std::nullopt, "Please specify password.", {});
    if (visit.formValue("password-confirm").value_or("") != fresh)
        return refuse("password_confirm_error", {}, std::nullopt, {}, "Passwords don't match.");
    const bool same = passwordRight(visit, user, fresh);
    if (const auto broken = policyBroken(visit.realm.data().passwordPolicy, fresh, user.data.username,
                                         profileValue(visit, user, "email"), same))
        return refuse("password_rejected", broken->key, Alert{Alert::Kind::Error, broken->text}, {}, {});
    logoutOthers(visit, user);
    visit.changes(user).password = crypto::SecretString(fresh);
    credentialEvents(visit, user, "UPDATE_PASSWORD", "password");
    done(visit, user, "password");
}

bool looksLikeMail(std::string_view text) {
    const auto at = text.find('@');
    return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
           text.find('@', at + 1) == std::string_view::npos && text.find(' ') == std::string_view::npos;
}

Texts profileErrors(const Visit& visit, const UserModel& user, const Texts& values, bool submitted) {
    Texts errors;
    for (const auto field : profileFields)
        if (values.at(std::string(field)).empty())
            errors[std::string(field)] = field == "email" && submitted
                                             ? "Please specify email. " + std::string(missingField)
                                             : std::string(missingField);
    const auto& email = values.at("email");
    if (!email.empty() && !looksLikeMail(email)) {
        errors["email"] = "Invalid email address.";
    } else if (!email.empty() && !visit.realm.data().duplicateEmailsAllowed) {
        for (const auto& other : visit.realm.data().users)
            if (lower(other.email) == lower(email) && lower(other.username) != user.data.username)
                errors["email"] = "Email already exists.";
    }
    return errors;
}

Texts profileValues(const Visit& visit, const UserModel& user) {
    Texts values;
    for (const auto field : profileFields)
        values[std::string(field)] = profileValue(visit, user, field);
    return values;
}

void submitProfile(Visit& visit, const UserModel& user) {
    Texts values;
    for (const auto field : profileFields)
        values[std::string(field)] = std::string(trim(visit.formValue(field).value_or("")));
    const auto errors = profileErrors(visit, user, values, true);
    if (!errors.empty()) {
        visit.login->sessionCode = newSessionCode(visit.env.entropy);
        return profilePage(visit, std::nullopt, values, errors);
    }
    const auto before = profileValues(visit, user);
    visit.changes(user).profile = values;
    Details details = actionDetails(visit, user);
    for (const auto& [name, label] : {std::pair("firstName", "first_name"),
                                      std::pair("lastName", "last_name"), std::pair("email", "email")})
        if (before.at(name) != values.at(name)) {
            if (!before.at(name).empty())
                details.emplace_back(std::string("previous_") + label, before.at(name));
            details.emplace_back(std::string("updated_") + label, values.at(name));
        }
    visit.event("UPDATE_PROFILE", {}, std::move(details), &user);
    done(visit, user);
}

void termsPage(Visit& visit) {
    const std::string url = visit.origin + loginActionPath(visit, "required-action",
                                                           "session_code=" + visit.login->sessionCode +
                                                               "&execution=TERMS_AND_CONDITIONS");
    const std::string body =
        "<p>Terms and conditions to be defined</p>\n<form method=\"POST\" action=\"" + escape(url) +
        "\">\n<button id=\"kc-accept\" class=\"primary\" name=\"accept\" type=\"submit\">Accept</button>\n"
        "<button id=\"kc-decline\" class=\"plain\" name=\"cancel\" "
        "type=\"submit\">Decline</button>\n</form>\n";
    setPage(visit, 200,
            render(visit, {.pageId = "login-terms", .heading = "Terms and Conditions", .body = body}));
}

// The user says no: the client is told, and no session begins.
void declineTerms(Visit& visit, const UserModel& user) {
    const AuthRequest request = visit.login->request;
    visit.event("CUSTOM_REQUIRED_ACTION_ERROR", "rejected_by_user", actionDetails(visit, user), &user);
    const auto type = parseResponseType(request.responseType).value_or(ResponseType{});
    answerError(visit, effectiveMode(request.responseMode, type), request.redirectUri, "access_denied",
                "termsAndConditionsDeclined", request.state, *visit.client);
    if (visit.cookie(CookieKind::Restart))
        visit.remove(CookieKind::Restart);
    visit.root->tabs.erase(visit.login->tabId);
    visit.login = nullptr;
}

void cancelAction(Visit& visit, const UserModel& user) {
    auto& login = *visit.login;
    visit.event("CUSTOM_REQUIRED_ACTION_ERROR", "rejected_by_user", actionDetails(visit, user), &user);
    login.eventDetails["custom_required_action"] = login.currentAction;
    login.eventDetails["remember_me"] = login.rememberMe ? "true" : "false";
    login.eventDetails["username"] = user.data.username;
    login.actionStatus = "cancelled";
    nextStep(visit);
}

} // namespace

bool isKnownAction(std::string_view action) {
    return std::ranges::find(actions, action, &ActionRow::name) != actions.end() &&
           action != "VERIFY_PROFILE";
}

std::string profileValue(const Visit& visit, const UserModel& user, std::string_view name) {
    if (const auto changes = visit.state.users.find(user.id); changes != visit.state.users.end())
        if (const auto at = changes->second.profile.find(std::string(name));
            at != changes->second.profile.end())
            return at->second;
    return name == "email" ? user.data.email : name == "firstName" ? user.data.firstName : user.data.lastName;
}

std::vector<std::string> requiredActions(const Visit& visit, const UserModel& user) {
    std::vector<std::string> out;
    const auto changes = visit.state.users.find(user.id);
    const auto isDone = [&](const std::string& name) {
        return changes != visit.state.users.end() && changes->second.doneActions.contains(name);
    };
    for (const auto& name : user.data.requiredActions)
        if (std::ranges::find(actions, name, &ActionRow::name) != actions.end() && !isDone(name))
            out.push_back(name);
    if (user.passwordTemporary && !isDone("UPDATE_PASSWORD") &&
        std::ranges::find(out, "UPDATE_PASSWORD") == out.end())
        out.emplace_back("UPDATE_PASSWORD");
    const bool incomplete = std::ranges::any_of(
        profileFields, [&](auto field) { return profileValue(visit, user, field).empty(); });
    if (incomplete && user.serviceAccountOf.empty() &&
        std::ranges::find(out, "UPDATE_PROFILE") == out.end() &&
        std::ranges::find(out, "VERIFY_PROFILE") == out.end())
        out.emplace_back("VERIFY_PROFILE");
    std::ranges::stable_sort(out, {}, priority);
    return out;
}

std::vector<const OtpDevice*> otpDevices(const Visit& visit, const UserModel& user) {
    std::vector<const OtpDevice*> out;
    for (const auto& device : user.devices)
        out.push_back(&device);
    if (const auto changes = visit.state.users.find(user.id); changes != visit.state.users.end())
        for (const auto& device : changes->second.devices)
            out.push_back(&device);
    return out;
}

OtpSettings otpSettings(const Visit& visit) {
    const auto& realm = visit.realm.data();
    OtpSettings out;
    out.counterBased = realm.otpPolicyType == "hotp";
    out.counter = realm.otpPolicyInitialCounter;
    out.policy = realm::otpPolicy(realm);
    const auto* user = visit.realm.userById(visit.login->userId);
    std::string issuer = visit.realm.shownName();
    std::ranges::replace(issuer, ':', ' ');
    const std::string name = http::percentEncode(issuer);
    static constexpr std::string_view hashes[] = {"SHA1", "SHA256", "SHA384", "SHA512"};
    out.uri = std::string("otpauth://") + (out.counterBased ? "hotp/" : "totp/") + name + ":" +
              http::percentEncode(user != nullptr ? user->data.username : "") +
              "?secret=" + base32(visit.login->totpSecret) + "&digits=" + std::to_string(out.policy.digits) +
              "&algorithm=" + std::string(hashes[static_cast<std::size_t>(out.policy.hash)]) +
              "&issuer=" + name +
              (out.counterBased ? "&counter=" + std::to_string(out.counter)
                                : "&period=" + std::to_string(out.policy.period));
    return out;
}

void showAction(Visit& visit, bool first) {
    auto& login = *visit.login;
    const auto* user = visit.realm.userById(login.userId);
    if (user == nullptr)
        return errorPage(visit, 400, "Invalid Request");
    if (login.currentAction == "CONFIGURE_TOTP") {
        if (login.totpSecret.empty())
            login.totpSecret = newAlphanumeric(visit.env.entropy, 20);
        return configureTotpPage(visit, visit.queryValue("mode") == "manual", arrival(visit, first), {}, {});
    }
    if (login.currentAction == "UPDATE_PASSWORD")
        return updatePasswordPage(visit, arrival(visit, first), {}, {});
    if (login.currentAction == "TERMS_AND_CONDITIONS")
        return termsPage(visit);
    const auto values = profileValues(visit, *user);
    if (login.currentAction == "UPDATE_PROFILE")
        return profilePage(visit, arrival(visit, first), values, {});
    const auto errors = profileErrors(visit, *user, values, false);
    Details details = actionDetails(visit, *user);
    std::erase_if(details, [](const auto& detail) { return detail.first == "custom_required_action"; });
    std::string fields;
    for (const auto field : profileFields)
        if (errors.contains(std::string(field)))
            fields += (fields.empty() ? "" : ",") + std::string(field);
    details.emplace_back("fields_to_update", fields);
    visit.event("VERIFY_PROFILE", {}, std::move(details), user);
    profilePage(visit, std::nullopt, values, errors);
}

void submitAction(Visit& visit) {
    auto& login = *visit.login;
    const auto* user = visit.realm.userById(login.userId);
    if (user == nullptr)
        return errorPage(visit, 400, "Invalid Request");
    if (login.applicationInitiated && visit.formValue("cancel-aia"))
        return cancelAction(visit, *user);
    if (login.currentAction == "CONFIGURE_TOTP")
        return submitTotp(visit, *user);
    if (login.currentAction == "UPDATE_PASSWORD")
        return submitNewPassword(visit, *user);
    if (login.currentAction != "TERMS_AND_CONDITIONS")
        return submitProfile(visit, *user);
    if (visit.formValue("cancel"))
        return declineTerms(visit, *user);
    visit.event("CUSTOM_REQUIRED_ACTION", {}, actionDetails(visit, *user), user);
    done(visit, *user);
}

} // namespace gatehouse::provider
