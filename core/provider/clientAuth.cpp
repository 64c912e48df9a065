// Client authentication by secret, in the form or by Basic (ClientIdAndSecretAuthenticator; corrections 56,
// 57).
#include <base/ascii.h>
#include <base/encoding.h>
#include <provider/endpoints.h>
#include <provider/rules.h>

namespace gatehouse::provider {
namespace {

using exchange::Outcome;

constexpr std::string_view refusalText = "Invalid client or Invalid client credentials";

struct Credentials {
    std::optional<std::string> clientId;
    std::optional<std::string> secret;
};

// RFC 6749 section 2.3.1: both parts are form-encoded before they are put together.
std::optional<std::string> formDecoded(std::string_view text) {
    std::string plus(text);
    for (char& c : plus)
        if (c == '+')
            c = ' ';
    return http::percentDecode(plus);
}

Credentials fromBasic(std::string_view header) {
    if (!startsWithIgnoreCase(header, "basic "))
        return {};
    const auto text = fromBase64(trim(header.substr(6)));
    const auto colon = text ? text->find(':') : std::string::npos;
    if (colon == std::string::npos)
        return {};
    return {formDecoded(std::string_view(*text).substr(0, colon)),
            formDecoded(std::string_view(*text).substr(colon + 1))};
}

void refuse(Visit& visit, const ClientAuthStyle& style, int status, std::string_view error,
            std::string_view description, std::string event, const exchange::RuleRow& why) {
    visit.trace(why, Outcome::Denied,
                visit.client != nullptr ? visit.client->data.clientId : visit.clientName,
                visit.client != nullptr ? visit.client->data.from : FieldId{});
    visit.event(std::string(style.event), std::move(event), style.details);
    echoOrigin(visit);
    setJson(visit.reply, status, errorJson(error, description));
}

} // namespace

const ClientModel* authenticateClient(Visit& visit, const ClientAuthStyle& style) {
    Credentials given = fromBasic(visit.request.headers.get("Authorization"));
    // The form beats the header, part by part.
    if (const auto id = visit.formValue("client_id"))
        given.clientId = id;
    if (const auto secret = visit.formValue("client_secret"))
        given.secret = secret;
    visit.clientName = given.clientId.value_or(visit.queryValue("client_id").value_or(""));
    const auto* client = given.clientId ? visit.realm.client(*given.clientId) : nullptr;
    if (client == nullptr) {
        refuse(visit, style, 401, "invalid_client", refusalText, "client_not_found", rule::clientUnknown);
        return nullptr;
    }
    visit.client = client;
    if (!client->data.enabled) {
        refuse(visit, style, 401, "invalid_client", refusalText, "client_disabled", rule::clientDisabled);
        return nullptr;
    }
    if (client->data.publicClient)
        return client;
    const auto& type = client->data.clientAuthenticatorType;
    if (type == "client-jwt" || type == "client-secret-jwt") {
        const bool asserted = visit.formValue("client_assertion_type").has_value();
        refuse(visit, style, 400, "invalid_client",
               asserted ? "Client authentication with signed JWT failed: java.lang.IllegalArgumentException: "
                          "Parsing error"
                        : "Parameter client_assertion_type is missing",
               "invalid_client_credentials", rule::clientSecretWrong);
        return nullptr;
    }
    if (!given.secret || client->secret.empty() || !client->secret.equals(*given.secret)) {
        if (style.introspection) {
            refuse(visit, style, 401, "invalid_client", refusalText, "invalid_client_credentials",
                   rule::clientSecretWrong);
            return nullptr;
        }
        refuse(visit, style, 401, "unauthorized_client", refusalText, "invalid_client_credentials",
               rule::clientSecretWrong);
        return nullptr;
    }
    return client;
}

} // namespace gatehouse::provider
