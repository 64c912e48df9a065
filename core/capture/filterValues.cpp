#include <base/ascii.h>
#include <capture/filterParser.h>

#include <charconv>
#include <limits>

namespace gatehouse::capture {

namespace {

constexpr FilterFieldRow fieldRows[] = {
    {FilterField::Host, "host", GH_TEXT("core", "The name that the client called"), "host:whoami", false},
    {FilterField::Path, "path", GH_TEXT("core", "The path, without its query"), "path:/oauth2", false},
    {FilterField::Url, "url", GH_TEXT("core", "Host, path and query"), "url:rd=", false},
    {FilterField::Method, "method", GH_TEXT("core", "GET, POST and so on"), "method:POST", false},
    {FilterField::Status, "status", GH_TEXT("core", "The answer's status, or a class of them"), "status:4xx",
     true},
    {FilterField::User, "user", GH_TEXT("core", "Whom the gate knew"), "user:alice", false},
    {FilterField::Decision, "decision", GH_TEXT("core", "What came of the request"), "decision:denied",
     false},
    {FilterField::Outcome, "outcome", GH_TEXT("core", "What the deciding rule did"), "outcome:failed", false},
    {FilterField::Party, "party", GH_TEXT("core", "Whom the request reached in the end"), "party:service",
     false},
    {FilterField::Kind, "kind", GH_TEXT("core", "What sort of request it is"), "kind:auth", false},
    {FilterField::Rule, "rule", GH_TEXT("core", "The rule that decided, by its name"), "rule:gate.group",
     false},
    {FilterField::Header, "header", GH_TEXT("core", "A header of any message: its name, or name=value"),
     "header:x-forwarded-user=alice", false},
    {FilterField::Body, "body", GH_TEXT("core", "Text in a body"), "body:error", false},
    {FilterField::Duration, "duration", GH_TEXT("core", "How long it took"), "duration>200ms", true},
    {FilterField::Size, "size", GH_TEXT("core", "How large the answer's body is"), "size>10k", true},
};

constexpr Message notAStatus{"filter-not-a-status", GH_TEXT("core", "{value} is no status."),
                             GH_TEXT("core", "Use a number such as 404, or a class such as 4xx.")};
constexpr Message notADuration{"filter-not-a-duration", GH_TEXT("core", "{value} is no time."),
                               GH_TEXT("core", "Use a number with us, ms, s or m, such as 200ms.")};
constexpr Message notASize{"filter-not-a-size", GH_TEXT("core", "{value} is no size."),
                           GH_TEXT("core", "Use a number of bytes, or one with k or M, such as 10k.")};
constexpr Message notAChoice{"filter-not-a-choice", GH_TEXT("core", "{value} is no value of {field}."),
                             GH_TEXT("core", "Use one of {choices}.")};

struct Unit {
    std::string_view name;
    std::int64_t factor;
};
constexpr Unit times[] = {
    {"us", 1'000}, {"ms", 1'000'000}, {"s", 1'000'000'000}, {"m", 60'000'000'000}, {"", 1'000'000}};
constexpr Unit sizes[] = {{"", 1},         {"b", 1},           {"k", 1024},         {"kb", 1024},
                          {"kib", 1024},   {"m", 1024 * 1024}, {"mb", 1024 * 1024}, {"mib", 1024 * 1024},
                          {"g", 1LL << 30}};

// Digits with perhaps a point among them, taken from the front of a text. By hand: libc++ has no
// std::from_chars for floating point before its version 20, and std::strtod follows the locale.
std::optional<double> decimal(std::string_view& text) {
    std::size_t at = 0;
    double digits = 0; // whole, and divided once at the end: rounded once
    double parts = 1;
    bool any = false;
    bool point = false;
    for (; at < text.size(); ++at) {
        if (text[at] == '.' && !point) {
            point = true;
            continue;
        }
        if (text[at] < '0' || text[at] > '9')
            break;
        any = true;
        digits = digits * 10 + (text[at] - '0');
        if (point)
            parts *= 10;
    }
    if (!any)
        return std::nullopt;
    text.remove_prefix(at);
    return digits / parts;
}

template <std::size_t N>
std::optional<std::int64_t> measured(std::string_view text, const Unit (&units)[N]) {
    const std::optional<double> number = decimal(text);
    if (!number || *number > 1e12)
        return std::nullopt;
    const std::string unit = lower(text);
    for (const Unit& known : units)
        if (known.name == unit && *number * static_cast<double>(known.factor) < 9e18)
            return static_cast<std::int64_t>(*number * static_cast<double>(known.factor));
    return std::nullopt;
}

bool readStatus(Filter::Node& node, std::string_view value) {
    const std::string text = lower(value);
    if (text.size() == 3 && text[0] >= '1' && text[0] <= '9' && text.ends_with("xx")) {
        node.low = (text[0] - '0') * 100;
        node.high = node.low + 99;
        return true;
    }
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), node.low);
    node.high = node.low;
    return error == std::errc() && end == text.data() + text.size() && node.low >= 0 && node.low <= 999;
}

template <class T>
bool choose(Filter::Node& node, std::optional<T> value) {
    if (!value)
        return false;
    node.low = node.high = static_cast<std::int64_t>(*value);
    return true;
}

std::optional<Decision> decisionNamed(std::string_view name) {
    for (const DecisionRow& row : decisions())
        if (row.name == name)
            return row.decision;
    return std::nullopt;
}

bool readChoice(Filter::Node& node, std::string_view value) {
    const std::string text = lower(value);
    switch (node.field) {
    case FilterField::Decision:
        return choose(node, decisionNamed(text));
    case FilterField::Outcome:
        return choose(node, outcomeNamed(text));
    case FilterField::Party:
        return choose(node, partyNamed(text));
    default:
        return choose(node, kindNamed(text));
    }
}

bool hasChoices(FilterField field) {
    return field == FilterField::Decision || field == FilterField::Outcome || field == FilterField::Party ||
           field == FilterField::Kind;
}

const Message* readNumber(Filter::Node& node, std::string_view value) {
    if (node.field == FilterField::Status)
        return readStatus(node, value) ? nullptr : &notAStatus;
    const auto number = node.field == FilterField::Duration ? measured(value, times) : measured(value, sizes);
    if (!number)
        return node.field == FilterField::Duration ? &notADuration : &notASize;
    node.low = node.high = *number;
    return nullptr;
}

template <class T>
void choicesUpTo(std::vector<FilterCandidate>& out, T last) {
    for (int value = 0; value <= static_cast<int>(last); ++value)
        out.push_back({std::string(name(static_cast<T>(value))), {}});
}

} // namespace

std::span<const FilterFieldRow> filterFields() {
    return fieldRows;
}

const FilterFieldRow* filterField(std::string_view name) {
    if (name == "dur")
        name = "duration";
    if (name == "decide" || name == "gate")
        name = "decision";
    for (const FilterFieldRow& row : fieldRows)
        if (row.name == name)
            return &row;
    return nullptr;
}

std::vector<FilterCandidate> filterChoices(FilterField field) {
    std::vector<FilterCandidate> out;
    switch (field) {
    case FilterField::Decision:
        for (const DecisionRow& row : decisions())
            out.push_back({std::string(row.name), row.help});
        break;
    case FilterField::Outcome:
        choicesUpTo(out, exchange::Outcome::Note);
        break;
    case FilterField::Party:
        choicesUpTo(out, exchange::Party::Engine);
        break;
    case FilterField::Kind:
        choicesUpTo(out, exchange::Exchange::Kind::Refused);
        break;
    case FilterField::Status:
        for (const char* status : {"2xx", "3xx", "4xx", "5xx", "200", "302", "401", "403", "404", "502"})
            out.push_back({status, {}});
        break;
    case FilterField::Method:
        for (const char* method : {"GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "CONNECT"})
            out.push_back({method, {}});
        break;
    default:
        break;
    }
    return out;
}

const Message* readFilterValue(Filter::Node& node, std::string_view value,
                               std::map<std::string, std::string>& args) {
    node.text = lower(value);
    if (hasChoices(node.field)) {
        if (readChoice(node, value))
            return nullptr;
        std::string& choices = args["choices"];
        for (const FilterCandidate& choice : filterChoices(node.field))
            choices.append(choices.empty() ? "" : ", ").append(choice.text);
        return &notAChoice;
    }
    if (node.field == FilterField::Status || node.field == FilterField::Duration ||
        node.field == FilterField::Size)
        return readNumber(node, value);
    if (node.field == FilterField::Header) {
        const auto equals = node.text.find('=');
        node.name = node.text.substr(0, equals);
        node.text = equals == std::string::npos ? std::string() : node.text.substr(equals + 1);
    }
    return nullptr;
}

} // namespace gatehouse::capture
