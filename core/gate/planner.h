// Planner: options → Plan, gathering every problem in oauth2-proxy's own words (pkg/validation).
#pragma once

#include <gate/plan.h>

namespace gatehouse::gate {

class Planner {
public:
    Planner(Plan& plan, const crypto::SecretSource& secrets, const std::function<Place(FieldId)>& place,
            std::vector<Problem>& problems)
        : plan_(plan), options_(plan.options), secrets_(secrets), place_(place), problems_(problems) {}

    void all();

private:
    // planCookies.cpp
    void cookies();
    void cookieSecret();
    // planProvider.cpp
    void provider();
    void providerKind();
    void clientSecret();
    void endpoints();
    void tokenPolicy();
    void publicKeys();
    void certificateAuthorities();
    void extraIssuers();
    // planAccess.cpp
    void access();
    void skipRoutes();
    void apiRoutes();
    void emailsFile();
    void passwordFile();
    // planServer.cpp
    void server();
    void proxies();
    void redirectUrl();
    void headers();
    void pages();
    void upstreams();
    void addUpstream(const std::string& text, std::vector<std::string>& paths);

    void refuse(const Message& message, std::string_view option, std::map<std::string, std::string> args = {},
                std::string technical = {});
    void warn(const Message& message, std::string_view option, std::map<std::string, std::string> args = {});
    void add(Problem::Kind kind, const Message& message, std::string_view option,
             std::map<std::string, std::string> args, std::string technical);
    // The value of a secret option, from its name or from the file that `fileOption` names; null: none (and
    // what is wrong has been said).
    struct SecretValue {
        crypto::SecretString value;
        bool fromFile = false;
    };
    std::optional<SecretValue> secretValue(std::string_view option, std::string_view fileOption,
                                           const Message* unreadable);
    std::optional<std::string> fileText(const std::string& path);
    std::shared_ptr<const re2::RE2> pattern(const std::string& text, std::string_view option);

    Plan& plan_;
    const Options& options_;
    const crypto::SecretSource& secrets_;
    const std::function<Place(FieldId)>& place_;
    std::vector<Problem>& problems_;
};

} // namespace gatehouse::gate
