// Texts before and after edits, compared by what must not change.
#pragma once

#include "samples.h"

#include <lab/lexing.h>
#include <realm/pointer.h>

#include <random>
#include <vector>

namespace samples {

using gatehouse::Node;
namespace realm = gatehouse::realm;

inline Node text(std::string value) {
    return Node::scalar(std::move(value), true);
}
inline Node plain(std::string value) {
    return Node::scalar(std::move(value));
}

inline std::string with(const std::string& before, std::string_view path, const Node& value) {
    const auto document = parse(before);
    if (!document.value)
        return lines(document.problems);
    const auto after = document.value->with(path, value);
    return after ? after->text() : describe(after.error());
}

inline std::string without(const std::string& before, std::string_view path) {
    const auto document = parse(before);
    const auto after = document.value->without(path);
    return after ? after->text() : describe(after.error());
}

// Comments of a text whose quotes hold no #; those of a RandomLab begin with one of two words.
inline std::vector<std::string> comments(std::string_view text, std::string_view mark = "# ") {
    std::vector<std::string> out;
    for (std::size_t at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at + 1)) {
        out.emplace_back(text.substr(at, lab::lineEnd(text, at) - at));
        at = lab::lineEnd(text, at);
    }
    return out;
}

inline std::vector<std::string> ownComments(std::string_view text) {
    std::vector<std::string> out = comments(text, "# comment ");
    const std::vector<std::string> behind = comments(text, "# behind ");
    out.insert(out.end(), behind.begin(), behind.end());
    return out;
}

// Every scalar with its path, but those at or below `but`.
inline void scalars(const Node& node, const std::string& path, const std::string& but,
                    std::vector<std::string>& out) {
    if (path == but)
        return;
    if (node.isScalar())
        out.push_back(path + "=" + node.text() + (node.quoted() ? "\"" : ""));
    const auto entries = node.entries();
    for (std::size_t i = 0; i < node.size(); ++i)
        scalars(node.items()[i],
                path + "/" + (node.isMap() ? realm::pointerStep(entries[i].first) : std::to_string(i)), but,
                out);
}

inline std::vector<std::string> scalarsBut(const Document& document, const std::string& but) {
    std::vector<std::string> out;
    scalars(document.root(), "", but, out);
    return out;
}

// Labs with comments in many places and in many styles, the same for the same seed.
class RandomLab {
public:
    explicit RandomLab(std::uint32_t seed) : random_(seed) {}

    std::uint32_t below(std::uint32_t limit) { return static_cast<std::uint32_t>(random_() % limit); }

    std::string word() {
        static const std::vector<std::string> words = {
            "yes",        "no",      "on",
            "0123",       "1e3",     "null",
            "2001-01-01", "",        "true",
            "5",          "text",    "a: b",
            "a #b",       "it's",    "\"quoted\"",
            "- dash",     "{brace}", "ä ö",
            "~",          "0x1F",    "1:30",
            ".5",         "a,b",     "[x]",
            "*",          "&and",    "!bang",
            "%per",       "@at",     "`tick",
            "|",          ">",       "two\nlines",
            " lead",      "trail ",  "back\\slash",
            "tab\t",      "#",       "https://$host/oauth2/start?rd=$escaped_request_uri",
            ":",          "x:",      "? q",
            "y",          "Off",     "=",
            "<<"};
        return words[below(static_cast<std::uint32_t>(words.size()))];
    }

    std::string text() {
        std::string out = comment("") + "gatehouse: 1" + behind() + comment("");
        if (below(2) == 0)
            out += "name: \"n" + std::to_string(below(9)) + "\"" + behind();
        out += comment("") + "controller:" + behind() + map(2, below(5) + 1);
        out += "ingresses:" + behind() + comment("  ");
        for (std::uint32_t i = 0; i <= below(3); ++i) {
            out += "  - name: i" + std::to_string(i) + behind() + comment("    ");
            if (below(2) == 0)
                out += "    annotations:" + behind() + map(6, below(4) + 1);
            else
                out += "    annotations: {" + flow(below(3)) + "}" + behind();
        }
        if (below(2) == 0)
            out += comment("") + "trust: [{host: a.test, port: 1}, {host: b.test}]" + behind();
        else
            out += "trust:" + behind() + "- host: a.test" + behind() + "  port: 1" + behind() + comment("") +
                   "- {host: b.test}" + behind();
        return out + comment("");
    }

private:
    std::string comment(const std::string& indent) {
        return below(3) == 0 ? indent + "# comment " + std::to_string(below(1000)) + "\n" : std::string();
    }
    std::string behind() { return (below(4) == 0 ? "  # behind " + std::to_string(below(1000)) : "") + "\n"; }
    std::string written() {
        static const std::vector<std::string> values = {
            "plain",           "\"true\"",  "'no'",
            "\"a: # b\"",      "two words", "\"es\\\"cape\\n\"",
            "'it''s'",         "\"\"",      "over\n         two lines",
            "https://x/y?z=1", "a#b"};
        return values[below(static_cast<std::uint32_t>(values.size()))];
    }
    std::string map(std::size_t indent, std::uint32_t entries) {
        std::string out;
        for (std::uint32_t i = 0; i < entries; ++i) {
            out +=
                comment(std::string(indent, ' ')) + std::string(indent, ' ') + "k" + std::to_string(i) + ": ";
            if (below(6) == 0)
                out += "|-\n" + std::string(indent + 2, ' ') + "block\n" + std::string(indent + 2, ' ') +
                       "text\n";
            else
                out += written() + behind();
        }
        return out;
    }
    std::string flow(std::uint32_t entries) {
        std::string out;
        for (std::uint32_t i = 0; i < entries; ++i)
            out += (i == 0 ? "" : ", ") + std::string("k") + std::to_string(i) + ": " +
                   (below(2) == 0 ? "plain" : "\"quo, ted\"");
        return out;
    }

    std::mt19937 random_;
};

// Some place of a map of texts in that lab.
inline std::string somePath(RandomLab& random, const Document& document) {
    std::vector<std::string> maps = {"/controller"};
    for (std::size_t i = 0; i < document.lab().ingresses.size(); ++i)
        maps.push_back("/ingresses/" + std::to_string(i) + "/annotations");
    return maps[random.below(static_cast<std::uint32_t>(maps.size()))] + "/k" +
           std::to_string(random.below(6));
}

} // namespace samples
