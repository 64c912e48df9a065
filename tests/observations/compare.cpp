#include "compare.h"

#include <base/ascii.h>

#include <algorithm>
#include <fmt/format.h>

namespace gatehouse::observations {

namespace {

// The recording's own masks: request ids, long runs of one character.
std::string masked(std::string_view value) {
    const auto isHex = [](char c) { return asciiDigit(c) || (c >= 'a' && c <= 'f'); };
    if (value.size() == 32 && std::all_of(value.begin(), value.end(), isHex))
        return "<32 hex>";
    if (value.starts_with("table: 0x"))
        return "table: 0x<address>";
    std::string out;
    for (std::size_t i = 0; i < value.size();) {
        std::size_t end = i;
        while (end < value.size() && value[end] == value[i])
            ++end;
        if (end - i >= 200)
            out += fmt::format("<'{}' x {}>", value[i], end - i);
        else
            out += value.substr(i, end - i);
        i = end;
    }
    return out;
}

std::vector<std::string> lines(const Fields& fields, bool smallNames) {
    std::vector<std::string> out;
    for (const auto& [name, value] : fields)
        out.push_back((smallNames ? lower(name) : name) + ": " + masked(value));
    return out;
}

void compareLists(std::string_view what, const std::vector<std::string>& observed,
                  const std::vector<std::string>& replayed, std::vector<std::string>& out) {
    if (observed == replayed)
        return;
    for (const std::string& line : observed)
        if (std::count(observed.begin(), observed.end(), line) >
            std::count(replayed.begin(), replayed.end(), line))
            out.push_back(fmt::format("{}: missing  {}", what, line));
    for (const std::string& line : replayed)
        if (std::count(replayed.begin(), replayed.end(), line) >
            std::count(observed.begin(), observed.end(), line))
            out.push_back(fmt::format("{}: surplus  {}", what, line));
    if (out.empty())
        out.push_back(fmt::format("{}: order is {} instead of {}", what, fmt::join(replayed, " | "),
                                  fmt::join(observed, " | ")));
}

void compareSeen(std::string_view what, const std::vector<Seen>& observed, const std::vector<Seen>& replayed,
                 std::vector<std::string>& out) {
    if (observed.size() != replayed.size()) {
        out.push_back(fmt::format("{}: {} requests instead of {}", what, replayed.size(), observed.size()));
        return;
    }
    for (std::size_t i = 0; i < observed.size(); ++i) {
        if (observed[i].server != replayed[i].server)
            out.push_back(
                fmt::format("{}: asked {} instead of {}", what, replayed[i].server, observed[i].server));
        if (masked(observed[i].line) != masked(replayed[i].line))
            out.push_back(fmt::format("{}: {} instead of {}", what, replayed[i].line, observed[i].line));
        std::vector<std::string> differing;
        compareLists(what, lines(observed[i].headers, false), lines(replayed[i].headers, false), differing);
        out.insert(out.end(), differing.begin(), differing.end());
    }
}

} // namespace

std::vector<std::string> differences(const Observation& observed, const Replayed& replayed) {
    std::vector<std::string> out;
    const Answer& was = observed.answer;
    const Answer& is = replayed.answer;
    if (was.status != is.status)
        out.push_back(fmt::format("answer: status {} instead of {}", is.status, was.status));
    if (!was.reason.empty() && was.reason != is.reason)
        out.push_back(fmt::format("answer: reason {} instead of {}", is.reason, was.reason));
    if (was.bodyClass != is.bodyClass)
        out.push_back(fmt::format("answer: body {} instead of {}", is.bodyClass, was.bodyClass));
    // Order counts between fields of one name only: nginx replaces a service's field in its place, edits put
    // it last.
    const bool two = was.protocol == "HTTP/2";
    auto wasLines = lines(was.headers, two);
    auto isLines = lines(is.headers, two);
    if (two) // HTTP/2 has no connection fields
        std::erase_if(isLines, [](const std::string& line) { return line.starts_with("connection:"); });
    const auto byName = [](const std::string& a, const std::string& b) {
        return a.substr(0, a.find(':')) < b.substr(0, b.find(':'));
    };
    std::stable_sort(wasLines.begin(), wasLines.end(), byName);
    std::stable_sort(isLines.begin(), isLines.end(), byName);
    std::vector<std::string> differing;
    compareLists("answer", wasLines, isLines, differing);
    out.insert(out.end(), differing.begin(), differing.end());
    compareSeen("auth request", observed.authRequests, replayed.authRequests, out);
    compareSeen("upstream request", observed.upstreamRequests, replayed.upstreamRequests, out);
    return out;
}

} // namespace gatehouse::observations
