#include <base/encoding.h>
#include <gate/loginAttempt.h>
#include <gate/messagePack.h>
#include <gate/rules.h>
#include <oidc/authorization.h>

#include <algorithm>
#include <fmt/format.h>

namespace gatehouse::gate {

using exchange::Outcome;

namespace {

constexpr std::size_t nameFromState = 8; // characters of the state's hash

} // namespace

std::string pack(const LoginAttempt& attempt) {
    messagePack::Writer out;
    out.map(attempt.verifier.empty() ? 2 : 3);
    out.text("s");
    out.bytes(attempt.state);
    out.text("n");
    out.bytes(attempt.nonce);
    if (!attempt.verifier.empty()) {
        out.text("cv");
        out.text(attempt.verifier);
    }
    return out.take();
}

std::optional<LoginAttempt> unpackLoginAttempt(std::string_view bytes) {
    messagePack::Reader reader(bytes);
    LoginAttempt out;
    const auto size = reader.takeMap();
    for (std::size_t i = 0; size && i < *size; ++i) {
        const auto key = reader.takeText();
        if (!key)
            return std::nullopt;
        std::string* into = *key == "s"    ? &out.state
                            : *key == "n"  ? &out.nonce
                            : *key == "cv" ? &out.verifier
                                           : nullptr;
        if (reader.takeNil())
            continue;
        if (into == nullptr) {
            if (!reader.skip())
                return std::nullopt;
            continue;
        }
        const auto value = reader.takeText();
        if (!value)
            return std::nullopt;
        *into = *value;
    }
    return size ? std::optional(std::move(out)) : std::nullopt;
}

std::string attemptCookieName(const CookiePlan& cookies, std::string_view stateHash) {
    if (!cookies.csrfPerRequest || stateHash.size() < nameFromState)
        return cookies.session.name + "_csrf";
    return fmt::format("{}_{}_csrf", cookies.session.name, stateHash.substr(0, nameFromState));
}

namespace {

CookieLine lineOf(const Turn& turn, const LoginAttempt& attempt, std::string value,
                  std::chrono::nanoseconds lifetime) {
    const CookiePlan& cookies = turn.plan.cookies;
    return {attemptCookieName(cookies, oidc::sha256Url(attempt.state)), std::move(value),
            cookieDomain(cookies.session, turn.host), lifetime,
            cookies.csrfSameSite.empty() ? cookies.session.sameSite : cookies.csrfSameSite};
}

} // namespace

void saveAttempt(Turn& turn, const LoginAttempt& attempt) {
    const std::string sealed = turn.plan.seal->encrypt(pack(attempt), turn.env.entropy);
    CookieLine line = lineOf(turn, attempt, {}, turn.plan.cookies.csrfExpire);
    line.value = turn.plan.seal->sign(line.name, sealed, turn.env.now.unixSeconds());
    turn.setCookies.push_back(line.text(turn.plan.cookies.session));
    turn.note(rule("gate.csrf-cookie"), Outcome::Matched, line.name);
}

void clearAttempt(Turn& turn, const LoginAttempt& attempt) {
    turn.setCookies.push_back(
        lineOf(turn, attempt, {}, std::chrono::hours(-1)).text(turn.plan.cookies.session));
}

namespace {

std::variant<LoginAttempt, std::string> openAttempt(const Turn& turn, const RequestCookie& cookie) {
    auto verified =
        turn.plan.seal->verify(cookie.name, cookie.value, turn.env.now, turn.plan.cookies.csrfExpire);
    if (const auto* fault = std::get_if<CookieSeal::Fault>(&verified))
        return std::string(describe(*fault));
    const auto& opened = std::get<CookieSeal::Signed>(verified);
    const auto packed = turn.plan.seal->decrypt(opened.value);
    auto attempt = packed ? unpackLoginAttempt(*packed) : std::nullopt;
    if (!attempt)
        return std::string("its content cannot be read");
    attempt->signedAt = opened.unixSeconds;
    return std::move(*attempt);
}

} // namespace

void clearOldAttempts(Turn& turn) {
    const CookiePlan& cookies = turn.plan.cookies;
    if (!cookies.csrfPerRequest || cookies.csrfLimit <= 0)
        return;
    const std::string begin = cookies.session.name + "_";
    std::vector<LoginAttempt> attempts;
    std::size_t found = 0;
    for (const RequestCookie& cookie : turn.readCookies()) {
        if (!cookie.name.starts_with(begin) || !cookie.name.ends_with("_csrf"))
            continue;
        ++found;
        auto opened = openAttempt(turn, cookie);
        if (auto* attempt = std::get_if<LoginAttempt>(&opened))
            attempts.push_back(std::move(*attempt));
    }
    const auto limit = static_cast<std::size_t>(cookies.csrfLimit);
    if (found <= limit || attempts.size() <= limit)
        return;
    std::ranges::stable_sort(attempts, {}, &LoginAttempt::signedAt);
    for (std::size_t i = 0; i < attempts.size() - limit; ++i)
        clearAttempt(turn, attempts[i]);
    turn.note(rule("gate.csrf-limit"), Outcome::Matched, fmt::format("{} removed", attempts.size() - limit));
}

std::variant<LoginAttempt, std::string> loadAttempt(Turn& turn, std::string_view stateHash) {
    const std::string name = attemptCookieName(turn.plan.cookies, stateHash);
    std::string why;
    std::string others;
    for (const RequestCookie& cookie : turn.readCookies()) {
        if (cookie.name != name) {
            if (cookie.name.ends_with("_csrf"))
                others.append(others.empty() ? "" : ", ").append(cookie.name);
            continue;
        }
        auto opened = openAttempt(turn, cookie);
        if (std::holds_alternative<LoginAttempt>(opened))
            return opened;
        why = std::get<std::string>(opened);
    }
    if (!why.empty())
        return fmt::format("{} came, but {}", name, why);
    if (!others.empty())
        return fmt::format("{} did not come, only {}", name, others);
    return fmt::format("{} did not come, {}", name,
                       turn.readCookies().empty() ? "nor any other cookie"
                                                  : "only cookies of other purposes");
}

std::string stateParameter(std::string_view stateHash, std::string_view target, bool encode) {
    const std::string plain = fmt::format("{}:{}", stateHash, target);
    return encode ? base64Url(plain) : plain;
}

std::optional<State> readState(std::string_view parameter, bool encoded) {
    const std::string text =
        encoded ? fromBase64Url(parameter).value_or(std::string()) : std::string(parameter);
    const auto colon = text.find(':');
    if (colon == std::string::npos)
        return std::nullopt;
    return State{text.substr(0, colon), text.substr(colon + 1)};
}

} // namespace gatehouse::gate
