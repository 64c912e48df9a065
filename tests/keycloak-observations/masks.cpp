#include "masks.h"

#include <base/ascii.h>
#include <base/encoding.h>

#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

namespace gatehouse::observations {
namespace {

bool isMask(std::string_view text, std::size_t at) {
    return text[at] == '{' && at + 1 < text.size() && asciiAlpha(text[at + 1]);
}

bool isWord(char c) {
    return asciiAlpha(c) || asciiDigit(c) || std::string_view("-_.~%+=").find(c) != std::string_view::npos;
}

std::size_t number(std::string_view text) {
    std::size_t out = 0;
    std::from_chars(text.data(), text.data() + text.size(), out);
    return out;
}

// "s x 3000": a run of one character.
std::optional<std::string> run(std::string_view mask) {
    const auto cross = mask.find(" x ");
    if (cross != 1)
        return std::nullopt;
    return std::string(number(mask.substr(4)), mask[0]);
}

bool sameClientData(std::string_view mask, std::string_view actual) {
    const auto colon = mask.find(':');
    const auto text = fromBase64Url(actual);
    if (colon == std::string_view::npos || !text)
        return false;
    const auto expected = nlohmann::ordered_json::parse(mask.substr(colon + 1), nullptr, false);
    const auto given = nlohmann::ordered_json::parse(*text, nullptr, false);
    return !expected.is_discarded() && expected == given;
}

// How much of `actual` the mask takes; npos: it does not fit.
std::size_t taken(std::string_view mask, std::string_view actual, char next) {
    if (const auto text = run(mask))
        return actual.starts_with(*text) ? text->size() : std::string_view::npos;
    if (mask == "hash: 64 chars" || mask.ends_with(" chars")) {
        const auto start = mask.find_last_of(" :", mask.size() - 7);
        const auto chars = number(mask.substr(start == std::string_view::npos ? 0 : start + 1));
        return actual.size() >= chars ? chars : std::string_view::npos;
    }
    std::size_t size = 0;
    while (size < actual.size() && isWord(actual[size]) && actual[size] != next)
        ++size;
    if (mask.starts_with("client_data"))
        return sameClientData(mask, actual.substr(0, size)) ? size : std::string_view::npos;
    return size > 0 ? size : std::string_view::npos;
}

} // namespace

std::size_t maskEnd(std::string_view text, std::size_t at) {
    int depth = 0;
    for (std::size_t i = at; i < text.size(); ++i) {
        depth += text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
        if (depth == 0)
            return i + 1;
    }
    return std::string_view::npos;
}

namespace {

bool matchesUpTo(std::string_view expected, std::string_view actual, bool whole) {
    std::size_t at = 0, got = 0;
    while (at < expected.size()) {
        const auto end =
            isMask(expected, at) ||
                    (expected[at] == '{' && asciiDigit(expected[at + 1 < expected.size() ? at + 1 : at]))
                ? maskEnd(expected, at)
                : std::string_view::npos;
        if (end == std::string_view::npos) {
            if (got >= actual.size() || actual[got] != expected[at])
                return false;
            ++at;
            ++got;
            continue;
        }
        const auto mask = expected.substr(at + 1, end - at - 2);
        const auto size = taken(mask, actual.substr(got), end < expected.size() ? expected[end] : '\0');
        if (size == std::string_view::npos)
            return false;
        got += size;
        at = end;
    }
    return !whole || got == actual.size();
}

} // namespace

bool matches(std::string_view expected, std::string_view actual) {
    return matchesUpTo(expected, actual, true);
}

bool beginsWith(std::string_view actual, std::string_view expected) {
    return matchesUpTo(expected, actual, false);
}

std::string unmasked(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = isMask(text, at) ? maskEnd(text, at) : std::string_view::npos;
        const auto text2 =
            end == std::string_view::npos ? std::nullopt : run(text.substr(at + 1, end - at - 2));
        if (text2) {
            out += *text2;
            at = end;
        } else {
            out += text[at++];
        }
    }
    return out;
}

} // namespace gatehouse::observations
