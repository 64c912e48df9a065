#include <base/ascii.h>
#include <http/url.h>
#include <oidc/tokenAnswer.h>

#include <charconv>
#include <nlohmann/json.hpp>

namespace gatehouse::oidc {

namespace {

std::string textAt(const nlohmann::json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string jsonQuoted(std::string_view text) {
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// Seconds; x/oauth2 takes a number or the text of one, and caps it at 32 bits.
std::optional<std::int64_t> expiresIn(const nlohmann::json& object) {
    const auto found = object.find("expires_in");
    if (found == object.end())
        return std::nullopt;
    if (found->is_number())
        return static_cast<std::int64_t>(
            std::min(std::max(found->get<double>(), -2147483648.0), 2147483647.0));
    if (!found->is_string())
        return std::nullopt;
    const auto& text = found->get_ref<const std::string&>();
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    return read.ec == std::errc{} ? std::optional(value) : std::nullopt;
}

TokenAnswer answerOf(const nlohmann::json& object, const Now& now) {
    TokenAnswer out;
    out.accessToken = textAt(object, "access_token");
    out.refreshToken = textAt(object, "refresh_token");
    out.idToken = textAt(object, "id_token");
    out.tokenType = textAt(object, "token_type");
    out.scope = textAt(object, "scope");
    if (const auto seconds = expiresIn(object); seconds && *seconds != 0)
        out.expiry = now.wall + std::chrono::seconds(*seconds);
    return out;
}

// x/oauth2 reads form-encoded answers too, where the provider says so.
nlohmann::json objectOf(const http::Response& response) {
    const std::string_view type = response.headers.view().get("Content-Type");
    if (startsWithIgnoreCase(type, "application/x-www-form-urlencoded") ||
        startsWithIgnoreCase(type, "text/plain")) {
        nlohmann::json out = nlohmann::json::object();
        for (const auto& [name, value] : http::parseForm(response.body))
            if (!out.contains(name))
                out[name] = value;
        return out;
    }
    return nlohmann::json::parse(response.body, nullptr, false);
}

TokenRefusal refusalOf(const http::Response& response, const nlohmann::json& object) {
    TokenRefusal out;
    out.status = response.status;
    if (object.is_object()) {
        out.error = textAt(object, "error");
        out.description = textAt(object, "error_description");
    }
    if (out.error.empty()) {
        const std::string reason =
            response.reason.empty() ? std::string(http::reasonPhrase(response.status)) : response.reason;
        out.text = "oauth2: cannot fetch token: " + std::to_string(response.status) + " " + reason;
    } else {
        out.text = "oauth2: " + jsonQuoted(out.error) +
                   (out.description.empty() ? "" : " " + jsonQuoted(out.description));
    }
    return out;
}

} // namespace

std::variant<TokenAnswer, TokenRefusal> readTokenAnswer(const http::Response& response, const Now& now) {
    const nlohmann::json object = objectOf(response);
    const bool good = response.status >= 200 && response.status <= 299;
    if (!good || (object.is_object() && !textAt(object, "error").empty()))
        return refusalOf(response, object);
    if (!object.is_object())
        return TokenRefusal{response.status, {}, {}, "oauth2: cannot parse json"};
    TokenAnswer answer = answerOf(object, now);
    if (answer.accessToken.empty())
        return TokenRefusal{response.status, {}, {}, "oauth2: server response missing access_token"};
    return answer;
}

} // namespace gatehouse::oidc
