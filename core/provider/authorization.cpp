// GET and POST …/protocol/openid-connect/auth: the checks in Keycloak's order (AuthorizationEndpoint,
// AuthorizationEndpointChecker; keycloak.md 2.5, corrections 8-21).
#include <base/ascii.h>
#include <provider/answer.h>
#include <provider/endpoints.h>
#include <provider/loginFlow.h>
#include <provider/page.h>
#include <provider/redirectUri.h>
#include <provider/rules.h>
#include <provider/tokens.h>

#include <algorithm>
#include <charconv>

namespace gatehouse::provider {
namespace {

using exchange::Outcome;

constexpr std::size_t longestParameter = 4000;

// Control characters go, and their percent-encoded forms as well (measured: redirect.r-exact.30-33).
std::string cleaned(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c < 0x20 || c == 0x7f)
            continue;
        if (c == '%' && i + 2 < text.size() && (text[i + 1] == '0' || text[i + 1] == '1') &&
            (asciiDigit(text[i + 2]) || (asciiLower(text[i + 2]) >= 'a' && asciiLower(text[i + 2]) <= 'f'))) {
            i += 2;
            continue;
        }
        out += text[i];
    }
    return out;
}

struct Parameters {
    const http::Form& form;

    std::size_t count(std::string_view name) const {
        return static_cast<std::size_t>(std::ranges::count(
            form, name, [](const auto& field) -> std::string_view { return field.first; }));
    }
    std::optional<std::string> get(std::string_view name) const {
        const auto value = http::formValue(form, name);
        // state, nonce and the like beyond the limit are dropped without a word (corrections 19)
        if (!value || value->size() > longestParameter)
            return std::nullopt;
        return cleaned(*value);
    }
    bool anyTwice() const {
        return std::ranges::any_of(form, [this](const auto& field) { return count(field.first) > 1; });
    }
};

Details failureDetails(const AuthRequest& request, std::string_view reason, std::string_view mode) {
    Details details;
    if (!reason.empty())
        details.emplace_back("reason", reason);
    if (!request.responseType.empty())
        details.emplace_back("response_type", request.responseType);
    if (request.redirectUriGiven)
        details.emplace_back("redirect_uri", request.redirectUri);
    if (!mode.empty())
        details.emplace_back("response_mode", mode);
    return details;
}

void refusePage(Visit& visit, int status, std::string_view text, std::string error, Details details,
                const exchange::RuleRow& why, std::string_view detail) {
    visit.trace(why, Outcome::Denied, detail, visit.client != nullptr ? visit.client->data.from : FieldId{});
    visit.event("LOGIN_ERROR", std::move(error), std::move(details));
    errorPage(visit, status, text, Reply::Caching::Unset);
}

struct Refusal {
    std::string error;       // to the client
    std::string description; // may be empty
    std::string event = "invalid_request";
    std::string reason; // of the event
    const exchange::RuleRow* why = &rule::requestInvalid;
};

Refusal invalidRequest(std::string text, const exchange::RuleRow& why = rule::requestInvalid) {
    return {"invalid_request", text, "invalid_request", text, &why};
}

void refuseClient(Visit& visit, const AuthRequest& request, const Refusal& refusal, std::string_view sentMode,
                  std::string_view eventMode) {
    visit.trace(*refusal.why, Outcome::Denied, refusal.reason, visit.client->data.from);
    visit.event("LOGIN_ERROR", refusal.event, failureDetails(request, refusal.reason, eventMode));
    answerError(visit, sentMode, request.redirectUri, refusal.error, refusal.description, request.state,
                *visit.client);
}

