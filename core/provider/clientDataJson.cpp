#include <base/encoding.h>
#include <provider/clientDataJson.h>

#include <nlohmann/json.hpp>

namespace gatehouse::provider {

std::string clientDataJson(const AuthRequest& request) {
    nlohmann::ordered_json out;
    out["ru"] = request.redirectUri;
    out["rt"] = request.responseType;
    if (!request.responseMode.empty())
        out["rm"] = request.responseMode;
    if (request.state)
        out["st"] = *request.state;
    return out.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::optional<ClientData> readClientData(std::string_view encoded) {
    const auto text = fromBase64Url(encoded);
    if (!text)
        return std::nullopt;
    const auto json = nlohmann::json::parse(*text, nullptr, false);
    if (!json.is_object())
        return std::nullopt;
    const auto member = [&json](const char* name) {
        const auto at = json.find(name);
        return at != json.end() && at->is_string() ? at->get<std::string>() : std::string{};
    };
    ClientData out{member("ru"), member("rt"), member("rm"), std::nullopt};
    if (json.contains("st"))
        out.state = member("st");
    return out;
}

} // namespace gatehouse::provider
