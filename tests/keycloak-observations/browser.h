// A browser of the record's kind against one provider: own cookies, forms found in pages, a clock that is
// set.
#pragma once

#include "realmFromSetup.h"

#include <provider/state.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse::observations {

using Fields = std::vector<std::pair<std::string, std::string>>;

struct Sent {
    std::string method = "GET";
    std::string url; // path and query
    Fields headers;  // beside the usual ones
    std::optional<std::string> body;
    bool form = false;
};

class Browser {
public:
    explicit Browser(World& world)
        : world_(world), state_(provider::makeState()), entropy_(crypto::systemEntropy()) {}

    http::Response send(const Sent& sent);
    // Follows the page's first form with these fields.
    http::Response submit(const Fields& fields);
    http::Response get(const std::string& url) { return send({.url = url}); }

    void clearCookies() { cookies.clear(); }
    std::map<std::string, std::string> cookies; // quotes kept
    std::vector<provider::Event> events;        // since they were last taken
    std::vector<exchange::Call> afterwards;
    std::string action; // of the last page's first form: absolute or path
    nlohmann::ordered_json page;
    std::int64_t time = 1795509661; // 24 November 2026: the second at which the recorded codes fit

private:
    World& world_;
    std::shared_ptr<provider::ProviderState> state_;
    std::unique_ptr<crypto::Entropy> entropy_;
    void takeCookies(const http::Response& response);
};

std::string formBody(const Fields& fields);

} // namespace gatehouse::observations
