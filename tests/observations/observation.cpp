#include "observation.h"

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

namespace gatehouse::observations {

using Json = nlohmann::json;

std::string expanded(const std::string& text) {
    std::string out;
    std::size_t at = 0;
    for (;;) {
        const auto open = text.find("<'", at);
        const auto close = open == std::string::npos ? open : text.find('>', open);
        if (close == std::string::npos || text.compare(open + 3, 4, "' x ") != 0) {
            out += text.substr(at);
            return out;
        }
        out += text.substr(at, open - at);
        out.append(static_cast<std::size_t>(std::atol(text.c_str() + open + 7)), text[open + 2]);
        at = close + 1;
    }
}

namespace {

std::string text(const Json& from, const char* key) {
    return from.contains(key) && from[key].is_string() ? from[key].get<std::string>() : std::string();
}

Fields fields(const Json& from) {
    Fields out;
    if (from.contains("headers"))
        for (const Json& field : from["headers"])
            out.emplace_back(field[0].get<std::string>(), expanded(field[1].get<std::string>()));
    return out;
}

Script script(const Json& from) {
    Script out;
    out.status = from.value("status", 200);
    out.headers = fields(from);
    out.raw = expanded(text(from, "raw"));
    out.body = expanded(text(from, "body"));
    out.close = from.value("close", false);
    out.webSocket = from.value("ws", true);
    return out;
}

std::vector<Script> scripts(const Json& from, const char* key) {
    std::vector<Script> out;
    if (from.contains(key) && from[key].is_array())
        for (const Json& one : from[key])
            out.push_back(script(one));
    else if (from.contains(key) && from[key].is_object())
        out.push_back(script(from[key]));
    if (out.empty())
        out.emplace_back();
    return out;
}

std::vector<Seen> seen(const Json& from, const char* key) {
    std::vector<Seen> out;
    if (from.contains(key))
        for (const Json& one : from[key])
            out.push_back({text(one, "server"), text(one, "line"), fields(one)});
    return out;
}

Observation observation(const Json& from) {
    Observation out;
    out.id = text(from, "id");
    out.topic = text(from, "topic");
    out.config = text(from, "config");
    const Json& request = from["request"];
    out.request = {text(request, "method"),
                   expanded(text(request, "target")),
                   text(request, "scheme"),
                   text(request, "http"),
                   expanded(text(request, "body")),
                   expanded(text(request, "raw")),
                   request.value("client_addr", std::string("127.0.0.1")),
                   fields(request)};
    out.auth = scripts(from, "auth_service_answers");
    out.upstream = scripts(from, "upstream_answers");
    const Json& answer = from["client_response"];
    out.answer = {answer.value("status", 0), text(answer, "reason"), text(answer, "proto"),
                  text(answer, "body_class"), fields(answer)};
    out.authRequests = seen(from, "auth_requests");
    out.upstreamRequests = seen(from, "upstream_requests");
    return out;
}

} // namespace

std::optional<std::string> load(const std::string& path, Observations& into) {
    std::ifstream file(path);
    if (!file)
        return path + ": cannot be opened";
    const Json root = Json::parse(file, nullptr, false);
    if (!root.is_object())
        return path + ": no JSON object";
    if (root.contains("configs"))
        for (const auto& [id, config] : root["configs"].items()) {
            Config out{id, text(config, "epoch"), text(config, "objects"), {}, config.contains("api_server")};
            if (config.contains("controller_configmap"))
                for (const auto& [key, value] : config["controller_configmap"].items())
                    out.controller[key] = value.is_string() ? value.get<std::string>() : value.dump();
            into.configs[id] = std::move(out);
        }
    if (root.contains("admission"))
        for (const Json& one : root["admission"])
            into.admission.push_back({text(one, "config"), one.value("allowed", true)});
    if (root.contains("observations"))
        for (const Json& one : root["observations"])
            into.observations.push_back(observation(one));
    return std::nullopt;
}

} // namespace gatehouse::observations
