#include <base/ascii.h>
#include <realm/findings.h>

#include <algorithm>
#include <array>

namespace gatehouse::realm {

namespace {

// Edits (insert, delete, replace, swap of neighbours) from one word to the other, case aside; more than
// `limit` is `limit + 1`. The optimal string alignment distance in two and a half rows.
std::size_t edits(std::string_view a, std::string_view b, std::size_t limit) {
    constexpr std::size_t longest = 80;
    const std::size_t apart = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
    if (apart > limit || a.size() > longest || b.size() > longest)
        return limit + 1;
    std::array<std::array<std::size_t, longest + 1>, 3> rows{};
    for (std::size_t j = 0; j <= b.size(); ++j)
        rows[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        auto& row = rows[i % 3];
        const auto& above = rows[(i - 1) % 3];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const bool same = asciiLower(a[i - 1]) == asciiLower(b[j - 1]);
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (same ? 0u : 1u)});
            if (i > 1 && j > 1 && asciiLower(a[i - 1]) == asciiLower(b[j - 2]) &&
                asciiLower(a[i - 2]) == asciiLower(b[j - 1]))
                row[j] = std::min(row[j], rows[(i - 2) % 3][j - 2] + 1);
        }
    }
    return std::min(rows[a.size() % 3][b.size()], limit + 1);
}

} // namespace

std::string_view found(const Node& node) {
    switch (node.kind()) {
    case Node::Kind::Absent:
    case Node::Kind::Null:
        return "nothing";
    case Node::Kind::Scalar:
        if (node.quoted())
            return "text";
        if (asBool(node))
            return "true or false";
        return asInteger(node) ? "a number" : "text";
    case Node::Kind::List:
        return "a list";
    case Node::Kind::Map:
        return "a map";
    }
    return "";
}

std::string_view closest(std::string_view word, std::span<const std::string_view> known) {
    const std::size_t limit = word.size() <= 4 ? 1 : word.size() <= 8 ? 2 : 3;
    std::size_t best = limit + 1;
    std::string_view nearest;
    for (const std::string_view candidate : known) {
        const std::size_t distance = edits(word, candidate, limit);
        if (distance < best) {
            best = distance;
            nearest = candidate;
        }
    }
    return nearest;
}

std::string suggestion(std::string_view word, std::span<const std::string_view> known) {
    if (const std::string_view nearest = closest(word, known); !nearest.empty())
        return "did you mean \"" + std::string(nearest) + "\"?";
    std::string out = "known here: ";
    constexpr std::size_t most = 20;
    for (std::size_t i = 0; i < std::min(most, known.size()); ++i)
        out.append(i == 0 ? "" : ", ").append(known[i]);
    return known.size() > most ? out + ", …" : out;
}

void Findings::refuse(const Message& what, const Node& at, Args args, std::string technical) {
    add(Problem::Kind::Refused, what, at, std::move(args), std::move(technical));
}

void Findings::warn(const Message& what, const Node& at, Args args) {
    add(Problem::Kind::Warning, what, at, std::move(args), {});
}

void Findings::add(Problem::Kind kind, const Message& what, const Node& at, Args args,
                   std::string technical) {
    if (full())
        return;
    Place where = at.id() ? place_(at.id()) : Place{};
    problems_->push_back({kind, Error{&what, std::move(args), std::move(where), std::move(technical)}});
}

} // namespace gatehouse::realm
