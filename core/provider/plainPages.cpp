// Error, info and logout pages: those that stand outside a login.
#include <base/encoding.h>
#include <crypto/digest.h>
#include <provider/ids.h>
#include <provider/internalTokenJson.h>
#include <provider/page.h>

namespace gatehouse::provider {
namespace {

std::string backLink(const Visit& visit) {
    if (visit.client == nullptr || visit.client->data.baseUrl.empty())
        return {};
    const auto& data = visit.client->data;
    const std::string url = data.baseUrl.starts_with("/") ? data.rootUrl + data.baseUrl : data.baseUrl;
    return "<p><a id=\"backToApplication\" href=\"" + escape(url) + "\">« Back to Application</a></p>\n";
}

std::string errorHtml(const Visit& visit, std::string_view text) {
    const std::string body = "<div id=\"kc-error-message\" role=\"alert\"><p class=\"instruction\">" +
                             escape(text) + "</p>\n" + backLink(visit) + "</div>\n";
    return render(visit, {.pageId = "login-error", .heading = "We are sorry...", .body = body});
}

// Pages of what no endpoint answered: no title, whole addresses, no cache rule.
void strayPage(Visit& visit, int status, std::string_view text, std::string_view realmPath) {
    const std::string body = "<div id=\"kc-error-message\" role=\"alert\"><p class=\"instruction\">" +
                             escape(text) + "</p>\n</div>\n";
    visit.reply.status = status;
    visit.reply.contentType = "text/html;charset=utf-8";
    visit.reply.body = render(visit, {.pageId = "login-error",
                                      .noTitle = true,
                                      .plainHeader = true,
                                      .heading = "We are sorry...",
                                      .body = body,
                                      .restartUrl = visit.origin + std::string(realmPath) +
                                                    "/login-actions/restart?skip_logout=true"});
}

} // namespace

void errorPage(Visit& visit, int status, std::string_view text, Reply::Caching caching) {
    setPage(visit, status, errorHtml(visit, text), caching);
}

void detachedErrorPage(Visit& visit, int status, std::string_view messageKey, std::string_view text) {
    visit.set(CookieKind::StateChecker, detachedStateToken(visit, messageKey, status));
    errorPage(visit, status, text);
}

void notFoundPage(Visit& visit) {
    strayPage(visit, 404, "Page not found", visit.realmPath());
}

void internalErrorPage(Visit& visit) {
    visit.reply = {};
    strayPage(visit, 500, "An internal server error has occurred", visit.realmPath());
}

void infoPage(Visit& visit, std::string_view text, std::string restartUrl) {
    const std::string body =
        "<div id=\"kc-info-message\"><p class=\"instruction\">" + escape(text) + "</p>\n</div>\n";
    setPage(visit, 200,
            render(visit, {.pageId = "login-info",
                           .heading = std::string(text),
                           .body = body,
                           .restartUrl = std::move(restartUrl)}),
            Reply::Caching::NoCache);
}

std::string logoutRestartUrl(const Visit& visit, std::string_view clientId, std::string_view tabId) {
    return visit.realmPath() + "/login-actions/restart?client_id=" + http::percentEncode(clientId) +
           "&tab_id=" + std::string(tabId) + "&skip_logout=true";
}

void logoutConfirmPage(Visit& visit, const LogoutSession& logout) {
    const std::string action =
        visit.realmPath() +
        "/protocol/openid-connect/logout/logout-confirm?client_id=" + http::percentEncode(logout.clientId) +
        "&tab_id=" + logout.tabId;
    const std::string body = "<div id=\"kc-logout-confirm\" class=\"content-area\"><p "
                             "class=\"instruction\">Do you want to log out?</p>\n"
                             "<form method=\"POST\" action=\"" +
                             escape(action) +
                             "\" onsubmit=\"confirmLogout.disabled = true; return true;\">\n<input "
                             "type=\"hidden\" name=\"session_code\" value=\"" +
                             logout.sessionCode +
                             "\">\n<div><div id=\"kc-form-options\"></div><div id=\"kc-form-buttons\">"
                             "<input id=\"kc-logout\" class=\"primary\" tabindex=\"4\" "
                             "name=\"confirmLogout\" type=\"submit\" value=\"Logout\">"
                             "</div></div>\n</form>\n<div id=\"kc-info-message\">" +
                             backLink(visit) + "</div></div>\n";
    setPage(visit, 200,
            render(visit, {.pageId = "login-logout-confirm",
                           .title = "Logging out",
                           .heading = "Logging out",
                           .body = body,
                           .restartUrl = logoutRestartUrl(visit, logout.clientId, logout.tabId)}),
            Reply::Caching::NoCache);
}

} // namespace gatehouse::provider
