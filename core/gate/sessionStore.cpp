#include <base/ascii.h>
#include <base/encoding.h>
#include <crypto/digest.h>
#include <gate/lz4Frame.h>
#include <gate/openedSession.h>
#include <gate/rules.h>
#include <gate/turn.h>

#include <algorithm>
#include <fmt/format.h>

namespace gatehouse::gate {

using exchange::Outcome;

namespace {

// No session of a real provider comes near; a bomb in a cookie does.
constexpr std::size_t largestSession = 1U << 20U;

struct Opened {
    std::shared_ptr<const Session> session;
    std::string why; // when there is none
};

Opened openCookie(const Plan& plan, std::string_view value, const Now& now) {
    auto verified = plan.seal->verify(plan.cookies.session.name, value, now, plan.cookies.session.expire);
    if (const auto* fault = std::get_if<CookieSeal::Fault>(&verified))
        return {nullptr, std::string(describe(*fault))};
    const auto frame = plan.seal->decrypt(std::get<CookieSeal::Signed>(verified).value);
    if (!frame)
        return {nullptr, "it is shorter than its initialization vector"};
    const auto packed = lz4Decompress(*frame, largestSession);
    if (!packed)
        return {nullptr, "its LZ4 frame is broken or too large"};
    auto session = unpackSession(*packed);
    if (!session)
        return {nullptr, session.error().technical};
    return {std::make_shared<const Session>(std::move(*session)), {}};
}

// The Cookie fields of the request, joined by line ends; `single` spares the copy of the usual one.
std::string_view cookieBytes(http::HeadersView headers, std::string& storage) {
    std::string_view single;
    std::size_t fields = 0;
    for (const http::Header field : headers) {
        if (!equalsIgnoreCase(field.name, "Cookie"))
            continue;
        if (++fields == 2)
            storage = single;
        if (fields >= 2)
            storage.append("\n").append(field.value);
        single = field.value;
    }
    return fields < 2 ? single : std::string_view(storage);
}

bool tooOld(const Plan& plan, const Session& session, const Now& now) {
    if (plan.cookies.session.expire.count() == 0 || !session.createdAt)
        return false;
    return now.wall - std::chrono::floor<std::chrono::seconds>(*session.createdAt) >=
           plan.cookies.session.expire;
}

// The session that this connection already verified, if the cookies are the same bytes.
std::shared_ptr<const Session> remembered(const Turn& turn, std::string_view bytes) {
    const Memo* memo = turn.env.memo;
    if (memo == nullptr || !memo->session || memo->gate != turn.plan.memoKey || memo->cookies != bytes)
        return nullptr;
    return tooOld(turn.plan, *memo->session, turn.env.now) ? nullptr : memo->session;
}

void remember(const Turn& turn, std::string_view bytes) {
    if (turn.env.memo != nullptr)
        *turn.env.memo = Memo{turn.plan.memoKey, std::string(bytes), turn.session};
}

CookieLine deletion(const Turn& turn, std::string_view name) {
    return {std::string(name),
            {},
            cookieDomain(turn.plan.cookies.session, turn.host),
            std::chrono::hours(-1),
            turn.plan.cookies.session.sameSite};
}

} // namespace

Loaded loadStoredSession(Turn& turn) {
    std::string storage;
    const std::string_view bytes = cookieBytes(turn.request.headers, storage);
    turn.session = remembered(turn, bytes);
    if (!turn.session) {
        const auto stored = loadCookie(turn.readCookies(), turn.plan.cookies.session.name);
        if (!stored) {
            turn.note(rule("gate.session-missing"), Outcome::Note, turn.plan.cookies.session.name);
            return Loaded::Done;
        }
        Opened opened = openCookie(turn.plan, stored->value, turn.env.now);
        if (!opened.session) {
            turn.note(rule("gate.session-refused"), Outcome::Failed,
                      fmt::format("{}: {}", turn.plan.cookies.session.name, opened.why));
            clearSession(turn);
            return Loaded::Done;
        }
        turn.session = std::move(opened.session);
        remember(turn, bytes);
    }
    turn.note(rule("gate.session"), Outcome::Matched, displayName(*turn.session));
    const auto refresh = turn.plan.cookies.refresh;
    const bool due = refresh.count() > 0 && age(*turn.session, turn.env.now) > refresh;
    return due ? Loaded::NeedsRefresh : Loaded::Done;
}

void clearSession(Turn& turn) {
    for (const RequestCookie& cookie : turn.readCookies()) {
        if (!isSessionCookie(cookie.name, turn.plan.cookies.session.name))
            continue;
        turn.setCookies.push_back(deletion(turn, cookie.name).text(turn.plan.cookies.session));
        turn.note(rule("gate.session-cleared"), Outcome::Note, cookie.name);
    }
    if (turn.env.memo != nullptr)
        *turn.env.memo = Memo{};
}

std::vector<std::string> saveSession(Turn& turn, Session& session) {
    const CookieSettings& settings = turn.plan.cookies.session;
    if (!session.createdAt)
        session.createdAt = turn.env.now.wall;
    Session kept = session;
    if (turn.plan.cookies.minimal) {
        kept.accessToken.clear();
        kept.idToken.clear();
        kept.refreshToken.clear();
    }
    const std::string sealed = turn.plan.seal->encrypt(lz4Compress(pack(kept)), turn.env.entropy);
    const auto seconds =
        std::chrono::floor<std::chrono::seconds>(*session.createdAt).time_since_epoch().count();
    CookieLine line{settings.name, turn.plan.seal->sign(settings.name, sealed, seconds),
                    cookieDomain(settings, turn.host), settings.expire, settings.sameSite};
    std::vector<std::string> lines;
    std::vector<std::string> names;
    for (const CookieLine& part : splitCookie(line, settings)) {
        names.push_back(part.name);
        lines.push_back(part.text(settings));
    }
    turn.note(
        rule("gate.session-saved"), Outcome::Matched,
        fmt::format("{}, {} {}", displayName(session), names.size(), names.size() == 1 ? "cookie" : "parts"));
    // Stale names would win over the new session or break its signature: see differences().
    for (const RequestCookie& cookie : turn.readCookies())
        if (isSessionCookie(cookie.name, settings.name) &&
            std::ranges::find(names, cookie.name) == names.end())
            lines.push_back(deletion(turn, cookie.name).text(settings));
    turn.setCookies.insert(turn.setCookies.end(), lines.begin(), lines.end());
    if (turn.env.memo != nullptr)
        *turn.env.memo = Memo{};
    return lines;
}

std::optional<OpenedSession> Gate::openSession(const std::vector<RequestCookie>& cookies,
                                               const Now& now) const {
    const Plan& plan = impl_->plan;
    const auto stored = loadCookie(cookies, plan.cookies.session.name);
    if (!stored)
        return std::nullopt;
    Opened opened = openCookie(plan, stored->value, now);
    return OpenedSession{plan.cookies.session.name, stored->parts, std::move(opened.session),
                         std::move(opened.why)};
}

std::string sessionCookieHash(Turn& turn) {
    const auto stored = loadCookie(turn.readCookies(), turn.plan.cookies.session.name);
    return hex(crypto::digest(crypto::Hash::Sha256, stored ? stored->value : std::string()));
}

} // namespace gatehouse::gate
