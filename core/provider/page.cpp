#include <base/encoding.h>
#include <crypto/digest.h>
#include <provider/clientDataJson.h>
#include <provider/page.h>
#include <provider/pageStyle.h>

namespace gatehouse::provider {
namespace {

std::string alertHtml(const Alert& alert, bool first) {
    static constexpr std::string_view kinds[] = {"error", "warning", "info", "success"};
    const auto kind = kinds[static_cast<std::size_t>(alert.kind)];
    const std::string title =
        first ? "pf-c-alert__title kc-feedback-text" : "pf-v5-c-alert__title kc-feedback-text";
    return "<div class=\"alert " + std::string(kind) + "\" role=\"" +
           (alert.kind == Alert::Kind::Error ? "alert" : "status") + "\"><span class=\"" + title + "\">" +
           escape(alert.text) + "</span></div>\n";
}

// Which session's end this page waits for, and which login it belongs to.
std::string scripts(const Visit& visit, const Shell& shell) {
    std::string url = shell.restartUrl;
    const bool inLogin = visit.login != nullptr && url.empty();
    if (inLogin) {
        url = loginActionPath(visit, "restart") + "&skip_logout=true";
    } else if (url.empty()) {
        url = visit.realmPath() + "/login-actions/restart?";
        if (visit.client != nullptr && visit.clientShown)
            url += "client_id=" + http::percentEncode(visit.client->data.clientId) + "&";
        url += "skip_logout=true";
    }
    std::string out =
        "<script type=\"module\">" + std::string(pageScript) + "startSessionPolling(\"" + url + "\");\n";
    if (inLogin && visit.root != nullptr)
        out +=
            "checkAuthSession(\"" + base64(crypto::digest(crypto::Hash::Sha384, visit.root->id)) + "\");\n";
    return out + "</script>\n";
}

std::string attempted(const Visit& visit, const Shell& shell, bool first) {
    if (shell.attemptedUsername.empty())
        return {};
    const std::string restart =
        visit.login == nullptr ? "" : loginActionPath(visit, "restart") + "&skip_logout=false";
    const std::string name = escape(shell.attemptedUsername);
    if (first)
        return "<div id=\"kc-username\"><label id=\"kc-attempted-username\">" + name +
               "</label> <a id=\"reset-login\" href=\"" + escape(restart) +
               "\" aria-label=\"Restart login\">Restart login</a></div>\n";
    return "<div class=\"row\"><input id=\"kc-attempted-username\" type=\"text\" readonly "
           "aria-label=\"Username\" value=\"" +
           name +
           "\"><button id=\"reset-login\" class=\"plain\" type=\"button\" aria-label=\"Restart login\" "
           "onclick=\"location.href='" +
           escape(restart) +
           "'\">Restart login</button></div>\n<div id=\"input-error-container-username\"></div>\n";
}

} // namespace

std::string escape(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\'':
            out += "&#39;";
            break;
        default:
            out += c;
        }
    }
    return out;
}

bool isFirstTheme(const Visit& visit) {
    return visit.realm.data().loginTheme == "keycloak";
}

std::string clientData(const AuthRequest& request) {
    return base64Url(clientDataJson(request));
}

std::string loginActionPath(const Visit& visit, std::string_view path, std::string_view before) {
    std::string out = visit.realmPath() + "/login-actions/" + std::string(path) + "?" + std::string(before);
    if (visit.login == nullptr)
        return out;
    if (!before.empty())
        out += "&";
    return out + "client_id=" + http::percentEncode(visit.login->request.clientId) +
           "&tab_id=" + visit.login->tabId + "&client_data=" + clientData(visit.login->request);
}

