#include <base/ascii.h>
#include <capture/filter.h>
#include <capture/headLines.h>

#include <algorithm>
#include <cstring>

namespace gatehouse::capture {

namespace {

using Compare = Filter::Compare;

bool equalsAt(const char* text, std::string_view lowerNeedle) {
    for (std::size_t i = 0; i < lowerNeedle.size(); ++i)
        if (asciiLower(text[i]) != lowerNeedle[i])
            return false;
    return true;
}

// Text that is in lower case already.
bool compareText(std::string_view text, Compare compare, std::string_view value) {
    switch (compare) {
    case Compare::Is:
        return text == value;
    case Compare::IsNot:
        return text != value;
    default:
        return text.find(value) != std::string_view::npos;
    }
}

bool compareNumber(std::int64_t number, Compare compare, const Filter::Node& node) {
    switch (compare) {
    case Compare::Less:
        return number < node.low;
    case Compare::LessOrIs:
        return number <= node.high;
    case Compare::Greater:
        return number > node.high;
    case Compare::GreaterOrIs:
        return number >= node.low;
    case Compare::IsNot:
        return number < node.low || number > node.high;
    default:
        return number >= node.low && number <= node.high;
    }
}

template <class Use> // Use(message) → true: found
bool anyMessage(const exchange::Exchange& exchange, Use use) {
    if (use(exchange.client.request) || use(exchange.client.response))
        return true;
    for (const exchange::Leg& leg : exchange.attempts)
        if (use(leg.request) || use(leg.response))
            return true;
    return false;
}

bool headHas(std::string_view head, const Filter::Node& node) {
    if (node.text.empty() && !hasIgnoringCase(head, node.name))
        return false;
    for (const http::Header& field : headLines(head).fields) {
        if (node.text.empty()
                ? hasIgnoringCase(field.name, node.name)
                : equalsIgnoreCase(field.name, node.name) && hasIgnoringCase(field.value, node.text))
            return true;
    }
    return false;
}

bool hasHeader(const exchange::Exchange& exchange, const Filter::Node& node) {
    const bool found = anyMessage(
        exchange, [&node](const exchange::Message& message) { return headHas(message.head, node); });
    return node.compare == Compare::IsNot ? !found : found;
}

bool hasBody(const exchange::Exchange& exchange, const Filter::Node& node) {
    const bool found = anyMessage(exchange, [&node](const exchange::Message& message) {
        return hasIgnoringCase(message.body.start, node.text);
    });
    return node.compare == Compare::IsNot ? !found : found;
}

bool hasAnywhere(const Row& row, const exchange::Exchange& exchange, std::string_view needle) {
    if (row.text.find(needle) != std::string::npos || hasIgnoringCase(row.detail, needle) ||
        (row.rule && hasIgnoringCase(row.rule->text, needle)))
        return true;
    return anyMessage(exchange, [needle](const exchange::Message& message) {
        return hasIgnoringCase(message.head, needle) || hasIgnoringCase(message.body.start, needle);
    });
}

// host + line end + target, so that "host/path" is found across the two.
bool matchesUrl(const Row& row, const Filter::Node& node) {
    const std::string_view both = row.url();
    const auto slash = node.text.find('/');
    const bool crosses = slash != std::string::npos && slash > 0;
    if (!crosses || node.compare != Compare::Has) {
        if (node.compare == Compare::Has)
            return both.find(node.text) != std::string_view::npos;
        const bool same =
            both.size() == node.text.size() + 1 && both.starts_with(row.host()) &&
            node.text.starts_with(row.host()) &&
            both.substr(row.host().size() + 1) == std::string_view(node.text).substr(row.host().size());
        return node.compare == Compare::Is ? same : !same;
    }
    const std::string_view text = node.text;
    return both.find(text) != std::string_view::npos ||
           (row.host().ends_with(text.substr(0, slash)) && row.target().starts_with(text.substr(slash)));
}

bool matchesRule(const Row& row, const Filter::Node& node) {
    return compareText(row.rule ? row.rule->id : std::string_view{}, node.compare, node.text);
}

bool matchesTerm(const Row& row, const exchange::Exchange* exchange, const Filter::Node& node) {
    switch (node.field) {
    case FilterField::Host:
        return compareText(row.host(), node.compare, node.text);
    case FilterField::Path:
        return compareText(row.path(), node.compare, node.text);
    case FilterField::Url:
        return matchesUrl(row, node);
    case FilterField::Method:
        return (row.method() == node.text) == (node.compare != Compare::IsNot);
    case FilterField::User:
        return compareText(row.user(), node.compare, node.text);
    case FilterField::Status:
        return compareNumber(row.status, node.compare, node);
    case FilterField::Duration:
        return compareNumber(row.duration, node.compare, node);
    case FilterField::Size:
        return compareNumber(static_cast<std::int64_t>(row.size), node.compare, node);
    case FilterField::Decision:
        return compareNumber(static_cast<std::int64_t>(row.decision), node.compare, node);
    case FilterField::Outcome:
        return row.rule && compareNumber(static_cast<std::int64_t>(row.outcome), node.compare, node);
    case FilterField::Party:
        return compareNumber(static_cast<std::int64_t>(row.party), node.compare, node);
    case FilterField::Kind:
        return compareNumber(static_cast<std::int64_t>(row.kind), node.compare, node);
    case FilterField::Rule:
        return matchesRule(row, node);
    case FilterField::Header:
        return exchange && hasHeader(*exchange, node);
    case FilterField::Body:
        return exchange && hasBody(*exchange, node);
    case FilterField::Anywhere:
        return exchange && hasAnywhere(row, *exchange, node.text);
    }
    return false;
}

} // namespace

bool hasIgnoringCase(std::string_view text, std::string_view lowerNeedle) {
    if (lowerNeedle.empty())
        return true;
    if (lowerNeedle.size() > text.size())
        return false;
    const char small = lowerNeedle.front();
    const char large = asciiUpper(small);
    const char* at = text.data();
    const char* const last = text.data() + (text.size() - lowerNeedle.size());
    for (; at <= last; ++at)
        if ((*at == small || *at == large) && equalsAt(at + 1, lowerNeedle.substr(1)))
            return true;
    return false;
}

bool Filter::matchesAt(std::size_t at, const Row& row, const exchange::Exchange* exchange) const {
    const Node& node = nodes_[at];
    switch (node.kind) {
    case Node::Kind::And:
        return matchesAt(node.left, row, exchange) && matchesAt(node.right, row, exchange);
    case Node::Kind::Or:
        return matchesAt(node.left, row, exchange) || matchesAt(node.right, row, exchange);
    case Node::Kind::Not:
        return !matchesAt(node.left, row, exchange);
    case Node::Kind::Term:
        return matchesTerm(row, exchange, node);
    }
    return false;
}

} // namespace gatehouse::capture
