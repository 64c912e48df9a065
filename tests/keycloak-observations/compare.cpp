#include "compare.h"

#include "compareJson.h"
#include "masks.h"
#include "page.h"
#include "walk.h"

#include <base/ascii.h>

namespace gatehouse::observations {
namespace {

using Json = nlohmann::ordered_json;
using Findings = std::vector<std::string>;

void note(Findings& out, const std::string& what, const std::string& expected, const std::string& actual) {
    out.push_back(what + ": recorded " + expected.substr(0, 300) + " | here " + actual.substr(0, 300));
}

void compareHeaders(const Recording& recording, const Json& expected, const http::Response& response,
                    Findings& out) {
    std::string want, have;
    for (const auto& header : recording.headerSets.at(expected.at("headers").get<std::string>())) {
        const auto name = header[0].get<std::string>();
        if (!equalsIgnoreCase(name, "content-length"))
            want += name + ": " + (name == "Location" ? "…" : header[1].get<std::string>()) + "\n";
    }
    for (const auto [name, value] : response.headers.view())
        if (!equalsIgnoreCase(name, "Set-Cookie"))
            have += std::string(name) + ": " + (name == "Location" ? "…" : std::string(value)) + "\n";
    if (want != have)
        note(out, "headers", want, have);
}

// The session hash is quoted when its base64 holds a slash: 64 or 66.
bool sameLength(const std::string& name, std::size_t expected, std::size_t actual) {
    return expected == actual || (name == "KC_AUTH_SESSION_HASH" && (actual == 64 || actual == 66));
}

void compareCookies(const Json& expected, const http::Response& response, Findings& out) {
    const auto lines = response.headers.view().all("Set-Cookie");
    const Json none = Json::array();
    const auto& wanted = expected.contains("set_cookie") ? expected["set_cookie"] : none;
    std::string want, have;
    bool same = lines.size() == wanted.size();
    for (std::size_t i = 0; i < std::max(lines.size(), wanted.size()); ++i) {
        std::string name, attributes;
        std::size_t length = 0;
        if (i < lines.size()) {
            const auto equals = lines[i].find('='), semicolon = lines[i].find(';');
            name = lines[i].substr(0, equals);
            length = semicolon - equals - 1;
            attributes = lines[i].substr(semicolon + 1);
            have += name + " " + std::to_string(length) + " " + attributes + "\n";
        }
        if (i < wanted.size()) {
            const auto& cookie = wanted[i];
            want += member(cookie, "name") + " " + cookie["value_len"].dump() + " " +
                    member(cookie, "attrs") + "\n";
            same = same && name == member(cookie, "name") && attributes == member(cookie, "attrs") &&
                   sameLength(name, cookie["value_len"].get<std::size_t>(), length);
        }
    }
    if (!same)
        note(out, "cookies", want, have);
}

void compareLocation(const Json& observation, const Json& expected, const http::Response& response,
                     Findings& out) {
    const std::string want = member(expected, "location");
    const std::string have(response.headers.view().get("Location"));
    const bool shortened = observation["id"].get<std::string>().starts_with("auth.limit-");
    const bool same = want.empty() ? have.empty() : shortened ? beginsWith(have, want) : matches(want, have);
    if (!same)
        note(out, "location", want, have);
}

// Nested elements give their text twice; texts alone count, in order.
Json messageList(const Json& messages) {
    Json out = Json::array();
    for (const auto& message : messages) {
        const std::string id = member(message, "id"), text = member(message, "text");
        if (id.empty() && (text.empty() || (!out.empty() && (member(out.back(), "text") == text ||
                                                             member(out.back(), "text").starts_with(text)))))
            continue;
        out.push_back({{"id", id}, {"text", text}});
    }
    return out;
}

void compareForms(const Json& expected, const Json& actual, Findings& out) {
    if (expected.size() != actual.size())
        return note(out, "forms", expected.dump(), actual.dump());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        for (const auto* name : {"id", "action", "onsubmit"})
            if (!matches(member(expected[i], name), member(actual[i], name)))
                note(out, std::string("form ") + name, member(expected[i], name), member(actual[i], name));
        if (lower(member(expected[i], "method")) != lower(member(actual[i], "method")))
            note(out, "form method", member(expected[i], "method"), member(actual[i], "method"));
        Json want = expected[i]["fields"], have = actual[i]["fields"];
        for (auto* fields : {&want, &have})
            for (auto& field : *fields) {
                field.erase("tabindex");
                if (field.contains("type"))
                    field["type"] = lower(field["type"].get<std::string>());
            }
        bool same = want.size() == have.size();
        for (std::size_t j = 0; same && j < want.size(); ++j) {
            same = want[j].size() == have[j].size();
            for (const auto& [name, value] : want[j].items())
                same = same && have[j].contains(name) &&
                       matches(value.get<std::string>(), member(have[j], name.c_str()));
        }
        if (!same)
            note(out, "form fields", want.dump(), have.dump());
    }
}

void compareLinks(const Json& expected, const Json& actual, const char* address, Findings& out) {
    bool same = expected.size() == actual.size();
    for (std::size_t i = 0; same && i < expected.size(); ++i)
        for (const auto* name : {"id", address, "text"})
            if (expected[i].contains(name))
                same = same && matches(member(expected[i], name), member(actual[i], name));
    if (!same)
        note(out, "links", expected.dump(), actual.dump());
}

void compareScripts(const Json& expected, const Json& actual, Findings& out) {
    bool same = expected.size() == actual.size();
    for (std::size_t i = 0; same && i < expected.size(); ++i) {
        const std::string text = expected[i].get<std::string>();
        const std::string argument = actual[i][1].get<std::string>();
        const auto open = text.find('"');
        const std::string want = open == std::string::npos
                                     ? "{hash: 64 chars}"
                                     : text.substr(open + 1, text.rfind('"') - open - 1);
        same = text.starts_with(actual[i][0].get<std::string>()) &&
               (open == std::string::npos ? argument.size() == 64 : matches(want, argument));
    }
    if (!same)
        note(out, "session scripts", expected.dump(), actual.dump());
}

void comparePage(const Recording& recording, const Json& expected, const std::string& body, Findings& out) {
    const Json actual = pageFacts(body);
    const auto part = [&actual](const char* name) {
        return actual.contains(name) ? actual[name] : Json::array();
    };
    for (const auto* name : {"title", "heading", "attempted_username", "header"})
        if (expected.contains(name) && expected[name].is_string() &&
            member(expected, name) != member(actual, name))
            note(out, name, member(expected, name), member(actual, name));
    for (const auto* name : {"html", "body"})
        if (expected.contains(name) &&
            expected[name] != (actual.contains(name) ? actual[name] : Json::object()))
            note(out, name, expected[name].dump(), part(name).dump());
    if (expected.contains("ids") && recording.idLists.at(member(expected, "ids")) != part("ids"))
        note(out, "ids", recording.idLists.at(member(expected, "ids")).dump(), part("ids").dump());
    if (expected.contains("messages")) {
        const Json want = messageList(expected["messages"]), have = messageList(part("messages"));
        bool same = want.size() == have.size();
        for (std::size_t i = 0; same && i < want.size(); ++i)
            same = member(want[i], "id") == member(have[i], "id") &&
                   matches(member(want[i], "text"), member(have[i], "text"));
        if (!same)
            note(out, "messages", want.dump(), have.dump());
    }
    if (expected.contains("forms"))
        compareForms(expected["forms"], part("forms"), out);
    if (expected.contains("links"))
        compareLinks(expected["links"], part("links"), "href", out);
    if (expected.contains("onclick"))
        compareLinks(expected["onclick"], part("onclick"), "onclick", out);
    if (expected.contains("session_scripts"))
        compareScripts(expected["session_scripts"], part("session_scripts"), out);
    if (expected.contains("images") &&
        !member(part("images")[0], "src").starts_with("data:image/png;base64, "))
        note(out, "image", expected["images"].dump(), part("images").dump());
}

Json eventJson(const provider::Event& event) {
    Json out{{"type", event.type}};
    if (!event.error.empty())
        out["error"] = event.error;
    if (!event.clientId.empty())
        out["clientId"] = event.clientId;
    out["userId"] = event.userId.empty() ? Json() : Json("{id:" + event.username + "}");
    out["sessionId"] = !event.sessionId.empty();
    out["details"] = Json::object();
    for (const auto& [name, value] : event.details)
        out["details"][name] = value;
    return out;
}

bool sameUser(const Json& want, const Json& have) {
    if (want.is_null() || have.is_null())
        return want.is_null() && have.is_null();
    const auto text = want.get<std::string>();
    return text == "{uuid}" || text == have.get<std::string>() || text.starts_with("{id:web") ||
           text.starts_with("{id:cc");
}

bool sameEvent(const Json& want, const Json& have) {
    if (want["type"] != have["type"] || member(want, "error") != member(have, "error") ||
        want["sessionId"] != have["sessionId"] || !sameUser(want["userId"], have["userId"]) ||
        want["details"].size() != have["details"].size())
        return false;
    if (!matches(member(want, "clientId"), member(have, "clientId")))
        return false;
    for (const auto& [name, value] : want["details"].items()) {
        const std::string text = value.get<std::string>(), other = member(have["details"], name.c_str());
        if (name == "scope" ? !sameWords(text, other) : !matches(text, other))
            return false;
    }
    return true;
}

// A preparatory login may stand before the events of the request itself.
void compareEvents(const Json& expected, const Replayed& replayed, Findings& out) {
    Json have = Json::array(), before = Json::array();
    for (const auto& event : replayed.events)
        have.push_back(eventJson(event));
    for (const auto& event : replayed.preparation)
        before.push_back(eventJson(event));
    bool same = have.size() <= expected.size();
    const std::size_t lead = same ? expected.size() - have.size() : 0;
    for (std::size_t i = 0; same && i < have.size(); ++i)
        same = sameEvent(expected[lead + i], have[i]);
    for (std::size_t i = 0; same && i < lead; ++i) {
        bool prepared = !expected[i].contains("error");
        for (const auto& event : before)
            prepared = prepared || sameEvent(expected[i], event);
        same = prepared && !before.empty();
    }
    if (!same)
        note(out, "events", expected.dump(), have.dump());
}

} // namespace

std::vector<std::string> differences(const Recording& recording, const Json& observation,
                                     const Replayed& replayed) {
    Findings out;
    const auto& expected = observation["response"];
    const auto& response = replayed.response;
    if (expected["status"] != response.status)
        note(out, "status", expected["status"].dump(), std::to_string(response.status));
    if (expected.contains("headers"))
        compareHeaders(recording, expected, response, out);
    compareCookies(expected, response, out);
    compareLocation(observation, expected, response, out);
    if (expected.contains("json")) {
        const auto actual = Json::parse(response.body, nullptr, false);
        if (const auto fault = jsonDifference(expected["json"], actual); !fault.empty())
            note(out, "json " + fault, expected["json"].dump(), response.body);
    }
    if (expected.contains("decoded"))
        if (const auto fault = decodedDifference(expected["decoded"], response.body); !fault.empty())
            note(out, "token " + fault, expected["decoded"].dump(), "");
    if (expected.contains("html"))
        comparePage(recording, expected["html"], response.body, out);
    if (observation.contains("events"))
        compareEvents(observation["events"], replayed, out);
    return out;
}

} // namespace gatehouse::observations