std::string render(const Visit& visit, const Shell& shell) {
    const bool first = isFirstTheme(visit);
    const auto& realm = visit.realm.data();
    const std::string title = shell.noTitle         ? ""
                              : shell.title.empty() ? "Sign in to " + visit.realm.shownName()
                                                    : shell.title;
    std::string out = "<!DOCTYPE html>\n<html lang=\"en\"";
    if (realm.internationalizationEnabled)
        out += " dir=\"ltr\"";
    out += ">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
           "content=\"width=device-width,initial-scale=1\">\n"
           "<meta name=\"robots\" content=\"noindex,nofollow\">\n<title>" +
           escape(title) + "</title>\n<style>" + std::string(pageStyle) + "</style>\n</head>\n<body" +
           (first ? "" : " id=\"keycloak-bg\"") + " data-page-id=\"" + shell.pageId +
           "\">\n<header id=\"kc-header\"><div id=\"kc-header-wrapper\">" +
           escape(shell.plainHeader ? realm.displayName : visit.realm.shownName()) +
           "</div></header>\n<main>\n";
    // The first theme shows either a heading or the user; the second both.
    if (!first || shell.attemptedUsername.empty())
        out += "<h1 id=\"kc-page-title\">" + escape(shell.heading) + "</h1>\n";
    if (!first && realm.internationalizationEnabled)
        out += "<select id=\"login-select-toggle\" class=\"plain\" aria-label=\"languages\"><option "
               "selected>English</option></select>\n";
    out += attempted(visit, shell, first);
    if (first)
        out += "<div id=\"kc-content\"><div id=\"kc-content-wrapper\">\n";
    if (shell.alert)
        out += alertHtml(*shell.alert, first);
    out += shell.body;
    if (first)
        out += "</div></div>\n";
    out += shell.info + "</main>\n<footer>Embedded provider for tests; not for production.</footer>\n" +
           scripts(visit, shell) + "</body>\n</html>\n";
    return out;
}

void setPage(Visit& visit, int status, std::string html, Reply::Caching caching) {
    visit.reply.status = status;
    visit.reply.caching = caching;
    visit.reply.contentLanguage = "en";
    visit.reply.contentType = "text/html;charset=utf-8";
    visit.reply.body = std::move(html);
}

std::string field(const Visit& visit, const Field& what) {
    const bool first = isFirstTheme(visit);
    const bool bad = !what.error.empty() || what.invalid;
    std::string input =
        "<input id=\"" + what.name + "\" name=\"" + what.name + "\" type=\"" + what.type + "\"";
    if (!(first && what.type == "password"))
        input += " value=\"" + escape(what.value) + "\"";
    if (!what.autocomplete.empty())
        input += " autocomplete=\"" + what.autocomplete + "\"";
    if (what.autofocus)
        input += " autofocus";
    input += std::string(" aria-invalid=\"") + (bad ? "true" : "") + "\"";
    if (what.name == "otp")
        input += " inputmode=\"numeric\"";
    if (bad && !what.errorId.empty())
        input += " aria-describedby=\"" + what.errorId + "\"";
    input += ">";
    std::string out = "<label for=\"" + what.name + "\">" + escape(what.label) + "</label>\n";
    if (what.reveal && first)
        out += "<div class=\"row\">" + input + "<button class=\"plain\" type=\"button\" data-reveal=\"" +
               what.name + "\" aria-label=\"Show password\"></button></div>\n";
    else if (what.reveal)
        out += "<div class=\"row\">" + input + "<button id=\"" + what.name +
               "-show-password\" class=\"plain\" type=\"button\" data-reveal=\"" + what.name +
               "\" aria-label=\"Show password\"></button></div>\n";
    else
        out += input + "\n";
    out += what.extra;
    if (first) {
        if (!what.error.empty())
            out += "<span id=\"" + what.errorId + "\" class=\"error-text\" aria-live=\"polite\">" +
                   escape(what.error) + "</span>\n";
        return out;
    }
    out += "<div id=\"input-error-container-" + what.name + "\">";
    if (!what.error.empty())
        out += "<div id=\"" + what.errorId +
               "\" class=\"error-text\" aria-live=\"polite\"><span class=\"kc-feedback-text\">" +
               escape(what.error) + "</span></div>";
    return out + "</div>\n";
}

} // namespace gatehouse::provider
