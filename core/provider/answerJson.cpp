#include <base/ascii.h>
#include <provider/answer.h>
#include <provider/credentials.h>
#include <provider/page.h>
#include <provider/signingKeysJson.h>

#include <nlohmann/json.hpp>

namespace gatehouse::provider {
namespace {

constexpr Seconds jarmLife = 600;

std::string joined(const Details& parameters) {
    std::string out;
    for (const auto& [name, value] : parameters)
        out += (out.empty() ? "" : "&") + name + "=" + javaUrlEncode(value);
    return out;
}

// Behind a query that is there, and before a fragment that is there (corrections 24).
std::string withQuery(const std::string& uri, const std::string& parameters) {
    const auto hash = uri.find('#');
    const std::string base = uri.substr(0, hash);
    const std::string fragment = hash == std::string::npos ? "" : uri.substr(hash);
    return base + (base.find('?') == std::string::npos ? "?" : "&") + parameters + fragment;
}

std::string withFragment(const std::string& uri, const std::string& parameters) {
    return uri.substr(0, uri.find('#')) + "#" + parameters;
}

void postForm(Visit& visit, const std::string& uri, const Details& parameters) {
    std::vector<std::string> names;
    for (const auto& parameter : parameters)
        names.push_back(parameter.first);
    std::string body = "<HTML>\n<HEAD><TITLE>OIDC Form_Post Response</TITLE></HEAD>\n<BODY "
                       "Onload=\"document.forms[0].submit()\">\n"
                       "<FORM METHOD=\"POST\" ACTION=\"" +
                       escape(uri) + "\">\n";
    for (const auto i : javaHashOrder(names))
        body += "<INPUT name=\"" + escape(parameters[i].first) + "\" TYPE=\"HIDDEN\" VALUE=\"" +
                escape(parameters[i].second) + "\">\n";
    body +=
        "<NOSCRIPT><P>JavaScript is disabled. Please click the button to continue.</P>"
        "<INPUT name=\"continue\" TYPE=\"SUBMIT\" VALUE=\"CONTINUE\"></NOSCRIPT>\n</FORM></BODY></HTML>\n";
    visit.reply.status = 200;
    visit.reply.contentType = "text/html";
    visit.reply.body = std::move(body);
}

std::string jarm(Visit& visit, const Details& parameters, const std::string& clientId) {
    nlohmann::ordered_json claims;
    claims["exp"] = visit.now + jarmLife;
    claims["iss"] = visit.issuer();
    claims["aud"] = clientId;
    for (const auto& [name, value] : parameters)
        if (name != "iss")
            claims[name] = value;
    return signToken(visit, claims);
}

} // namespace

std::optional<ResponseType> parseResponseType(std::string_view text) {
    ResponseType out;
    bool any = false;
    for (const auto word : split(text, ' ')) {
        if (word.empty())
            continue;
        any = true;
        if (word == "code")
            out.code = true;
        else if (word == "token")
            out.token = true;
        else if (word == "id_token")
            out.idToken = true;
        else if (word == "none")
            out.none = true;
        else
            return std::nullopt;
    }
    if (!any)
        return std::nullopt;
    return out;
}

bool isResponseMode(std::string_view mode) {
    for (const auto* known :
         {"query", "fragment", "form_post", "query.jwt", "fragment.jwt", "form_post.jwt", "jwt"})
        if (mode == known)
            return true;
    return false;
}

std::string effectiveMode(std::string_view mode, const ResponseType& type) {
    const std::string byType = type.implicitOrHybrid() ? "fragment" : "query";
    if (mode.empty())
        return byType;
    if (mode == "jwt")
        return byType + ".jwt";
    return std::string(mode);
}

void answerClient(Visit& visit, std::string_view mode, const std::string& redirectUri, Details parameters,
                  const std::string& clientId) {
    visit.reply.caching = Reply::Caching::Login;
    auto kind = mode;
    if (kind.ends_with(".jwt")) {
        kind.remove_suffix(4);
        parameters = {{"response", jarm(visit, parameters, clientId)}};
    }
    const std::string uri = locationText(redirectUri);
    if (kind == "form_post")
        return postForm(visit, uri, parameters);
    setRedirect(visit.reply, kind == "fragment" ? withFragment(uri, joined(parameters))
                                                : withQuery(uri, joined(parameters)));
}

void answerError(Visit& visit, std::string_view mode, const std::string& redirectUri, std::string_view error,
                 std::string_view description, const std::optional<std::string>& state,
                 const ClientModel& client) {
    Details parameters{{"error", std::string(error)}};
    if (!description.empty())
        parameters.emplace_back("error_description", description);
    if (state)
        parameters.emplace_back("state", *state);
    if (!client.flag("exclude.issuer.from.auth.response"))
        parameters.emplace_back("iss", visit.issuer());
    answerClient(visit, mode, redirectUri, std::move(parameters), client.data.clientId);
}

std::string javaUrlEncode(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == ' ')
            out += '+';
        else
            out += http::percentEncode(std::string_view(&c, 1), "-_.*");
    }
    for (auto at = out.find('~'); at != std::string::npos; at = out.find('~'))
        out.replace(at, 1, "%7E");
    return out;
}

} // namespace gatehouse::provider
