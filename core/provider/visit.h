// One request being answered: what it says, whose realm it is, and the answer that grows.
#pragma once

#include <http/url.h>
#include <provider/cookies.h>
#include <provider/realmModel.h>
#include <provider/reply.h>
#include <provider/state.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::provider {

using Details = std::vector<std::pair<std::string, std::string>>;

struct Visit {
    Env& env;
    const http::RequestView& request;
    const RealmModel& realm;
    RealmState& state;
    std::string origin;   // of the links: "https://keycloak.domain.tld"
    std::string basePath; // relative path of the server, "" or "/auth"
    bool https = true;    // as the client sees it
    http::Form query;
    http::Form form; // of a urlencoded body
    CookieContext cookies;
    Seconds now = 0;
    const ClientModel* client = nullptr; // named on pages and in events
    bool clientShown = true;             // pages may link to it: it was accepted
    std::string clientName;              // as asked for, when there is no such client
    AuthSession* login = nullptr;        // of this request
    RootAuthSession* root = nullptr;
    Reply reply;
    std::vector<exchange::Call> afterwards;

    // /realms/{realm}, below the relative path
    std::string realmPath() const;
    std::string issuer() const;
    std::string protocolUrl(std::string_view endpoint) const; // …/protocol/openid-connect/{endpoint}
    bool isPost() const { return request.method == "POST"; }
    bool hasForm() const; // the body is a form

    std::optional<std::string> queryValue(std::string_view name) const {
        return http::formValue(query, name);
    }
    std::optional<std::string> formValue(std::string_view name) const { return http::formValue(form, name); }
    std::optional<std::string> cookie(CookieKind kind) const; // quotes removed

    void set(CookieKind kind, std::string_view value, std::optional<std::int64_t> maxAge = {});
    void remove(CookieKind kind);

    void trace(const exchange::RuleRow& rule, exchange::Outcome outcome, std::string_view detail = {},
               FieldId from = {});
    void event(std::string type, std::string error = {}, Details details = {},
               const UserModel* user = nullptr, std::string sessionId = {});

    UserChanges& changes(const UserModel& user) { return state.users[user.id]; }
    std::int64_t milliseconds() const;
};

} // namespace gatehouse::provider
