#include <gate/messagePack.h>
#include <gate/session.h>

#include <nlohmann/json.hpp>

namespace gatehouse::gate {

namespace {

using Json = nlohmann::ordered_json;
using messagePack::Reader;

constexpr int deepest = 16;

std::optional<Json> takeValue(Reader& reader, int depth);

std::optional<Json> takeList(Reader& reader, std::size_t size, int depth) {
    Json out = Json::array();
    for (std::size_t i = 0; i < size; ++i) {
        auto item = takeValue(reader, depth);
        if (!item)
            return std::nullopt;
        out.push_back(std::move(*item));
    }
    return out;
}

std::optional<Json> takeObject(Reader& reader, std::size_t size, int depth) {
    std::map<std::string, Json> sorted;
    for (std::size_t i = 0; i < size; ++i) {
        const auto key = reader.takeText();
        auto value = key ? takeValue(reader, depth) : std::nullopt;
        if (!value)
            return std::nullopt;
        sorted.insert_or_assign(std::string(*key), std::move(*value));
    }
    Json out = Json::object();
    for (auto& [key, value] : sorted)
        out[key] = std::move(value);
    return out;
}

std::optional<Json> takeValue(Reader& reader, int depth) {
    if (depth > deepest)
        return std::nullopt;
    if (reader.takeNil())
        return Json();
    if (const auto flag = reader.takeBool())
        return Json(*flag);
    if (const auto text = reader.takeText())
        return Json(std::string(*text));
    if (const auto number = reader.takeInteger())
        return Json(*number);
    if (const auto number = reader.takeFloat())
        return Json(*number);
    if (const auto size = reader.takeArray())
        return takeList(reader, *size, depth + 1);
    if (const auto size = reader.takeMap())
        return takeObject(reader, *size, depth + 1);
    return std::nullopt;
}

// Go's encoding/json: & < > escaped.
std::string goDump(const Json& value) {
    std::string out;
    for (const char c : value.dump(-1, ' ', false, Json::error_handler_t::replace)) {
        if (c == '<')
            out += "\\u003c";
        else if (c == '>')
            out += "\\u003e";
        else if (c == '&')
            out += "\\u0026";
        else
            out.push_back(c);
    }
    return out;
}

} // namespace

std::string additionalClaimsJson(const Session& session) {
    Reader reader(session.additionalClaims);
    const auto value = session.additionalClaims.empty() ? std::nullopt : takeValue(reader, 0);
    return value && value->is_object() && !value->empty() ? goDump(*value) : std::string();
}

std::string userinfoJson(const Session& session) {
    Json out = Json::object();
    out["user"] = session.user;
    out["email"] = session.email;
    if (!session.groups.empty())
        out["groups"] = session.groups;
    if (!session.preferredUsername.empty())
        out["preferredUsername"] = session.preferredUsername;
    std::string text = goDump(out);
    if (const std::string claims = additionalClaimsJson(session); !claims.empty())
        text.insert(text.size() - 1, ",\"additionalClaims\":" + claims);
    return text + "\n";
}

} // namespace gatehouse::gate
