#include <gate/goValue.h>
#include <gate/planner.h>

#include <algorithm>

namespace gatehouse::gate {

namespace {

constexpr std::string_view secretHint = GH_TEXT(
    "core",
    "`openssl rand -base64 32 | tr -- '+/' '-_'` makes a good one; base64 has to be the URL alphabet.");
constexpr Message secretMissing{"cookie-secret-missing",
                                GH_TEXT("core", "missing setting: cookie-secret or cookie-secret-file"),
                                secretHint};
constexpr Message secretFile{
    "cookie-secret-file-unreadable", GH_TEXT("core", "could not read cookie secret file: {file}"),
    GH_TEXT("core", "On the desk, give the secret by name: cookie-secret: {secret: NAME}")};
constexpr Message secretSize{
    "cookie-secret-size",
    GH_TEXT("core", "cookie_secret must be 16, 24, or 32 bytes to create an AES cipher, but is {size} bytes"),
    secretHint};
constexpr Message secretFileSize{
    "cookie-secret-file-size",
    GH_TEXT(
        "core",
        "cookie_secret from file must be 16, 24, or 32 bytes to create an AES cipher, but is {size} bytes"),
    GH_TEXT("core", "A line end at the end of the file counts; write it without (printf, not echo).")};
constexpr Message secretShorter{
    "cookie-secret-decodes-shorter",
    GH_TEXT("core", "The cookie secret of {written} characters is also base64, so oauth2-proxy uses a key of "
                    "{size} bytes"),
    GH_TEXT("core", "It works. For a 32-byte key use 43 or 44 characters of base64url.")};
constexpr Message refreshTooLong{
    "cookie-refresh-too-long",
    GH_TEXT("core", "cookie_refresh ({refresh}) must be less than cookie_expire ({expire})"),
    GH_TEXT("core", "Refresh somewhat before the access token expires.")};
constexpr Message badSameSite{
    "cookie-samesite",
    GH_TEXT("core", "cookie_samesite ({value}) must be one of ['', 'lax', 'strict', 'none']"),
    GH_TEXT("core", "lax is right for nearly everybody.")};
constexpr Message badCsrfSameSite{"cookie-csrf-samesite",
                                  GH_TEXT("core", "cookie-csrf-samesite {value} is none of lax, strict, "
                                                  "none: oauth2-proxy starts and breaks at the first login"),
                                  GH_TEXT("core", "lax is right for nearly everybody.")};
constexpr Message badName{"cookie-name-invalid", GH_TEXT("core", "invalid cookie name: {value}"),
                          GH_TEXT("core", "Letters, digits, - and _ are safe.")};
constexpr Message longName{
    "cookie-name-long",
    GH_TEXT("core", "cookie name should be under 256 characters: cookie name is {size} characters"),
    GH_TEXT("core", "Take a shorter name.")};
constexpr Message minimalHeader{"session-cookie-minimal-header",
                                GH_TEXT("core", "{claim} claim for header \"{header}\" requires oauth tokens "
                                                "in sessions. session_cookie_minimal cannot be set"),
                                GH_TEXT("core", "Turn off session-cookie-minimal, or the header.")};
constexpr Message minimalRefresh{
    "session-cookie-minimal-refresh",
    GH_TEXT("core",
            "cookie_refresh > 0 requires oauth tokens in sessions. session_cookie_minimal cannot be set"),
    GH_TEXT("core", "Turn off session-cookie-minimal, or cookie-refresh.")};

bool knownSameSite(std::string_view value) {
    return value.empty() || value == "lax" || value == "strict" || value == "none";
}

} // namespace

void Planner::cookieSecret() {
    auto secret = secretValue("cookie-secret", "cookie-secret-file", &secretFile);
    if (!secret)
        return;
    if (secret->value.empty()) {
        refuse(secretMissing, "cookie-secret");
        return;
    }
    const std::size_t written = secret->value.size();
    const std::size_t size = secret->value.reveal([](std::string_view raw) { return cookieKey(raw).size(); });
    if (size != 16 && size != 24 && size != 32) {
        refuse(secret->fromFile ? secretFileSize : secretSize,
               secret->fromFile ? "cookie-secret-file" : "cookie-secret", {{"size", std::to_string(size)}});
        return;
    }
    if (size == 24 && written == 32)
        warn(secretShorter, "cookie-secret",
             {{"written", std::to_string(written)}, {"size", std::to_string(size)}});
    plan_.seal.emplace(secret->value);
}

void Planner::cookies() {
    cookieSecret();
    CookiePlan& cookies = plan_.cookies;
    cookies.session.name = options_.text("cookie-name");
    cookies.session.path = options_.text("cookie-path");
    cookies.session.domains = options_.list("cookie-domain");
    std::ranges::stable_sort(cookies.session.domains, std::ranges::greater{}, &std::string::size);
    cookies.session.expire = options_.duration("cookie-expire");
    cookies.session.secure = options_.flag("cookie-secure");
    cookies.session.httpOnly = options_.flag("cookie-httponly");
    cookies.session.sameSite = options_.text("cookie-samesite");
    cookies.refresh = options_.duration("cookie-refresh");
    cookies.minimal = options_.flag("session-cookie-minimal");
    cookies.csrfExpire = options_.duration("cookie-csrf-expire");
    cookies.csrfSameSite = options_.text("cookie-csrf-samesite");
    cookies.csrfPerRequest = options_.flag("cookie-csrf-per-request");
    cookies.csrfLimit = options_.integer("cookie-csrf-per-request-limit");

    if (cookies.session.expire.count() != 0 && cookies.refresh >= cookies.session.expire)
        refuse(refreshTooLong, "cookie-refresh",
               {{"refresh", goQuoted(goText(cookies.refresh))},
                {"expire", goQuoted(goText(cookies.session.expire))}});
    if (!knownSameSite(cookies.session.sameSite))
        refuse(badSameSite, "cookie-samesite", {{"value", goQuoted(cookies.session.sameSite)}});
    if (!knownSameSite(cookies.csrfSameSite))
        refuse(badCsrfSameSite, "cookie-csrf-samesite", {{"value", goQuoted(cookies.csrfSameSite)}});
    if (!validCookieName(cookies.session.name))
        refuse(badName, "cookie-name", {{"value", goQuoted(cookies.session.name)}});
    if (cookies.session.name.size() > 256)
        refuse(longName, "cookie-name", {{"size", std::to_string(cookies.session.name.size())}});
    if (!cookies.minimal)
        return;
    if (cookies.refresh.count() != 0)
        refuse(minimalRefresh, "session-cookie-minimal");
    for (const auto& [option, header, claim] :
         {std::tuple("pass-authorization-header", "Authorization", "id_token"),
          std::tuple("set-authorization-header", "Authorization", "id_token"),
          std::tuple("pass-access-token", "X-Forwarded-Access-Token", "access_token")})
        if (options_.flag(option))
            refuse(minimalHeader, option, {{"claim", claim}, {"header", header}});
}

} // namespace gatehouse::gate
