#include <provider/credentials.h>
#include <provider/rules.h>

#include <algorithm>

namespace gatehouse::provider {
namespace {

constexpr std::string_view lockedReason = "brute_force_attack detected";

const UserChanges* changesOf(const Visit& visit, const UserModel& user) {
    const auto at = visit.state.users.find(user.id);
    return at == visit.state.users.end() ? nullptr : &at->second;
}

bool fitsTimeBased(const Visit& visit, const OtpDevice& device, std::string_view code) {
    const int window = visit.realm.data().otpPolicyLookAheadWindow;
    bool fits = false;
    device.key.reveal([&](std::string_view key) {
        for (int offset = -window; offset <= window; ++offset) {
            const auto at = visit.now + static_cast<Seconds>(offset) * device.policy.period;
            // No early end: the time it takes does not tell which step would have fitted.
            fits = crypto::equalsConstantTime(crypto::totp(key, at, device.policy), code) || fits;
        }
    });
    return fits;
}

std::optional<std::int64_t> fittingCounter(const Visit& visit, const OtpDevice& device, std::int64_t from,
                                           std::string_view code) {
    const int window = visit.realm.data().otpPolicyLookAheadWindow;
    std::optional<std::int64_t> found;
    device.key.reveal([&](std::string_view key) {
        for (std::int64_t counter = from; counter <= from + window; ++counter)
            if (crypto::equalsConstantTime(
                    crypto::hotp(key, static_cast<std::uint64_t>(counter), device.policy), code) &&
                !found)
                found = counter;
    });
    return found;
}

std::int32_t javaHash(std::string_view text) {
    std::uint32_t hash = 0; // of UTF-16 units; claim names are ASCII
    for (const char c : text)
        hash = hash * 31 + static_cast<unsigned char>(c);
    return static_cast<std::int32_t>(hash);
}

} // namespace

bool passwordRight(const Visit& visit, const UserModel& user, std::string_view password) {
    const auto* changes = changesOf(visit, user);
    if (changes != nullptr && changes->password)
        return !password.empty() && changes->password->equals(password);
    return user.password && !password.empty() && user.password->equals(password);
}

OtpVerdict checkOtp(Visit& visit, const UserModel& user, const OtpDevice& device, std::string_view code) {
    if (device.counterBased) {
        auto& counters = visit.changes(user).counters;
        const auto kept = counters.find(device.id);
        const auto found =
            fittingCounter(visit, device, kept == counters.end() ? device.counter : kept->second, code);
        if (!found)
            return OtpVerdict::Wrong;
        counters[device.id] = *found + 1;
        return OtpVerdict::Right;
    }
    if (!fitsTimeBased(visit, device, code))
        return OtpVerdict::Wrong;
    if (visit.realm.data().otpPolicyCodeReusable)
        return OtpVerdict::Right;
    std::erase_if(visit.state.usedCodes, [&](const auto& used) { return used.second < visit.now; });
    const Seconds life =
        static_cast<Seconds>(device.policy.period) * (2 * visit.realm.data().otpPolicyLookAheadWindow + 1);
    const auto [at, fresh] =
        visit.state.usedCodes.emplace(device.id + "." + std::string(code), visit.now + life);
    return fresh ? OtpVerdict::Right : OtpVerdict::Used;
}

bool isDisabled(const Visit& visit, const UserModel& user) {
    const auto* changes = changesOf(visit, user);
    return !user.data.enabled || (changes != nullptr && changes->disabled);
}

bool isLocked(const Visit& visit, const UserModel& user) {
    if (!visit.realm.data().bruteForceProtected)
        return false;
    const auto* changes = changesOf(visit, user);
    return changes != nullptr && (visit.now < changes->failures.lockedUntil);
}

void recordFailure(Visit& visit, const UserModel& user, bool secondFactor) {
    const auto& realm = visit.realm.data();
    if (!realm.bruteForceProtected)
        return;
    auto& changes = visit.changes(user);
    auto& failures = changes.failures;
    const auto now = visit.milliseconds();
    const auto since = now - failures.lastFailureMs;
    if (failures.lastFailureMs != 0 && since > static_cast<std::int64_t>(realm.maxDeltaTimeSeconds) * 1000)
        failures = {};
    const bool quick = failures.lastFailureMs != 0 && since < realm.quickLoginCheckMilliSeconds;
    failures.lastFailureMs = now;
    ++failures.count;
    if (secondFactor)
        ++failures.secondFactor;
    const bool full = realm.failureFactor > 0 && failures.count >= realm.failureFactor;
    if (realm.permanentLockout && full) {
        changes.disabled = true;
        visit.trace(rule::userLocked, exchange::Outcome::Denied, user.data.username, user.data.from);
        visit.event("USER_DISABLED_BY_PERMANENT_LOCKOUT", {}, {{"reason", std::string(lockedReason)}}, &user);
        return;
    }
    int wait =
        realm.failureFactor > 0 ? realm.waitIncrementSeconds * (failures.count / realm.failureFactor) : 0;
    if (wait == 0 && quick)
        wait = realm.minimumQuickLoginWaitSeconds;
    wait = std::min(wait, realm.maxFailureWaitSeconds);
    if (wait <= 0)
        return;
    failures.lockedUntil = visit.now + wait;
    ++failures.temporaryLockouts;
    visit.trace(rule::userLocked, exchange::Outcome::Denied, user.data.username, user.data.from);
    visit.event("USER_DISABLED_BY_TEMPORARY_LOCKOUT", {}, {{"reason", std::string(lockedReason)}}, &user);
}

void recordSuccess(Visit& visit, const UserModel& user) {
    if (const auto at = visit.state.users.find(user.id); at != visit.state.users.end())
        at->second.failures = {};
}

std::vector<std::size_t> javaHashOrder(const std::vector<std::string>& names) {
    std::size_t capacity = 16;
    while (names.size() > capacity * 3 / 4)
        capacity *= 2;
    const auto bucket = [capacity](const std::string& name) {
        const auto hash = static_cast<std::uint32_t>(javaHash(name));
        return (hash ^ (hash >> 16)) & (capacity - 1);
    };
    std::vector<std::size_t> order(names.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return bucket(names[i]); });
    return order;
}

} // namespace gatehouse::provider
