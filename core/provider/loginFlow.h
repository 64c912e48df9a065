// The login as a browser walks it: authorization request → pages → answer to the client.
#pragma once

#include <provider/visit.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::provider {

// authentication session (root, tab) and SSO session ------------------------------------------------
RootAuthSession* rootFromCookie(Visit& visit);
AuthSession& newTab(Visit& visit, RootAuthSession& root, AuthRequest request);
RootAuthSession& newRoot(Visit& visit, std::string id); // sets the two cookies
UserSession* sessionFromCookie(Visit& visit);           // alive, its user enabled
bool isAlive(const Visit& visit, const UserSession& session);
void endSession(Visit& visit, const std::string& sessionId); // back-channel logouts into `afterwards`

// the walk --------------------------------------------------------------------------------------------
void beginLogin(Visit& visit, AuthRequest request); // of an accepted authorization request
void showStep(Visit& visit);                        // the page of the step that is due
void nextStep(Visit& visit);       // after something was done: required actions, consent, answer
void redirectToStep(Visit& visit); // 302 to the URL of the step that is due
std::string lastExecutionUrl(const Visit& visit); // of the step that is due
std::string executionId(const RealmModel& realm, AuthSession::Step step);

// POST of a step's form
void submitPassword(Visit& visit);
void submitOtp(Visit& visit);
void submitAction(Visit& visit);
void showAction(Visit& visit, bool first);
void submitConsent(Visit& visit);

// The event details that every event of a login carries.
Details loginDetails(const Visit& visit);

// authenticators --------------------------------------------------------------------------------------
std::vector<const OtpDevice*> otpDevices(const Visit& visit, const UserModel& user);
struct OtpSettings {
    bool counterBased = false;
    std::int64_t counter = 0;
    crypto::OtpPolicy policy;
    std::string uri; // otpauth://… of this login's secret
};
OtpSettings otpSettings(const Visit& visit);

// Required actions in the order they come (priority): those of the user, then what the profile lacks.
std::vector<std::string> requiredActions(const Visit& visit, const UserModel& user);
bool isKnownAction(std::string_view action);

// The user's values with what was changed at run time.
std::string profileValue(const Visit& visit, const UserModel& user, std::string_view name);

} // namespace gatehouse::provider
