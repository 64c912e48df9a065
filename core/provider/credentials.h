// Checking what a user types, and counting what was wrong (keycloak.md 1.14, corrections 37, 38).
#pragma once

#include <provider/visit.h>

#include <string>
#include <string_view>

namespace gatehouse::provider {

bool passwordRight(const Visit& visit, const UserModel& user, std::string_view password);

enum class OtpVerdict : std::uint8_t { Right, Wrong, Used };
// Right marks the code as used: the same code is refused for as long as it would fit.
OtpVerdict checkOtp(Visit& visit, const UserModel& user, const OtpDevice& device, std::string_view code);

bool isDisabled(const Visit& visit, const UserModel& user);
bool isLocked(const Visit& visit, const UserModel& user);
void recordFailure(Visit& visit, const UserModel& user, bool secondFactor); // may lock, with its event
void recordSuccess(Visit& visit, const UserModel& user);

// Keycloak's own hash order of Java strings, in which maps of claims and answer parameters come out.
// (java.util.HashMap: buckets of the spread hash, insertion order within one.)
std::vector<std::size_t> javaHashOrder(const std::vector<std::string>& names);

} // namespace gatehouse::provider
