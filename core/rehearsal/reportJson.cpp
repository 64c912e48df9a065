#include <rehearsal/report.h>

#include <nlohmann/json.hpp>

namespace gatehouse::rehearsal {

namespace {

using Json = nlohmann::ordered_json;

Json hopJson(const Hop& hop) {
    return {{"depth", hop.depth}, {"who", hop.who},       {"whom", hop.whom}, {"method", hop.method},
            {"url", hop.url},     {"status", hop.status}, {"why", hop.why}};
}

Json resultJson(const RehearsalResult& result) {
    Json hops = Json::array();
    for (const Hop& hop : result.hops)
        hops.push_back(hopJson(hop));
    Json upstream = nullptr;
    if (!result.upstreamLine.empty()) {
        Json headers = Json::array();
        for (const auto& [name, value] : result.upstreamHeaders)
            headers.push_back(Json::array({name, value}));
        upstream = {{"line", result.upstreamLine}, {"headers", std::move(headers)}};
    }
    return {
        {"as", result.as},
        {"url", result.url},
        {"expect", result.expect},
        {"ok", result.ok},
        {"verdict",
         {{"outcome", result.outcome}, {"code", result.code}, {"text", result.text}, {"hint", result.hint}}},
        {"hops", std::move(hops)},
        {"page", result.page},
        {"upstreamRequest", std::move(upstream)},
        {"seconds", result.seconds}};
}

} // namespace

std::string reportJson(const Report& report) {
    Json rehearsals = Json::array();
    for (const RehearsalResult& result : report.results)
        rehearsals.push_back(resultJson(result));
    const Json out{
        {"version", 1}, {"rehearsals", std::move(rehearsals)}, {"notRehearsed", report.notRehearsed}};
    // A service's page may hold any bytes: what is no UTF-8 becomes the replacement character.
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace gatehouse::rehearsal
