// Steps of a login that preparations are put together from.
#pragma once

#include "prepare.h"

#include <string>
#include <string_view>

namespace gatehouse::observations {

std::string member(const nlohmann::ordered_json& json, const char* name); // "" unless it is a text

class Walk {
public:
    static constexpr std::string_view password = "correct horse";
    explicit Walk(Stage& stage);

    std::string authUrl(const std::string& client, const std::string& extra = {}) const;
    void open(const std::string& client, const std::string& extra = {});
    http::Response passwordStep(const std::string& name);
    bool login(const std::string& client, const std::string& name); // a whole one: leaves its `code`
    http::Response exchange(const std::string& client);
    std::string token(const char* name) const; // of the exchange
    nlohmann::ordered_json claims(const char* name) const;
    const std::map<std::string, std::string>& kept() const { return stage_.jar; }

    std::string code;

private:
    Stage& stage_;
    Browser& browser_;
    std::string realm_;
    std::string tokenAnswer_;
    std::string secretOf(const std::string& client) const;
};

} // namespace gatehouse::observations