// false: answered.
bool checkClient(Visit& visit, const Parameters& parameters) {
    if (parameters.count("client_id") != 1) {
        refusePage(
            visit, 400, "Invalid Request", "invalid_request",
            {{"reason",
              "Parameter 'client_id' not present or present multiple times in the HTTP request parameters"}},
            rule::requestInvalid, "client_id");
        return false;
    }
    if (httpsMissing(visit)) {
        refusePage(visit, 400, "HTTPS required", "ssl_required", {}, rule::httpsRequired,
                   visit.env.peerAddress);
        return false;
    }
    if (!visit.realm.data().enabled) {
        refusePage(visit, 400, "Realm not enabled", "realm_disabled", {}, rule::realmDisabled,
                   visit.realm.name());
        return false;
    }
    const std::string clientId = http::formValue(parameters.form, "client_id").value_or("");
    visit.clientName = clientId;
    const auto* client = visit.realm.client(clientId);
    if (client == nullptr) {
        refusePage(visit, 400, "Client not found.", "client_not_found", {}, rule::clientUnknown, clientId);
        return false;
    }
    visit.client = client;
    visit.clientShown = false;
    if (!client->data.enabled)
        refusePage(visit, 400, "Client disabled.", "client_disabled", {}, rule::clientDisabled, clientId);
    else if (client->data.bearerOnly)
        refusePage(visit, 403, "Bearer-only applications are not allowed to initiate browser login",
                   "not_allowed", {}, rule::grantRefused, clientId);
    else if (client->data.protocol != "openid-connect")
        refusePage(visit, 400, "Wrong client protocol.", "invalid_client",
                   {{"reason", "Wrong client protocol."}}, rule::requestInvalid, clientId);
    else
        visit.clientShown = true;
    return visit.clientShown;
}

bool readMaxAge(const Parameters& parameters, AuthRequest& request) {
    const auto text = parameters.get("max_age");
    if (!text)
        return true;
    int value = 0;
    const auto [end, failed] = std::from_chars(text->data(), text->data() + text->size(), value);
    if (text->empty() || failed != std::errc{} || end != text->data() + text->size())
        return false;
    request.maxAge = std::max(value, 0);
    return true;
}

// false: answered. redirect_uri may be left out by a pure OAuth request of a client with just one.
bool checkRedirectUri(Visit& visit, const Parameters& parameters, AuthRequest& request) {
    const auto& client = visit.client->data;
    const auto given = parameters.get("redirect_uri");
    std::string root = client.rootUrl;
    for (const std::string_view base : {"${authBaseUrl}", "${authAdminUrl}"})
        if (root.starts_with(base))
            root = visit.origin + visit.basePath + root.substr(base.size());
    const std::string issuer = visit.issuer();
    const RedirectContext context{visit.origin, issuer, root};
    const bool optional = !hasScope(request.scope.value_or(""), "openid");
    const auto accepted = given      ? acceptedRedirectUri(*given, client.redirectUris, context)
                          : optional ? singleRedirectUri(client.redirectUris)
                                     : std::nullopt;
    if (accepted) {
        request.redirectUri = *accepted;
        request.redirectUriGiven = given.has_value();
        return true;
    }
    Details details;
    if (given && !given->empty())
        details.emplace_back("redirect_uri", *given);
    refusePage(visit, 400, "Invalid parameter: redirect_uri", "invalid_redirect_uri", std::move(details),
               rule::redirectUriUnregistered, given.value_or("(none)"));
    return false;
}

// The type's flow, and whether the response mode suits it. false: answered.
bool checkResponseType(Visit& visit, const Parameters& parameters, AuthRequest& request, std::string& mode) {
    const auto text = parameters.get("response_type");
    const auto asked = parameters.get("response_mode");
    const auto sentMode = asked && isResponseMode(*asked) ? effectiveMode(*asked, {}) : std::string("query");
    request.responseType = text.value_or("");
    if (!text) {
        refuseClient(visit, request,
                     invalidRequest("Missing parameter: response_type", rule::responseTypeRefused), sentMode,
                     {});
        return false;
    }
    const auto type = parseResponseType(*text);
    const bool noneWithOthers = type && type->none && (type->code || type->implicitOrHybrid());
    if (!type || noneWithOthers) {
        const std::string reason =
            noneWithOthers ? "'None' not allowed with some other response_type" : "Unsupported response_type";
        refuseClient(visit, request,
                     {"unsupported_response_type", {}, "invalid_request", reason, &rule::responseTypeRefused},
                     sentMode, {});
        return false;
    }
    if (asked && !isResponseMode(*asked)) {
        refuseClient(visit, request, invalidRequest("Invalid parameter: response_mode"),
                     effectiveMode({}, *type), {});
        return false;
    }
    request.responseMode = asked.value_or("");
    mode = effectiveMode(request.responseMode, *type);
    if (type->implicitOrHybrid() && mode == "query") {
        refuseClient(visit, request,
                     invalidRequest("Response_mode 'query' not allowed for implicit or hybrid flow"), mode,
                     {});
        return false;
    }
    const auto& client = visit.client->data;
    const bool implicitOff = type->implicitOrHybrid() && !client.implicitFlowEnabled;
    const bool standardOff = (type->code || type->none) && !client.standardFlowEnabled;
    if (implicitOff || standardOff) {
        const std::string reason =
            std::string("Client is not allowed to initiate browser login with given response_type. ") +
            (implicitOff ? "Implicit" : "Standard") + " flow is disabled for the client.";
        refuseClient(visit, request,
                     {"unauthorized_client", reason, "not_allowed", reason, &rule::responseTypeRefused}, mode,
                     mode);
        return false;
    }
    return true;
}

