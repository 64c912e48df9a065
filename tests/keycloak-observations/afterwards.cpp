#include "prepare.h"
#include "walk.h"

namespace gatehouse::observations {

using Json = nlohmann::ordered_json;

std::string afterwards(Stage& stage, const Json& observation, const http::Response& response) {
    auto& browser = *stage.browser;
    const std::string location(response.headers.view().get("Location"));
    const auto length = [&observation](const char* name) { return observation[name].get<std::size_t>(); };
    if (observation.contains("state_returned")) {
        const auto query = http::parseForm(location.substr(location.find('?') + 1));
        const auto state = http::formValue(query, "state").value_or("");
        if (state.size() != length("state_returned"))
            return "state of " + std::to_string(state.size()) + " characters";
    }
    Walk walk(stage);
    if (observation.contains("nonce_in_id_token")) {
        walk.code = location.substr(location.find("code=") + 5);
        walk.exchange("web");
        const auto claims = walk.claims("id_token");
        if (member(claims, "nonce").size() != length("nonce_in_id_token"))
            return "nonce of " + std::to_string(member(claims, "nonce").size()) + " characters";
    }
    if (observation.contains("afterwards")) {
        browser.cookies = walk.kept(); // of the login, whatever the logout deleted in the browser
        const auto again = browser.get(walk.authUrl("web", "&prompt=none"));
        const bool alive = again.headers.view().get("Location").find("code=") != std::string_view::npos;
        if (alive != (member(observation, "afterwards") == "session alive"))
            return alive ? "the session lives on" : "the session is gone";
    }
    return {};
}

} // namespace gatehouse::observations
