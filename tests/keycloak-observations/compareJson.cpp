#include "compareJson.h"

#include "masks.h"

#include <base/ascii.h>
#include <base/encoding.h>

#include <algorithm>
#include <set>

namespace gatehouse::observations {
namespace {

using Json = nlohmann::ordered_json;

std::set<std::string> words(std::string_view text) {
    std::set<std::string> out;
    for (const auto word : split(text, ' '))
        out.emplace(word);
    return out;
}

bool isSet(const std::string& name) {
    return name.ends_with("_supported") || name == "roles" || name == "aud" || name == "keys" ||
           name == "groups";
}

std::string compare(const Json& expected, const Json& actual, const std::string& path,
                    const std::string& name, std::int64_t iat);

std::string compareArrays(const Json& expected, const Json& actual, const std::string& path,
                          const std::string& name, std::int64_t iat) {
    if (expected.size() != actual.size())
        return path + " has another size";
    std::vector<bool> used(actual.size(), false);
    for (std::size_t i = 0; i < expected.size(); ++i) {
        bool found = false;
        for (std::size_t j = isSet(name) ? 0 : i; j < (isSet(name) ? actual.size() : i + 1) && !found; ++j)
            if (!used[j] && compare(expected[i], actual[j], path, "", iat).empty())
                found = used[j] = true;
        if (!found)
            return path + "[" + std::to_string(i) + "]";
    }
    return {};
}

std::string compareObjects(const Json& expected, const Json& actual, const std::string& path,
                           std::int64_t iat) {
    const bool hashed = path.ends_with("resource_access");
    std::vector<std::string> want, have;
    for (const auto& [name, value] : expected.items())
        want.push_back(name);
    for (const auto& [name, value] : actual.items())
        have.push_back(name);
    if (hashed) {
        std::ranges::sort(want);
        std::ranges::sort(have);
    }
    if (want != have)
        return path + " members " + Json(want).dump() + " | " + Json(have).dump();
    for (const auto& [name, value] : expected.items())
        if (auto fault = compare(value, actual[name], path + "/" + name, name, iat); !fault.empty())
            return fault;
    return {};
}

// "{iat+300}"
bool matchesTime(const std::string& mask, const Json& actual, std::int64_t iat) {
    if (!actual.is_number_integer() || !mask.starts_with("{iat"))
        return false;
    const auto offset = mask.size() > 5 ? std::strtoll(mask.c_str() + 4, nullptr, 10) : 0;
    return actual.get<std::int64_t>() == iat + offset;
}

std::string compare(const Json& expected, const Json& actual, const std::string& path,
                    const std::string& name, std::int64_t iat) {
    if (expected.is_object() && actual.is_object())
        return compareObjects(expected, actual, path, iat);
    if (expected.is_array() && actual.is_array())
        return compareArrays(expected, actual, path, name, iat);
    if (expected.is_string()) {
        const auto text = expected.get<std::string>();
        if (matchesTime(text, actual, iat))
            return {};
        const std::string given = actual.is_string() ? actual.get<std::string>() : actual.dump();
        if (name == "scope" ? sameWords(text, given)
                            : (text == "{cert}" && given.size() > 500) || matches(text, given))
            return {};
        return path;
    }
    return expected == actual ? "" : path;
}

Json part(std::string_view token, std::size_t which) {
    const auto parts = split(token, '.');
    return parts.size() > which ? Json::parse(fromBase64Url(parts[which]).value_or(""), nullptr, false)
                                : Json();
}

std::string headerDifference(const Json& expected, const Json& actual, const std::string& path) {
    for (const auto& [name, value] : expected.items()) // the order of a JOSE header is no fact
        if (!actual.contains(name) || !matches(value.get<std::string>(), actual[name].get<std::string>()))
            return path + "/header/" + name;
    return actual.size() == expected.size() ? "" : path + "/header has another size";
}

} // namespace

bool sameWords(std::string_view a, std::string_view b) {
    return words(a) == words(b);
}

std::string jsonDifference(const Json& expected, const Json& actual) {
    return compare(expected, actual, "", "", 0);
}

std::string decodedDifference(const Json& expected, std::string_view body) {
    const auto answer = Json::parse(body, nullptr, false);
    for (const auto& [name, token] : expected.items()) {
        if (!answer.contains(name))
            return name + " is missing";
        const auto text = answer[name].get<std::string>();
        const auto payload = part(text, 1);
        if (auto fault = headerDifference(token["header"], part(text, 0), name); !fault.empty())
            return fault;
        const auto iat = payload.contains("iat") ? payload["iat"].get<std::int64_t>() : 0;
        if (auto fault = compare(token["payload"], payload, name, "", iat); !fault.empty())
            return fault;
    }
    return {};
}

} // namespace gatehouse::observations