bool isChallenge(std::string_view text) {
    return text.size() >= 43 && text.size() <= 128 && std::ranges::all_of(text, [](char c) {
               return asciiAlpha(c) || asciiDigit(c) ||
                      std::string_view("-._~").find(c) != std::string_view::npos;
           });
}

std::optional<Refusal> pkceRefusal(const Visit& visit, const Parameters& parameters, AuthRequest& request) {
    const auto challenge = parameters.get("code_challenge"), method = parameters.get("code_challenge_method");
    const std::string demanded = visit.client->attribute("pkce.code.challenge.method");
    const auto refuse = [](std::string text) {
        return std::optional(invalidRequest(std::move(text), rule::pkceRefused));
    };
    if (!demanded.empty()) {
        if (!method)
            return refuse("Missing parameter: code_challenge_method");
        if (*method != demanded)
            return refuse("Invalid parameter: code challenge method is not matching the configured one");
    }
    if (!challenge && !method)
        return std::nullopt;
    if (method && *method != "S256" && *method != "plain")
        return refuse("Invalid parameter: code_challenge_method");
    if (!challenge)
        return refuse("Missing parameter: code_challenge");
    if (!isChallenge(*challenge))
        return refuse("Invalid parameter: code_challenge");
    request.codeChallenge = *challenge;
    request.codeChallengeMethod = method.value_or("");
    return std::nullopt;
}

std::optional<Refusal> laterRefusal(Visit& visit, const Parameters& parameters, AuthRequest& request) {
    if (visit.client->flag("require.pushed.authorization.requests"))
        return invalidRequest("Pushed Authorization Request is only allowed.");
    if (parameters.anyTwice())
        return invalidRequest("duplicated parameter");
    if (request.scope && !isValidScope(*visit.client, *request.scope)) {
        const std::string text = "Invalid scopes: " + *request.scope;
        return Refusal{"invalid_scope", text, "invalid_request", text, &rule::scopeUnknown};
    }
    if (parseResponseType(request.responseType)->idToken && request.nonce.empty())
        return invalidRequest("Missing parameter: nonce");
    return pkceRefusal(visit, parameters, request);
}

} // namespace

void authorization(Visit& visit) {
    // A POST counts by its body alone; only a form is one (corrections 18).
    const http::Form none;
    const Parameters parameters{visit.isPost() ? (visit.hasForm() ? visit.form : none) : visit.query};
    if (!checkClient(visit, parameters))
        return;
    AuthRequest request;
    request.clientId = visit.client->data.clientId;
    request.scope = parameters.get("scope");
    request.state = parameters.get("state");
    request.nonce = parameters.get("nonce").value_or("");
    request.prompt = parameters.get("prompt").value_or("");
    request.loginHint = parameters.get("login_hint").value_or("");
    request.acrValues = parameters.get("acr_values").value_or("");
    request.action = parameters.get("kc_action").value_or("");
    if (!readMaxAge(parameters, request))
        return refusePage(visit, 400, "Invalid Request", "invalid_request",
                          {{"reason", "Invalid parameter: max_age"}}, rule::requestInvalid, "max_age");
    if (parameters.get("request") || parameters.get("request_uri"))
        return refusePage(visit, 400, "Invalid Request", "invalid_request", {}, rule::requestInvalid,
                          "request");
    std::string mode;
    if (!checkRedirectUri(visit, parameters, request) || !checkResponseType(visit, parameters, request, mode))
        return;
    if (const auto refusal = laterRefusal(visit, parameters, request))
        return refuseClient(visit, request, *refusal, mode, mode);
    beginLogin(visit, std::move(request));
}

} // namespace gatehouse::provider
